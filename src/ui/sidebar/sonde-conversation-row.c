/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-conversation-row.h"

#include <glib/gi18n.h>

/**
 * SondeConversationRow:
 *
 * One conversation in the list: its title, a spinner while an answer streams, a dot
 * while there is text that was not on the screen yet. The title can be changed in place.
 */
struct _SondeConversationRow {
  GtkBox parent_instance;

  GtkEditable *entry;
  GtkStack *stack;

  SondeConversation *conversation;
  gboolean selecting;
  gboolean selected;
};

enum { PROP_CONVERSATION = 1, PROP_SELECTING, PROP_SELECTED, N_PROPS };

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

static gboolean
is_renaming (SondeConversationRow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "entry") == 0;
}

/* Ends the renaming; the focus goes back to the row where the entry has it. */
static void
end_renaming (SondeConversationRow *self, gboolean keep)
{
  g_autofree char *title = NULL;
  gboolean had_focus;

  if (!is_renaming (self))
    return;

  had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  title = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
  gtk_stack_set_visible_child_name (self->stack, "title");
  if (had_focus)
    gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (self)));
  if (!keep || *title == '\0' ||
      g_strcmp0 (title, sonde_conversation_get_title (self->conversation)) == 0)
    return;

  sonde_conversation_set_title_manual (self->conversation, TRUE);
  sonde_conversation_set_title (self->conversation, title);
}

static void
entry_activate_cb (SondeConversationRow *self)
{
  end_renaming (self, TRUE);
}

static void
entry_leave_cb (SondeConversationRow *self)
{
  end_renaming (self, TRUE);
}

static gboolean
entry_key_cb (SondeConversationRow *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;

  end_renaming (self, FALSE);

  return GDK_EVENT_STOP;
}

static void
sonde_conversation_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeConversationRow *self = SONDE_CONVERSATION_ROW (object);

  switch (id) {
  case PROP_CONVERSATION:
    g_value_set_object (value, self->conversation);
    break;
  case PROP_SELECTING:
    g_value_set_boolean (value, self->selecting);
    break;
  case PROP_SELECTED:
    g_value_set_boolean (value, self->selected);
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
    sonde_conversation_row_set_conversation (self, g_value_get_object (value));
    break;
  case PROP_SELECTING:
    self->selecting = g_value_get_boolean (value);
    g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_SELECTED:
    self->selected = g_value_get_boolean (value);
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
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_conversation_row_get_property;
  object_class->set_property = sonde_conversation_row_set_property;
  object_class->dispose = sonde_conversation_row_dispose;

  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, SONDE_TYPE_CONVERSATION, flags);
  properties[PROP_SELECTING] = g_param_spec_boolean ("selecting", NULL, NULL, FALSE, flags);
  properties[PROP_SELECTED] = g_param_spec_boolean ("selected", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/sidebar/sonde-conversation-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeConversationRow, entry);
  gtk_widget_class_bind_template_child (widget_class, SondeConversationRow, stack);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, get_title);
  gtk_widget_class_bind_template_callback (widget_class, get_show_dot);
}

static void
sonde_conversation_row_init (SondeConversationRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sonde_conversation_row_get_conversation:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the conversation that it shows
 */
SondeConversation *
sonde_conversation_row_get_conversation (SondeConversationRow *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION_ROW (self), NULL);

  return self->conversation;
}

/**
 * sonde_conversation_row_set_conversation:
 * @self: a row
 * @conversation: (nullable): the conversation that it shows
 */
void
sonde_conversation_row_set_conversation (SondeConversationRow *self,
                                         SondeConversation *conversation)
{
  g_return_if_fail (SONDE_IS_CONVERSATION_ROW (self));

  if (self->conversation == conversation)
    return;

  /* What was typed so far was meant for the one before. */
  end_renaming (self, FALSE);
  g_set_object (&self->conversation, conversation);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
}

/**
 * sonde_conversation_row_rename:
 * @self: a row with a conversation
 *
 * Lets the title be changed in place. Enter and leaving keep it, Escape does not.
 */
void
sonde_conversation_row_rename (SondeConversationRow *self)
{
  const char *title;

  g_return_if_fail (SONDE_IS_CONVERSATION_ROW (self));
  g_return_if_fail (self->conversation != NULL);

  title = sonde_conversation_get_title (self->conversation);
  gtk_editable_set_text (self->entry, title != NULL ? title : "");
  gtk_stack_set_visible_child_name (self->stack, "entry");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
}
