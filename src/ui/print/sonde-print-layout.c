/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-print-layout.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#include "sonde-print-block.h"
#include "sonde-print-pages.h"
#include "sonde-print-text.h"
#include "sonde-print-turn.h"

/* Lengths in points, greys from black to white. */
#define MARGIN      54.0 /* around the text: no printer needs more */
#define MAX_MARGIN  0.12 /* of the paper's width, where that is small */
#define FOOTER      24.0 /* at the bottom of what is printed on */
#define FOOTER_GREY 0.3
#define RULE_GREY   0.7
#define TURN_GAP    18.0
#define SPEAKER_GAP 7.0
#define TITLE_GAP   3.0

/* Who says what. */
typedef struct {
  SondeMessage *message;
  char *speaker;
} Turn;

/**
 * SondePrintLayout:
 *
 * A conversation on paper: black on white whatever the desktop looks like. It is laid out in
 * steps of a block of text, so that a long one does not stop the window.
 */
struct _SondePrintLayout {
  GObject parent_instance;

  char *title;
  char *date;
  GArray *turns;
  gboolean reasoning;

  PangoContext *context;
  double margin;
  double width; /* of what is printed on */
  double height;
  SondePrintPages *pages;

  /* How far it has come. */
  guint turn;
  GPtrArray *blocks; /* of the turn, or NULL: it is still to begin */
  guint block;
};

G_DEFINE_FINAL_TYPE (SondePrintLayout, sonde_print_layout, G_TYPE_OBJECT)

static void
clear_turn (gpointer data)
{
  Turn *turn = data;

  g_clear_object (&turn->message);
  g_clear_pointer (&turn->speaker, g_free);
}

/* --- words --------------------------------------------------------------------- */

static void
add_words (SondePrintLayout *self,
           const char *text,
           const SondePrintLook *look,
           double gap,
           gboolean keeps)
{
  g_autoptr (PangoLayout) layout =
    sonde_print_text_new_plain (self->context, text, look, self->width);
  g_autoptr (GPtrArray) strips = sonde_print_text_cut (layout, 0, look->grey);

  ((SondePrintStrip *) g_ptr_array_index (strips, 0))->gap = gap;
  for (guint i = 0; i < strips->len; i++) {
    SondePrintStrip *strip = g_ptr_array_index (strips, i);

    strip->keeps = strip->keeps || keeps;
    sonde_print_pages_add (self->pages, strip);
  }
}

static void
add_rule (SondePrintLayout *self, double gap)
{
  g_autoptr (SondePrintStrip) strip = sonde_print_strip_new (1);

  strip->gap = gap;
  strip->keeps = TRUE;
  sonde_print_strip_add_rule (strip, 0, 0, self->width, 0.5, RULE_GREY);
  sonde_print_pages_add (self->pages, strip);
}

static void
add_title (SondePrintLayout *self)
{
  static const SondePrintLook title = { .scale = 1.8, .bold = TRUE };
  static const SondePrintLook date = { .scale = 0.9, .grey = FOOTER_GREY };

  add_words (self, self->title, &title, 0, TRUE);
  if (self->date != NULL)
    add_words (self, self->date, &date, TITLE_GAP, TRUE);
}

/* --- turns --------------------------------------------------------------------- */

static void
begin_turn (SondePrintLayout *self, const Turn *turn)
{
  static const SondePrintLook speaker = { .scale = 1.05, .bold = TRUE };
  static const SondePrintLook small = { .scale = 0.9, .grey = FOOTER_GREY };
  const gboolean asks = sonde_message_get_role (turn->message) == SONDE_ROLE_USER;
  g_autofree char *files = sonde_print_turn_dup_files (turn->message);

  self->blocks = sonde_print_turn_dup_blocks (turn->message, self->reasoning);
  self->block = 0;
  /* An answer that failed before its first word is nothing to read. */
  if (self->blocks->len == 0 && files == NULL)
    return;

  if (asks)
    add_rule (self, TURN_GAP);
  add_words (self, turn->speaker, &speaker, asks ? SPEAKER_GAP : TURN_GAP, TRUE);
  if (files != NULL)
    add_words (self, files, &small, SPEAKER_GAP, self->blocks->len > 0);
}

static void
add_block (SondePrintLayout *self)
{
  const SondeMarkdownBlock *block = g_ptr_array_index (self->blocks, self->block);
  const SondeMarkdownBlock *before =
    self->block > 0 ? g_ptr_array_index (self->blocks, self->block - 1) : NULL;
  const SondeMarkdownBlock *after =
    self->block + 1 < self->blocks->len ? g_ptr_array_index (self->blocks, self->block + 1) : NULL;

  sonde_print_block_add (self->pages, self->context, self->width, block, before, after,
                         before == NULL ? SPEAKER_GAP : -1);
  self->block++;
}

/* --- the object ------------------------------------------------------------------ */

static void
sonde_print_layout_finalize (GObject *object)
{
  SondePrintLayout *self = SONDE_PRINT_LAYOUT (object);

  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->pages, sonde_print_pages_free);
  g_clear_object (&self->context);
  g_array_unref (self->turns);
  g_free (self->title);
  g_free (self->date);

  G_OBJECT_CLASS (sonde_print_layout_parent_class)->finalize (object);
}

static void
sonde_print_layout_class_init (SondePrintLayoutClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_print_layout_finalize;
}

static void
sonde_print_layout_init (SondePrintLayout *self)
{
  self->turns = g_array_new (FALSE, FALSE, sizeof (Turn));
  g_array_set_clear_func (self->turns, clear_turn);
}

/**
 * sonde_print_layout_new:
 * @title: what the conversation is called
 * @created_at: when it began, in microseconds since 1970
 *
 * Returns: (transfer full): a conversation without messages
 */
SondePrintLayout *
sonde_print_layout_new (const char *title, gint64 created_at)
{
  SondePrintLayout *self = g_object_new (SONDE_TYPE_PRINT_LAYOUT, NULL);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (created_at);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  self->title = g_strdup (title);
  if (local != NULL)
    /* Translators: a date and a time, like "25 November 2026, 16:20"; see strftime() */
    self->date = g_date_time_format (local, _ ("%-d %B %Y, %H:%M"));

  return self;
}

const char *
sonde_print_layout_get_title (SondePrintLayout *self)
{
  g_return_val_if_fail (SONDE_IS_PRINT_LAYOUT (self), NULL);

  return self->title;
}

/**
 * sonde_print_layout_add_message:
 * @self: a conversation
 * @message: what is said next
 * @speaker: who says it
 */
void
sonde_print_layout_add_message (SondePrintLayout *self, SondeMessage *message, const char *speaker)
{
  const Turn turn = { g_object_ref (message), g_strdup (speaker) };

  g_return_if_fail (SONDE_IS_PRINT_LAYOUT (self));

  g_array_append_val (self->turns, turn);
}

gboolean
sonde_print_layout_get_reasoning (SondePrintLayout *self)
{
  g_return_val_if_fail (SONDE_IS_PRINT_LAYOUT (self), FALSE);

  return self->reasoning;
}

/**
 * sonde_print_layout_set_reasoning:
 * @self: a conversation
 * @reasoning: whether what the model thought is printed, too; it is not by default
 */
void
sonde_print_layout_set_reasoning (SondePrintLayout *self, gboolean reasoning)
{
  g_return_if_fail (SONDE_IS_PRINT_LAYOUT (self));

  self->reasoning = reasoning;
}

/**
 * sonde_print_layout_has_reasoning:
 * @self: a conversation
 *
 * Returns: whether there is any
 */
gboolean
sonde_print_layout_has_reasoning (SondePrintLayout *self)
{
  g_return_val_if_fail (SONDE_IS_PRINT_LAYOUT (self), FALSE);

  for (guint i = 0; i < self->turns->len; i++)
    if (sonde_message_get_text_length (g_array_index (self->turns, Turn, i).message,
                                       SONDE_TEXT_REASONING) > 0)
      return TRUE;

  return FALSE;
}

/**
 * sonde_print_layout_begin:
 * @self: a conversation
 * @context: what measures text, one unit a point
 * @width: of the paper, in points
 * @height: of the paper
 *
 * Begins to lay it out, anew if need be.
 */
void
sonde_print_layout_begin (SondePrintLayout *self,
                          PangoContext *context,
                          double width,
                          double height)
{
  g_return_if_fail (SONDE_IS_PRINT_LAYOUT (self));
  g_return_if_fail (PANGO_IS_CONTEXT (context));

  /* To Pango, left is where the context begins to read; a paragraph that is read the other way
   * it turns around itself. */
  pango_context_set_base_dir (context, PANGO_DIRECTION_LTR);
  pango_context_set_round_glyph_positions (context, FALSE);
  g_set_object (&self->context, context);
  self->margin = MIN (MARGIN, width * MAX_MARGIN);
  self->width = width - 2 * self->margin;
  self->height = height - 2 * self->margin;
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->pages, sonde_print_pages_free);
  self->pages = sonde_print_pages_new (self->height - FOOTER);
  self->turn = 0;
  add_title (self);
}

/**
 * sonde_print_layout_step:
 * @self: a conversation that was begun
 *
 * Lays out what comes next.
 *
 * Returns: whether there is more
 */
gboolean
sonde_print_layout_step (SondePrintLayout *self)
{
  g_return_val_if_fail (SONDE_IS_PRINT_LAYOUT (self), FALSE);
  g_return_val_if_fail (self->pages != NULL, FALSE);

  if (self->turn == self->turns->len) {
    sonde_print_pages_end (self->pages);
    return FALSE;
  }
  if (self->blocks == NULL)
    begin_turn (self, &g_array_index (self->turns, Turn, self->turn));
  else if (self->block < self->blocks->len)
    add_block (self);
  if (self->block == self->blocks->len) {
    g_clear_pointer (&self->blocks, g_ptr_array_unref);
    self->turn++;
  }

  return TRUE;
}

/**
 * sonde_print_layout_get_n_pages:
 * @self: a conversation
 *
 * Returns: how many pages it has so far
 */
guint
sonde_print_layout_get_n_pages (SondePrintLayout *self)
{
  g_return_val_if_fail (SONDE_IS_PRINT_LAYOUT (self), 0);

  return self->pages != NULL ? sonde_print_pages_get_n_pages (self->pages) : 0;
}

/* The title where reading begins, the number of the page at the other side. */
static void
draw_footer (SondePrintLayout *self, cairo_t *cr, guint page)
{
  static const SondePrintLook look = { .scale = 0.85, .grey = FOOTER_GREY };
  const gboolean mirrored = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  /* Translators: of a printed page: %1$u is its number, %2$u how many there are */
  g_autofree char *number = g_strdup_printf (_ ("Page %1$u of %2$u"), page + 1,
                                             sonde_print_pages_get_n_pages (self->pages));
  g_autoptr (PangoLayout) right = sonde_print_text_new_plain (self->context, number, &look, -1);
  const double number_width = sonde_print_text_get_width (right);
  g_autoptr (PangoLayout) left = sonde_print_text_new_plain (
    self->context, self->title, &look, MAX (self->width - number_width - 2 * SPEAKER_GAP, 1));
  const double y = self->margin + self->height;
  double title_width;

  pango_layout_set_single_paragraph_mode (left, TRUE);
  pango_layout_set_height (left, 0);
  pango_layout_set_ellipsize (left, PANGO_ELLIPSIZE_END);
  pango_layout_set_auto_dir (left, TRUE);
  title_width = sonde_print_text_get_width (left);
  pango_layout_set_width (left, pango_units_from_double (title_width + 1));

  cairo_set_source_rgb (cr, RULE_GREY, RULE_GREY, RULE_GREY);
  cairo_rectangle (cr, self->margin, y - FOOTER + SPEAKER_GAP, self->width, 0.5);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, FOOTER_GREY, FOOTER_GREY, FOOTER_GREY);
  cairo_move_to (cr, self->margin + (mirrored ? self->width - title_width : 0),
                 y - FOOTER + 1.5 * SPEAKER_GAP);
  pango_cairo_show_layout (cr, left);
  cairo_move_to (cr, self->margin + (mirrored ? 0 : self->width - number_width),
                 y - FOOTER + 1.5 * SPEAKER_GAP);
  pango_cairo_show_layout (cr, right);
}

/**
 * sonde_print_layout_draw_page:
 * @self: a conversation that was laid out
 * @cr: where to draw, one unit a point
 * @page: which page, from 0
 */
void
sonde_print_layout_draw_page (SondePrintLayout *self, cairo_t *cr, guint page)
{
  g_return_if_fail (SONDE_IS_PRINT_LAYOUT (self));
  g_return_if_fail (page < sonde_print_layout_get_n_pages (self));

  sonde_print_pages_draw (self->pages, page, cr, self->margin, self->margin);
  draw_footer (self, cr, page);
}
