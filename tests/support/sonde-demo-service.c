/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The simulated service as a program, for tests and benchmarks that are not written in C. It
 * prints its base URL in one line and serves until it is told to end. */

#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <unistd.h>

#include "sonde-demo-service.h"

static gboolean
signal_cb (gpointer data)
{
  g_main_loop_quit (data);

  return G_SOURCE_CONTINUE;
}

static gboolean
stdin_cb (GObject *stream, gpointer data)
{
  char bytes[256];

  if (g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (stream), bytes,
                                                sizeof bytes, NULL, NULL) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (data);

  return G_SOURCE_REMOVE;
}

static gboolean
parse_choice (const char *option,
              const char *value,
              const char *plain,
              const char *other,
              gboolean *choice,
              GError **error)
{
  *choice = g_strcmp0 (value, other) == 0;
  if (value == NULL || *choice || g_str_equal (value, plain))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--%s is %s or %s", option, plain,
               other);

  return FALSE;
}

int
main (int argc, char *argv[])
{
  int port = 0;
  gboolean until_eof = FALSE, tls = FALSE, old_models, separate_usage;
  g_autofree char *models = NULL;
  g_autofree char *usage = NULL;
  g_autofree char *log = NULL;
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &port, "Port of the loopback interface (any)", "PORT" },
    { "models", 0, 0, G_OPTION_ARG_STRING, &models, "Shape of the list of models", "new|old" },
    { "usage", 0, 0, G_OPTION_ARG_STRING, &usage, "Where the usage goes", "finish|separate" },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &log, "Write what comes and goes, in JSON lines",
      "FILE" },
    { "tls", 0, 0, G_OPTION_ARG_NONE, &tls, "Speak https, with HTTP/2, by the tests' certificate",
      NULL },
    { "until-eof", 0, 0, G_OPTION_ARG_NONE, &until_eof, "End when standard input ends", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- DeepSeek's service, simulated");
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SondeDemoService) service = sonde_demo_service_new ();
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GSource) source = NULL;
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GError) error = NULL;
  guint terminate, interrupt;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) ||
      !parse_choice ("models", models, "new", "old", &old_models, &error) ||
      !parse_choice ("usage", usage, "finish", "separate", &separate_usage, &error)) {
    g_printerr ("sonde-demo-service: %s\n", error->message);
    return 2;
  }

  if (tls) {
    g_setenv ("SOUP_SERVER_HTTP2", "1", TRUE);
    certificate =
      g_tls_certificate_new_from_files (TLS_DIR "/certificate.pem", TLS_DIR "/key.pem", &error);
    if (certificate == NULL) {
      g_printerr ("sonde-demo-service: %s\n", error->message);
      return 1;
    }
  }
  sonde_demo_service_set_certificate (service, certificate);
  sonde_demo_service_set_old_models (service, old_models);
  sonde_demo_service_set_separate_usage (service, separate_usage);
  sonde_demo_service_set_log_path (service, log);
  terminate = g_unix_signal_add (SIGTERM, signal_cb, loop);
  interrupt = g_unix_signal_add (SIGINT, signal_cb, loop);
  if (!sonde_demo_service_start (service, (guint16) port, &error)) {
    g_printerr ("sonde-demo-service: %s\n", error->message);
    return 1;
  }
  g_print ("%s\n", sonde_demo_service_get_base_url (service));

  if (until_eof) {
    input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
    source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);
    g_source_set_callback (source, G_SOURCE_FUNC (stdin_cb), loop, NULL);
    g_source_attach (source, NULL);
  }
  g_main_loop_run (loop);

  if (source != NULL)
    g_source_destroy (source);
  g_source_remove (terminate);
  g_source_remove (interrupt);
  sonde_demo_service_stop (service);

  return 0;
}
