/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "sonde-menu-names.h"
#include "sonde-notifier.h"
#include "sonde-opener.h"
#include "sonde-quick-window.h"
#include "sonde-shortcuts.h"
#include "sonde-window.h"

/**
 * SondeApplication:
 *
 * The one running program: it reads the command line, builds the services, shows the
 * window, and stays until everything is on disk.
 */
struct _SondeApplication {
  AdwApplication parent_instance;

  SondeChatContext *context;
  SondeNotifier *notifier;
  gboolean started;            /* the context's services */
  gboolean lingering;          /* there is no window, but an answer that is waited for */
  gboolean quitting;           /* nothing is waited for */
  gboolean closing;            /* the services are being ended */
  GType reopen;                /* and this window was asked for meanwhile */
  char *next_prompt;           /* with this question */
  GPtrArray *next_files;       /* and these files */
  GVariantDict *first_options; /* what the context was made from */
  gboolean restore;            /* a backup takes the place of the database meanwhile */
  guint signal_sources[2];
};

G_DEFINE_FINAL_TYPE (SondeApplication, sonde_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Use the demo service, which needs no key"), NULL },
  { "base-url", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Talk to the service at URL"), N_ ("URL") },
  { "prompt", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("Ask TEXT in a new conversation; - reads it from standard input"), N_ ("TEXT") },
  { "file", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, N_ ("Attach FILE to the question"),
    N_ ("FILE") },
  { "new-conversation", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Begin a new conversation"), NULL },
  { "quick", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Ask something in a small window"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version"), NULL },
  { "data-dir", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, NULL, NULL, NULL },
  { "stall-timeout", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, NULL, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

static void answer_ended_cb (SondeApplication *self);
static gboolean stop_lingering (SondeApplication *self);

/* Returns whether the command line holds what only a first start can follow. */
static gboolean
make_context (SondeApplication *self, GVariantDict *dict)
{
  g_autoptr (SondeSettings) settings = NULL;
  const char *data_dir = NULL;
  SondeChatOptions chat_options = { 0 };
  int stall_timeout = 0;

  if (self->context != NULL)
    return dict != NULL &&
           (g_variant_dict_contains (dict, "demo") || g_variant_dict_contains (dict, "base-url") ||
            g_variant_dict_contains (dict, "data-dir") ||
            g_variant_dict_contains (dict, "stall-timeout"));

  settings = sonde_settings_new ();
  chat_options.settings = settings;
  if (dict != NULL) {
    g_variant_dict_lookup (dict, "base-url", "&s", &chat_options.base_url);
    g_variant_dict_lookup (dict, "data-dir", "^&ay", &data_dir);
    g_variant_dict_lookup (dict, "stall-timeout", "i", &stall_timeout);
    chat_options.demo = g_variant_dict_contains (dict, "demo");
    chat_options.data_dir = data_dir;
    chat_options.stall_timeout = (guint) MAX (0, stall_timeout) * 1000;
  }
  self->context = sonde_chat_context_new (&chat_options);
  sonde_chat_context_open (self->context);
  self->started = FALSE;
  self->notifier = sonde_notifier_new (GTK_APPLICATION (self), self->context);
  g_signal_connect_object (sonde_chat_context_get_library (self->context), "answer-ended",
                           G_CALLBACK (answer_ended_cb), self, G_CONNECT_SWAPPED);
  if (dict != NULL && self->first_options != dict) {
    g_clear_pointer (&self->first_options, g_variant_dict_unref);
    self->first_options = g_variant_dict_ref (dict);
  }

  return FALSE;
}

/* Libadwaita turns the accelerators off while a dialog is open. The one that quits stays. */
static void
dialog_changed_cb (AdwApplicationWindow *window)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (window);
  GtkEventController *controller;

  if (dialog == NULL || g_object_get_data (G_OBJECT (dialog), "sonde-quits") != NULL)
    return;

  controller = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_q, GDK_CONTROL_MASK),
                      gtk_named_action_new ("app.quit")));
  gtk_widget_add_controller (GTK_WIDGET (dialog), controller);
  g_object_set_data (G_OBJECT (dialog), "sonde-quits", controller);
}

/* The one window of @type, or NULL. */
static GtkWindow *
find_window (SondeApplication *self, GType type)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *at = windows; at != NULL; at = at->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (at->data, type))
      return at->data;

  return NULL;
}

static SondeWindow *
get_window (SondeApplication *self)
{
  return (SondeWindow *) find_window (self, SONDE_TYPE_WINDOW);
}

/* The window comes first: neither the store nor the keyring is waited for. */
static void
present_first (SondeApplication *self, GtkWindow *window)
{
  g_signal_connect (window, "notify::visible-dialog", G_CALLBACK (dialog_changed_cb), NULL);
  gtk_window_present (window);
  stop_lingering (self);
  if (!self->started)
    sonde_chat_context_start (self->context);
  self->started = TRUE;
}

static void
show_window (SondeApplication *self, const char *prompt, GPtrArray *files)
{
  SondeWindow *window = get_window (self);

  if (window == NULL) {
    window = sonde_window_new (GTK_APPLICATION (self), self->context);
    present_first (self, GTK_WINDOW (window));
  } else {
    gtk_window_present (GTK_WINDOW (window));
  }
  if (prompt != NULL || files != NULL)
    sonde_window_ask_about (window, prompt, files);
}

static void
open_quick_cb (SondeApplication *self, SondeConversation *conversation)
{
  show_window (self, NULL, NULL);
  sonde_window_set_conversation (get_window (self), conversation);
}

static void
show_quick_window (SondeApplication *self)
{
  GtkWindow *window = find_window (self, SONDE_TYPE_QUICK_WINDOW);

  if (window != NULL) {
    gtk_window_present (window);
    return;
  }

  window = GTK_WINDOW (sonde_quick_window_new (GTK_APPLICATION (self), self->context));
  g_signal_connect_object (window, "open", G_CALLBACK (open_quick_cb), self, G_CONNECT_SWAPPED);
  present_first (self, window);
}

/* While the services are being ended there is no window; the next one begins with a new one. */
static void
begin_conversation (SondeApplication *self)
{
  SondeWindow *window = get_window (self);

  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.new-conversation", NULL);
}

/* The same program goes on with other conversations. */
static void
restore (SondeApplication *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *aside =
    sonde_library_restore_backup (sonde_chat_context_get_library (self->context), &error);
  g_autofree char *text = NULL;

  if (aside != NULL)
    /* Translators: %s is the path of a file */
    text = g_strdup_printf (_ ("Backup restored. What was there before is kept as %s"), aside);
  else
    text = g_strdup_printf (_ ("The backup was not restored: %s"), error->message);

  g_clear_object (&self->context);
  make_context (self, self->first_options);
  show_window (self, NULL, NULL);
  sonde_window_tell (get_window (self), text);
}

static void
shut_down_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!sonde_chat_context_shutdown_finish (SONDE_CHAT_CONTEXT (source), result, &error))
    g_message ("Not everything could be stored: %s", error->message);

  self->closing = FALSE;
  self->quitting = FALSE;
  g_clear_object (&self->notifier);
  if (self->restore) {
    self->restore = FALSE;
    self->reopen = 0;
    restore (self);
    g_application_release (G_APPLICATION (self));
    return;
  }

  g_clear_object (&self->context);
  if (self->reopen != 0) {
    g_autofree char *prompt = g_steal_pointer (&self->next_prompt);
    g_autoptr (GPtrArray) files = g_steal_pointer (&self->next_files);

    make_context (self, NULL);
    if (self->reopen == SONDE_TYPE_QUICK_WINDOW)
      show_quick_window (self);
    else
      show_window (self, prompt, files);
    self->reopen = 0;
  }
  g_application_release (G_APPLICATION (self));
}

static void
end_services (SondeApplication *self)
{
  self->closing = TRUE;
  g_application_hold (G_APPLICATION (self));
  sonde_chat_context_shutdown_async (self->context, shut_down_cb, g_object_ref (self));
}

/* --- answers that outlive the window ------------------------------------------ */

/* Returns whether an answer was waited for without a window. */
static gboolean
stop_lingering (SondeApplication *self)
{
  if (!self->lingering)
    return FALSE;

  self->lingering = FALSE;
  g_application_release (G_APPLICATION (self));

  return TRUE;
}

/* In a sandbox the desktop wants to know what runs without a window. It may say no, and then
 * ends the program; what has come until then is on disk. */
static void
declare_background (SondeApplication *self)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self));
  GVariantBuilder builder;

  if (bus == NULL || !g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "reason",
                         g_variant_new_string (_ ("An answer is still on its way.")));
  g_dbus_connection_call (bus, "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
                          "org.freedesktop.portal.Background", "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &builder), NULL, G_DBUS_CALL_FLAGS_NONE,
                          -1, NULL, NULL, NULL);
}

static void
linger (SondeApplication *self)
{
  self->lingering = TRUE;
  g_application_hold (G_APPLICATION (self));
  declare_background (self);
}

static void
end_lingering_cb (gpointer user_data)
{
  g_autoptr (SondeApplication) self = user_data;

  if (!self->lingering || sonde_library_get_busy (sonde_chat_context_get_library (self->context)))
    return;

  end_services (self);
  stop_lingering (self);
}

static void
answer_ended_cb (SondeApplication *self)
{
  /* The session is not yet done with it. */
  if (self->lingering)
    g_idle_add_once (end_lingering_cb, g_object_ref (self));
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SondeApplication *self = user_data;
  const GType types[] = { SONDE_TYPE_QUICK_WINDOW, SONDE_TYPE_WINDOW };

  if (self->lingering) {
    end_services (self);
    stop_lingering (self);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++) {
    GtkWindow *window = find_window (self, types[i]);
    AdwDialog *dialog;

    if (window == NULL)
      continue;
    /* With a dialog open, only that would be closed. */
    while ((dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))))
      adw_dialog_force_close (dialog);
    self->quitting = TRUE;
    gtk_window_close (window);
  }
}

/* The desktop file's action; the window may not be there yet. */
static void
new_conversation_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_activate (G_APPLICATION (user_data));
  begin_conversation (user_data);
}

/* The desktop file's, too. */
static void
quick_ask_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SondeApplication *self = user_data;

  if (self->closing) {
    self->reopen = SONDE_TYPE_QUICK_WINDOW;
    return;
  }

  make_context (self, NULL);
  show_quick_window (self);
}

/* The search provider's and the notification's: a conversation and a message in it, by their
 * numbers. */
static void
open_conversation_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SondeApplication *self = user_data;
  gint64 conversation_id, message_id;
  SondeWindow *window;

  g_variant_get (parameter, "(xx)", &conversation_id, &message_id);
  g_application_activate (G_APPLICATION (self));
  window = get_window (self);
  if (window != NULL)
    sonde_opener_open (window, sonde_chat_context_get_library (self->context), conversation_id,
                       message_id);
}

/* The notification's; its conversation has not been left since the answer failed. */
static void
retry_answer_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SondeWindow *window;

  open_conversation_action (action, parameter, user_data);
  window = get_window (user_data);
  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.retry", NULL);
}

/* What the desktop's overview has found goes on in the window. */
static void
search_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SondeWindow *window;

  g_application_activate (G_APPLICATION (user_data));
  window = get_window (user_data);
  if (window != NULL)
    sonde_window_search (window, g_variant_get_string (parameter, NULL));
}

static gboolean
signalled_cb (gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "quit", NULL);

  return G_SOURCE_CONTINUE;
}

static void
contrast_changed_cb (AdwStyleManager *manager, GParamSpec *pspec, GtkCssProvider *provider)
{
  if (adw_style_manager_get_high_contrast (manager))
    gtk_css_provider_load_from_resource (provider, "/io/github/sondechat/Sonde/high-contrast.css");
  else
    gtk_css_provider_load_from_string (provider, "");
}

static void
follow_contrast (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (contrast_changed_cb),
                           provider, G_CONNECT_DEFAULT);
  contrast_changed_cb (manager, NULL, provider);
}

static void
sonde_application_startup (GApplication *application)
{
  SondeApplication *self = SONDE_APPLICATION (application);
  const GActionEntry actions[] = {
    { .name = "new-conversation", .activate = new_conversation_action },
    { .name = "open-conversation", .activate = open_conversation_action, .parameter_type = "(xx)" },
    { .name = "retry-answer", .activate = retry_answer_action, .parameter_type = "(xx)" },
    { .name = "quick-ask", .activate = quick_ask_action },
    { .name = "quit", .activate = quit_action },
    { .name = "search", .activate = search_action, .parameter_type = "s" },
  };
  const SondeShortcut *shortcuts;
  gsize n;

  G_APPLICATION_CLASS (sonde_application_parent_class)->startup (application);
  follow_contrast ();
  sonde_menu_names_init ();

  gtk_window_set_default_icon_name (g_application_get_application_id (application));
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  shortcuts = sonde_shortcuts_get (&n);
  for (gsize i = 0; i < n; i++)
    if (shortcuts[i].action != NULL)
      gtk_application_set_accels_for_action (GTK_APPLICATION (self), shortcuts[i].action,
                                             shortcuts[i].accelerators);

  /* The end of the session loses nothing either. */
  self->signal_sources[0] = g_unix_signal_add (SIGTERM, signalled_cb, self);
  self->signal_sources[1] = g_unix_signal_add (SIGINT, signalled_cb, self);
}

static void
sonde_application_activate (GApplication *application)
{
  SondeApplication *self = SONDE_APPLICATION (application);

  if (self->closing) {
    self->reopen = SONDE_TYPE_WINDOW;
    return;
  }

  make_context (self, NULL);
  show_window (self, NULL, NULL);
}

static int
sonde_application_handle_local_options (GApplication *application, GVariantDict *dict)
{
  if (g_variant_dict_contains (dict, "version")) {
    g_print ("sonde %s\n", SONDE_VERSION);
    return 0;
  }

  return -1;
}

/* With `-` it is what the caller's standard input has, wherever the caller runs. */
static gboolean
read_prompt (GApplicationCommandLine *command_line,
             GVariantDict *dict,
             char **prompt,
             GError **error)
{
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GOutputStream) text = NULL;

  g_variant_dict_lookup (dict, "prompt", "s", prompt);
  if (g_strcmp0 (*prompt, "-") != 0)
    return TRUE;

  input = g_application_command_line_get_stdin (command_line);
  text = g_memory_output_stream_new_resizable ();
  if (input == NULL ||
      g_output_stream_splice (text, input, G_OUTPUT_STREAM_SPLICE_NONE, NULL, error) < 0 ||
      !g_output_stream_close (text, NULL, error)) {
    if (error != NULL && *error == NULL)
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("There is no standard input"));
    return FALSE;
  }
  g_free (*prompt);
  *prompt = g_utf8_make_valid (
    g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (text)),
    (gssize) g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (text)));
  g_strchomp (*prompt);

  return TRUE;
}

/* Their names count from where the caller is. */
static GPtrArray *
dup_files (GApplicationCommandLine *command_line, GVariantDict *dict)
{
  g_autofree const char **names = NULL;
  GPtrArray *files;

  if (!g_variant_dict_lookup (dict, "file", "^a&ay", &names))
    return NULL;

  files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (files,
                     g_application_command_line_create_file_for_arg (command_line, names[i]));

  return files;
}

static int
sonde_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  SondeApplication *self = SONDE_APPLICATION (application);
  GVariantDict *dict = g_application_command_line_get_options_dict (command_line);
  gboolean quick = g_variant_dict_contains (dict, "quick");
  g_autofree char *prompt = NULL;
  g_autoptr (GPtrArray) files = dup_files (command_line, dict);
  g_autoptr (GError) error = NULL;

  if (!read_prompt (command_line, dict, &prompt, &error)) {
    g_application_command_line_printerr (command_line, "sonde: %s\n", error->message);
    return 1;
  }
  if (self->closing) {
    self->reopen = quick ? SONDE_TYPE_QUICK_WINDOW : SONDE_TYPE_WINDOW;
    g_set_str (&self->next_prompt, prompt);
    g_clear_pointer (&self->next_files, g_ptr_array_unref);
    self->next_files = g_steal_pointer (&files);
    return 0;
  }

  if (make_context (self, dict))
    g_application_command_line_printerr (
      command_line, "%s\n",
      _ ("Sonde is running already; the service that it uses stays as it is."));
  if (quick) {
    show_quick_window (self);
    return 0;
  }

  show_window (self, prompt, files);
  if (g_variant_dict_contains (dict, "new-conversation"))
    begin_conversation (self);

  return 0;
}

static void
sonde_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  SondeApplication *self = SONDE_APPLICATION (application);

  GTK_APPLICATION_CLASS (sonde_application_parent_class)->window_removed (application, window);

  if (self->context == NULL || self->closing || get_window (self) != NULL ||
      find_window (self, SONDE_TYPE_QUICK_WINDOW) != NULL ||
      !(SONDE_IS_WINDOW (window) || SONDE_IS_QUICK_WINDOW (window)))
    return;

  if (!self->quitting &&
      sonde_settings_get_run_in_background (sonde_chat_context_get_settings (self->context)) &&
      sonde_library_get_busy (sonde_chat_context_get_library (self->context)))
    linger (self);
  else
    end_services (self);
}

static void
sonde_application_shutdown (GApplication *application)
{
  SondeApplication *self = SONDE_APPLICATION (application);

  for (gsize i = 0; i < G_N_ELEMENTS (self->signal_sources); i++)
    g_clear_handle_id (&self->signal_sources[i], g_source_remove);

  G_APPLICATION_CLASS (sonde_application_parent_class)->shutdown (application);
}

static void
sonde_application_finalize (GObject *object)
{
  SondeApplication *self = SONDE_APPLICATION (object);

  g_clear_object (&self->notifier);
  g_clear_object (&self->context);
  g_clear_pointer (&self->first_options, g_variant_dict_unref);
  g_free (self->next_prompt);
  g_clear_pointer (&self->next_files, g_ptr_array_unref);

  G_OBJECT_CLASS (sonde_application_parent_class)->finalize (object);
}

static void
sonde_application_class_init (SondeApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sonde_application_finalize;

  application_class->startup = sonde_application_startup;
  application_class->activate = sonde_application_activate;
  application_class->handle_local_options = sonde_application_handle_local_options;
  application_class->command_line = sonde_application_command_line;
  application_class->shutdown = sonde_application_shutdown;

  GTK_APPLICATION_CLASS (klass)->window_removed = sonde_application_window_removed;
}

static void
sonde_application_init (SondeApplication *self)
{
  GApplication *application = G_APPLICATION (self);

  g_application_add_main_option_entries (application, options);
  g_application_set_option_context_summary (application, _ ("Chat with DeepSeek’s models."));
  /* Translators: shown by --help */
  g_application_set_option_context_description (
    application, _ ("“sonde ask” answers in the terminal: see “sonde ask --help”."));
}

/**
 * sonde_application_new:
 *
 * Returns: (transfer full): the application; a second one hands its command line to the first
 */
SondeApplication *
sonde_application_new (void)
{
  return g_object_new (SONDE_TYPE_APPLICATION, "application-id", SONDE_APP_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE, "resource-base-path",
                       "/io/github/sondechat/Sonde", NULL);
}

/**
 * sonde_application_restore:
 * @self: an application with a window
 *
 * Closes the window and the database, puts the backup that was prepared in its place,
 * and opens a window again.
 */
void
sonde_application_restore (SondeApplication *self)
{
  g_return_if_fail (SONDE_IS_APPLICATION (self));

  if (get_window (self) == NULL || self->closing)
    return;

  self->restore = TRUE;
  quit_action (NULL, NULL, self);
}
