/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-heights.h"

/**
 * SondeHeights:
 *
 * The heights of things under one another, thousands of them. Where one begins and
 * which one is at a place is known without adding all of them up: it is a binary
 * indexed tree.
 */
struct _SondeHeights {
  GArray *heights; /* of type int */
  GArray *sums;    /* of type int: at i - 1, those of the last (i & -i) ones up to the i-th */
};

static guint
lowest_bit (guint i)
{
  return i & (~i + 1);
}

/* Adds the sum that belongs to the next height of those that are there. */
static void
append_sum (SondeHeights *self)
{
  guint i = self->sums->len + 1;
  int sum = g_array_index (self->heights, int, i - 1);

  for (guint part = 1; part < lowest_bit (i); part *= 2)
    sum += g_array_index (self->sums, int, i - part - 1);
  g_array_append_val (self->sums, sum);
}

/**
 * sonde_heights_new:
 *
 * Returns: (transfer full): no heights
 */
SondeHeights *
sonde_heights_new (void)
{
  SondeHeights *self = g_new (SondeHeights, 1);

  self->heights = g_array_new (FALSE, TRUE, sizeof (int));
  self->sums = g_array_new (FALSE, TRUE, sizeof (int));

  return self;
}

/**
 * sonde_heights_free:
 * @self: (transfer full): heights
 */
void
sonde_heights_free (SondeHeights *self)
{
  g_array_unref (self->heights);
  g_array_unref (self->sums);
  g_free (self);
}

/**
 * sonde_heights_get_n_items:
 * @self: heights
 *
 * Returns: how many they are
 */
guint
sonde_heights_get_n_items (const SondeHeights *self)
{
  return self->heights->len;
}

/**
 * sonde_heights_splice:
 * @self: heights
 * @position: where they change
 * @n_removed: how many go
 * @n_added: how many come in their place, each 0
 *
 * At the end it costs nothing that depends on how many there are.
 */
void
sonde_heights_splice (SondeHeights *self, guint position, guint n_removed, guint n_added)
{
  g_return_if_fail (position + n_removed <= self->heights->len);

  g_array_set_size (self->sums, position);
  if (n_removed > 0)
    g_array_remove_range (self->heights, position, n_removed);
  if (position == self->heights->len) {
    g_array_set_size (self->heights, position + n_added);
  } else if (n_added > 0) {
    g_autofree int *zeros = g_new0 (int, n_added);
    g_array_insert_vals (self->heights, position, zeros, n_added);
  }
  while (self->sums->len < self->heights->len)
    append_sum (self);
}

/**
 * sonde_heights_get:
 * @self: heights
 * @position: of one of them
 *
 * Returns: how high it is
 */
int
sonde_heights_get (const SondeHeights *self, guint position)
{
  g_return_val_if_fail (position < self->heights->len, 0);

  return g_array_index (self->heights, int, position);
}

/**
 * sonde_heights_set:
 * @self: heights
 * @position: of one of them
 * @height: how high it is
 */
void
sonde_heights_set (SondeHeights *self, guint position, int height)
{
  int *place;
  int difference;

  g_return_if_fail (position < self->heights->len);

  place = &g_array_index (self->heights, int, position);
  difference = height - *place;
  if (difference == 0)
    return;
  *place = height;
  for (guint i = position + 1; i <= self->sums->len; i += lowest_bit (i))
    g_array_index (self->sums, int, i - 1) += difference;
}

/**
 * sonde_heights_get_top:
 * @self: heights
 * @position: of one of them, or behind the last
 *
 * Returns: how high all before it are together
 */
int
sonde_heights_get_top (const SondeHeights *self, guint position)
{
  int top = 0;

  g_return_val_if_fail (position <= self->heights->len, 0);

  for (guint i = position; i > 0; i -= lowest_bit (i))
    top += g_array_index (self->sums, int, i - 1);

  return top;
}

/**
 * sonde_heights_get_total:
 * @self: heights
 *
 * Returns: how high all are together
 */
int
sonde_heights_get_total (const SondeHeights *self)
{
  return sonde_heights_get_top (self, self->heights->len);
}

/**
 * sonde_heights_find:
 * @self: heights
 * @y: a place
 *
 * Returns: the position of the first one that ends below @y, or how many they are
 */
guint
sonde_heights_find (const SondeHeights *self, int y)
{
  guint position = 0;
  guint step = 1;

  while (step <= self->sums->len / 2)
    step *= 2;
  for (; step > 0; step /= 2) {
    if (position + step <= self->sums->len &&
        g_array_index (self->sums, int, position + step - 1) <= y) {
      position += step;
      y -= g_array_index (self->sums, int, position - 1);
    }
  }

  return position;
}
