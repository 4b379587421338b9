/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-text-block.h"

#include <string.h>

#include "sonde-link.h"
#include "sonde-selection.h"
#include "sonde-text-accessible.h"
#include "sonde-text-painter.h"
#include "sonde-text.h"

/* The heights of lines, as parts of the font's size. */
#define TEXT_LINE    1.65
#define HEADING_LINE 1.35

/* Widths, as parts of the font's size. */
#define MIN_WIDTH     3.0
#define NATURAL_WIDTH 46.0 /* the measure of product.md section 1 */
#define LETTER_WIDTH  0.6

/**
 * SondeTextBlock:
 *
 * Text with styles, in one widget over one PangoLayout: it draws its selection, its
 * caret and what was searched for, and lets assistive technology read it by caret. Its
 * links are its children.
 *
 * What comes from outside becomes attributes, never markup. A block of the markdown
 * room has at most 8 KiB, so that to lay it out anew is what a token more costs.
 */
struct _SondeTextBlock {
  GtkWidget parent_instance;

  char *text; /* as it was written */
  gsize length;
  SondeMarkdownSpan *spans;
  guint n_spans;
  GPtrArray *links; /* of type SondeTextLink, children */
  PangoAttrList *colours;

  PangoLayout *layout; /* or NULL: to be made */
  int measured_width;  /* of the last measurement, or -1 */
  int measured_height;
  int natural_width; /* or -1 */

  double line_height;
  double min_width;
  double max_width; /* 0: as wide as there is place */
  PangoAlignment alignment;
  gboolean wraps;
  gboolean code; /* read from left to right, whatever is quoted in it */

  SondeTranscriptPosition place;
  SondeSelection *selection; /* weak; that it is shown in, while it is mapped */
  guint selected_from;
  guint selected_to;
  int caret;     /* -1: none */
  GArray *marks; /* of type SondeTextMark */
  GtkWidget *mark_style;
};

static void accessible_text_init (GtkAccessibleTextInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeTextBlock,
                               sonde_text_block,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE_TEXT,
                                                      accessible_text_init))

/* --- layout ------------------------------------------------------------------- */

/* The layout is to be made anew: the text, its look or the font has changed. */
static void
drop_layout (SondeTextBlock *self)
{
  g_clear_object (&self->layout);
  self->measured_width = -1;
  self->natural_width = -1;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
insert (PangoAttrList *attributes, PangoAttribute *attribute, SondeTextLink *link)
{
  attribute->start_index = sonde_text_link_get_start (link);
  attribute->end_index = sonde_text_link_get_end (link);
  pango_attr_list_insert (attributes, attribute);
}

/* Links have the colour that the theme gives them. */
static void
add_link_colours (SondeTextBlock *self, PangoAttrList *attributes)
{
  for (guint i = 0; i < self->links->len; i++) {
    SondeTextLink *link = g_ptr_array_index (self->links, i);
    GdkRGBA colour;

    gtk_widget_get_color (GTK_WIDGET (link), &colour);
    if (sonde_text_link_get_target (link) != NULL)
      insert (attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), link);
    sonde_text_add_foreground (attributes, &colour, sonde_text_link_get_start (link),
                               sonde_text_link_get_end (link));
  }
}

/* To Pango, left is where the widget's direction has it; a paragraph that is read the
 * other way it turns around itself. */
static PangoAlignment
find_alignment (SondeTextBlock *self)
{
  if (self->alignment == PANGO_ALIGN_CENTER ||
      gtk_widget_get_direction (GTK_WIDGET (self)) != GTK_TEXT_DIR_RTL)
    return self->alignment;

  return self->alignment == PANGO_ALIGN_LEFT ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

static PangoLayout *
get_layout (SondeTextBlock *self)
{
  const SondeMarkdownText text = { self->text, self->length, self->spans, self->n_spans };
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autofree char *visible = NULL;
  double em;

  if (self->layout != NULL)
    return self->layout;

  em = sonde_text_em (GTK_WIDGET (self));
  attributes =
    self->colours != NULL ? pango_attr_list_copy (self->colours) : pango_attr_list_new ();
  visible = sonde_text_make_visible (self->text, self->length, attributes);
  sonde_text_add_styles (attributes, &text);
  add_link_colours (self, attributes);
  pango_attr_list_insert (
    attributes, pango_attr_line_height_new_absolute ((int) (self->line_height * em * PANGO_SCALE)));
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_text (self->layout, visible, (int) self->length);
  pango_layout_set_attributes (self->layout, attributes);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (self->layout, find_alignment (self));
  pango_layout_set_auto_dir (self->layout, !self->code);

  return self->layout;
}

static int
find_natural_width (SondeTextBlock *self)
{
  double em = sonde_text_em (GTK_WIDGET (self));

  if (self->natural_width >= 0)
    return self->natural_width;

  if (self->wraps && self->max_width <= 0) {
    /* It takes the width that there is; only short text is worth the measurement. */
    self->natural_width = (int) (em * NATURAL_WIDTH);
  } else {
    pango_layout_set_width (get_layout (self), -1);
    pango_layout_get_pixel_size (self->layout, &self->natural_width, NULL);
    if (self->wraps)
      self->natural_width = MIN (self->natural_width, (int) (em * self->max_width));
  }

  return self->natural_width;
}

static int
find_height (SondeTextBlock *self, int width)
{
  if (width != self->measured_width || self->layout == NULL) {
    pango_layout_set_width (get_layout (self),
                            self->wraps && width >= 0 ? width * PANGO_SCALE : -1);
    pango_layout_get_pixel_size (self->layout, NULL, &self->measured_height);
    self->measured_width = width;
  }

  return self->measured_height;
}

static GtkSizeRequestMode
sonde_text_block_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sonde_text_block_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL) {
    *minimum = *natural = find_height (self, for_size >= 0 ? for_size : find_natural_width (self));
    return;
  }

  *natural = find_natural_width (self);
  *minimum = *natural;
  if (self->wraps)
    *minimum = MIN (*natural, (int) (self->min_width * sonde_text_em (widget)));
}

/* Where the words of a link are, altogether. */
static void
find_link_area (SondeTextBlock *self, SondeTextLink *link, GtkAllocation *area)
{
  graphene_rect_t bounds;

  sonde_text_painter_find_area (get_layout (self), sonde_text_link_get_start (link),
                                sonde_text_link_get_end (link), &bounds);
  area->x = (int) bounds.origin.x;
  area->y = (int) bounds.origin.y;
  area->width = (int) bounds.size.width + 1;
  area->height = (int) bounds.size.height + 1;
}

static void
sonde_text_block_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (widget);

  pango_layout_set_width (get_layout (self), self->wraps ? width * PANGO_SCALE : -1);
  for (guint i = 0; i < self->links->len; i++) {
    GtkWidget *link = g_ptr_array_index (self->links, i);
    GtkAllocation place;
    int minimum;

    find_link_area (self, SONDE_TEXT_LINK (link), &place);
    gtk_widget_measure (link, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    place.width = MAX (place.width, minimum);
    gtk_widget_measure (link, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
    place.height = MAX (place.height, minimum);
    gtk_widget_size_allocate (link, &place, -1);
  }
}

/* --- drawing ------------------------------------------------------------------ */

static void
paint_grounds (SondeTextBlock *self, GtkSnapshot *snapshot)
{
  for (guint i = 0; i < self->n_spans; i++) {
    const SondeMarkdownSpan *span = &self->spans[i];

    if (span->styles & (SONDE_MARKDOWN_CODE_SPAN | SONDE_MARKDOWN_MATH_SPAN))
      sonde_text_painter_paint_code (GTK_WIDGET (self), snapshot, self->layout, span->start,
                                     span->end);
  }
}

static void
paint_marks (SondeTextBlock *self, GtkSnapshot *snapshot)
{
  for (guint i = 0; i < self->marks->len; i++) {
    const SondeTextMark *mark = &g_array_index (self->marks, SondeTextMark, i);

    if (mark->start < self->length)
      sonde_text_painter_paint_mark (self->mark_style, snapshot, self->layout, mark->start,
                                     MIN (mark->end, (guint) self->length), mark->current);
  }
}

static void
sonde_text_block_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (widget);
  GdkRGBA colour;

  get_layout (self);
  paint_grounds (self, snapshot);
  if (self->marks->len > 0)
    paint_marks (self, snapshot);
  if (self->selected_from < self->selected_to)
    sonde_text_painter_paint_selection (widget, snapshot, self->layout, self->selected_from,
                                        self->selected_to);
  gtk_widget_get_color (widget, &colour);
  gtk_snapshot_append_layout (snapshot, self->layout, &colour);
  if (self->caret >= 0 && gtk_widget_has_focus (widget))
    sonde_text_painter_paint_caret (widget, snapshot, self->layout, (guint) self->caret);
  for (guint i = 0; i < self->links->len; i++)
    gtk_widget_snapshot_child (widget, g_ptr_array_index (self->links, i), snapshot);
}

static void
sonde_text_block_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (sonde_text_block_parent_class)->css_changed (widget, change);

  drop_layout (SONDE_TEXT_BLOCK (widget));
}

static void
sonde_text_block_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  drop_layout (SONDE_TEXT_BLOCK (widget));
}

/* --- where it is shown ---------------------------------------------------------- */

static void
sonde_text_block_map (GtkWidget *widget)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (widget);

  GTK_WIDGET_CLASS (sonde_text_block_parent_class)->map (widget);

  g_set_weak_pointer (&self->selection, sonde_selection_find (widget));
  if (self->selection != NULL)
    sonde_selection_attach (self->selection, self);
}

static void
sonde_text_block_unmap (GtkWidget *widget)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (widget);

  if (self->selection != NULL)
    sonde_selection_detach (self->selection, self);
  g_clear_weak_pointer (&self->selection);

  GTK_WIDGET_CLASS (sonde_text_block_parent_class)->unmap (widget);
}

/* The Tab key goes to the links alone; text is reached by the mouse and the arrows. */
static gboolean
sonde_text_block_focus (GtkWidget *widget, GtkDirectionType direction)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (widget);
  GtkWidget *focus = gtk_widget_get_focus_child (widget);
  guint n = self->links->len;
  guint i = 0;

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;

  if (focus != NULL && g_ptr_array_find (self->links, focus, &i))
    i = direction == GTK_DIR_TAB_FORWARD ? i + 1 : i - 1;
  else
    i = direction == GTK_DIR_TAB_FORWARD ? 0 : n - 1;

  return i < n && gtk_widget_grab_focus (g_ptr_array_index (self->links, i));
}

static gboolean
sonde_text_block_query_tooltip (GtkWidget *widget,
                                int x,
                                int y,
                                gboolean keyboard,
                                GtkTooltip *tooltip)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (widget);
  guint offset = sonde_text_block_find_offset (self, x, y);

  for (guint i = 0; i < self->n_spans && !keyboard; i++) {
    const SondeMarkdownSpan *span = &self->spans[i];
    graphene_rect_t area;

    if (span->target == NULL || offset < span->start || offset > span->end)
      continue;
    sonde_text_painter_find_area (get_layout (self), span->start, span->end, &area);
    if (graphene_rect_contains_point (&area, &GRAPHENE_POINT_INIT ((float) x, (float) y))) {
      g_autofree char *shown = sonde_link_dup_shown (span->target);

      gtk_tooltip_set_text (tooltip, shown);
      return TRUE;
    }
  }

  return FALSE;
}

/* --- accessibility ------------------------------------------------------------ */

static GBytes *
get_contents (GtkAccessibleText *text, guint start, guint end)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (text);

  return sonde_text_accessible_get_contents (self->text, start, end);
}

static GBytes *
get_contents_at (GtkAccessibleText *text,
                 guint offset,
                 GtkAccessibleTextGranularity granularity,
                 guint *start,
                 guint *end)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (text);

  return sonde_text_accessible_get_contents_at (get_layout (self), self->text, offset, granularity,
                                                start, end);
}

static guint
get_caret_position (GtkAccessibleText *text)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (text);

  return self->caret > 0 ? (guint) g_utf8_pointer_to_offset (self->text, self->text + self->caret)
                         : 0;
}

static gboolean
get_selection (GtkAccessibleText *text, gsize *n_ranges, GtkAccessibleTextRange **ranges)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (text);
  glong start;

  if (self->selected_from >= self->selected_to)
    return FALSE;

  start = g_utf8_pointer_to_offset (self->text, self->text + self->selected_from);
  *n_ranges = 1;
  *ranges = g_new (GtkAccessibleTextRange, 1);
  (*ranges)->start = (gsize) start;
  (*ranges)->length = (gsize) g_utf8_strlen (self->text + self->selected_from,
                                             self->selected_to - self->selected_from);

  return TRUE;
}

static gboolean
get_attributes (GtkAccessibleText *text,
                guint offset,
                gsize *n_ranges,
                GtkAccessibleTextRange **ranges,
                char ***names,
                char ***values)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (text);
  const SondeMarkdownText plain = { self->text, self->length, self->spans, self->n_spans };

  return sonde_text_accessible_get_attributes (&plain, offset, n_ranges, ranges, names, values);
}

static void
get_default_attributes (GtkAccessibleText *text, char ***names, char ***values)
{
  sonde_text_accessible_get_default_attributes (GTK_WIDGET (text), names, values);
}

static gboolean
get_extents (GtkAccessibleText *text, guint start, guint end, graphene_rect_t *extents)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (text);
  const char *from = g_utf8_offset_to_pointer (self->text, start);
  const char *to = g_utf8_offset_to_pointer (from, (glong) end - start);

  sonde_text_painter_find_area (get_layout (self), (guint) (from - self->text),
                                (guint) (to - self->text), extents);

  return TRUE;
}

static gboolean
get_offset (GtkAccessibleText *text, const graphene_point_t *point, guint *offset)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (text);
  guint byte = sonde_text_block_find_offset (self, (double) point->x, (double) point->y);

  *offset = (guint) g_utf8_pointer_to_offset (self->text, self->text + byte);

  return TRUE;
}

static void
accessible_text_init (GtkAccessibleTextInterface *iface)
{
  iface->get_contents = get_contents;
  iface->get_contents_at = get_contents_at;
  iface->get_caret_position = get_caret_position;
  iface->get_selection = get_selection;
  iface->get_attributes = get_attributes;
  iface->get_default_attributes = get_default_attributes;
  iface->get_extents = get_extents;
  iface->get_offset = get_offset;
}

/* --- object ------------------------------------------------------------------- */

static void
free_spans (SondeTextBlock *self)
{
  for (guint i = 0; i < self->n_spans; i++)
    g_free (self->spans[i].target);
  g_clear_pointer (&self->spans, g_free);
  self->n_spans = 0;
}

static void
sonde_text_block_dispose (GObject *object)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (object);

  g_ptr_array_set_size (self->links, 0);
  g_clear_pointer (&self->mark_style, gtk_widget_unparent);
  g_clear_weak_pointer (&self->selection);

  G_OBJECT_CLASS (sonde_text_block_parent_class)->dispose (object);
}

static void
sonde_text_block_finalize (GObject *object)
{
  SondeTextBlock *self = SONDE_TEXT_BLOCK (object);

  free_spans (self);
  g_free (self->text);
  g_ptr_array_unref (self->links);
  g_array_unref (self->marks);
  g_clear_object (&self->layout);
  g_clear_pointer (&self->colours, pango_attr_list_unref);

  G_OBJECT_CLASS (sonde_text_block_parent_class)->finalize (object);
}

static void
sonde_text_block_class_init (SondeTextBlockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_text_block_dispose;
  object_class->finalize = sonde_text_block_finalize;
  widget_class->get_request_mode = sonde_text_block_get_request_mode;
  widget_class->measure = sonde_text_block_measure;
  widget_class->size_allocate = sonde_text_block_size_allocate;
  widget_class->snapshot = sonde_text_block_snapshot;
  widget_class->css_changed = sonde_text_block_css_changed;
  widget_class->direction_changed = sonde_text_block_direction_changed;
  widget_class->map = sonde_text_block_map;
  widget_class->unmap = sonde_text_block_unmap;
  widget_class->focus = sonde_text_block_focus;
  widget_class->query_tooltip = sonde_text_block_query_tooltip;

  gtk_widget_class_set_css_name (widget_class, "textblock");
}

static void
sonde_text_block_init (SondeTextBlock *self)
{
  self->text = g_strdup ("");
  self->links = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  self->marks = g_array_new (FALSE, FALSE, sizeof (SondeTextMark));
  self->line_height = TEXT_LINE;
  self->min_width = MIN_WIDTH;
  self->measured_width = -1;
  self->natural_width = -1;
  self->wraps = TRUE;
  self->caret = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "text");
}

/* --- public: what it shows ----------------------------------------------------- */

/**
 * sonde_text_block_new:
 * @role: what it is to assistive technology
 *
 * Returns: (transfer floating): an empty text
 */
GtkWidget *
sonde_text_block_new (GtkAccessibleRole role)
{
  SondeTextBlock *self = g_object_new (SONDE_TYPE_TEXT_BLOCK, "accessible-role", role, NULL);

  if (role == GTK_ACCESSIBLE_ROLE_HEADING)
    self->line_height = HEADING_LINE;

  return GTK_WIDGET (self);
}

/* Links that may be opened, as children; those that are there are used again. */
static void
update_links (SondeTextBlock *self)
{
  guint n = 0;
  gboolean targets = FALSE;

  for (guint i = 0; i < self->n_spans; i++) {
    const SondeMarkdownSpan *span = &self->spans[i];
    g_autofree char *words = NULL;

    targets |= span->target != NULL;
    if (!(span->styles & SONDE_MARKDOWN_FOOTNOTE_REF) &&
        (!(span->styles & SONDE_MARKDOWN_LINK) || !sonde_link_is_safe (span->target)))
      continue;
    if (n == self->links->len) {
      GtkWidget *link = sonde_text_link_new ();

      gtk_widget_set_parent (link, GTK_WIDGET (self));
      g_ptr_array_add (self->links, link);
    }
    words = g_strndup (self->text + span->start, span->end - span->start);
    sonde_text_link_set (g_ptr_array_index (self->links, n), span->start, span->end, words,
                         span->styles & SONDE_MARKDOWN_FOOTNOTE_REF ? NULL : span->target);
    n++;
  }
  g_ptr_array_set_size (self->links, (int) n);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), targets);
}

/* Tells assistive technology what is different, from the first letter that is. */
static void
tell_change (SondeTextBlock *self, const char *before, const char *after, guint *n_before)
{
  const char *a = before;
  const char *b = after;

  while (*a != '\0' && *a == *b) {
    a++;
    b++;
  }
  while (((guchar) *a & 0xC0) == 0x80 || ((guchar) *b & 0xC0) == 0x80) {
    a--;
    b--;
  }
  *n_before = (guint) g_utf8_strlen (before, a - before);
  if (*a != '\0')
    gtk_accessible_text_update_contents (GTK_ACCESSIBLE_TEXT (self),
                                         GTK_ACCESSIBLE_TEXT_CONTENT_CHANGE_REMOVE, *n_before,
                                         *n_before + (guint) g_utf8_strlen (a, -1));
}

/**
 * sonde_text_block_set_text:
 * @self: a text
 * @text: what it is to show
 *
 * What is selected stays selected.
 */
void
sonde_text_block_set_text (SondeTextBlock *self, const SondeMarkdownText *text)
{
  const char *words = text->text != NULL ? text->text : "";
  gboolean mapped;
  guint changed = 0;

  g_return_if_fail (SONDE_IS_TEXT_BLOCK (self));

  mapped = gtk_widget_get_mapped (GTK_WIDGET (self));
  if (mapped)
    tell_change (self, self->text, words, &changed);
  g_free (self->text);
  free_spans (self);
  self->text = g_strndup (words, text->length);
  self->length = text->length;
  self->spans = g_memdup2 (text->spans, sizeof (SondeMarkdownSpan) * text->n_spans);
  self->n_spans = text->n_spans;
  for (guint i = 0; i < self->n_spans; i++)
    self->spans[i].target = g_strdup (text->spans[i].target);
  self->selected_from = MIN (self->selected_from, (guint) self->length);
  self->selected_to = MIN (self->selected_to, (guint) self->length);
  self->caret = MIN (self->caret, (int) self->length);
  update_links (self);
  gtk_widget_set_direction (GTK_WIDGET (self),
                            self->code ? GTK_TEXT_DIR_LTR : sonde_text_find_direction (text));
  drop_layout (self);
  if (mapped && g_utf8_strlen (self->text, -1) > changed)
    gtk_accessible_text_update_contents (GTK_ACCESSIBLE_TEXT (self),
                                         GTK_ACCESSIBLE_TEXT_CONTENT_CHANGE_INSERT, changed,
                                         (guint) g_utf8_strlen (self->text, -1));
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (self)) == GTK_ACCESSIBLE_ROLE_HEADING)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    self->text, -1);
  if (self->selection != NULL)
    sonde_selection_refresh (self->selection, self);
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

/**
 * sonde_text_block_get_text:
 * @self: a text
 *
 * Returns: (transfer none): what is read in it
 */
const char *
sonde_text_block_get_text (SondeTextBlock *self)
{
  g_return_val_if_fail (SONDE_IS_TEXT_BLOCK (self), NULL);

  return self->text;
}

/**
 * sonde_text_block_get_length:
 * @self: a text
 *
 * Returns: the length of its text in bytes
 */
gsize
sonde_text_block_get_length (SondeTextBlock *self)
{
  g_return_val_if_fail (SONDE_IS_TEXT_BLOCK (self), 0);

  return self->length;
}

/**
 * sonde_text_block_set_line_height:
 * @self: a text
 * @line_height: from line to line, as a part of the font's size
 */
void
sonde_text_block_set_line_height (SondeTextBlock *self, double line_height)
{
  g_return_if_fail (SONDE_IS_TEXT_BLOCK (self));

  self->line_height = line_height;
  drop_layout (self);
}

/**
 * sonde_text_block_set_wraps:
 * @self: a text
 * @wraps: whether long lines are broken
 */
void
sonde_text_block_set_wraps (SondeTextBlock *self, gboolean wraps)
{
  g_return_if_fail (SONDE_IS_TEXT_BLOCK (self));

  self->wraps = !!wraps;
  drop_layout (self);
}

/**
 * sonde_text_block_set_fits:
 * @self: a text
 * @min_width: how narrow it may become, as a part of the font's size
 * @max_width: how wide it likes to be at most
 *
 * Makes it no wider than its words. Else it takes the width that there is.
 */
void
sonde_text_block_set_fits (SondeTextBlock *self, double min_width, double max_width)
{
  g_return_if_fail (SONDE_IS_TEXT_BLOCK (self));

  self->min_width = min_width;
  self->max_width = max_width;
  drop_layout (self);
}

/**
 * sonde_text_block_set_code:
 * @self: a text
 *
 * Makes it be read from left to right, whatever is quoted in it.
 */
void
sonde_text_block_set_code (SondeTextBlock *self)
{
  g_return_if_fail (SONDE_IS_TEXT_BLOCK (self));

  self->code = TRUE;
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
}

/**
 * sonde_text_block_set_alignment:
 * @self: a text
 * @alignment: how its lines stand; left is where the text begins to be read
 */
void
sonde_text_block_set_alignment (SondeTextBlock *self, PangoAlignment alignment)
{
  g_return_if_fail (SONDE_IS_TEXT_BLOCK (self));

  self->alignment = alignment;
  drop_layout (self);
}

/**
 * sonde_text_block_set_colours:
 * @self: a text
 * @colours: (nullable): the colours of code
 */
void
sonde_text_block_set_colours (SondeTextBlock *self, PangoAttrList *colours)
{
  g_return_if_fail (SONDE_IS_TEXT_BLOCK (self));

  g_clear_pointer (&self->colours, pango_attr_list_unref);
  self->colours = colours != NULL ? pango_attr_list_ref (colours) : NULL;
  drop_layout (self);
}

/* --- public: selection ---------------------------------------------------------- */

/**
 * sonde_text_block_set_place:
 * @self: a text
 * @place: where it is in the transcript
 */
void
sonde_text_block_set_place (SondeTextBlock *self, const SondeTranscriptPosition *place)
{
  g_return_if_fail (SONDE_IS_TEXT_BLOCK (self));

  self->place = *place;
  self->place.offset = 0;
  if (self->selection != NULL)
    sonde_selection_refresh (self->selection, self);
}

/**
 * sonde_text_block_get_place:
 * @self: a text
 *
 * Returns: (transfer none): where it begins in the transcript
 */
const SondeTranscriptPosition *
sonde_text_block_get_place (SondeTextBlock *self)
{
  g_return_val_if_fail (SONDE_IS_TEXT_BLOCK (self), NULL);

  return &self->place;
}

/**
 * sonde_text_block_set_selection:
 * @self: a text
 * @start: where what is selected begins, in bytes
 * @end: where it ends; the same where nothing is
 */
void
sonde_text_block_set_selection (SondeTextBlock *self, guint start, guint end)
{
  g_return_if_fail (SONDE_IS_TEXT_BLOCK (self));

  start = MIN (start, (guint) self->length);
  end = MIN (end, (guint) self->length);
  if (start == self->selected_from && end == self->selected_to)
    return;

  self->selected_from = start;
  self->selected_to = end;
  gtk_accessible_text_update_selection_bound (GTK_ACCESSIBLE_TEXT (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * sonde_text_block_get_selection:
 * @self: a text
 * @start: (out) (optional): where what is selected begins, in bytes
 * @end: (out) (optional): where it ends
 *
 * Returns: whether anything is
 */
gboolean
sonde_text_block_get_selection (SondeTextBlock *self, guint *start, guint *end)
{
  g_return_val_if_fail (SONDE_IS_TEXT_BLOCK (self), FALSE);

  if (start != NULL)
    *start = self->selected_from;
  if (end != NULL)
    *end = self->selected_to;

  return self->selected_from < self->selected_to;
}

/**
 * sonde_text_block_set_caret:
 * @self: a text
 * @offset: where the caret is, in bytes, or -1 for nowhere
 */
void
sonde_text_block_set_caret (SondeTextBlock *self, int offset)
{
  g_return_if_fail (SONDE_IS_TEXT_BLOCK (self));

  offset = MIN (offset, (int) self->length);
  if (offset == self->caret)
    return;

  self->caret = offset;
  if (offset >= 0)
    gtk_accessible_text_update_caret_position (GTK_ACCESSIBLE_TEXT (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * sonde_text_block_set_marks:
 * @self: a text
 * @marks: (array length=n_marks) (nullable): what was searched for
 * @n_marks: how many they are
 */
void
sonde_text_block_set_marks (SondeTextBlock *self, const SondeTextMark *marks, guint n_marks)
{
  g_return_if_fail (SONDE_IS_TEXT_BLOCK (self));

  if (self->marks->len == 0 && n_marks == 0)
    return;

  /* The theme's colour comes by a node of the style that is never drawn. */
  if (self->mark_style == NULL) {
    self->mark_style = g_object_new (GTK_TYPE_BOX, "css-name", "mark", "accessible-role",
                                     GTK_ACCESSIBLE_ROLE_NONE, NULL);
    gtk_widget_set_child_visible (self->mark_style, FALSE);
    gtk_widget_set_parent (self->mark_style, GTK_WIDGET (self));
  }
  g_array_set_size (self->marks, 0);
  g_array_append_vals (self->marks, marks, n_marks);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * sonde_text_block_has_current_mark:
 * @self: a text
 *
 * Returns: whether the mark that stands out among the others is in it
 */
gboolean
sonde_text_block_has_current_mark (SondeTextBlock *self)
{
  g_return_val_if_fail (SONDE_IS_TEXT_BLOCK (self), FALSE);

  for (guint i = 0; i < self->marks->len; i++) {
    if (g_array_index (self->marks, SondeTextMark, i).current)
      return TRUE;
  }

  return FALSE;
}

/* --- public: places in it ------------------------------------------------------- */

/**
 * sonde_text_block_find_offset:
 * @self: a text
 * @x: from its left
 * @y: from its top
 *
 * Returns: the place between two letters that is nearest, in bytes
 */
guint
sonde_text_block_find_offset (SondeTextBlock *self, double x, double y)
{
  int index;
  int trailing;

  g_return_val_if_fail (SONDE_IS_TEXT_BLOCK (self), 0);

  pango_layout_xy_to_index (get_layout (self), pango_units_from_double (x),
                            pango_units_from_double (y), &index, &trailing);
  index = MIN (index, (int) self->length);

  return (guint) (g_utf8_offset_to_pointer (self->text + index, trailing) - self->text);
}

/**
 * sonde_text_block_get_caret_area:
 * @self: a text
 * @offset: a place in it, in bytes
 * @area: (out): where the caret is drawn there
 */
void
sonde_text_block_get_caret_area (SondeTextBlock *self, guint offset, graphene_rect_t *area)
{
  g_return_if_fail (SONDE_IS_TEXT_BLOCK (self));

  sonde_text_painter_find_caret (get_layout (self), MIN (offset, (guint) self->length), area);
}

/**
 * sonde_text_block_move_line:
 * @self: a text
 * @x: how far from the left the caret likes to be
 * @step: 1 or -1: the line below or above; 2 or -2: its first or last one
 * @offset: (inout): the caret's place, in bytes
 *
 * Returns: %FALSE where there is no such line
 */
gboolean
sonde_text_block_move_line (SondeTextBlock *self, double x, int step, guint *offset)
{
  PangoLayout *layout;
  int n_lines;
  int line;
  int index;
  int trailing;

  g_return_val_if_fail (SONDE_IS_TEXT_BLOCK (self), FALSE);

  layout = get_layout (self);
  n_lines = pango_layout_get_line_count (layout);
  pango_layout_index_to_line_x (layout, (int) *offset, FALSE, &line, NULL);
  if (step == 2)
    line = 0;
  else if (step == -2)
    line = n_lines - 1;
  else
    line += step;
  if (line < 0 || line >= n_lines)
    return FALSE;

  pango_layout_line_x_to_index (
    pango_layout_get_line_readonly (layout, line),
    pango_units_from_double (x) - sonde_text_painter_get_line_x (layout, line), &index, &trailing);
  *offset = (guint) (g_utf8_offset_to_pointer (self->text + index, trailing) - self->text);

  return TRUE;
}

/**
 * sonde_text_block_find_line:
 * @self: a text
 * @offset: a place in it, in bytes
 * @start: (out): where its line on the screen begins
 * @end: (out): where that line ends
 */
void
sonde_text_block_find_line (SondeTextBlock *self, guint offset, guint *start, guint *end)
{
  PangoLayoutLine *line;
  int number;

  g_return_if_fail (SONDE_IS_TEXT_BLOCK (self));

  pango_layout_index_to_line_x (get_layout (self), (int) offset, FALSE, &number, NULL);
  line = pango_layout_get_line_readonly (self->layout, number);
  *start = (guint) pango_layout_line_get_start_index (line);
  *end = *start + (guint) pango_layout_line_get_length (line);
  /* The space where a line is broken belongs to neither. */
  if (*end > *start && *end < self->length && self->text[*end - 1] == ' ')
    (*end)--;
}

/**
 * sonde_text_block_move_visually:
 * @self: a text
 * @offset: a place in it, in bytes
 * @step: 1 to the right, -1 to the left
 *
 * Returns: the next place there; %G_MAXUINT where the text ends
 */
guint
sonde_text_block_move_visually (SondeTextBlock *self, guint offset, int step)
{
  int index = (int) offset;
  int trailing = 0;

  g_return_val_if_fail (SONDE_IS_TEXT_BLOCK (self), G_MAXUINT);

  pango_layout_move_cursor_visually (get_layout (self), TRUE, (int) offset, 0, step, &index,
                                     &trailing);
  if (index < 0 || index == G_MAXINT)
    return G_MAXUINT;

  return (guint) (g_utf8_offset_to_pointer (self->text + index, trailing) - self->text);
}

/**
 * sonde_text_block_move_word:
 * @self: a text
 * @offset: a place in it, in bytes
 * @step: 1 or -1: to the end of a word or to the beginning of one
 *
 * Returns: the next such place; %G_MAXUINT where there is none
 */
guint
sonde_text_block_move_word (SondeTextBlock *self, guint offset, int step)
{
  const PangoLogAttr *attributes;
  const char *p;
  int n;

  g_return_val_if_fail (SONDE_IS_TEXT_BLOCK (self), G_MAXUINT);

  attributes = pango_layout_get_log_attrs_readonly (get_layout (self), &n);
  p = self->text + offset;
  for (glong i = g_utf8_pointer_to_offset (self->text, p) + step; i >= 0 && i < n; i += step) {
    p = step > 0 ? g_utf8_next_char (p) : g_utf8_prev_char (p);
    if (step > 0 ? attributes[i].is_word_end : attributes[i].is_word_start)
      return (guint) (p - self->text);
  }

  return G_MAXUINT;
}

/**
 * sonde_text_block_find_word:
 * @self: a text
 * @offset: a place in it, in bytes
 * @start: (out): where the word there begins; or what is between two words
 * @end: (out): where it ends
 */
void
sonde_text_block_find_word (SondeTextBlock *self, guint offset, guint *start, guint *end)
{
  g_return_if_fail (SONDE_IS_TEXT_BLOCK (self));

  sonde_text_accessible_find_word (get_layout (self), self->text, offset, start, end);
}

/**
 * sonde_text_block_find_link:
 * @self: a text
 * @x: from its left
 * @y: from its top
 *
 * Returns: (transfer none) (nullable): the link that is there
 */
SondeTextLink *
sonde_text_block_find_link (SondeTextBlock *self, double x, double y)
{
  int index;
  int trailing;

  g_return_val_if_fail (SONDE_IS_TEXT_BLOCK (self), NULL);

  if (self->links->len == 0 ||
      !pango_layout_xy_to_index (get_layout (self), pango_units_from_double (x),
                                 pango_units_from_double (y), &index, &trailing))
    return NULL;
  for (guint i = 0; i < self->links->len; i++) {
    SondeTextLink *link = g_ptr_array_index (self->links, i);

    if (index >= (int) sonde_text_link_get_start (link) &&
        index < (int) sonde_text_link_get_end (link))
      return link;
  }

  return NULL;
}

/**
 * sonde_text_block_get_link:
 * @self: a text
 * @offset: a place in it, in bytes
 *
 * Returns: (transfer none) (nullable): the link that begins there
 */
GtkWidget *
sonde_text_block_get_link (SondeTextBlock *self, guint offset)
{
  g_return_val_if_fail (SONDE_IS_TEXT_BLOCK (self), NULL);

  for (guint i = 0; i < self->links->len; i++) {
    SondeTextLink *link = g_ptr_array_index (self->links, i);

    if (sonde_text_link_get_start (link) == offset)
      return GTK_WIDGET (link);
  }

  return NULL;
}
