/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-print-pages.h"

#define TOLERANCE 0.01 /* of sums of heights */

/* A strip on its page. */
typedef struct {
  SondePrintStrip *strip;
  double y;
  double gap; /* the space that it has above itself there */
} Place;

/**
 * SondePrintPages:
 *
 * Puts strips onto pages, from the first to the last. What has to stay together waits until all
 * of it is there; what is together higher than a page is cut between its strips.
 */
struct _SondePrintPages {
  double height;
  double y;         /* where the last page goes on */
  GPtrArray *pages; /* of GArray of Place */
  GPtrArray *chain; /* strips that have to stay together, and are on no page yet */
};

static void
clear_place (gpointer data)
{
  sonde_print_strip_unref (((Place *) data)->strip);
}

static void
begin_page (SondePrintPages *self)
{
  GArray *page = g_array_new (FALSE, FALSE, sizeof (Place));

  g_array_set_clear_func (page, clear_place);
  g_ptr_array_add (self->pages, page);
  self->y = 0;
}

static void
put (SondePrintPages *self, SondePrintStrip *strip)
{
  const double gap = self->y > 0 ? strip->gap : 0;
  const Place place = { sonde_print_strip_ref (strip), self->y + gap, gap };

  g_array_append_val ((GArray *) g_ptr_array_index (self->pages, self->pages->len - 1), place);
  self->y += gap + strip->height;
}

static double
find_head_height (const SondePrintStrip *strip)
{
  double height = 0;

  for (guint i = 0; strip->head != NULL && i < strip->head->len; i++)
    height += ((SondePrintStrip *) g_ptr_array_index (strip->head, i))->height;

  return height;
}

static void
begin_page_with (SondePrintPages *self, const SondePrintStrip *strip)
{
  begin_page (self);
  for (guint i = 0; strip->head != NULL && i < strip->head->len; i++)
    put (self, g_ptr_array_index (strip->head, i));
}

static gboolean
fits (SondePrintPages *self, double height)
{
  return self->y <= 0 || self->y + height <= self->height + TOLERANCE;
}

static void
put_chain (SondePrintPages *self)
{
  const SondePrintStrip *first;
  double height = 0;

  if (self->chain->len == 0)
    return;

  first = g_ptr_array_index (self->chain, 0);
  for (guint i = 0; i < self->chain->len; i++) {
    const SondePrintStrip *strip = g_ptr_array_index (self->chain, i);

    height += strip->gap + strip->height;
  }
  if (!fits (self, height) &&
      find_head_height (first) + height - first->gap <= self->height + TOLERANCE)
    begin_page_with (self, first);
  for (guint i = 0; i < self->chain->len; i++) {
    SondePrintStrip *strip = g_ptr_array_index (self->chain, i);

    if (!fits (self, strip->gap + strip->height))
      begin_page_with (self, strip);
    put (self, strip);
  }
  g_ptr_array_set_size (self->chain, 0);
}

/**
 * sonde_print_pages_new:
 * @height: how much room a page has, in points
 *
 * Returns: (transfer full): one empty page
 */
SondePrintPages *
sonde_print_pages_new (double height)
{
  SondePrintPages *self = g_new0 (SondePrintPages, 1);

  self->height = height;
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->chain = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_print_strip_unref);
  begin_page (self);

  return self;
}

void
sonde_print_pages_free (SondePrintPages *self)
{
  g_ptr_array_unref (self->chain);
  g_ptr_array_unref (self->pages);
  g_free (self);
}

double
sonde_print_pages_get_height (const SondePrintPages *self)
{
  return self->height;
}

/**
 * sonde_print_pages_add:
 * @self: pages
 * @strip: (transfer none): what follows
 */
void
sonde_print_pages_add (SondePrintPages *self, SondePrintStrip *strip)
{
  g_ptr_array_add (self->chain, sonde_print_strip_ref (strip));
  if (!strip->keeps)
    put_chain (self);
}

/**
 * sonde_print_pages_end:
 * @self: pages
 *
 * Nothing follows.
 */
void
sonde_print_pages_end (SondePrintPages *self)
{
  put_chain (self);
}

guint
sonde_print_pages_get_n_pages (const SondePrintPages *self)
{
  return self->pages->len;
}

/**
 * sonde_print_pages_draw:
 * @self: pages
 * @page: which of them, from 0
 * @cr: where to draw it
 * @x: its left
 * @y: its top
 */
void
sonde_print_pages_draw (const SondePrintPages *self, guint page, cairo_t *cr, double x, double y)
{
  const GArray *places = g_ptr_array_index (self->pages, page);

  for (guint i = 0; i < places->len; i++) {
    const Place *place = &g_array_index (places, Place, i);

    sonde_print_strip_draw (place->strip, cr, x, y + place->y, place->gap);
  }
}
