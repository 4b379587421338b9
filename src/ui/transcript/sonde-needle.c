/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-needle.h"

#include <string.h>

struct _SondeNeedle {
  SondeNeedleFlags flags;
  GPtrArray *words; /* of type GArray of gunichar, folded; none is empty */
  GArray *letters;  /* of the text that is searched, folded: gunichar */
  GArray *starts;   /* where each of them begins in the text: guint */
};

/* A letter as it is compared, or 0 where it does not count. */
static gunichar
fold (gunichar c, SondeNeedleFlags flags)
{
  if (!(flags & SONDE_NEEDLE_DIACRITICS)) {
    gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

    if (g_unichar_type (c) == G_UNICODE_NON_SPACING_MARK)
      return 0;
    if (c >= 0xC0 && g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts)) > 1 &&
        g_unichar_type (parts[1]) == G_UNICODE_NON_SPACING_MARK)
      c = parts[0];
  }

  return flags & SONDE_NEEDLE_CASE ? c : g_unichar_tolower (c);
}

static void
fold_text (const char *text, gsize length, SondeNeedleFlags flags, GArray *letters, GArray *starts)
{
  g_array_set_size (letters, 0);
  if (starts != NULL)
    g_array_set_size (starts, 0);
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p)) {
    gunichar c = fold (g_utf8_get_char (p), flags);
    guint start = (guint) (p - text);

    if (c == 0)
      continue;
    g_array_append_val (letters, c);
    if (starts != NULL)
      g_array_append_val (starts, start);
  }
}

/**
 * sonde_needle_new:
 * @words: (array zero-terminated=1): what to search for; each of them is a hit
 * @flags: what makes a difference
 *
 * Returns: (transfer full): a needle
 */
SondeNeedle *
sonde_needle_new (const char *const *words, SondeNeedleFlags flags)
{
  SondeNeedle *self = g_new0 (SondeNeedle, 1);

  self->flags = flags;
  self->words = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->letters = g_array_new (FALSE, FALSE, sizeof (gunichar));
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  for (gsize i = 0; words[i] != NULL; i++) {
    g_autoptr (GArray) word = g_array_new (FALSE, FALSE, sizeof (gunichar));

    fold_text (words[i], strlen (words[i]), flags, word, NULL);
    if (word->len > 0)
      g_ptr_array_add (self->words, g_steal_pointer (&word));
  }

  return self;
}

/**
 * sonde_needle_free:
 * @self: a needle
 */
void
sonde_needle_free (SondeNeedle *self)
{
  g_ptr_array_unref (self->words);
  g_array_unref (self->letters);
  g_array_unref (self->starts);
  g_free (self);
}

static gboolean
matches (const GArray *letters, guint at, const GArray *word)
{
  return at + word->len <= letters->len && memcmp (&g_array_index (letters, gunichar, at),
                                                   word->data, word->len * sizeof (gunichar)) == 0;
}

/**
 * sonde_needle_find:
 * @self: a needle
 * @text: where to search
 * @length: its length in bytes
 * @hits: (element-type SondeNeedleHit): gets what is found, in order and without overlaps
 */
void
sonde_needle_find (SondeNeedle *self, const char *text, gsize length, GArray *hits)
{
  guint n;

  fold_text (text, length, self->flags, self->letters, self->starts);
  n = self->letters->len;
  for (guint i = 0; i < n; i++) {
    for (guint j = 0; j < self->words->len; j++) {
      const GArray *word = g_ptr_array_index (self->words, j);
      SondeNeedleHit hit;

      if (!matches (self->letters, i, word))
        continue;
      hit.start = g_array_index (self->starts, guint, i);
      i += word->len - 1;
      hit.end = i + 1 < n ? g_array_index (self->starts, guint, i + 1) : (guint) length;
      g_array_append_val (hits, hit);
      break;
    }
  }
}
