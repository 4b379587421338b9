/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-turn-editor.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * SondeTurnEditor:
 *
 * In the place of what a person wrote, or a model: its text, to be written anew. The keys are
 * those of the composer; Escape leaves it as it was. A model can be let go on from where the
 * new text ends.
 */
struct _SondeTurnEditor {
  GtkWidget parent_instance;

  GtkTextView *view;
  GtkWidget *go_on;
  GtkWidget *save;
  gboolean enter_sends;
  gboolean has_preedit;
};

enum { SIGNAL_DONE, SIGNAL_GO_ON, SIGNAL_CANCELLED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeTurnEditor, sonde_turn_editor, GTK_TYPE_WIDGET)

static char *
dup_text (SondeTurnEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static void
text_changed_cb (SondeTurnEditor *self)
{
  g_autofree char *text = dup_text (self);

  gtk_widget_set_sensitive (self->go_on, *text != '\0');
  gtk_widget_set_sensitive (self->save, *text != '\0');
}

static void
preedit_changed_cb (SondeTurnEditor *self, const char *preedit)
{
  self->has_preedit = *preedit != '\0';
}

static void
save_cb (SondeTurnEditor *self)
{
  g_autofree char *text = dup_text (self);

  if (*text != '\0')
    g_signal_emit (self, signals[SIGNAL_DONE], 0, text);
}

static void
go_on_cb (SondeTurnEditor *self)
{
  g_autofree char *text = dup_text (self);

  if (*text != '\0')
    g_signal_emit (self, signals[SIGNAL_GO_ON], 0, text);
}

static void
cancel_cb (SondeTurnEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_CANCELLED], 0);
}

/* As in the composer, the input method comes first: with a candidate open, Enter and
 * Escape are its keys. */
static gboolean
key_pressed_cb (SondeTurnEditor *self,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                GtkEventController *controller)
{
  const GdkModifierType modifiers =
    state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK);
  GdkEvent *event = gtk_event_controller_get_current_event (controller);
  gboolean enter =
    keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;
  gboolean escape = keyval == GDK_KEY_Escape && modifiers == 0;

  if (!escape &&
      (!enter || (modifiers != GDK_CONTROL_MASK && (modifiers != 0 || !self->enter_sends))))
    return GDK_EVENT_PROPAGATE;

  if (!gtk_text_view_im_context_filter_keypress (self->view, event) && !self->has_preedit) {
    if (escape)
      cancel_cb (self);
    else
      save_cb (self);
  }

  return GDK_EVENT_STOP;
}

static gboolean
sonde_turn_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SONDE_TURN_EDITOR (widget)->view));
}

static void
sonde_turn_editor_dispose (GObject *object)
{
  GtkWidget *widget = GTK_WIDGET (object);
  GtkWidget *child;

  gtk_widget_dispose_template (widget, SONDE_TYPE_TURN_EDITOR);
  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sonde_turn_editor_parent_class)->dispose (object);
}

static void
sonde_turn_editor_class_init (SondeTurnEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_turn_editor_dispose;
  widget_class->grab_focus = sonde_turn_editor_grab_focus;

  /**
   * SondeTurnEditor::done:
   * @self: the editor
   * @text: what is to be asked in its place, without white space around it
   */
  signals[SIGNAL_DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * SondeTurnEditor::go-on:
   * @self: the editor
   * @text: what the model is to go on from, without white space around it
   */
  signals[SIGNAL_GO_ON] = g_signal_new ("go-on", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * SondeTurnEditor::cancelled:
   * @self: the editor
   */
  signals[SIGNAL_CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ADW_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/transcript/sonde-turn-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeTurnEditor, view);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnEditor, go_on);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnEditor, save);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_on_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, preedit_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "turneditor");
}

static void
sonde_turn_editor_init (SondeTurnEditor *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
}

/**
 * sonde_turn_editor_new:
 * @text: what is to be changed
 * @enter_sends: whether Enter saves it and Shift+Enter breaks the line, or Ctrl+Enter saves it
 *
 * Returns: (transfer floating): an editor
 */
GtkWidget *
sonde_turn_editor_new (const char *text, gboolean enter_sends)
{
  SondeTurnEditor *self = g_object_new (SONDE_TYPE_TURN_EDITOR, NULL);

  self->enter_sends = enter_sends;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text, -1);

  return GTK_WIDGET (self);
}

/**
 * sonde_turn_editor_new_for_answer:
 * @text: what is to be changed
 * @enter_sends: as with [func@turn_editor_new]
 *
 * Returns: (transfer floating): an editor of what a model wrote
 */
GtkWidget *
sonde_turn_editor_new_for_answer (const char *text, gboolean enter_sends)
{
  GtkWidget *self = sonde_turn_editor_new (text, enter_sends);

  gtk_button_set_label (GTK_BUTTON (SONDE_TURN_EDITOR (self)->save), _ ("_Save"));
  gtk_widget_set_visible (SONDE_TURN_EDITOR (self)->go_on, TRUE);

  return self;
}
