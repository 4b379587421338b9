/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-demo-service.h"

#include "sonde-demo-backend.h"

/**
 * SondeDemoService:
 *
 * DeepSeek's service, simulated on the loopback interface: every shape and every
 * fault of contract.md, and answers that say what they are. What comes back is
 * steered by a line `#demo` in the question (docs/demo-service.md), so that a
 * person in the window, a test and a benchmark use the same thing.
 *
 * It runs in a thread of its own and delays nobody. Its functions are for the
 * thread that made it.
 */
struct _SondeDemoService {
  GObject parent_instance;

  gboolean old_models;
  gboolean separate_usage;
  char *log_path;
  GTlsCertificate *certificate;

  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  char *base_url;
};

/* What the thread is told, and what it tells; it is the starter's, who waits for it. */
typedef struct {
  SondeDemoBackend *backend;
  SondeDemoLog *log;
  GMainContext *context;
  GMainLoop *loop;
  guint16 port;

  GMutex mutex;
  GCond cond;
  gboolean answered;
  char *base_url;
  GError *error;
} Start;

G_DEFINE_FINAL_TYPE (SondeDemoService, sonde_demo_service, G_TYPE_OBJECT)

static void
answer_start (Start *start, char *base_url, GError *error)
{
  g_mutex_lock (&start->mutex);
  start->base_url = base_url;
  start->error = error;
  start->answered = TRUE;
  g_cond_signal (&start->cond);
  g_mutex_unlock (&start->mutex);
}

static gpointer
run_thread (gpointer data)
{
  Start *start = data;
  g_autoptr (SondeDemoBackend) backend = start->backend;
  g_autoptr (GMainContext) context = start->context;
  g_autoptr (GMainLoop) loop = start->loop;
  SondeDemoLog *log = start->log;
  GError *error = NULL;
  char *base_url;
  gboolean listening;

  g_main_context_push_thread_default (context);
  base_url = sonde_demo_backend_listen (backend, start->port, &error);
  listening = base_url != NULL;
  answer_start (start, base_url, error); /* @start and what it was told are gone now */
  if (listening)
    g_main_loop_run (loop);

  sonde_demo_backend_close (backend);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  g_clear_object (&backend);
  g_clear_pointer (&log, sonde_demo_log_close);

  return NULL;
}

static void
sonde_demo_service_dispose (GObject *object)
{
  sonde_demo_service_stop (SONDE_DEMO_SERVICE (object));

  G_OBJECT_CLASS (sonde_demo_service_parent_class)->dispose (object);
}

static void
sonde_demo_service_finalize (GObject *object)
{
  SondeDemoService *self = SONDE_DEMO_SERVICE (object);

  g_free (self->log_path);
  g_clear_object (&self->certificate);

  G_OBJECT_CLASS (sonde_demo_service_parent_class)->finalize (object);
}

static void
sonde_demo_service_class_init (SondeDemoServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sonde_demo_service_dispose;
  object_class->finalize = sonde_demo_service_finalize;
}

static void
sonde_demo_service_init (SondeDemoService *self)
{
}

/**
 * sonde_demo_service_new:
 *
 * Returns: (transfer full): a service that does not run
 */
SondeDemoService *
sonde_demo_service_new (void)
{
  return g_object_new (SONDE_TYPE_DEMO_SERVICE, NULL);
}

/**
 * sonde_demo_service_set_old_models:
 * @self: a service
 * @old_models: whether GET /models has the shape of before August 2026, without metadata
 *
 * From the next start on.
 */
void
sonde_demo_service_set_old_models (SondeDemoService *self, gboolean old_models)
{
  g_return_if_fail (SONDE_IS_DEMO_SERVICE (self));

  self->old_models = old_models;
}

/**
 * sonde_demo_service_set_separate_usage:
 * @self: a service
 * @separate_usage: whether a stream's usage is a chunk of its own with empty `choices`,
 *   rather than part of the chunk with the finish reason
 *
 * From the next start on.
 */
void
sonde_demo_service_set_separate_usage (SondeDemoService *self, gboolean separate_usage)
{
  g_return_if_fail (SONDE_IS_DEMO_SERVICE (self));

  self->separate_usage = separate_usage;
}

/**
 * sonde_demo_service_set_log_path:
 * @self: a service
 * @path: (nullable): a file for what comes in and goes out, in JSON lines
 *
 * From the next start on, which replaces the file.
 */
void
sonde_demo_service_set_log_path (SondeDemoService *self, const char *path)
{
  g_return_if_fail (SONDE_IS_DEMO_SERVICE (self));

  g_set_str (&self->log_path, path);
}

/**
 * sonde_demo_service_set_certificate:
 * @self: a service
 * @certificate: (nullable): a certificate for 127.0.0.1 with its key, or %NULL for plain http
 *
 * Whether the service speaks https, from the next start on. It offers HTTP/2 then where
 * SOUP_SERVER_HTTP2 is in the environment.
 */
void
sonde_demo_service_set_certificate (SondeDemoService *self, GTlsCertificate *certificate)
{
  g_return_if_fail (SONDE_IS_DEMO_SERVICE (self));

  g_set_object (&self->certificate, certificate);
}

/**
 * sonde_demo_service_start:
 * @self: a service that does not run
 * @port: a port of the loopback interface, or 0 for any
 * @error: where to say why not
 *
 * Returns: whether it runs; else @error is set: from GIO, if the port is taken or the log
 *   cannot be written
 */
gboolean
sonde_demo_service_start (SondeDemoService *self, guint16 port, GError **error)
{
  Start start = { .port = port };

  g_return_val_if_fail (SONDE_IS_DEMO_SERVICE (self), FALSE);
  g_return_val_if_fail (self->thread == NULL, FALSE);

  if (self->log_path != NULL) {
    start.log = sonde_demo_log_open (self->log_path, error);
    if (start.log == NULL)
      return FALSE;
  }
  start.backend = sonde_demo_backend_new (
    self->old_models, self->separate_usage ? SONDE_DEMO_USAGE_SEPARATE : SONDE_DEMO_USAGE_FINISH,
    start.log);
  sonde_demo_backend_set_certificate (start.backend, self->certificate);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  start.context = g_main_context_ref (self->context);
  start.loop = g_main_loop_ref (self->loop);
  g_mutex_init (&start.mutex);
  g_cond_init (&start.cond);

  g_mutex_lock (&start.mutex);
  self->thread = g_thread_new ("sonde-demo", run_thread, &start);
  while (!start.answered)
    g_cond_wait (&start.cond, &start.mutex);
  g_mutex_unlock (&start.mutex);
  g_mutex_clear (&start.mutex);
  g_cond_clear (&start.cond);

  self->base_url = start.base_url;
  if (start.error != NULL) {
    sonde_demo_service_stop (self);
    g_propagate_error (error, start.error);
    return FALSE;
  }

  return TRUE;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);

  return G_SOURCE_REMOVE;
}

/**
 * sonde_demo_service_stop:
 * @self: a service
 *
 * Closes every connection and waits for the thread. Does nothing if it does not run.
 */
void
sonde_demo_service_stop (SondeDemoService *self)
{
  g_autoptr (GSource) source = NULL;

  g_return_if_fail (SONDE_IS_DEMO_SERVICE (self));

  if (self->thread == NULL)
    return;

  /* From within the loop: a quit before it runs would be lost. */
  source = g_idle_source_new ();
  g_source_set_callback (source, quit_cb, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (g_steal_pointer (&self->thread));
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->base_url, g_free);
}

/**
 * sonde_demo_service_get_base_url:
 * @self: a service
 *
 * Returns: (nullable): its base URL without a `/` at the end, or %NULL if it does not run
 */
const char *
sonde_demo_service_get_base_url (SondeDemoService *self)
{
  g_return_val_if_fail (SONDE_IS_DEMO_SERVICE (self), NULL);

  return self->base_url;
}
