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
 *
 * A list has hundreds of these, of which few ever show more than the title: whatever else a row
 * has is made when it is first to be seen.
 */
struct _SondeConversationRow {
  GtkBox parent_instance;

  GtkLabel *title;
  GtkWidget *check;
  GtkEditable *entry;
  GtkWidget *spinner;
  GtkWidget *dot;

  SondeConversation *conversation;
  gboolean selecting;
  gboolean selected;
};

enum { PROP_CONVERSATION = 1, PROP_SELECTING, PROP_SELECTED, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondeConversationRow, sonde_conversation_row, GTK_TYPE_BOX)

static gboolean
is_renaming (SondeConversationRow *self)
{
  return self->entry != NULL && gtk_widget_get_visible (GTK_WIDGET (self->entry));
}

static void
show_entry (SondeConversationRow *self, gboolean shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->entry), shown);
  gtk_widget_set_visible (GTK_WIDGET (self->title), !shown);
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
  show_entry (self, FALSE);
  if (had_focus)
    gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (self)));
  if (!keep || *title == '\0' || self->conversation == NULL ||
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

/* --- parts --------------------------------------------------------------------- */

static GtkWidget *
make_check (SondeConversationRow *self)
{
  GtkWidget *check =
    g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                  "can-focus", FALSE, "can-target", FALSE, NULL);

  gtk_widget_add_css_class (check, "selection-mode");
  gtk_box_prepend (GTK_BOX (self), check);

  return check;
}

static GtkEditable *
make_entry (SondeConversationRow *self)
{
  GtkWidget *entry = g_object_new (GTK_TYPE_ENTRY, "hexpand", TRUE, "max-length", 200,
                                   "max-width-chars", 1, "visible", FALSE, "width-chars", 1, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Title"), -1);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (entry_activate_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (entry_key_cb), self);
  gtk_widget_add_controller (entry, keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (entry_leave_cb), self);
  gtk_widget_add_controller (entry, focus);
  gtk_box_insert_child_after (GTK_BOX (self), entry, GTK_WIDGET (self->title));

  return GTK_EDITABLE (entry);
}

static GtkWidget *
make_spinner (SondeConversationRow *self)
{
  GtkWidget *spinner = adw_spinner_new ();

  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self), spinner);

  return spinner;
}

static GtkWidget *
make_dot (SondeConversationRow *self)
{
  GtkWidget *dot = adw_bin_new ();

  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (dot, "unread-dot");
  gtk_box_append (GTK_BOX (self), dot);

  return dot;
}

static void
show_part (SondeConversationRow *self,
           GtkWidget **part,
           GtkWidget *(*make) (SondeConversationRow *self),
           gboolean shown)
{
  if (*part == NULL && shown)
    *part = make (self);
  if (*part != NULL)
    gtk_widget_set_visible (*part, shown);
}

static void
update_check (SondeConversationRow *self)
{
  show_part (self, &self->check, make_check, self->selecting);
  if (self->check != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), self->selected);
}

static void
update_marks (SondeConversationRow *self)
{
  SondeConversation *conversation = self->conversation;
  const gboolean streaming =
    conversation != NULL && sonde_conversation_get_streaming (conversation);
  const gboolean unread = conversation != NULL && sonde_conversation_get_unread (conversation);

  show_part (self, &self->spinner, make_spinner, streaming);
  show_part (self, &self->dot, make_dot, unread && !streaming);
}

static void
update_title (SondeConversationRow *self)
{
  const char *title =
    self->conversation != NULL ? sonde_conversation_get_title (self->conversation) : "";

  gtk_label_set_text (self->title, title != NULL ? title : _ ("New Conversation"));
}

/* --- class --------------------------------------------------------------------- */

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
    update_check (self);
    g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_SELECTED:
    self->selected = g_value_get_boolean (value);
    update_check (self);
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

  G_OBJECT_CLASS (sonde_conversation_row_parent_class)->dispose (object);
}

static void
sonde_conversation_row_class_init (SondeConversationRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_conversation_row_get_property;
  object_class->set_property = sonde_conversation_row_set_property;
  object_class->dispose = sonde_conversation_row_dispose;

  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, SONDE_TYPE_CONVERSATION, flags);
  properties[PROP_SELECTING] = g_param_spec_boolean ("selecting", NULL, NULL, FALSE, flags);
  properties[PROP_SELECTED] = g_param_spec_boolean ("selected", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sonde_conversation_row_init (SondeConversationRow *self)
{
  self->title = g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, "hexpand", TRUE,
                              "single-line-mode", TRUE, "xalign", 0.0, NULL);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->title));
  gtk_box_set_spacing (GTK_BOX (self), 8);
  gtk_widget_add_css_class (GTK_WIDGET (self), "conversation-row");
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
  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  g_set_object (&self->conversation, conversation);
  if (conversation != NULL) {
    g_signal_connect_object (conversation, "notify::title", G_CALLBACK (update_title), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (conversation, "notify::streaming", G_CALLBACK (update_marks), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (conversation, "notify::unread", G_CALLBACK (update_marks), self,
                             G_CONNECT_SWAPPED);
  }
  update_title (self);
  update_marks (self);
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

  if (self->entry == NULL)
    self->entry = make_entry (self);
  title = sonde_conversation_get_title (self->conversation);
  gtk_editable_set_text (self->entry, title != NULL ? title : "");
  show_entry (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
}
