/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What can be done with one message of the conversation that is open. The actions are the
 * window's; their parameter is the message's number. */

#include "sonde-message-actions.h"

#include <glib/gi18n.h>

#include "sonde-window-private.h"

#define UNDO_TIMEOUT 5 /* s */

static SondeMessage *
find_message (SondeWindow *self, gint64 id)
{
  SondeConversation *conversation = sonde_window_get_conversation (self);

  return sonde_message_tree_find (sonde_conversation_get_tree (conversation), id);
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);
  SondeMessage *message = find_message (self, g_variant_get_int64 (parameter));

  if (message != NULL)
    sonde_session_retry_message (sonde_window_get_session (self), message, NULL);
}

static void
retry_with_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);
  SondeMessage *message;
  const char *model_id;
  gint64 id;

  g_variant_get (parameter, "(x&s)", &id, &model_id);
  message = find_message (self, id);
  if (message != NULL)
    sonde_session_retry_message (sonde_window_get_session (self), message, model_id);
}

static void
edit_done_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);
  SondeMessage *message;
  const char *text;
  gint64 id;

  g_variant_get (parameter, "(x&s)", &id, &text);
  message = find_message (self, id);
  if (message != NULL)
    sonde_session_edit (sonde_window_get_session (self), message, text);
}

static void
go_on_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);
  SondeMessage *message;
  const char *text;
  gint64 id;

  g_variant_get (parameter, "(x&s)", &id, &text);
  message = find_message (self, id);
  if (message != NULL)
    sonde_session_go_on (sonde_window_get_session (self), message, text);
}

static void
version_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);
  SondeMessage *message = find_message (self, g_variant_get_int64 (parameter));

  if (message != NULL)
    sonde_session_choose_version (sonde_window_get_session (self), message,
                                  g_str_equal (name, "win.message-next-version") ? 1 : -1);
}

static void
fork_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);
  SondeMessage *message = find_message (self, g_variant_get_int64 (parameter));
  SondeConversation *conversation = sonde_window_get_conversation (self);
  g_autoptr (SondeConversation) copy = NULL;

  if (message == NULL || !sonde_conversation_get_loaded (conversation))
    return;

  copy = sonde_library_fork (sonde_window_get_library (self), conversation, message);
  sonde_window_set_conversation (self, copy);
  sonde_window_tell (self, _ ("This is a copy up to that message"));
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);
  SondeMessage *message = find_message (self, g_variant_get_int64 (parameter));
  gboolean one_of_many;

  if (message == NULL)
    return;

  one_of_many = sonde_message_get_n_versions (message) > 1;
  if (!sonde_session_delete_message (sonde_window_get_session (self), message))
    return;

  sonde_window_offer (self, one_of_many ? _ ("Version deleted") : _ ("Message deleted"),
                      _ ("_Undo"), "win.message-undo-delete", UNDO_TIMEOUT);
}

static void
undo_delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_session_undo_delete (sonde_window_get_session (SONDE_WINDOW (widget)));
}

/**
 * sonde_message_actions_install:
 * @widget_class: the window's class
 *
 * Installs `win.message-*`. The parameter is the number of a message; with `-edit-done` and
 * `-go-on` the new text comes with it, and with `-retry-with` the id of a model.
 */
void
sonde_message_actions_install (GtkWidgetClass *widget_class)
{
  static const struct {
    const char *name;
    const char *type;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "win.message-delete", "x", delete_action },
    { "win.message-edit-done", "(xs)", edit_done_action },
    { "win.message-fork", "x", fork_action },
    { "win.message-go-on", "(xs)", go_on_action },
    { "win.message-next-version", "x", version_action },
    { "win.message-previous-version", "x", version_action },
    { "win.message-retry", "x", retry_action },
    { "win.message-retry-with", "(xs)", retry_with_action },
    { "win.message-undo-delete", NULL, undo_delete_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type,
                                     actions[i].activate);
}
