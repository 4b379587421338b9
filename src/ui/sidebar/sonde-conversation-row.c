/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-conversation-row.h"

#include <glib/gi18n.h>

/**
 * SondeConversationRow:
 *
 * One conversation in the list: its title, a spinner while an answer streams, a dot
 * while there is text that was not on the screen yet.
 */
struct _SondeConversationRow {
  GtkBox parent_instance;

  SondeConversation *conversation;
};

enum { PROP_CONVERSATION = 1, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondeConversationRow, sonde_conversation_row, GTK_TYPE_BOX)

static char *
get_title (gpointer self, const char *title)
{
  return g_strdup (title != NULL ? title : _ ("New Conversation"));
}

static gboolean
get_show_dot (gpointer self, gboolean unread, gboolean streaming)
{
  return unread && !streaming;
}

static void
sonde_conversation_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeConversationRow *self = SONDE_CONVERSATION_ROW (object);

  switch (id) {
  case PROP_CONVERSATION:
    g_value_set_object (value, self->conversation);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_conversation_row_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  SondeConversationRow *self = SONDE_CONVERSATION_ROW (object);

  switch (id) {
  case PROP_CONVERSATION:
    if (g_set_object (&self->conversation, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_conversation_row_dispose (GObject *object)
{
  SondeConversationRow *self = SONDE_CONVERSATION_ROW (object);

  g_clear_object (&self->conversation);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_CONVERSATION_ROW);

  G_OBJECT_CLASS (sonde_conversation_row_parent_class)->dispose (object);
}

static void
sonde_conversation_row_class_init (SondeConversationRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sonde_conversation_row_get_property;
  object_class->set_property = sonde_conversation_row_set_property;
  object_class->dispose = sonde_conversation_row_dispose;

  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, SONDE_TYPE_CONVERSATION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/sidebar/sonde-conversation-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, get_title);
  gtk_widget_class_bind_template_callback (widget_class, get_show_dot);
}

static void
sonde_conversation_row_init (SondeConversationRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
