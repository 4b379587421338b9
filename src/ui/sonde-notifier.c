/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-notifier.h"

#include <glib/gi18n.h>

#include "sonde-quick-window.h"
#include "sonde-window.h"

#define MAX_BODY 160 /* characters of an answer */

/**
 * SondeNotifier:
 *
 * Says on the desktop that an answer has ended or failed while nobody was looking, and
 * takes it back when the conversation is looked at.
 */
struct _SondeNotifier {
  GObject parent_instance;

  GtkApplication *application; /* owns the notifier */
  SondeSettings *settings;
};

G_DEFINE_FINAL_TYPE (SondeNotifier, sonde_notifier, G_TYPE_OBJECT)

static char *
make_id (SondeConversation *conversation)
{
  return g_strdup_printf ("answer-%" G_GINT64_FORMAT, sonde_conversation_get_id (conversation));
}

static gboolean
is_looked_at (SondeNotifier *self, SondeConversation *conversation)
{
  GtkWindow *window = gtk_application_get_active_window (self->application);
  SondeConversation *shown = NULL;

  if (SONDE_IS_WINDOW (window))
    shown = sonde_window_get_conversation (SONDE_WINDOW (window));
  else if (SONDE_IS_QUICK_WINDOW (window))
    shown = sonde_quick_window_get_conversation (SONDE_QUICK_WINDOW (window));

  return shown == conversation && gtk_window_is_active (window);
}

/* The beginning of an answer on one line. What is not kept on the disk is not handed to
 * the desktop either. */
static char *
make_body (SondeConversation *conversation, SondeMessage *answer)
{
  const char *text = sonde_message_get_text (answer, SONDE_TEXT_CONTENT);
  g_autoptr (GString) body = g_string_new (NULL);
  gboolean space = FALSE;
  glong n = 0;

  if (sonde_message_get_state (answer) == SONDE_MESSAGE_FAILED)
    return g_strdup (_ ("The answer failed"));
  if (text == NULL || *text == '\0' || sonde_conversation_get_temporary (conversation))
    return g_strdup (_ ("The answer is there"));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isspace (c)) {
      space = body->len > 0;
      continue;
    }
    if (space)
      g_string_append_c (body, ' ');
    space = FALSE;
    if (n++ == MAX_BODY) {
      g_string_append (body, "…");
      break;
    }
    g_string_append_unichar (body, c);
  }

  return g_string_free (g_steal_pointer (&body), FALSE);
}

static void
answer_ended_cb (SondeNotifier *self,
                 SondeConversation *conversation,
                 SondeMessage *answer,
                 SondeLibrary *library)
{
  SondeMessageState state = sonde_message_get_state (answer);
  const char *title = sonde_conversation_get_title (conversation);
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *body = NULL;
  g_autofree char *id = NULL;
  GVariant *target;

  if ((state != SONDE_MESSAGE_COMPLETE && state != SONDE_MESSAGE_FAILED) ||
      !sonde_settings_get_notifications (self->settings) || is_looked_at (self, conversation))
    return;

  target = g_variant_ref_sink (g_variant_new ("(xx)", sonde_conversation_get_id (conversation),
                                              sonde_message_get_id (answer)));
  notification = g_notification_new (title != NULL ? title : _ ("New Conversation"));
  body = make_body (conversation, answer);
  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target_value (notification, "app.open-conversation",
                                                      target);
  g_notification_add_button_with_target_value (notification, C_ ("notification", "Open"),
                                               "app.open-conversation", target);
  if (state == SONDE_MESSAGE_FAILED)
    g_notification_add_button_with_target_value (notification, _ ("Retry"), "app.retry-answer",
                                                 target);
  g_variant_unref (target);
  id = make_id (conversation);
  g_application_send_notification (G_APPLICATION (self->application), id, notification);
}

/* --- looking ------------------------------------------------------------------ */

static void
window_changed_cb (SondeNotifier *self, GParamSpec *pspec, SondeWindow *window)
{
  SondeConversation *conversation = sonde_window_get_conversation (window);

  if (conversation != NULL && is_looked_at (self, conversation)) {
    g_autofree char *id = make_id (conversation);

    g_application_withdraw_notification (G_APPLICATION (self->application), id);
  }
}

static void
window_added_cb (SondeNotifier *self, GtkWindow *window)
{
  if (!SONDE_IS_WINDOW (window))
    return;

  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (window_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::conversation", G_CALLBACK (window_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
sonde_notifier_finalize (GObject *object)
{
  g_clear_object (&SONDE_NOTIFIER (object)->settings);

  G_OBJECT_CLASS (sonde_notifier_parent_class)->finalize (object);
}

static void
sonde_notifier_class_init (SondeNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_notifier_finalize;
}

static void
sonde_notifier_init (SondeNotifier *self)
{
}

/**
 * sonde_notifier_new:
 * @application: (transfer none): outlives the notifier; has the actions `open-conversation` and
 *   `retry-answer`, whose parameter is a conversation and a message of it, by their ids
 * @context: where the answers come from
 *
 * Returns: (transfer full): a notifier for the windows that are opened from now on
 */
SondeNotifier *
sonde_notifier_new (GtkApplication *application, SondeChatContext *context)
{
  SondeNotifier *self = g_object_new (SONDE_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->settings = g_object_ref (sonde_chat_context_get_settings (context));
  g_signal_connect_object (sonde_chat_context_get_library (context), "answer-ended",
                           G_CALLBACK (answer_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-added", G_CALLBACK (window_added_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}
