/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-quick-window.h"

#include <glib/gi18n.h>

#include "sonde-appearance.h"
#include "sonde-banner-text.h"
#include "sonde-composer.h"
#include "sonde-model-dropdown.h"
#include "sonde-touch.h"
#include "sonde-transcript.h"

/**
 * SondeQuickWindow:
 *
 * A small window for one question between two other things. Its conversation is stored like
 * any other, so that nothing is lost while it is open; when the window is closed it is
 * deleted for ever, unless it has been opened in the application's window.
 */
struct _SondeQuickWindow {
  AdwApplicationWindow parent_instance;

  SondeComposer *composer;
  SondeModelDropdown *model_dropdown;
  GtkStack *pages;
  AdwToastOverlay *toasts;
  SondeTranscript *transcript;

  SondeChatContext *context;
  SondeConversation *conversation;
  SondeSession *session;
  gboolean kept;
};

enum { PROP_ACCOUNT = 1, PROP_CONTEXT, PROP_CONVERSATION, PROP_SESSION, N_PROPS };

static GParamSpec *properties[N_PROPS];

enum { OPEN, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeQuickWindow, sonde_quick_window, ADW_TYPE_APPLICATION_WINDOW)

static void
toast (SondeQuickWindow *self, const char *text)
{
  AdwToast *new_toast = adw_toast_new (text);

  adw_toast_set_use_markup (new_toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, new_toast);
}

/* The answer that stands last, or NULL as long as there is none with a word. */
static const char *
get_answer (SondeQuickWindow *self)
{
  GListModel *messages = sonde_conversation_get_messages (self->conversation);
  guint n = g_list_model_get_n_items (messages);
  g_autoptr (SondeMessage) last = n > 0 ? g_list_model_get_item (messages, n - 1) : NULL;
  const char *text;

  if (last == NULL || sonde_message_get_role (last) != SONDE_ROLE_ASSISTANT)
    return NULL;
  text = sonde_message_get_text (last, SONDE_TEXT_CONTENT);

  return text != NULL && *text != '\0' ? text : NULL;
}

static void
update (SondeQuickWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean empty =
    g_list_model_get_n_items (sonde_conversation_get_messages (self->conversation)) == 0;
  gboolean busy = sonde_session_get_busy (self->session);

  gtk_stack_set_visible_child_name (self->pages, empty ? "empty" : "transcript");
  gtk_widget_action_set_enabled (widget, "win.copy-answer", !busy && get_answer (self) != NULL);
  gtk_widget_action_set_enabled (widget, "win.retry", !empty);
  gtk_widget_action_set_enabled (widget, "win.stop", busy);
}

/* The closures and callbacks of the template. */

static char *
get_banner_title (SondeQuickWindow *self, SondeAccountState state)
{
  return g_strdup (sonde_banner_text_get_account_title (state));
}

static gboolean
get_banner_revealed (SondeQuickWindow *self, SondeAccountState state)
{
  return state != SONDE_ACCOUNT_LOADING && state != SONDE_ACCOUNT_READY;
}

static void
model_chosen_cb (SondeQuickWindow *self, SondeModelDropdown *dropdown)
{
  sonde_conversation_set_model_id (self->conversation,
                                   sonde_model_dropdown_get_model_id (dropdown));
}

static void
announced_cb (SondeQuickWindow *self, const char *text)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
send_cb (SondeQuickWindow *self, const char *text)
{
  if (sonde_session_send (self->session, text))
    sonde_composer_set_text (self->composer, NULL);
}

/* The actions. */

static void
session_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeSession *session = SONDE_QUICK_WINDOW (widget)->session;

  if (g_str_equal (name, "win.stop"))
    sonde_session_stop (session);
  else if (g_str_equal (name, "win.retry"))
    sonde_session_retry (session);
  else if (g_str_equal (name, "win.continue"))
    sonde_session_continue (session);
  else if (g_str_equal (name, "win.keep-waiting"))
    sonde_session_keep_waiting (session);
  else
    sonde_session_try_now (session);
  gtk_widget_grab_focus (GTK_WIDGET (SONDE_QUICK_WINDOW (widget)->composer));
}

static void
copy_text_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
  toast (SONDE_QUICK_WINDOW (widget), _ ("Copied"));
}

static void
copy_answer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *answer = get_answer (SONDE_QUICK_WINDOW (widget));

  if (answer != NULL)
    gtk_widget_activate_action (widget, "win.copy-text", "s", answer);
}

static void
toast_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  toast (SONDE_QUICK_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* Before anything was asked, too: to add a key, or to write at ease. */
static void
open_in_window_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeQuickWindow *self = SONDE_QUICK_WINDOW (widget);

  sonde_composer_keep_draft (self->composer);
  self->kept = TRUE;
  g_signal_emit (self, signals[OPEN], 0, self->conversation);
  gtk_window_close (GTK_WINDOW (self));
}

static void
insert (SondeQuickWindow *self, const char *text)
{
  g_autofree char *before = sonde_composer_get_text (self->composer);
  g_autofree char *whole = NULL;

  if (text == NULL || *text == '\0') {
    toast (self, _ ("No text is selected, and none is on the clipboard"));
    return;
  }

  whole = *before == '\0' ? g_strdup (text) : g_strconcat (before, "\n\n", text, NULL);
  sonde_composer_set_text (self->composer, whole);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

static void
clipboard_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeQuickWindow) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  insert (self, text);
}

static void
selection_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeQuickWindow) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (text != NULL && *text != '\0')
    insert (self, text);
  else
    gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL,
                                   clipboard_read_cb, g_object_ref (self));
}

/* What is selected in another window, or what was copied there. */
static void
insert_selection_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_read_text_async (gtk_widget_get_primary_clipboard (widget), NULL, selection_read_cb,
                                 g_object_ref (widget));
}

static gboolean
sonde_quick_window_close_request (GtkWindow *window)
{
  SondeQuickWindow *self = SONDE_QUICK_WINDOW (window);

  if (!self->kept) {
    sonde_session_stop (self->session);
    sonde_library_delete_for_ever (sonde_chat_context_get_library (self->context),
                                   self->conversation);
  }

  return GTK_WINDOW_CLASS (sonde_quick_window_parent_class)->close_request (window);
}

static void
sonde_quick_window_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  SondeQuickWindow *self = SONDE_QUICK_WINDOW (object);

  switch (prop_id) {
  case PROP_ACCOUNT:
    if (self->context != NULL)
      g_value_set_object (value, sonde_chat_context_get_account (self->context));
    break;
  case PROP_CONTEXT:
    g_value_set_object (value, self->context);
    break;
  case PROP_CONVERSATION:
    g_value_set_object (value, self->conversation);
    break;
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
sonde_quick_window_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_CONTEXT:
    SONDE_QUICK_WINDOW (object)->context = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
sonde_quick_window_constructed (GObject *object)
{
  SondeQuickWindow *self = SONDE_QUICK_WINDOW (object);
  SondeLibrary *library = sonde_chat_context_get_library (self->context);
  GListModel *models = sonde_chat_context_get_models (self->context);
  SondeSettings *settings = sonde_chat_context_get_settings (self->context);

  G_OBJECT_CLASS (sonde_quick_window_parent_class)->constructed (object);

  self->conversation = sonde_library_create (library);
  g_set_object (&self->session, sonde_library_get_session (library, self->conversation));
  sonde_model_dropdown_set_models (self->model_dropdown, models);
  sonde_transcript_set_models (self->transcript, models);
  g_object_bind_property (settings, "check-spelling", self->composer, "check-spelling",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (settings, "enter-sends", self->composer, "enter-sends",
                          G_BINDING_SYNC_CREATE);
  sonde_appearance_bind (GTK_WIDGET (self), self->transcript, settings);
  g_signal_connect_object (sonde_conversation_get_messages (self->conversation), "items-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::busy", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  for (guint prop = PROP_ACCOUNT; prop < N_PROPS; prop++)
    if (prop != PROP_CONTEXT)
      g_object_notify_by_pspec (object, properties[prop]);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

static void
sonde_quick_window_dispose (GObject *object)
{
  SondeQuickWindow *self = SONDE_QUICK_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_QUICK_WINDOW);
  g_clear_object (&self->session);
  g_clear_object (&self->conversation);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (sonde_quick_window_parent_class)->dispose (object);
}

static void
sonde_quick_window_class_init (SondeQuickWindowClass *klass)
{
  static const char *const session_actions[] = { "win.stop", "win.retry", "win.continue",
                                                 "win.keep-waiting", "win.try-now" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = sonde_quick_window_constructed;
  object_class->dispose = sonde_quick_window_dispose;
  object_class->get_property = sonde_quick_window_get_property;
  object_class->set_property = sonde_quick_window_set_property;
  GTK_WINDOW_CLASS (klass)->close_request = sonde_quick_window_close_request;

  properties[PROP_ACCOUNT] =
    g_param_spec_object ("account", NULL, NULL, SONDE_TYPE_ACCOUNT,
                         (GParamFlags) (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  properties[PROP_CONTEXT] = g_param_spec_object (
    "context", NULL, NULL, SONDE_TYPE_CHAT_CONTEXT,
    (GParamFlags) (G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, SONDE_TYPE_CONVERSATION,
                         (GParamFlags) (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, SONDE_TYPE_SESSION,
                         (GParamFlags) (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeQuickWindow::open:
   * @self: the window, which closes after it
   * @conversation: its conversation
   *
   * The conversation is kept, and goes on in the application's window.
   */
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, SONDE_TYPE_CONVERSATION);

  for (gsize i = 0; i < G_N_ELEMENTS (session_actions); i++)
    gtk_widget_class_install_action (widget_class, session_actions[i], NULL, session_action);
  gtk_widget_class_install_action (widget_class, "win.copy-text", "s", copy_text_action);
  gtk_widget_class_install_action (widget_class, "win.copy-answer", NULL, copy_answer_action);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);
  gtk_widget_class_install_action (widget_class, "win.open-in-window", NULL, open_in_window_action);
  gtk_widget_class_install_action (widget_class, "win.insert-selection", NULL,
                                   insert_selection_action);

  g_type_ensure (SONDE_TYPE_COMPOSER);
  g_type_ensure (SONDE_TYPE_MODEL_DROPDOWN);
  g_type_ensure (SONDE_TYPE_TRANSCRIPT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/sondechat/Sonde/sonde-quick-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeQuickWindow, composer);
  gtk_widget_class_bind_template_child (widget_class, SondeQuickWindow, model_dropdown);
  gtk_widget_class_bind_template_child (widget_class, SondeQuickWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, SondeQuickWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SondeQuickWindow, transcript);
  gtk_widget_class_bind_template_callback (widget_class, announced_cb);
  gtk_widget_class_bind_template_callback (widget_class, get_banner_revealed);
  gtk_widget_class_bind_template_callback (widget_class, get_banner_title);
  gtk_widget_class_bind_template_callback (widget_class, model_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
}

static void
sonde_quick_window_init (SondeQuickWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sonde_touch_watch (GTK_WIDGET (self));
}

/**
 * sonde_quick_window_new:
 * @application: the application
 * @context: the services
 *
 * Returns: (transfer none): the window, with a conversation of its own
 */
SondeQuickWindow *
sonde_quick_window_new (GtkApplication *application, SondeChatContext *context)
{
  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (context), NULL);

  return g_object_new (SONDE_TYPE_QUICK_WINDOW, "application", application, "context", context,
                       NULL);
}

/**
 * sonde_quick_window_get_conversation:
 * @self: a quick window
 *
 * Returns: (transfer none): what is asked and answered in it
 */
SondeConversation *
sonde_quick_window_get_conversation (SondeQuickWindow *self)
{
  g_return_val_if_fail (SONDE_IS_QUICK_WINDOW (self), NULL);

  return self->conversation;
}
