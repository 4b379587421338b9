/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-text-block.h"

#include "sonde-text.h"

/**
 * SondeTextBlock:
 *
 * Selectable text with styles, and a rounded ground behind code in it.
 */
struct _SondeTextBlock {
  GtkWidget parent_instance;

  GtkWidget *label;
  GArray *grounds;          /* parts of the text that are code, of type SondeMarkdownSpan */
  SondeMarkdownText *later; /* the text that waits until the mouse button is let go */
  gboolean watched;         /* whether the mouse button is watched */
  gboolean pressed;
};

G_DEFINE_FINAL_TYPE (SondeTextBlock, sonde_text_block, GTK_TYPE_WIDGET)

/* The dimensions of the ground behind code, as parts of the font's size. */
#define GROUND_RADIUS  0.3
#define GROUND_PADDING 0.14
#define GROUND_ALPHA   0.09f

static SondeMarkdownText *
copy_text (const SondeMarkdownText *text)
{
  SondeMarkdownText *copy = g_memdup2 (text, sizeof *text);

  copy->text = g_strndup (text->text, text->length);
  copy->spans = g_memdup2 (text->spans, sizeof (SondeMarkdownSpan) * text->n_spans);
  for (guint i = 0; i < copy->n_spans; i++)
    copy->spans[i].target = g_strdup (text->spans[i].target);

  return copy;
}

static void
free_text (SondeMarkdownText *text)
{
  for (guint i = 0; i < text->n_spans; i++)
    g_free (text->spans[i].target);
  g_free (text->spans);
  g_free (text->text);
  g_free (text);
}

static void
apply (SondeTextBlock *self, const SondeMarkdownText *text)
{
  g_array_set_size (self->grounds, 0);
  for (guint i = 0; i < text->n_spans; i++) {
    const SondeMarkdownSpan ground = { text->spans[i].start, text->spans[i].end, 0, NULL };

    if (text->spans[i].styles & (SONDE_MARKDOWN_CODE_SPAN | SONDE_MARKDOWN_MATH_SPAN))
      g_array_append_val (self->grounds, ground);
  }
  sonde_text_apply (GTK_LABEL (self->label), text);
  gtk_widget_set_direction (self->label, sonde_text_find_direction (text));
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (self)) == GTK_ACCESSIBLE_ROLE_HEADING)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    text->text, -1);
}

static void
catch_up (SondeTextBlock *self)
{
  self->pressed = FALSE;
  if (self->later != NULL) {
    apply (self, self->later);
    g_clear_pointer (&self->later, free_text);
  }
}

static gboolean
event_cb (SondeTextBlock *self, GdkEvent *event)
{
  switch ((int) gdk_event_get_event_type (event)) {
  case GDK_BUTTON_PRESS:
  case GDK_TOUCH_BEGIN:
    self->pressed = TRUE;
    break;
  case GDK_BUTTON_RELEASE:
  case GDK_TOUCH_END:
  case GDK_TOUCH_CANCEL:
  case GDK_GRAB_BROKEN:
    catch_up (self);
    break;
  default:
    break;
  }

  return GDK_EVENT_PROPAGATE;
}

static gboolean
activate_link_cb (SondeTextBlock *self, const char *uri)
{
  return sonde_text_open_link (GTK_WIDGET (self), uri);
}

/* The ground behind the part of a line between two indices. */
static void
snapshot_ground (SondeTextBlock *self,
                 GtkSnapshot *snapshot,
                 PangoLayoutIter *iter,
                 const SondeMarkdownSpan *span)
{
  PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
  int first = pango_layout_line_get_start_index (line);
  int last = first + pango_layout_line_get_length (line);
  int from = MAX ((int) span->start, first);
  int to = MIN ((int) span->end, last);
  double em = sonde_text_em (self->label);
  double baseline = pango_units_to_double (pango_layout_iter_get_baseline (iter));
  g_autofree int *ranges = NULL;
  GdkRGBA colour;
  int n_ranges;
  int x;
  int y;

  if (from >= to)
    return;
  gtk_label_get_layout_offsets (GTK_LABEL (self->label), &x, &y);
  gtk_widget_get_color (GTK_WIDGET (self), &colour);
  colour.alpha *= GROUND_ALPHA;
  pango_layout_line_get_x_ranges (line, from, to, &ranges, &n_ranges);
  for (int i = 0; i < n_ranges; i++) {
    double left = pango_units_to_double (ranges[2 * i]) - em * GROUND_PADDING;
    double right = pango_units_to_double (ranges[2 * i + 1]) + em * GROUND_PADDING;
    GskRoundedRect ground;

    gsk_rounded_rect_init_from_rect (
      &ground,
      &GRAPHENE_RECT_INIT ((float) (x + left), (float) (y + baseline - em * 0.98),
                           (float) (right - left), (float) (em * 1.28)),
      (float) (em * GROUND_RADIUS));
    gtk_snapshot_push_rounded_clip (snapshot, &ground);
    gtk_snapshot_append_color (snapshot, &colour, &ground.bounds);
    gtk_snapshot_pop (snapshot);
  }
}

static void
sonde_text_block_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (widget);

  if (self->grounds->len > 0) {
    PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (self->label));
    PangoLayoutIter *iter = pango_layout_get_iter (layout);

    do {
      for (guint i = 0; i < self->grounds->len; i++)
        snapshot_ground (self, snapshot, iter,
                         &g_array_index (self->grounds, SondeMarkdownSpan, i));
    } while (pango_layout_iter_next_line (iter));
    pango_layout_iter_free (iter);
  }
  gtk_widget_snapshot_child (widget, self->label, snapshot);
}

static void
sonde_text_block_unmap (GtkWidget *widget)
{
  catch_up (SONDE_TEXT_BLOCK (widget));

  GTK_WIDGET_CLASS (sonde_text_block_parent_class)->unmap (widget);
}

static void
sonde_text_block_dispose (GObject *object)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (sonde_text_block_parent_class)->dispose (object);
}

static void
sonde_text_block_finalize (GObject *object)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (object);

  g_array_unref (self->grounds);
  g_clear_pointer (&self->later, free_text);

  G_OBJECT_CLASS (sonde_text_block_parent_class)->finalize (object);
}

static void
sonde_text_block_class_init (SondeTextBlockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_text_block_dispose;
  object_class->finalize = sonde_text_block_finalize;
  widget_class->snapshot = sonde_text_block_snapshot;
  widget_class->unmap = sonde_text_block_unmap;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "textblock");
}

static void
sonde_text_block_init (SondeTextBlock *self)
{
  self->grounds = g_array_new (FALSE, FALSE, sizeof (SondeMarkdownSpan));
  self->label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                              "selectable", TRUE, "xalign", 0.0f, NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  g_signal_connect_swapped (self->label, "activate-link", G_CALLBACK (activate_link_cb), self);
}

/**
 * sonde_text_block_new:
 * @role: what it is to assistive technology
 *
 * Returns: (transfer floating): an empty text
 */
GtkWidget *
sonde_text_block_new (GtkAccessibleRole role)
{
  return g_object_new (SONDE_TYPE_TEXT_BLOCK, "accessible-role", role, NULL);
}

/**
 * sonde_text_block_get_label:
 * @self: a text
 *
 * Returns: (transfer none): the label that shows it
 */
GtkLabel *
sonde_text_block_get_label (SondeTextBlock *self)
{
  g_return_val_if_fail (SONDE_IS_TEXT_BLOCK (self), NULL);

  return GTK_LABEL (self->label);
}

/**
 * sonde_text_block_set_text:
 * @self: a text
 * @text: what it is to show
 *
 * What is selected stays selected; while the mouse button is held down on it, the
 * text waits, so that nothing moves under a selection that is being made.
 */
void
sonde_text_block_set_text (SondeTextBlock *self, const SondeMarkdownText *text)
{
  g_return_if_fail (SONDE_IS_TEXT_BLOCK (self));

  g_clear_pointer (&self->later, free_text);
  if (self->pressed) {
    self->later = copy_text (text);
    return;
  }

  /* Only a text that grows can move under the mouse. */
  if (!self->watched && *gtk_label_get_text (GTK_LABEL (self->label)) != '\0') {
    GtkEventController *controller = gtk_event_controller_legacy_new ();

    gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
    g_signal_connect_swapped (controller, "event", G_CALLBACK (event_cb), self);
    gtk_widget_add_controller (GTK_WIDGET (self), controller);
    self->watched = TRUE;
  }
  apply (self, text);
}

/**
 * sonde_text_block_set_plain:
 * @self: a text
 * @text: what it is to show
 * @length: its length in bytes
 */
void
sonde_text_block_set_plain (SondeTextBlock *self, const char *text, gsize length)
{
  g_autofree char *copy = g_strndup (text, length);
  const SondeMarkdownText plain = { .text = copy, .length = length };

  sonde_text_block_set_text (self, &plain);
}
