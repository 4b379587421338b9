/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The simulated service as a stranger sees it: over HTTP, byte for byte. */

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "sonde-demo-service.h"
#include "sonde-test.h"

#define CHAT        "/chat/completions"
#define KEY         "sk-test-0123"
#define PATIENCE    30 /* seconds for one read */
#define FINGERPRINT "5f0de5041c8a4c2ab8d93ae1f0dd3e70"
#define INVALID                                                                                    \
  "\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_request_error\"}}"

typedef struct {
  SondeDemoService *service;
  SoupSession *session;
} Fixture;

typedef struct {
  guint status;
  char *content_type; /* NULL: none */
  char *trace_id;
  char *retry_after;
  char *body;
} Response;

static void
response_free (Response *response)
{
  g_free (response->content_type);
  g_free (response->trace_id);
  g_free (response->retry_after);
  g_free (response->body);
  g_free (response);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Response, response_free)

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->service = sonde_demo_service_new ();
  sonde_demo_service_start (self->service, 0, &error);
  g_assert_no_error (error);
  self->session = soup_session_new ();
  soup_session_set_timeout (self->session, PATIENCE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  soup_session_abort (self->session);
  g_assert_finalize_object (self->session);
  g_assert_finalize_object (self->service);
}

static SoupMessage *
new_message (Fixture *self,
             const char *method,
             const char *path,
             const char *key,
             const char *type,
             const char *body)
{
  g_autofree char *url = g_strconcat (sonde_demo_service_get_base_url (self->service), path, NULL);
  SoupMessage *message = soup_message_new (method, url);

  if (key != NULL) {
    g_autofree char *value = g_strconcat ("Bearer ", key, NULL);

    soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                                 value);
  }
  if (body != NULL) {
    g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

    soup_message_set_request_body_from_bytes (message, type, bytes);
  }

  return message;
}

static char *
dup_text (GBytes *bytes)
{
  const gsize length = g_bytes_get_size (bytes);

  return length > 0 ? g_strndup (g_bytes_get_data (bytes, NULL), length) : g_strdup ("");
}

static Response *
exchange (Fixture *self, SoupMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read (self->session, message, NULL, &error);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  Response *response = g_new0 (Response, 1);

  g_assert_no_error (error);
  response->status = soup_message_get_status (message);
  response->content_type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  response->trace_id = g_strdup (soup_message_headers_get_one (headers, "x-ds-trace-id"));
  response->retry_after = g_strdup (soup_message_headers_get_one (headers, "Retry-After"));
  response->body = dup_text (bytes);

  return response;
}

static Response *
get (Fixture *self, const char *path, const char *key)
{
  g_autoptr (SoupMessage) message = new_message (self, "GET", path, key, NULL, NULL);

  return exchange (self, message);
}

static Response *
post (Fixture *self, const char *path, const char *body)
{
  g_autoptr (SoupMessage) message = new_message (self, "POST", path, KEY, "application/json", body);

  return exchange (self, message);
}

/* A request with one question; @more is further members with their comma. */
static char *
question (gboolean stream, const char *text, const char *more)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);
  g_autofree char *quoted = json_to_string (node, FALSE);

  return g_strdup_printf ("{\"model\":\"deepseek-v4-flash\",\"stream\":%s,\"messages\":"
                          "[{\"role\":\"user\",\"content\":%s}]%s}",
                          stream ? "true" : "false", quoted, more);
}

static Response *
ask (Fixture *self, gboolean stream, const char *text, const char *more)
{
  g_autofree char *body = question (stream, text, more);

  return post (self, CHAT, body);
}

/* The chunks of a stream. Checks the framing: events, then [DONE], and nothing else. */
static GPtrArray *
chunks_of (const char *body)
{
  g_auto (GStrv) events = g_strsplit (body, "\n\n", -1);
  const guint n = g_strv_length (events);
  GPtrArray *chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);

  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpstr (events[n - 2], ==, "data: [DONE]");
  g_assert_cmpstr (events[n - 1], ==, "");
  for (guint i = 0; i + 2 < n; i++) {
    JsonNode *node;

    if (g_str_equal (events[i], ": keep-alive"))
      continue;
    g_assert_true (g_str_has_prefix (events[i], "data: {"));
    node = json_from_string (events[i] + strlen ("data: "), NULL);
    g_assert_nonnull (node);
    g_ptr_array_add (chunks, node);
  }

  return chunks;
}

static JsonObject *
delta_of (JsonNode *chunk)
{
  JsonArray *choices = json_object_get_array_member (json_node_get_object (chunk), "choices");

  return json_object_get_object_member (json_array_get_object_element (choices, 0), "delta");
}

/* All of one member of the deltas, in one piece. */
static char *
join (GPtrArray *chunks, const char *name)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < chunks->len; i++) {
    JsonObject *delta = delta_of (g_ptr_array_index (chunks, i));

    if (json_object_has_member (delta, name) && !json_object_get_null_member (delta, name))
      g_string_append (text, json_object_get_string_member (delta, name));
  }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
content_of (const char *body)
{
  g_autoptr (GPtrArray) chunks = chunks_of (body);

  return join (chunks, "content");
}

/* --- shapes -------------------------------------------------------------------------------- */

#define NEW_MODELS                                                                                 \
  "{\"object\":\"list\",\"data\":["                                                                \
  "{\"id\":\"deepseek-flash\",\"object\":\"model\",\"owned_by\":\"deepseek\","                     \
  "\"name\":\"DeepSeek-V4.1-Flash\",\"context_window\":1048576,\"max_output_tokens\":393216,"      \
  "\"input_modalities\":[\"text\",\"image\"],\"output_modalities\":[\"text\"],"                    \
  "\"effort\":{\"supported_levels\":[\"low\",\"high\",\"max\"],\"default_level\":\"high\"},"       \
  "\"api_capabilities\":{\"anthropic_messages\":{\"system_prompt_update\":\"in-history\"}}},"      \
  "{\"id\":\"deepseek-v4-pro\",\"object\":\"model\",\"owned_by\":\"deepseek\","                    \
  "\"name\":\"DeepSeek-V4-Pro\",\"context_window\":1048576,\"max_output_tokens\":393216,"          \
  "\"input_modalities\":[\"text\"],\"output_modalities\":[\"text\"],"                              \
  "\"effort\":{\"supported_levels\":[\"low\",\"high\",\"max\"],\"default_level\":\"high\"},"       \
  "\"api_capabilities\":{\"anthropic_messages\":{\"system_prompt_update\":\"in-history\"}}}]}"

#define OLD_MODELS                                                                                 \
  "{\"object\":\"list\",\"data\":["                                                                \
  "{\"id\":\"deepseek-v4-flash\",\"object\":\"model\",\"owned_by\":\"deepseek\"},"                 \
  "{\"id\":\"deepseek-v4-pro\",\"object\":\"model\",\"owned_by\":\"deepseek\"}]}"

static void
test_lists (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *path;
    const char *key;
    const char *body;
  } cases[] = {
    { "/models", KEY, NEW_MODELS },
    { "/v1/models", KEY, NEW_MODELS },
    { "/user/balance", KEY,
      "{\"is_available\":true,\"balance_infos\":[{\"currency\":\"CNY\",\"total_balance\":"
      "\"110.00\",\"granted_balance\":\"10.00\",\"topped_up_balance\":\"100.00\"}]}" },
    { "/user/balance", "sk-empty-1",
      "{\"is_available\":false,\"balance_infos\":[{\"currency\":\"CNY\",\"total_balance\":"
      "\"0.00\",\"granted_balance\":\"0.00\",\"topped_up_balance\":\"0.00\"}]}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Response) response = get (self, cases[i].path, cases[i].key);

    g_assert_cmpuint (response->status, ==, 200);
    g_assert_cmpstr (response->content_type, ==, "application/json");
    g_assert_cmpuint (strlen (response->trace_id), ==, 32);
    g_assert_cmpstr (response->body, ==, cases[i].body);
  }
}

static void
test_options (void)
{
  g_autoptr (SondeDemoService) service = sonde_demo_service_new ();
  Fixture fixture = { .service = service };
  g_autoptr (Response) models = NULL;
  g_autoptr (Response) answer = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) chunks = NULL;
  JsonObject *last;

  sonde_demo_service_set_old_models (service, TRUE);
  sonde_demo_service_set_separate_usage (service, TRUE);
  g_assert_null (sonde_demo_service_get_base_url (service));
  sonde_demo_service_start (service, 0, &error);
  g_assert_no_error (error);
  fixture.session = soup_session_new ();

  models = get (&fixture, "/models", KEY);
  g_assert_cmpstr (models->body, ==, OLD_MODELS);
  answer = ask (&fixture, TRUE, "#demo rate=0 tokens=1 reasoning=0",
                ",\"stream_options\":{\"include_usage\":true}");
  chunks = chunks_of (answer->body);
  last = json_node_get_object (g_ptr_array_index (chunks, chunks->len - 1));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (last, "choices")), ==, 0);
  g_assert_true (
    json_object_has_member (json_object_get_object_member (last, "usage"), "prompt_tokens"));

  sonde_demo_service_stop (service);
  g_assert_null (sonde_demo_service_get_base_url (service));
  g_object_unref (fixture.session);
}

static void
test_port_taken (Fixture *self, gconstpointer data)
{
  g_autoptr (SondeDemoService) other = sonde_demo_service_new ();
  g_autoptr (GUri) uri =
    g_uri_parse (sonde_demo_service_get_base_url (self->service), G_URI_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (sonde_demo_service_start (other, (guint16) g_uri_get_port (uri), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_assert_null (sonde_demo_service_get_base_url (other));
  g_clear_error (&error);
  g_assert_true (sonde_demo_service_start (other, 0, &error));
}

/* Puts the id and the time of @body, which no test can know, into @expected. */
static char *
fill_in (const char *expected, const char *body)
{
  g_autoptr (GRegex) regex =
    g_regex_new ("\"id\":\"([0-9a-f-]{36})\".*?\"created\":([0-9]{10})", G_REGEX_DEFAULT, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *id = NULL;
  g_autofree char *created = NULL;
  g_autoptr (GString) text = g_string_new (expected);

  g_assert_true (g_regex_match (regex, body, G_REGEX_MATCH_DEFAULT, &match));
  id = g_match_info_fetch (match, 1);
  created = g_match_info_fetch (match, 2);
  g_string_replace (text, "ID", id, 0);
  g_string_replace (text, "TIME", created, 0);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

#define CHUNK(delta, finish, usage)                                                                \
  "data: {\"id\":\"ID\",\"object\":\"chat.completion.chunk\",\"created\":TIME,"                    \
  "\"model\":\"deepseek-v4-flash\",\"system_fingerprint\":\"" FINGERPRINT "\",\"choices\":["       \
  "{\"index\":0,\"delta\":{" delta "},\"logprobs\":null,\"finish_reason\":" finish "}],"           \
  "\"usage\":" usage "}\n\n"
#define DELTA(delta) CHUNK (delta, "null", "null")
#define WHOLE(message, finish, usage)                                                              \
  "{\"id\":\"ID\",\"object\":\"chat.completion\",\"created\":TIME,"                                \
  "\"model\":\"deepseek-v4-flash\",\"choices\":[{\"index\":0,\"message\":{\"role\":"               \
  "\"assistant\"," message "},\"logprobs\":null,\"finish_reason\":" finish "}],\"usage\":" usage   \
  ",\"system_fingerprint\":\"" FINGERPRINT "\"}"
#define THOUGHT_USAGE                                                                              \
  "{\"prompt_tokens\":28,\"completion_tokens\":4,\"total_tokens\":32,"                             \
  "\"prompt_tokens_details\":{\"cached_tokens\":0},"                                               \
  "\"completion_tokens_details\":{\"reasoning_tokens\":2},"                                        \
  "\"prompt_cache_hit_tokens\":0,\"prompt_cache_miss_tokens\":28}"
#define PLAIN_USAGE(total_prompt, completion, total)                                               \
  "{\"prompt_tokens\":" total_prompt ",\"completion_tokens\":" completion                          \
  ",\"total_tokens\":" total ",\"prompt_tokens_details\":{\"cached_tokens\":0},"                   \
  "\"prompt_cache_hit_tokens\":0,\"prompt_cache_miss_tokens\":" total_prompt "}"
#define DONE          "data: [DONE]\n\n"
#define THINKING_TEXT "#demo doc=prose rate=0 tokens=2 reasoning=2 seed=1"
#define PLAIN_TEXT    "#demo doc=prose rate=0 tokens=3 seed=1 keepalive=2 every=1"
#define NOT_THINKING  ",\"thinking\":{\"type\":\"disabled\"}"

static void
test_shapes (Fixture *self, gconstpointer data)
{
  static const struct {
    gboolean stream;
    const char *text;
    const char *more;
    const char *body;
  } cases[] = {
    { TRUE, THINKING_TEXT, "",
      DELTA ("\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"\"")
        DELTA ("\"content\":null,\"reasoning_content\":\"The\"")
          DELTA ("\"content\":null,\"reasoning_content\":\" user\"")
            DELTA ("\"content\":\"The\",\"reasoning_content\":null")
              DELTA ("\"content\":\" soundin\",\"reasoning_content\":null") CHUNK (
                "\"content\":\"\",\"reasoning_content\":null", "\"stop\"", THOUGHT_USAGE) DONE },
    { TRUE, PLAIN_TEXT, NOT_THINKING,
      ": keep-alive\n\n: keep-alive\n\n" DELTA ("\"role\":\"assistant\",\"content\":\"\"")
        DELTA ("\"content\":\"The\"") DELTA ("\"content\":\" soundin\"") DELTA ("\"content\":\"g\"")
          CHUNK ("\"content\":\"\"", "\"stop\"", PLAIN_USAGE ("31", "3", "34")) DONE },
    { TRUE, PLAIN_TEXT, NOT_THINKING ",\"max_tokens\":2",
      ": keep-alive\n\n: keep-alive\n\n" DELTA ("\"role\":\"assistant\",\"content\":\"\"")
        DELTA ("\"content\":\"The\"")
          CHUNK ("\"content\":\" soundin\"", "\"length\"", PLAIN_USAGE ("31", "2", "33")) DONE },
    { FALSE, THINKING_TEXT, "",
      WHOLE ("\"content\":\"The soundin\",\"reasoning_content\":\"The user\"", "\"stop\"",
             THOUGHT_USAGE) },
    { FALSE, PLAIN_TEXT, NOT_THINKING,
      "\n\n" WHOLE ("\"content\":\"The sounding\"", "\"stop\"", PLAIN_USAGE ("31", "3", "34")) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Response) response = ask (self, cases[i].stream, cases[i].text, cases[i].more);
    g_autofree char *expected = fill_in (cases[i].body, response->body);

    g_assert_cmpuint (response->status, ==, 200);
    g_assert_cmpstr (response->content_type, ==,
                     cases[i].stream ? "text/event-stream" : "application/json");
    g_assert_cmpuint (strlen (response->trace_id), ==, 32);
    g_assert_cmpstr (response->body, ==, expected);
  }
}

/* --- errors -------------------------------------------------------------------------------- */

#define ERROR_BODY(message) "{\"error\":{\"message\":\"" message "\"," INVALID
#define TARGET(what)        ERROR_BODY ("Failed to deserialize the JSON body into the target type: " what)
#define OCTETS              "application/octet-stream"
#define JSON                "application/json"
#define WITH(messages)      "{\"model\":\"deepseek-v4-pro\",\"messages\":[" messages "]}"
#define USER                "{\"role\":\"user\",\"content\":\"a\"}"
#define CALL                                                                                       \
  "\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\","             \
  "\"arguments\":\"{}\"}}]"
#define TOOLS                                                                                      \
  "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"parameters\":"       \
  "{\"type\":\"object\",\"properties\":{\"location\":{\"type\":\"string\"}},"                      \
  "\"required\":[\"location\"]}}}]"

static void
test_refusals (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *body;
    guint status;
    const char *content_type;
    const char *answer;
  } cases[] = {
    { "{\"model\":", 400, OCTETS,
      "Failed to parse the request body as JSON: model: EOF while parsing a value at line 1 column "
      "9" },
    { "{\"messages\":[{\"role\":\"us", 400, OCTETS,
      "Failed to parse the request body as JSON: messages[0].role: EOF while parsing a string at "
      "line 1 column 24" },
    { "{\"model\":\"\\ud800\"}", 400, OCTETS,
      "Failed to parse the request body as JSON: model: unexpected end of hex escape at line 1 "
      "column 17" },
    { "{}x", 400, OCTETS,
      "Failed to parse the request body as JSON: trailing characters at line 1 column 3" },
    { "{}", 400, JSON, TARGET ("missing field `messages` at line 1 column 2") },
    { "{\"messages\":[]}", 400, JSON, TARGET ("missing field `model` at line 1 column 15") },
    { "{\"model\":\"deepseek-v9\",\"messages\":[" USER "]}", 400, OCTETS,
      ERROR_BODY ("The supported API model names are deepseek-v4-pro or deepseek-v4-flash, but you "
                  "passed deepseek-v9.") },
    { "{\"model\":\"deepseek-v4-pro\",\"temperature\":2.1,\"messages\":[" USER "]}", 400, OCTETS,
      ERROR_BODY ("Invalid temperature value, the valid range of temperature is [0, 2]") },
    { "{\"model\":\"deepseek-v4-pro\",\"max_tokens\":0,\"messages\":[" USER "]}", 400, OCTETS,
      ERROR_BODY ("Invalid max_tokens value, the valid range of max_tokens is [1, 393216]") },
    { WITH ("{\"role\":\"developer\",\"content\":\"a\"}"), 400, JSON,
      TARGET ("messages[0].role: unknown variant `developer`, expected one of `system`, `user`, "
              "`assistant`, `tool`, `latest_reminder` at line 1 column 58") },
    { WITH ("{\"role\":\"user\"}"), 400, JSON,
      TARGET ("messages[0]: missing field `content` at line 1 column 54") },
    { WITH ("{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{}}]}"), 400,
      JSON,
      TARGET ("messages[0]: unknown variant `image_url`, expected `text` at line 1 column 102") },
    { WITH (USER ",{\"role\":\"assistant\",\"content\":null}"), 400, OCTETS,
      ERROR_BODY ("Invalid assistant message: content or tool_calls must be set") },
    { WITH (USER ",{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":\"\"," CALL
                 "}," USER),
      400, OCTETS,
      ERROR_BODY ("An assistant message with 'tool_calls' must be followed by tool messages "
                  "responding to each 'tool_call_id'. (insufficient tool messages following "
                  "tool_calls message)") },
    { WITH (USER ",{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"a\"}"), 400, OCTETS,
      ERROR_BODY ("Messages with role 'tool' must be a response to a preceding message with "
                  "'tool_calls'") },
    { WITH (USER ",{\"role\":\"assistant\",\"content\":\"\"," CALL
                 "},{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"a\"}"),
      400, OCTETS,
      ERROR_BODY ("The reasoning_content in the thinking mode must be passed back to the API.") },
    { "{\"model\":\"deepseek-v4-pro\",\"response_format\":{\"type\":\"json_object\"},"
      "\"messages\":[" USER "]}",
      400, OCTETS,
      ERROR_BODY ("Prompt must contain the word 'json' in some form to use 'response_format' of "
                  "type 'json_object'.") },
    { "{\"model\":\"deepseek-v4-pro\",\"tool_choice\":\"required\"," TOOLS ",\"messages\":[" USER
      "]}",
      400, OCTETS, ERROR_BODY ("Thinking mode does not support this tool_choice") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Response) response = post (self, CHAT, cases[i].body);

    g_assert_cmpstr (response->body, ==, cases[i].answer);
    g_assert_cmpuint (response->status, ==, cases[i].status);
    g_assert_cmpstr (response->content_type, ==, cases[i].content_type);
  }
}

static void
test_before_the_body (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *method;
    const char *path;
    const char *key;
    const char *type;
    const char *body;
    guint status;
    const char *content_type;
    const char *answer;
  } cases[] = {
    { "GET", "/models", NULL, NULL, NULL, 401, NULL, "Authentication Fails (governor)" },
    { "GET", "/models", "", NULL, NULL, 401, NULL, "Authentication Fails (governor)" },
    { "GET", "/models", "two words", NULL, NULL, 401, NULL, "Authentication Fails (governor)" },
    { "GET", "/user/balance", "sk-wrong-0000", NULL, NULL, 401, JSON,
      "{\"error\":{\"message\":\"Authentication Fails, Your api key: ****0000 is invalid\","
      "\"type\":\"authentication_error\",\"param\":null,\"code\":\"invalid_request_error\"}}" },
    { "POST", CHAT, "sk-empty", JSON, WITH (USER), 402, JSON,
      "{\"error\":{\"message\":\"Insufficient Balance\",\"type\":\"unknown_error\",\"param\":null,"
      "\"code\":\"invalid_request_error\"}}" },
    { "POST", CHAT, KEY, "text/plain", WITH (USER), 415, "text/plain",
      "Expected request with `Content-Type: application/json`" },
    { "POST", CHAT, KEY, JSON, "", 400, NULL,
      "Failed to parse the request body as JSON: EOF while parsing a value at line 1 column 0" },
    { "GET", CHAT, KEY, NULL, NULL, 405, NULL, "" },
    { "POST", "/models", KEY, JSON, "{}", 405, NULL, "" },
    { "GET", "/nowhere", KEY, NULL, NULL, 404, NULL, "" },
    { "GET", "/beta/models", KEY, NULL, NULL, 404, NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SoupMessage) message = new_message (self, cases[i].method, cases[i].path,
                                                   cases[i].key, cases[i].type, cases[i].body);
    g_autoptr (Response) response = exchange (self, message);

    g_assert_cmpstr (response->body, ==, cases[i].answer);
    g_assert_cmpuint (response->status, ==, cases[i].status);
    g_assert_cmpstr (response->content_type, ==, cases[i].content_type);
    g_assert_cmpuint (strlen (response->trace_id), ==, 32);
  }
}

/* --- answers ------------------------------------------------------------------------------- */

static gint64
usage_of (const char *body, const char *name)
{
  g_autoptr (JsonNode) node = json_from_string (body, NULL);
  JsonObject *usage = json_object_get_object_member (json_node_get_object (node), "usage");

  return json_object_get_int_member (usage, name);
}

static JsonObject *
message_of (JsonNode *node)
{
  JsonArray *choices = json_object_get_array_member (json_node_get_object (node), "choices");

  return json_object_get_object_member (json_array_get_object_element (choices, 0), "message");
}

static void
test_cache (Fixture *self, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (600, '.');
  g_autofree char *text = g_strconcat (long_text, "\n#demo rate=0 tokens=4", NULL);
  g_autoptr (Response) first = ask (self, FALSE, text, "");
  g_autoptr (Response) second = ask (self, FALSE, text, "");
  g_autoptr (Response) other = ask (self, FALSE, "#demo rate=0 tokens=4", "");
  const gint64 prompt = usage_of (second->body, "prompt_tokens");
  const gint64 hit = usage_of (second->body, "prompt_cache_hit_tokens");

  g_assert_cmpint (usage_of (first->body, "prompt_cache_hit_tokens"), ==, 0);
  g_assert_cmpint (usage_of (first->body, "prompt_tokens"), ==, prompt);
  g_assert_cmpint (hit, ==, prompt / 64 * 64);
  g_assert_cmpint (hit, >=, 576);
  g_assert_cmpint (usage_of (second->body, "prompt_cache_miss_tokens"), ==, prompt - hit);
  g_assert_cmpint (usage_of (second->body, "total_tokens"), ==,
                   prompt + usage_of (second->body, "completion_tokens"));
  g_assert_cmpint (usage_of (other->body, "prompt_cache_hit_tokens"), ==, 0);
}

static void
test_documents (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *doc;
    const char *part;
  } docs[] = {
    { "prose", "leadsman" }, { "markdown", "- [x]" }, { "code", "```python" },
    { "chinese", "铅锤" },   { "math", "\\sqrt" },    { "rtl", "الحبل" },
    { "mixed", "日本語" },   { "json", "soundings" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (docs); i++) {
    g_autofree char *text =
      g_strdup_printf ("#demo doc=%s rate=0 tokens=2000 reasoning=100 seed=7", docs[i].doc);
    g_autoptr (Response) streamed = ask (self, TRUE, text, "");
    g_autoptr (Response) whole = ask (self, FALSE, text, "");
    g_autoptr (GPtrArray) chunks = chunks_of (streamed->body);
    g_autofree char *content = join (chunks, "content");
    g_autofree char *reasoning = join (chunks, "reasoning_content");
    g_autoptr (JsonNode) node = json_from_string (whole->body, NULL);
    const gint64 completion = usage_of (whole->body, "completion_tokens");

    /* Each delta is a token and is valid by itself; together they are the whole answer. */
    g_assert_cmpuint (chunks->len, ==, 2 + (guint) completion);
    g_assert_cmpstr (content, ==, json_object_get_string_member (message_of (node), "content"));
    g_assert_cmpstr (reasoning, ==,
                     json_object_get_string_member (message_of (node), "reasoning_content"));
    g_assert_nonnull (strstr (content, docs[i].part));
    if (g_str_equal (docs[i].doc, "json")) {
      g_autoptr (JsonNode) json = json_from_string (content, NULL);

      g_assert_nonnull (json);
      g_assert_cmpint (completion, >=, 2100);
    } else {
      g_assert_cmpint (completion, ==, 2100);
    }
  }
}

static void
test_choice (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *question;
    const char *part;
  } cases[] = {
    { "Hello", "demo service" },
    { "Prove that sqrt(2) is irrational", "$\\sqrt{2}$ is irrational" },
    { "Write a function that sorts", "```python" },
    { "你好，请介绍一下自己", "演示服务" },
    { "مرحبا", "خدمة العرض" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Response) response = ask (self, FALSE, cases[i].question, "");
    g_autoptr (JsonNode) node = json_from_string (response->body, NULL);
    const char *content = json_object_get_string_member (message_of (node), "content");

    g_assert_nonnull (strstr (content, cases[i].part));
    g_assert_cmpint (usage_of (response->body, "completion_tokens"), >, 300);
  }
}

static void
test_effort (Fixture *self, gconstpointer data)
{
  static const char *const efforts[] = { "low", "high", "max" };
  gsize before = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (efforts); i++) {
    g_autofree char *more = g_strdup_printf (",\"reasoning_effort\":\"%s\"", efforts[i]);
    g_autoptr (Response) response = ask (self, FALSE, "Hello", more);
    g_autoptr (JsonNode) node = json_from_string (response->body, NULL);
    const gsize length =
      strlen (json_object_get_string_member (message_of (node), "reasoning_content"));

    g_assert_cmpuint (length, >, before + 100);
    before = length;
  }
}

/* The limit is eaten by the reasoning: contract.md section 6. */
static void
test_limit (Fixture *self, gconstpointer data)
{
  g_autoptr (Response) response =
    ask (self, FALSE, "#demo rate=0 reasoning=50 tokens=50", ",\"max_tokens\":20");
  g_autoptr (JsonNode) node = json_from_string (response->body, NULL);

  g_assert_cmpstr (json_object_get_string_member (message_of (node), "content"), ==, "");
  g_assert_nonnull (strstr (response->body, "\"finish_reason\":\"length\""));
  g_assert_cmpint (usage_of (response->body, "completion_tokens"), ==, 20);
}

static void
test_prefix (Fixture *self, gconstpointer data)
{
  static const char body[] =
    "{\"model\":\"deepseek-v4-pro\",\"messages\":[{\"role\":\"user\",\"content\":"
    "\"#demo doc=prose tokens=5 seed=1\"},{\"role\":\"assistant\",\"content\":\"The sounding\","
    "\"prefix\":true}]}";
  g_autoptr (Response) refused = post (self, CHAT, body);
  g_autoptr (Response) response = post (self, "/beta" CHAT, body);
  g_autoptr (JsonNode) node = json_from_string (response->body, NULL);

  g_assert_cmpuint (refused->status, ==, 400);
  g_assert_cmpstr (json_object_get_string_member (message_of (node), "content"), ==, " line is");
}

/* --- tools --------------------------------------------------------------------------------- */

static void
test_tools (Fixture *self, gconstpointer data)
{
  g_autoptr (Response) call =
    ask (self, TRUE, "Use get_weather.\n#demo rate=0 reasoning=1", "," TOOLS);
  g_autoptr (Response) whole =
    ask (self, FALSE, "Use get_weather.\n#demo rate=0 reasoning=1", "," TOOLS);
  g_autoptr (Response) result = post (
    self, "/v1" CHAT,
    "{\"model\":\"deepseek-v4-flash\"," TOOLS ",\"messages\":[{\"role\":\"user\",\"content\":"
    "\"Use "
    "get_weather.\"},{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":\"\"," CALL
    "},{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"Fog, 7 degrees\"}]}");
  g_autoptr (Response) unasked = ask (self, FALSE, "Hello\n#demo rate=0 tokens=3", "," TOOLS);
  g_autoptr (GPtrArray) chunks = chunks_of (call->body);
  g_autoptr (GString) arguments = g_string_new (NULL);
  g_autoptr (GRegex) opening =
    g_regex_new ("\"delta\":{\"tool_calls\":\\[{\"index\":0,\"id\":\"call_00_[0-9A-Za-z]{20}\","
                 "\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"arguments\":\"\"}}"
                 "\\]},\"logprobs\":null,\"finish_reason\":null}\\],\"usage\":null}\n\n"
                 "data: [^\n]*\"delta\":{\"tool_calls\":\\[{\"index\":0,\"function\":"
                 "{\"arguments\":\"{\"}}\\]},\"logprobs\"",
                 G_REGEX_DEFAULT, 0, NULL);

  g_assert_true (g_regex_match (opening, call->body, G_REGEX_MATCH_DEFAULT, NULL));
  for (guint i = 0; i < chunks->len; i++) {
    JsonObject *delta = delta_of (g_ptr_array_index (chunks, i));

    if (json_object_has_member (delta, "tool_calls")) {
      JsonArray *calls = json_object_get_array_member (delta, "tool_calls");
      JsonObject *function =
        json_object_get_object_member (json_array_get_object_element (calls, 0), "function");

      g_string_append (arguments, json_object_get_string_member (function, "arguments"));
    }
  }
  g_assert_cmpstr (arguments->str, ==, "{\"location\": \"Hangzhou\"}");
  g_assert_nonnull (strstr (call->body, "\"finish_reason\":\"tool_calls\"}],\"usage\":{"));

  g_assert_nonnull (strstr (whole->body, "\"content\":\"\",\"reasoning_content\":\"The\","
                                         "\"tool_calls\":[{\"index\":0,\"id\":\"call_00_"));
  g_assert_nonnull (strstr (whole->body, "\"finish_reason\":\"tool_calls\""));
  g_assert_nonnull (strstr (result->body, "Fog, 7 degrees"));
  g_assert_nonnull (strstr (result->body, "\"finish_reason\":\"stop\""));
  g_assert_null (strstr (unasked->body, "tool_calls"));
}

/* --- faults -------------------------------------------------------------------------------- */

static void
test_statuses (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *status;
    guint number;
    const char *part;
  } cases[] = {
    { "400", 400, "Content Exists Risk" },
    { "context", 400, "maximum context length" },
    { "401", 401, "****0123" },
    { "402", 402, "Insufficient Balance" },
    { "404", 404, "" },
    { "422", 422, "Invalid parameters" },
    { "429", 429, "Rate limit reached for TPM" },
    { "concurrency", 429, "Your current concurrency is 40" },
    { "500", 500, "Internal Server Error" },
    { "502", 502, "<center><h1>502 Bad Gateway</h1></center>" },
    { "503", 503, "Service is too busy" },
    { "nonsense", 400, "The line #demo does not know “nonsense”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
      g_strdup_printf ("Hello\n#demo status=%s retry-after=3", cases[i].status);
    g_autoptr (Response) response = ask (self, TRUE, text, "");

    g_assert_cmpuint (response->status, ==, cases[i].number);
    g_assert_nonnull (strstr (response->body, cases[i].part));
    g_assert_cmpstr (response->retry_after, ==, "3");
  }
}

static void
test_fail_then_succeed (Fixture *self, gconstpointer data)
{
  static const guint expected[] = { 429, 429, 200, 200 };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autoptr (Response) response =
      ask (self, FALSE, "#demo status=429 fail=2 rate=0 tokens=1", "");

    g_assert_cmpuint (response->status, ==, expected[i]);
    g_assert_null (response->retry_after);
  }
}

static void
test_broken_streams (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *fault;
    const char *part;
    const char *absent;
  } cases[] = {
    { "garbage=3", "\ndata: {\"choices\":[{\"delta\":{\"content\":\n\ndata: {\"id\"", "never" },
    { "error=3", "\ndata: {\"error\":{\"message\":\"", "[DONE]" },
    { "done=no", "\"finish_reason\":\"stop\"", "[DONE]" },
    { "finish=none", "[DONE]", "\"stop\"" },
    { "finish=content_filter", "\"finish_reason\":\"content_filter\"", "\"stop\"" },
    { "finish=insufficient_system_resource", "\"insufficient_system_resource\"", "\"stop\"" },
    { "usage=none", "\"stop\"}],\"usage\":null}", "prompt_tokens" },
    { "doc=empty", "\"content\":\"\"", "\"content\":\"T" },
    { "html=1", "<html>", "data:" },
    { "blank=1", "\n\n", "data:" },
    { "rate=nonsense", "does not know", "data:" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
      g_strdup_printf ("#demo doc=prose rate=0 tokens=4 reasoning=2 %s", cases[i].fault);
    g_autoptr (Response) response = ask (self, TRUE, text, "");

    g_assert_nonnull (strstr (response->body, cases[i].part));
    g_assert_null (strstr (response->body, cases[i].absent));
  }
}

static void
test_huge (Fixture *self, gconstpointer data)
{
  g_autoptr (Response) response =
    ask (self, TRUE, "#demo doc=prose rate=0 tokens=1 reasoning=0 huge=3000000", "");
  g_autoptr (GPtrArray) chunks = chunks_of (response->body);
  g_autofree char *content = join (chunks, "content");

  g_assert_cmpuint (strlen (content), ==, 3000003);
  g_assert_cmpuint (chunks->len, ==, 4);
}

/* Everything that the service sends until it closes the connection, chunk sizes and all. */
static char *
ask_raw (Fixture *self, const char *text)
{
  const char *base = sonde_demo_service_get_base_url (self->service);
  g_autofree char *body = question (TRUE, text, "");
  g_autofree char *request =
    g_strdup_printf ("POST " CHAT " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " KEY
                     "\r\nContent-Type: application/json\r\nConnection: close\r\n"
                     "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                     strlen (body), body);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_uri (client, base, 80, NULL, NULL);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_socket_set_timeout (g_socket_connection_get_socket (connection), PATIENCE);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_splice (memory, g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                          G_OUTPUT_STREAM_SPLICE_NONE, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (memory, "", 1, NULL, NULL, NULL);
  g_output_stream_close (memory, NULL, NULL);

  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
test_split (Fixture *self, gconstpointer data)
{
  g_autofree char *raw = ask_raw (self, "#demo doc=chinese rate=0 tokens=20 split=1");
  const char *body = strstr (raw, "\r\n\r\n");
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_nonnull (body);
  for (body += 4; !g_str_has_prefix (body, "0\r\n"); body += 6) {
    g_assert_true (g_str_has_prefix (body, "1\r\n"));
    g_string_append_c (text, body[3]);
  }
  g_assert_true (g_utf8_validate (text->str, (gssize) text->len, NULL));
  g_assert_nonnull (strstr (text->str, "您"));
  g_assert_true (g_str_has_suffix (text->str, DONE));
}

static void
test_cut (Fixture *self, gconstpointer data)
{
  static const guint cuts[] = { 0, 1, 500, 1000 };

  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++) {
    g_autofree char *text = g_strdup_printf ("#demo rate=0 cut=%u split=1", cuts[i]);
    g_autofree char *raw = ask_raw (self, text);
    const char *body = strstr (raw, "\r\n\r\n");

    g_assert_true (g_str_has_prefix (raw, "HTTP/1.1 200 OK\r\n"));
    g_assert_nonnull (body);
    g_assert_cmpuint (strlen (body + 4), ==, cuts[i] * strlen ("1\r\nx\r\n"));
  }
}

static void
test_stall (Fixture *self, gconstpointer data)
{
  g_autofree char *body =
    question (TRUE, "#demo doc=prose rate=0 reasoning=2 tokens=9 stall=3", "");
  g_autoptr (SoupMessage) message = new_message (self, "POST", CHAT, KEY, JSON, body);
  g_autoptr (GString) received = g_string_new (NULL);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  char bytes[4096];
  gssize n;

  /* The time-out is the proof that the connection stays open. */
  soup_session_set_timeout (self->session, 1);
  stream = soup_session_send (self->session, message, NULL, &error);
  g_assert_no_error (error);
  while ((n = g_input_stream_read (stream, bytes, sizeof bytes, NULL, &error)) > 0)
    g_string_append_len (received, bytes, n);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_true (g_str_has_suffix (received->str, "}],\"usage\":null}\n\n"));
  g_assert_nonnull (strstr (received->str, "\"content\":\"The\""));
  g_assert_null (strstr (received->str, " soundin"));
}

/* --- time ---------------------------------------------------------------------------------- */

static void
sent_cb (GObject *session, GAsyncResult *result, gpointer data)
{
  guint *left = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    soup_session_send_and_read_finish (SOUP_SESSION (session), result, &error);
  g_autofree char *body = NULL;
  g_autofree char *content = NULL;

  g_assert_no_error (error);
  body = dup_text (bytes);
  content = content_of (body);
  g_assert_true (g_str_has_prefix (content, "The sounding line"));
  (*left)--;
}

/* Many at once take as long as one: 40 tokens at 100 a second, 24 times. */
static void
test_many (Fixture *self, gconstpointer data)
{
  g_autofree char *body = question (TRUE, "#demo doc=prose rate=100 tokens=40 reasoning=0", "");
  const gint64 start = g_get_monotonic_time ();
  guint left = 24;

  soup_session_abort (self->session);
  g_object_unref (self->session);
  self->session = soup_session_new_with_options ("max-conns", 30, "max-conns-per-host", 30,
                                                 "timeout", PATIENCE, NULL);
  for (guint i = left; i > 0; i--) {
    g_autoptr (SoupMessage) message = new_message (self, "POST", CHAT, KEY, JSON, body);

    soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, sent_cb,
                                      &left);
  }
  sonde_test_wait (left == 0);
  g_test_message ("24 streams took %d ms", (int) ((g_get_monotonic_time () - start) / 1000));
}

static char *
read_log (const char *path)
{
  g_autofree char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  g_main_context_iteration (NULL, FALSE);

  return g_steal_pointer (&text);
}

static gboolean
log_has (const char *path, const char *part)
{
  g_autofree char *text = read_log (path);

  return strstr (text, part) != NULL;
}

typedef struct {
  GInputStream *stream; /* NULL: it could not be opened */
  gboolean answered;
} Opening;

static void
opened_cb (GObject *session, GAsyncResult *result, gpointer data)
{
  Opening *opening = data;

  opening->stream = soup_session_send_finish (SOUP_SESSION (session), result, NULL);
  opening->answered = TRUE;
}

static gboolean
again_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* The log tells of every request without its key, and that a client has left, even one that is
 * sent nothing. */
static void
test_log (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sonde-demo-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "log", NULL);
  g_autoptr (SondeDemoService) service = sonde_demo_service_new ();
  Fixture fixture = { .service = service };
  g_autofree char *body = question (TRUE, "#demo doc=prose rate=0 stall=3", "");
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (Response) response = NULL;
  Opening opening = { NULL, FALSE };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  const guint tick = g_timeout_add (10, again_cb, NULL); /* the file does not wake the loop */

  sonde_demo_service_set_log_path (service, path);
  sonde_demo_service_start (service, 0, &error);
  g_assert_no_error (error);
  fixture.session = soup_session_new ();
  response = get (&fixture, "/models", KEY);

  message = new_message (&fixture, "POST", CHAT, KEY, JSON, body);
  soup_session_send_async (fixture.session, message, G_PRIORITY_DEFAULT, NULL, opened_cb, &opening);
  sonde_test_wait (opening.stream != NULL);
  sonde_test_wait (log_has (path, "\"event\":\"sent\""));
  g_clear_object (&opening.stream);
  soup_session_abort (fixture.session);
  sonde_test_wait (log_has (path, "\"event\":\"end\",\"request\":2"));
  g_source_remove (tick);
  g_object_unref (fixture.session);

  text = read_log (path);
  g_assert_null (strstr (text, KEY));
  g_assert_nonnull (strstr (text, "\"how\":\"closed\""));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_autoptr (JsonNode) line = json_from_string (lines[i], NULL);
    JsonObject *object = json_node_get_object (line);

    g_assert_cmpint (json_object_get_int_member (object, "time"), >, 0);
    if (i == 0)
      g_assert_cmpstr (json_object_get_string_member (object, "path"), ==, "/models");
    if (i == 1) {
      g_assert_cmpstr (json_object_get_string_member (object, "body"), ==, body);
      g_assert_cmpstr (json_object_get_string_member (
                         json_object_get_object_member (object, "headers"), "Authorization"),
                       ==, "****");
    }
  }

  g_clear_object (&service);
  sonde_test_remove_tree (folder);
}

/* The service ends at once, whatever is under way. */
static void
test_stop (Fixture *self, gconstpointer data)
{
  g_autofree char *body = question (TRUE, "#demo doc=prose rate=100 tokens=100000", "");
  g_autofree char *late = question (TRUE, "#demo doc=prose first=3600000", "");
  g_autoptr (SoupMessage) streaming = new_message (self, "POST", CHAT, KEY, JSON, body);
  g_autoptr (SoupMessage) waiting = new_message (self, "POST", CHAT, KEY, JSON, late);
  Opening first = { NULL, FALSE }, second = { NULL, FALSE };

  soup_session_send_async (self->session, waiting, G_PRIORITY_DEFAULT, NULL, opened_cb, &first);
  soup_session_send_async (self->session, streaming, G_PRIORITY_DEFAULT, NULL, opened_cb, &second);
  sonde_test_wait (second.stream != NULL);
  g_assert_false (first.answered);
  sonde_demo_service_stop (self->service);
  g_assert_null (sonde_demo_service_get_base_url (self->service));
  sonde_test_wait (first.answered);
  g_assert_null (first.stream);
  g_object_unref (second.stream);
  sonde_demo_service_stop (self->service);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/demo-service/lists", test_lists },
    { "/demo-service/port-taken", test_port_taken },
    { "/demo-service/shapes", test_shapes },
    { "/demo-service/refusals", test_refusals },
    { "/demo-service/before-the-body", test_before_the_body },
    { "/demo-service/cache", test_cache },
    { "/demo-service/documents", test_documents },
    { "/demo-service/choice", test_choice },
    { "/demo-service/effort", test_effort },
    { "/demo-service/limit", test_limit },
    { "/demo-service/prefix", test_prefix },
    { "/demo-service/tools", test_tools },
    { "/demo-service/statuses", test_statuses },
    { "/demo-service/fail-then-succeed", test_fail_then_succeed },
    { "/demo-service/broken-streams", test_broken_streams },
    { "/demo-service/huge", test_huge },
    { "/demo-service/split", test_split },
    { "/demo-service/cut", test_cut },
    { "/demo-service/stall", test_stall },
    { "/demo-service/many", test_many },
    { "/demo-service/stop", test_stop },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/demo-service/options", test_options);
  g_test_add_func ("/demo-service/log", test_log);

  return g_test_run ();
}
