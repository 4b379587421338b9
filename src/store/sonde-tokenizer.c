/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-tokenizer.h"

#include <string.h>

/* What words a text has, for the index of the search and for what is searched.
 *
 * Words are runs of letters and digits, without case and without diacritics. Scripts
 * that are written without spaces have no words that could be told apart without a
 * dictionary; of them every two neighbouring characters are a word (which makes any
 * longer piece a phrase of these), and in a document every character is one as well.
 * In code, camelCase is found by its whole and by its parts. Every emoji is a word. */

#define MAX_PARTS    8
#define MAX_FOLD     18 /* the longest decomposition that Unicode has */
#define FOLDED_TABLE 0x0800
#define IGNORABLE(c) ((c) == 0x00ad || ((c) >= 0xfe00 && (c) <= 0xfe0f))
#define ZERO_SPACE   0x200b
#define SMALL_I_CYR  0x0438
#define BREVE        0x0306

typedef struct {
  gunichar c;
  gsize start, end;
} Glyph;

typedef struct {
  SondeTokenizerMode mode;
  SondeTokenFunc func;
  gpointer user_data;
  int result;

  /* The word that is being read. */
  char word[SONDE_TOKEN_LENGTH + 8];
  gsize word_length;
  gboolean in_word;
  gboolean word_ascii;
  gsize word_start, word_end;
  /* Where parts begin in it: in the word and in the text. The first is the word's start. */
  struct {
    gsize offset, start;
  } parts[MAX_PARTS + 1];
  guint n_parts;
  gsize last_offset, last_start; /* of the last character */
  gboolean last_upper, last_lower;

  /* The run of characters without spaces that is being read: its last two. */
  Glyph before, glyph;
  guint run_length;
} Reader;

typedef enum { KIND_SPACE, KIND_WORD, KIND_GLYPH, KIND_EMOJI, KIND_NOTHING } Kind;

/* --- characters ---------------------------------------------------------------- */

static gboolean
is_mark (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_SPACING_MARK ||
         type == G_UNICODE_ENCLOSING_MARK;
}

/* Han, kana, bopomofo, Hangul, Thai, Lao, Myanmar, Khmer. */
static gboolean
is_unspaced (gunichar c)
{
  if (c < 0x0e00)
    return FALSE;

  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7a3) ||
         (c >= 0x3005 && c <= 0x3007) || (c >= 0x3031 && c <= 0x3035) ||
         (c >= 0x3041 && c <= 0x312f) || (c >= 0x31a0 && c <= 0x31bf) ||
         (c >= 0x31f0 && c <= 0x31ff) || (c >= 0x3400 && c <= 0x4dbf) || c <= 0x0eff ||
         (c >= 0x1000 && c <= 0x109f) || (c >= 0x1100 && c <= 0x11ff) ||
         (c >= 0x1780 && c <= 0x17ff) || (c >= 0xa9e0 && c <= 0xa9ff) ||
         (c >= 0xaa60 && c <= 0xaa7f) || (c >= 0xf900 && c <= 0xfaff) ||
         (c >= 0xff66 && c <= 0xff9f) || (c >= 0x20000 && c <= 0x3ffff);
}

static Kind
get_kind (gunichar c)
{
  if (c >= 0x4e00 && c <= 0x9fff)
    return KIND_GLYPH;
  if (IGNORABLE (c))
    return KIND_NOTHING;
  if (g_unichar_isalnum (c) || is_mark (c))
    return is_unspaced (c) ? KIND_GLYPH : KIND_WORD;

  switch ((int) g_unichar_type (c)) {
  case G_UNICODE_FORMAT:
    return c == ZERO_SPACE ? KIND_SPACE : KIND_NOTHING;
  case G_UNICODE_MODIFIER_SYMBOL: /* tones of skin */
    return c >= 0x1f3fb && c <= 0x1f3ff ? KIND_NOTHING : KIND_SPACE;
  case G_UNICODE_OTHER_SYMBOL:
    return c >= 0x2600 && !is_unspaced (c) ? KIND_EMOJI : KIND_SPACE;
  case G_UNICODE_LETTER_NUMBER:
    return KIND_WORD;
  default:
    return KIND_SPACE;
  }
}

/* Vowel signs are letters; accents, points and harakat are not. */
static gboolean
is_diacritic (gunichar c)
{
  int class;

  if (!is_mark (c))
    return FALSE;

  class = g_unichar_combining_class (c);
  return class >= 200 || (class >= 10 && class <= 36);
}

static guint
fold_slowly (gunichar c, gunichar *folded)
{
  gunichar parts[MAX_FOLD];
  gsize n_parts;
  guint n = 0;

  switch (c) {
  case 0x00df: /* ß */
  case 0x1e9e: /* ẞ */
    folded[0] = folded[1] = 's';
    return 2;
  case 0x00e6: /* æ */
  case 0x00c6:
    folded[0] = 'a', folded[1] = 'e';
    return 2;
  case 0x0153: /* œ */
  case 0x0152:
    folded[0] = 'o', folded[1] = 'e';
    return 2;
  case 0x00f8: /* ø */
  case 0x00d8:
    folded[0] = 'o';
    return 1;
  case 0x0111: /* đ */
  case 0x0110:
    folded[0] = 'd';
    return 1;
  case 0x0142: /* ł */
  case 0x0141:
    folded[0] = 'l';
    return 1;
  case 0x0131: /* ı */
    folded[0] = 'i';
    return 1;
  case 0x03c2: /* final sigma */
    folded[0] = 0x03c3;
    return 1;
  case 0x0640: /* the stroke that stretches Arabic */
    return 0;
  default:
    break;
  }

  n_parts = g_unichar_fully_decompose (c, TRUE, parts, G_N_ELEMENTS (parts));
  n_parts = MIN (n_parts, G_N_ELEMENTS (parts));
  for (gsize i = 0; i < n_parts; i++) {
    gunichar lower = g_unichar_tolower (parts[i]);

    /* й is a letter of its own, not an и with something above. */
    if (lower == BREVE && n > 0 && folded[n - 1] == SMALL_I_CYR)
      folded[n - 1] = 0x0439;
    else if (!is_diacritic (lower) && (g_unichar_isalnum (lower) || is_mark (lower)))
      folded[n++] = lower;
  }

  return n;
}

static gpointer
make_folded_table (gpointer data)
{
  guint16 *table = g_new0 (guint16, FOLDED_TABLE);

  for (gunichar c = 0x80; c < FOLDED_TABLE; c++) {
    gunichar folded[MAX_FOLD];

    if (fold_slowly (c, folded) == 1 && folded[0] <= G_MAXUINT16)
      table[c] = (guint16) folded[0];
  }

  return table;
}

/* Returns how many characters @c becomes; @folded has room for MAX_FOLD. */
static guint
fold (gunichar c, gunichar *folded)
{
  static GOnce once = G_ONCE_INIT;

  if ((c >= 0x3041 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) ||
      (c >= 0xac00 && c <= 0xd7a3)) {
    folded[0] = c;
    return 1;
  }
  if (c < FOLDED_TABLE) {
    const guint16 *table = g_once (&once, make_folded_table, NULL);

    if (table[c] != 0) {
      folded[0] = table[c];
      return 1;
    }
  }

  return fold_slowly (c, folded);
}

/* --- words --------------------------------------------------------------------- */

static void
emit (Reader *self, const char *text, gsize length, gsize start, gsize end, gboolean same_place)
{
  const SondeToken token = { text, length, start, end, same_place };

  if (self->result == 0)
    self->result = self->func (&token, self->user_data);
}

static void
emit_glyph (Reader *self, const Glyph *glyph, gboolean same_place)
{
  char text[6];
  gsize length = (gsize) g_unichar_to_utf8 (glyph->c, text);

  emit (self, text, length, glyph->start, glyph->end, same_place);
}

static void
emit_pair (Reader *self)
{
  char text[12];
  gsize length = (gsize) g_unichar_to_utf8 (self->before.c, text);

  length += (gsize) g_unichar_to_utf8 (self->glyph.c, text + length);
  emit (self, text, length, self->before.start, self->glyph.end, FALSE);
  if (self->mode == SONDE_TOKENIZER_DOCUMENT)
    emit_glyph (self, &self->before, TRUE);
}

static void
end_run (Reader *self)
{
  if (self->run_length == 1) {
    emit_glyph (self, &self->glyph, FALSE);
  } else if (self->run_length > 1) {
    emit_pair (self);
    /* It stands with the pair that it ends: what follows is next to both. */
    if (self->mode == SONDE_TOKENIZER_DOCUMENT)
      emit_glyph (self, &self->glyph, TRUE);
  }
  self->run_length = 0;
}

static gboolean
is_name_suffix (const char *text, gsize length, gsize offset, gsize *suffix_length)
{
  gsize n;

  if (offset < length && text[offset] == '#')
    n = 1;
  else if (offset + 1 < length && text[offset] == '+' && text[offset + 1] == '+')
    n = 2;
  else
    return FALSE;

  *suffix_length = n;
  return offset + n == length || (!g_ascii_isalnum (text[offset + n]) && text[offset + n] != '+' &&
                                  text[offset + n] != '#' && (text[offset + n] & 0x80) == 0);
}

static void
emit_parts (Reader *self)
{
  self->parts[self->n_parts].offset = self->word_length;
  self->parts[self->n_parts].start = self->word_end;
  for (guint i = 0; i < self->n_parts; i++) {
    gsize offset = self->parts[i].offset, next = self->parts[i + 1].offset;

    if (next > offset + 1 && self->n_parts > 1)
      emit (self, self->word + offset, next - offset, self->parts[i].start,
            self->parts[i + 1].start, TRUE);
  }
}

static void
end_word (Reader *self, const char *text, gsize length)
{
  gsize n;

  if (!self->in_word)
    return;

  self->in_word = FALSE;
  if (self->word_length == 0)
    return;
  /* C++ and C# are found as such, and as a C. */
  if (self->word_ascii && self->word_length < SONDE_TOKEN_LENGTH &&
      is_name_suffix (text, length, self->word_end, &n)) {
    if (self->mode == SONDE_TOKENIZER_DOCUMENT)
      emit (self, self->word, self->word_length, self->word_start, self->word_end, FALSE);
    memcpy (self->word + self->word_length, text + self->word_end, n);
    emit (self, self->word, self->word_length + n, self->word_start, self->word_end + n,
          self->mode == SONDE_TOKENIZER_DOCUMENT);
    return;
  }

  emit (self, self->word, self->word_length, self->word_start, self->word_end, FALSE);
  if (self->mode == SONDE_TOKENIZER_DOCUMENT && self->n_parts > 1)
    emit_parts (self);
}

static void
begin_word (Reader *self, gsize start)
{
  self->in_word = TRUE;
  self->word_ascii = TRUE;
  self->word_start = start;
  self->word_length = 0;
  self->n_parts = 1;
  self->parts[0].offset = 0;
  self->parts[0].start = start;
  self->last_upper = self->last_lower = FALSE;
}

static void
begin_part (Reader *self, gsize offset, gsize start)
{
  if (offset > self->parts[self->n_parts - 1].offset && self->n_parts < MAX_PARTS) {
    self->parts[self->n_parts].offset = offset;
    self->parts[self->n_parts++].start = start;
  }
}

/* httpServer begins a part at the S, HTTPServer as well. */
static void
note_case (Reader *self, gboolean upper, gboolean lower, gsize start)
{
  if (upper && self->last_lower)
    begin_part (self, self->word_length, start);
  else if (lower && self->last_upper)
    begin_part (self, self->last_offset, self->last_start);

  self->last_offset = self->word_length;
  self->last_start = start;
  self->last_upper = upper;
  self->last_lower = lower;
}

static void
append (Reader *self, gunichar c)
{
  char text[6];
  gsize length = (gsize) g_unichar_to_utf8 (c, text);

  if (self->word_length + length <= SONDE_TOKEN_LENGTH) {
    memcpy (self->word + self->word_length, text, length);
    self->word_length += length;
  }
}

static void
read_letter (Reader *self, gunichar c, gsize start, gsize end)
{
  gunichar folded[MAX_FOLD];
  guint n = fold (c, folded);

  /* A mark with nothing below it is no word. */
  if (!self->in_word) {
    if (n == 0 || is_mark (c))
      return;
    begin_word (self, start);
  }
  self->word_ascii = FALSE;
  note_case (self, g_unichar_isupper (c), g_unichar_islower (c), start);
  for (guint i = 0; i < n; i++)
    append (self, folded[i]);
  self->word_end = end;
}

/* Sound marks of kana and the letters of a Hangul syllable, where they come apart. */
static gboolean
joins (gunichar c)
{
  return c == 0x3099 || c == 0x309a || (c >= 0x1161 && c <= 0x1175) || (c >= 0x11a8 && c <= 0x11c2);
}

static void
read_glyph (Reader *self, gunichar c, gsize start, gsize end)
{
  gunichar folded[MAX_FOLD];
  guint n = fold (c, folded);

  for (guint i = 0; i < n; i++) {
    gunichar composed;

    if (self->run_length > 0 && joins (folded[i]) &&
        g_unichar_compose (self->glyph.c, folded[i], &composed)) {
      self->glyph.c = composed;
      self->glyph.end = end;
      continue;
    }
    if (self->run_length > 1)
      emit_pair (self);
    self->before = self->glyph;
    self->glyph = (Glyph) { folded[i], start, end };
    self->run_length++;
  }
}

static void
read_ascii (Reader *self, char c, gsize start, const char *text, gsize length)
{
  gboolean upper = g_ascii_isupper (c);

  if (!g_ascii_isalnum (c)) {
    end_word (self, text, length);
    return;
  }

  if (!self->in_word)
    begin_word (self, start);
  note_case (self, upper, g_ascii_islower (c), start);
  if (self->word_length < SONDE_TOKEN_LENGTH)
    self->word[self->word_length++] = upper ? (char) (c | 0x20) : c;
  self->word_end = start + 1;
}

static void
read_other (Reader *self, gunichar c, gsize start, gsize end, const char *text, gsize length)
{
  Kind kind = get_kind (c);

  /* Marks belong to what they stand on. */
  if (kind == KIND_GLYPH && self->in_word && is_mark (c) && self->run_length == 0)
    kind = KIND_WORD;
  if (kind != KIND_GLYPH && kind != KIND_NOTHING)
    end_run (self);
  if (kind != KIND_WORD && kind != KIND_NOTHING)
    end_word (self, text, length);

  switch (kind) {
  case KIND_WORD:
    read_letter (self, c, start, end);
    break;
  case KIND_GLYPH:
    read_glyph (self, c, start, end);
    break;
  case KIND_EMOJI:
    emit_glyph (self, &(Glyph) { c, start, end }, FALSE);
    break;
  case KIND_SPACE:
  case KIND_NOTHING:
    break;
  }
}

/**
 * sonde_tokenizer_run:
 * @text: a text, UTF-8; bytes that are none separate words
 * @length: its length in bytes
 * @mode: what the words are for
 * @func: called with each word, in their order
 * @user_data: for @func
 *
 * Returns: what @func returned last
 */
int
sonde_tokenizer_run (const char *text,
                     gsize length,
                     SondeTokenizerMode mode,
                     SondeTokenFunc func,
                     gpointer user_data)
{
  Reader self;

  self.mode = mode;
  self.func = func;
  self.user_data = user_data;
  self.result = 0;
  self.in_word = FALSE;
  self.run_length = 0;

  for (gsize i = 0; i < length && self.result == 0;) {
    gunichar c = (guchar) text[i];
    gsize next = i + 1;

    if (c < 0x80) {
      end_run (&self);
      read_ascii (&self, text[i], i, text, length);
    } else {
      c = g_utf8_get_char_validated (text + i, (gssize) (length - i));
      /* A byte that is no character, and U+0000 of the other spelling. */
      if (c == (gunichar) -1 || c == (gunichar) -2)
        c = ' ';
      else
        next = i + (gsize) g_utf8_skip[(guchar) text[i]];
      read_other (&self, c, i, next, text, length);
    }
    i = next;
  }
  end_run (&self);
  end_word (&self, text, length);

  return self.result;
}
