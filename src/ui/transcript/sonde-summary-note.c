/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-summary-note.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "sonde-notice.h"

#define FEW_LINES   4
#define FEW_LETTERS 320 /* a text with more than that is folded */

/**
 * SondeSummaryNote:
 *
 * Under the last message that a summary stands for: what it says and what can be done with it,
 * or how writing it stands.
 */
struct _SondeSummaryNote {
  GtkWidget parent_instance;

  GtkWidget *head;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *text;
  GtkLabel *detail;
  GtkWidget *actions;
  GtkButton *more;

  gint64 message_id;
  char *whole; /* what it says */
};

enum { SIGNAL_TOGGLE, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeSummaryNote, sonde_summary_note, GTK_TYPE_WIDGET)

/* Folded it is one paragraph: a label counts its lines in each. */
static void
show_all (SondeSummaryNote *self, gboolean all)
{
  g_autofree char *text = g_strdup (self->whole);

  if (!all)
    g_strdelimit (text, "\n", ' ');
  gtk_label_set_label (self->text, text);
  gtk_label_set_lines (self->text, all ? -1 : FEW_LINES);
  gtk_label_set_ellipsize (self->text, all ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  if (self->more == NULL)
    return;
  gtk_button_set_label (self->more, all ? _ ("Show Less") : _ ("Show All"));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_STATE_EXPANDED, all, -1);
}

static void
more_cb (SondeSummaryNote *self)
{
  g_signal_emit (self, signals[SIGNAL_TOGGLE], 0);
  show_all (self, gtk_label_get_lines (self->text) > 0);
}

static GtkWidget *
add_button (SondeSummaryNote *self, const char *label, const char *action, gboolean with_id)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  if (with_id)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", self->message_id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_wrap_box_append (ADW_WRAP_BOX (self->actions), button);

  return button;
}

static void
show_title (SondeSummaryNote *self, const char *title)
{
  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
show_detail (SondeSummaryNote *self, const char *detail)
{
  gtk_label_set_label (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), TRUE);
}

static void
show_running (SondeSummaryNote *self)
{
  show_title (self, _ ("Summarising the messages above…"));
  if (adw_get_enable_animations (GTK_WIDGET (self))) {
    gtk_widget_set_visible (GTK_WIDGET (self->icon), FALSE);
    gtk_box_prepend (GTK_BOX (self->head), adw_spinner_new ());
  }
  add_button (self, _ ("Stop"), "win.summary-stop", FALSE);
}

static void
show_failed (SondeSummaryNote *self, const SondeFailure *failure)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "failed");
  gtk_image_set_from_icon_name (self->icon, "dialog-warning-symbolic");
  show_title (self, _ ("The summary could not be written. Nothing has changed."));
  show_detail (self, sonde_notice_describe_failure (failure));
  add_button (self, _ ("Retry"), "win.summary-retry", TRUE);
  add_button (self, _ ("Dismiss"), "win.summary-dismiss", TRUE);
}

static void
show_used (SondeSummaryNote *self, const char *text)
{
  show_title (self, _ ("Summary of the messages above"));
  self->whole = g_strdup (text);
  gtk_widget_set_visible (GTK_WIDGET (self->text), TRUE);
  show_detail (self, _ ("The messages above stay here. The model is sent this summary in their "
                        "place, and all that follows."));
  if (g_utf8_strlen (text, -1) > FEW_LETTERS) {
    self->more = GTK_BUTTON (gtk_button_new ());
    g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_cb), self);
    adw_wrap_box_append (ADW_WRAP_BOX (self->actions), GTK_WIDGET (self->more));
  }
  show_all (self, self->more == NULL);
  add_button (self, _ ("Edit Summary…"), "win.summary-edit", TRUE);
  add_button (self, _ ("Send the Whole History Again"), "win.send-whole-history", FALSE);
}

static void
sonde_summary_note_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SONDE_TYPE_SUMMARY_NOTE);
  g_clear_pointer (&SONDE_SUMMARY_NOTE (object)->whole, g_free);

  G_OBJECT_CLASS (sonde_summary_note_parent_class)->dispose (object);
}

static void
sonde_summary_note_class_init (SondeSummaryNoteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_summary_note_dispose;

  /**
   * SondeSummaryNote::toggle:
   * @self: a note
   *
   * The person who reads is about to see more or less of it: it is to stay where it is.
   */
  signals[SIGNAL_TOGGLE] = g_signal_new ("toggle", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ADW_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/transcript/sonde-summary-note.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeSummaryNote, head);
  gtk_widget_class_bind_template_child (widget_class, SondeSummaryNote, icon);
  gtk_widget_class_bind_template_child (widget_class, SondeSummaryNote, title);
  gtk_widget_class_bind_template_child (widget_class, SondeSummaryNote, text);
  gtk_widget_class_bind_template_child (widget_class, SondeSummaryNote, detail);
  gtk_widget_class_bind_template_child (widget_class, SondeSummaryNote, actions);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "summarynote");
}

static void
sonde_summary_note_init (SondeSummaryNote *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
}

/**
 * sonde_summary_note_new_for_message:
 * @message: a message
 *
 * Returns: (transfer floating) (nullable): the note of the message, or %NULL where it has none
 *   that is used or on its way
 */
GtkWidget *
sonde_summary_note_new_for_message (SondeMessage *message)
{
  const SondeSummary *summary = sonde_message_get_summary (message);
  SondeSummaryNote *self;
  gboolean failed;

  if (summary == NULL || summary->state == SONDE_SUMMARY_UNUSED)
    return NULL;

  failed = summary->state == SONDE_SUMMARY_FAILED;
  self = g_object_new (SONDE_TYPE_SUMMARY_NOTE, "accessible-role",
                       failed ? GTK_ACCESSIBLE_ROLE_ALERT : GTK_ACCESSIBLE_ROLE_NOTE, NULL);
  self->message_id = sonde_message_get_id (message);
  switch (summary->state) {
  case SONDE_SUMMARY_RUNNING:
    show_running (self);
    break;
  case SONDE_SUMMARY_FAILED:
    show_failed (self, summary->failure);
    break;
  case SONDE_SUMMARY_USED:
    show_used (self, summary->text);
    break;
  case SONDE_SUMMARY_UNUSED:
    break;
  }

  return GTK_WIDGET (self);
}
