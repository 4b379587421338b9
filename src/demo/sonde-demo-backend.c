/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-demo-backend.h"

#include <libsoup/soup.h>
#include <sys/socket.h>

#include "sonde-demo-answer.h"
#include "sonde-demo-cache.h"
#include "sonde-demo-refusal.h"
#include "sonde-demo-reply.h"
#include "sonde-demo-request.h"

#define BACKLOG 128

#define OLD_MODEL(id) "{\"id\":\"" id "\",\"object\":\"model\",\"owned_by\":\"deepseek\"}"
#define NEW_MODEL(id, name, input)                                                                 \
  "{\"id\":\"" id "\",\"object\":\"model\",\"owned_by\":\"deepseek\",\"name\":\"" name             \
  "\",\"context_window\":1048576,\"max_output_tokens\":393216,\"input_modalities\":[" input        \
  "],\"output_modalities\":[\"text\"],\"effort\":{\"supported_levels\":[\"low\",\"high\",\"max\"]" \
  ",\"default_level\":\"high\"},\"api_capabilities\":{\"anthropic_messages\":"                     \
  "{\"system_prompt_update\":\"in-history\"}}}"
#define MODELS(flash, pro) "{\"object\":\"list\",\"data\":[" flash "," pro "]}"

static const char old_models_body[] =
  MODELS (OLD_MODEL ("deepseek-v4-flash"), OLD_MODEL ("deepseek-v4-pro"));
static const char new_models_body[] =
  MODELS (NEW_MODEL ("deepseek-flash", "DeepSeek-V4.1-Flash", "\"text\",\"image\""),
          NEW_MODEL ("deepseek-v4-pro", "DeepSeek-V4-Pro", "\"text\""));
static const char balance_body[] =
  "{\"is_available\":true,\"balance_infos\":[{\"currency\":\"CNY\",\"total_balance\":\"110.00\","
  "\"granted_balance\":\"10.00\",\"topped_up_balance\":\"100.00\"}]}";
static const char empty_balance_body[] =
  "{\"is_available\":false,\"balance_infos\":[{\"currency\":\"CNY\",\"total_balance\":\"0.00\","
  "\"granted_balance\":\"0.00\",\"topped_up_balance\":\"0.00\"}]}";

/**
 * SondeDemoBackend:
 *
 * The service itself: routes, checks, and the answers under way. It lives wholly in
 * the thread-default main context of the thread that listens.
 */
struct _SondeDemoBackend {
  GObject parent_instance;

  gboolean old_models;
  SondeDemoUsage usage;
  SondeDemoLog *log;
  GTlsCertificate *certificate; /* NULL: plain http */

  SoupServer *server;
  GHashTable *sockets; /* of the connections that have asked something; not owned */
  GPtrArray *replies;
  SondeDemoCache *cache;
  GHashTable *failures; /* text of a question -> how many times it has failed */
  guint n_requests;
};

G_DEFINE_FINAL_TYPE (SondeDemoBackend, sonde_demo_backend, G_TYPE_OBJECT)

static void
add_header (SoupServerMessage *message, const char *name, const char *value)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), name, value);
}

/* What every response of the service carries; a client has no use for the cookie. */
static void
add_common_headers (SoupServerMessage *message)
{
  g_autofree char *trace = g_strdup_printf ("%08x%08x%08x%08x", g_random_int (), g_random_int (),
                                            g_random_int (), g_random_int ());

  add_header (message, "Server", "openresty");
  add_header (message, "x-ds-trace-id", trace);
  add_header (message, "Set-Cookie", "HWWAFSESTIME=1786782779000; path=/");
}

static void
respond (SondeDemoBackend *self,
         SoupServerMessage *message,
         guint status,
         const char *type,
         const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  if (type != NULL)
    add_header (message, "Content-Type", type);
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_COPY, body,
                            strlen (body));
  sonde_demo_log_request (self->log, self->n_requests, message, status);
}

static void
refuse (SondeDemoBackend *self, SoupServerMessage *message, const SondeDemoRefusal *refusal)
{
  respond (self, message, refusal->status, refusal->content_type, refusal->body);
}

/* The peer gets a TCP reset. libsoup has nothing to reset one stream of HTTP/2; to a client it
 * is the same: the connection took the request, and is gone before an answer. */
static void
reset (SondeDemoBackend *self, SoupServerMessage *message)
{
  const struct sockaddr nobody = { .sa_family = AF_UNSPEC };
  GSocket *socket = soup_server_message_get_socket (message);

  connect (g_socket_get_fd (socket), &nobody, sizeof nobody);
  /* The server cleans up when it cannot write this. */
  respond (self, message, SOUP_STATUS_INTERNAL_SERVER_ERROR, NULL, "");
}

static const char *
get_key (SoupServerMessage *message)
{
  const char *authorization = soup_message_headers_get_one (
    soup_server_message_get_request_headers (message), "Authorization");

  if (authorization == NULL || g_ascii_strncasecmp (authorization, "Bearer ", 7) != 0 ||
      authorization[7] == '\0' || strchr (authorization + 7, ' ') != NULL)
    return NULL;

  return authorization + 7;
}

static gboolean
is_json (SoupServerMessage *message)
{
  const char *type =
    soup_message_headers_get_content_type (soup_server_message_get_request_headers (message), NULL);

  return g_strcmp0 (type, "application/json") == 0;
}

static void
done_cb (SondeDemoReply *reply, SondeDemoBackend *self)
{
  g_ptr_array_remove_fast (self->replies, reply);
}

/* With `fail=` the faults of a question are over after so many requests of its text. */
static void
count_failure (SondeDemoBackend *self, const char *question, SondeDemoScript *script)
{
  gpointer count = g_hash_table_lookup (self->failures, question);

  if (script->fail <= 0)
    return;
  if (GPOINTER_TO_SIZE (count) >= (gsize) script->fail)
    sonde_demo_script_clear_faults (script);
  else
    g_hash_table_insert (self->failures, g_strdup (question),
                         GSIZE_TO_POINTER (GPOINTER_TO_SIZE (count) + 1));
}

static SondeDemoRefusal *
refuse_as_asked (const SondeDemoScript *script, const char *mistake, const char *key)
{
  SondeDemoRefusal *refusal = NULL;
  g_autofree char *message = NULL;

  if (mistake == NULL && script->html)
    return sonde_demo_refusal_new_html (SOUP_STATUS_BAD_GATEWAY);
  if (mistake == NULL && script->status != NULL)
    refusal = sonde_demo_refusal_new_for_status (script->status, key);
  if (refusal != NULL || (mistake == NULL && script->status == NULL))
    return refusal;

  message = g_strdup_printf ("The line #demo does not know “%s”",
                             mistake != NULL ? mistake : script->status);
  return sonde_demo_refusal_new_invalid (message);
}

static void
answer (SondeDemoBackend *self, SoupServerMessage *message, const char *key, gboolean beta)
{
  g_autoptr (GBytes) body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (SondeDemoRequest) request = NULL;
  g_autoptr (SondeDemoScript) script = NULL;
  g_autoptr (SondeDemoAnswer) text = NULL;
  g_autoptr (SondeDemoRefusal) refusal = NULL;
  g_autofree char *question = NULL;
  g_autofree char *mistake = NULL;
  SondeDemoReply *reply;
  SondeDemoUsage usage;
  guint prompt_tokens, cached_tokens;

  request = sonde_demo_request_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), beta,
                                      &refusal);
  if (request == NULL) {
    refuse (self, message, refusal);
    return;
  }
  if (g_str_has_prefix (key, "sk-empty")) {
    refusal = sonde_demo_refusal_new_balance ();
    refuse (self, message, refusal);
    return;
  }

  script = sonde_demo_script_parse (request->question, &question, &mistake);
  count_failure (self, request->question, script);
  if (mistake == NULL && script->reset) {
    reset (self, message);
    return;
  }
  refusal = refuse_as_asked (script, mistake, key);
  if (refusal != NULL) {
    g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, script->retry_after);

    if (script->retry_after >= 0)
      add_header (message, "Retry-After", seconds);
    refuse (self, message, refusal);
    return;
  }

  prompt_tokens = sonde_demo_cache_count (self->cache, request, &cached_tokens);
  text = sonde_demo_answer_compose (request, script, question);
  usage = script->usage != SONDE_DEMO_USAGE_UNSET ? script->usage : self->usage;
  reply = sonde_demo_reply_new (message, g_steal_pointer (&request), g_steal_pointer (&script),
                                g_steal_pointer (&text), usage, prompt_tokens, cached_tokens);
  g_ptr_array_add (self->replies, reply);
  g_signal_connect (reply, "done", G_CALLBACK (done_cb), self);
  sonde_demo_log_request (self->log, self->n_requests, message, SOUP_STATUS_OK);
  sonde_demo_reply_start (reply, self->log, self->n_requests);
}

static void
handle_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer data)
{
  SondeDemoBackend *self = data;
  const gboolean beta = g_str_has_prefix (path, "/beta/");
  const char *route = beta                              ? path + strlen ("/beta")
                      : g_str_has_prefix (path, "/v1/") ? path + strlen ("/v1")
                                                        : path;
  const gboolean chat = g_str_equal (route, "/chat/completions");
  const gboolean models = g_str_equal (route, "/models") && !beta;
  const gboolean balance = g_str_equal (path, "/user/balance");
  const char *key = get_key (message);
  g_autoptr (SondeDemoRefusal) refusal = NULL;

  self->n_requests++;
  add_common_headers (message);

  if (!chat && !models && !balance)
    refusal = sonde_demo_refusal_new_text (SOUP_STATUS_NOT_FOUND, NULL, "");
  else if (!g_str_equal (soup_server_message_get_method (message), chat ? "POST" : "GET"))
    refusal = sonde_demo_refusal_new_text (SOUP_STATUS_METHOD_NOT_ALLOWED, NULL, "");
  else if (key == NULL || g_str_has_prefix (key, "sk-wrong"))
    refusal = sonde_demo_refusal_new_key (key);
  else if (chat && !is_json (message))
    refusal =
      sonde_demo_refusal_new_text (SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "text/plain",
                                   "Expected request with `Content-Type: application/json`");

  if (refusal != NULL)
    refuse (self, message, refusal);
  else if (chat)
    answer (self, message, key, beta);
  else if (models)
    respond (self, message, SOUP_STATUS_OK, "application/json",
             self->old_models ? old_models_body : new_models_body);
  else
    respond (self, message, SOUP_STATUS_OK, "application/json",
             g_str_has_prefix (key, "sk-empty") ? empty_balance_body : balance_body);
}

static void
socket_gone_cb (gpointer data, GObject *socket)
{
  g_hash_table_remove (data, socket);
}

static void
request_started_cb (SoupServer *server, SoupServerMessage *message, SondeDemoBackend *self)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL && g_hash_table_add (self->sockets, socket))
    g_object_weak_ref (G_OBJECT (socket), socket_gone_cb, self->sockets);
}

/* The server would wait for clients to read what is on its way to them, with TLS even for
 * one that has gone away without a word. */
static void
shut_sockets (SondeDemoBackend *self)
{
  GHashTableIter iter;
  gpointer socket;

  g_hash_table_iter_init (&iter, self->sockets);
  while (g_hash_table_iter_next (&iter, &socket, NULL)) {
    g_object_weak_unref (socket, socket_gone_cb, self->sockets);
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
    g_hash_table_iter_remove (&iter);
  }
}

static void
sonde_demo_backend_dispose (GObject *object)
{
  sonde_demo_backend_close (SONDE_DEMO_BACKEND (object));

  G_OBJECT_CLASS (sonde_demo_backend_parent_class)->dispose (object);
}

static void
sonde_demo_backend_finalize (GObject *object)
{
  SondeDemoBackend *self = SONDE_DEMO_BACKEND (object);

  g_ptr_array_unref (self->replies);
  g_hash_table_unref (self->sockets);
  g_hash_table_unref (self->cache);
  g_hash_table_unref (self->failures);
  g_clear_object (&self->certificate);

  G_OBJECT_CLASS (sonde_demo_backend_parent_class)->finalize (object);
}

static void
sonde_demo_backend_class_init (SondeDemoBackendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sonde_demo_backend_dispose;
  object_class->finalize = sonde_demo_backend_finalize;
}

static void
sonde_demo_backend_init (SondeDemoBackend *self)
{
  self->sockets = g_hash_table_new (NULL, NULL);
  self->replies = g_ptr_array_new_with_free_func (g_object_unref);
  self->cache = sonde_demo_cache_new ();
  self->failures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * sonde_demo_backend_new:
 * @old_models: whether GET /models has the shape of before August 2026
 * @usage: where the usage goes unless a question says otherwise
 * @log: (nullable): what to write into; it must outlive the backend
 *
 * Returns: (transfer full): a service that does not listen
 */
SondeDemoBackend *
sonde_demo_backend_new (gboolean old_models, SondeDemoUsage usage, SondeDemoLog *log)
{
  SondeDemoBackend *self = g_object_new (SONDE_TYPE_DEMO_BACKEND, NULL);

  self->old_models = old_models;
  self->usage = usage;
  self->log = log;

  return self;
}

/**
 * sonde_demo_backend_set_certificate:
 * @self: a backend that does not listen
 * @certificate: (nullable): with its key; the service is then on https
 *
 * HTTP/2 is offered where SOUP_SERVER_HTTP2 is in the environment: libsoup 3.6 has no other switch.
 */
void
sonde_demo_backend_set_certificate (SondeDemoBackend *self, GTlsCertificate *certificate)
{
  g_set_object (&self->certificate, certificate);
}

/* Many may come at once: the backlog that libsoup's own socket has is 10. */
static GSocket *
make_socket (guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL || !g_socket_bind (socket, address, TRUE, error))
    return NULL;
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_listen (socket, error))
    return NULL;

  return g_steal_pointer (&socket);
}

/**
 * sonde_demo_backend_listen:
 * @self: a backend
 * @port: a port of the loopback interface, or 0 for any
 * @error: where to say why not
 *
 * Returns: (transfer full) (nullable): the base URL, or %NULL with @error set
 */
char *
sonde_demo_backend_listen (SondeDemoBackend *self, guint16 port, GError **error)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoslist (GUri) uris = NULL;

  g_return_val_if_fail (self->server == NULL, NULL);

  socket = make_socket (port, error);
  if (socket == NULL)
    return NULL;

  self->server = soup_server_new ("tls-certificate", self->certificate, NULL);
  g_signal_connect_object (self->server, "request-started", G_CALLBACK (request_started_cb), self,
                           G_CONNECT_DEFAULT);
  soup_server_add_handler (self->server, NULL, handle_cb, self, NULL);
  if (!soup_server_listen_socket (self->server, socket,
                                  self->certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0, error))
    return NULL;
  uris = soup_server_get_uris (self->server);

  return g_strdup_printf ("%s://127.0.0.1:%d", self->certificate != NULL ? "https" : "http",
                          g_uri_get_port (uris->data));
}

/**
 * sonde_demo_backend_close:
 * @self: a backend
 *
 * Ends every answer under way and listens no more.
 */
void
sonde_demo_backend_close (SondeDemoBackend *self)
{
  while (self->replies->len > 0)
    sonde_demo_reply_abort (g_ptr_array_index (self->replies, self->replies->len - 1));
  /* What still reaches the server finds nobody who listens. */
  if (self->server != NULL)
    g_signal_handlers_disconnect_by_func (self->server, request_started_cb, self);
  shut_sockets (self);
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
}
