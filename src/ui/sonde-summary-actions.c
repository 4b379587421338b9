/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What can be done about a conversation that fills the model's window: its older messages are
 * summarised, and that can be changed and taken back. */

#include "sonde-summary-actions.h"

#include <glib/gi18n.h>

#include "sonde-budget-actions.h"
#include "sonde-prompt-dialog.h"
#include "sonde-window-private.h"

#define OFFER_TIMEOUT 20 /* s */

/* A note that is being edited. */
typedef struct {
  SondeSession *session;
  SondeMessage *message;
  GtkTextBuffer *buffer;
} Editing;

static void
editing_free (gpointer data, GClosure *closure)
{
  Editing *self = data;

  g_object_unref (self->session);
  g_object_unref (self->message);
  g_object_unref (self->buffer);
  g_free (self);
}

static SondeMessage *
find_message (SondeWindow *self, gint64 id)
{
  return sonde_message_tree_find (
    sonde_conversation_get_tree (sonde_window_get_conversation (self)), id);
}

static void
summarised_cb (SondeWindow *self)
{
  sonde_window_offer (self, _ ("Older messages are summarised"), _ ("_Undo"),
                      "win.send-whole-history", 10);
}

static void
edited_cb (Editing *editing)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (editing->buffer, &start, &end);
  text = gtk_text_buffer_get_text (editing->buffer, &start, &end, FALSE);
  sonde_session_edit_summary (editing->session, editing->message, text);
}

static void
summarise_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);

  if (sonde_budget_actions_allow (self, "win.summarise"))
    sonde_session_summarise (sonde_window_get_session (self));
}

/* When the context becomes nearly full. */
static void
offer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);

  if (sonde_session_can_summarise (sonde_window_get_session (self)))
    sonde_window_offer (self, _ ("The model’s context is nearly full"),
                        _ ("_Summarise Older Messages"), "win.summarise", OFFER_TIMEOUT);
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_session_stop_summary (sonde_window_get_session (SONDE_WINDOW (widget)));
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);
  SondeMessage *message = find_message (self, g_variant_get_int64 (parameter));

  if (message != NULL)
    sonde_session_retry_summary (sonde_window_get_session (self), message);
}

static void
dismiss_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);
  SondeMessage *message = find_message (self, g_variant_get_int64 (parameter));

  if (message != NULL)
    sonde_session_dismiss_summary (sonde_window_get_session (self), message);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);
  SondeMessage *message = find_message (self, g_variant_get_int64 (parameter));
  const char *text = message != NULL ? sonde_message_get_used_summary (message) : NULL;
  Editing *editing;
  AdwDialog *dialog;

  if (text == NULL)
    return;

  editing = g_new0 (Editing, 1);
  editing->session = g_object_ref (sonde_window_get_session (self));
  editing->message = g_object_ref (message);
  editing->buffer = gtk_text_buffer_new (NULL);
  gtk_text_buffer_set_text (editing->buffer, text, -1);
  dialog = sonde_prompt_dialog_new (_ ("Summary"), editing->buffer);
  g_signal_connect_data (dialog, "closed", G_CALLBACK (edited_cb), editing, editing_free,
                         G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
send_whole_history_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);

  if (sonde_session_send_whole_history (sonde_window_get_session (self)))
    sonde_window_offer (self, _ ("The whole history is sent again"), _ ("_Undo"),
                        "win.undo-whole-history", 10);
}

static void
undo_whole_history_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_session_undo_whole_history (sonde_window_get_session (SONDE_WINDOW (widget)));
}

/**
 * sonde_summary_actions_install:
 * @widget_class: the window's class
 *
 * Installs `win.summarise`, `win.summary-*`, `win.send-whole-history` and its undoing. The
 * parameter of `-retry`, `-dismiss` and `-edit` is the number of the message that has the note.
 */
void
sonde_summary_actions_install (GtkWidgetClass *widget_class)
{
  static const struct {
    const char *name;
    const char *type;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "win.summarise", NULL, summarise_action },
    { "win.summary-dismiss", "x", dismiss_action },
    { "win.summary-edit", "x", edit_action },
    { "win.summary-offer", NULL, offer_action },
    { "win.summary-retry", "x", retry_action },
    { "win.summary-stop", NULL, stop_action },
    { "win.send-whole-history", NULL, send_whole_history_action },
    { "win.undo-whole-history", NULL, undo_whole_history_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type,
                                     actions[i].activate);
}

/**
 * sonde_summary_actions_watch:
 * @self: a window
 * @session: what it shows now
 *
 * Says from now on when older messages are summarised.
 */
void
sonde_summary_actions_watch (SondeWindow *self, SondeSession *session)
{
  g_signal_connect_object (session, "summarised", G_CALLBACK (summarised_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::summarising",
                           G_CALLBACK (sonde_summary_actions_update), self, G_CONNECT_SWAPPED);
}

/**
 * sonde_summary_actions_update:
 * @self: a window
 *
 * Something in the conversation has changed.
 */
void
sonde_summary_actions_update (SondeWindow *self)
{
  SondeSession *session = sonde_window_get_session (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.summarise",
                                 session != NULL && sonde_session_can_summarise (session));
}

/**
 * sonde_summary_actions_add_to_menu:
 * @self: a window
 * @menu: the menu of the conversation
 */
void
sonde_summary_actions_add_to_menu (SondeWindow *self, GMenu *menu)
{
  g_autoptr (GMenu) section = g_menu_new ();

  g_menu_append (section, _ ("_Summarise Older Messages"), "win.summarise");
  if (sonde_session_has_summary (sonde_window_get_session (self)))
    g_menu_append (section, _ ("Send the _Whole History Again"), "win.send-whole-history");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}
