/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-snippet.h"

#include <string.h>

#include "sonde-tokenizer.h"

#define BEFORE      48  /* bytes of text before the first match, about */
#define LENGTH      220 /* bytes of a snippet, about */
#define MAX_MATCHES 64  /* more of a text are not looked at */
#define MAX_PHRASES 32
#define MAX_TOKENS  32 /* of a phrase */

typedef struct {
  GPtrArray *tokens; /* of char * */
  gboolean prefix;   /* the last one may go on */
  /* How far the phrase is matched at the place before and at this one: for every
   * number of tokens where the match began, or -1. */
  gssize before[MAX_TOKENS];
  gssize here[MAX_TOKENS];
} Phrase;

typedef struct {
  gsize start, end;
  guint phrase;
} Match;

/**
 * SondeSnippet:
 *
 * Cuts from a text the piece that shows best why it was found, and marks the
 * matches in it. SQLite's own does not know words that overlap.
 */
struct _SondeSnippet {
  GPtrArray *phrases; /* of Phrase */
  GArray *matches;    /* of Match */
};

static void
phrase_free (Phrase *phrase)
{
  g_ptr_array_unref (phrase->tokens);
  g_free (phrase);
}

static int
add_token_cb (const SondeToken *token, gpointer user_data)
{
  Phrase *phrase = user_data;

  if (phrase->tokens->len < MAX_TOKENS)
    g_ptr_array_add (phrase->tokens, g_strndup (token->text, token->length));

  return 0;
}

/**
 * sonde_snippet_new:
 * @phrases: what is searched: phrases, each on a line of its own; one that ends in `*`
 *   may go on
 *
 * Returns: (transfer full): what makes snippets of it
 */
SondeSnippet *
sonde_snippet_new (const char *phrases)
{
  SondeSnippet *self = g_new0 (SondeSnippet, 1);
  g_auto (GStrv) lines = g_strsplit (phrases, "\n", MAX_PHRASES);

  self->phrases = g_ptr_array_new_with_free_func ((GDestroyNotify) phrase_free);
  self->matches = g_array_new (FALSE, FALSE, sizeof (Match));
  for (guint i = 0; lines[i] != NULL; i++) {
    Phrase *phrase = g_new0 (Phrase, 1);
    gsize length = strlen (lines[i]);

    phrase->tokens = g_ptr_array_new_with_free_func (g_free);
    phrase->prefix = g_str_has_suffix (lines[i], "*");
    sonde_tokenizer_run (lines[i], length - phrase->prefix, SONDE_TOKENIZER_QUERY, add_token_cb,
                         phrase);
    if (phrase->tokens->len > 0)
      g_ptr_array_add (self->phrases, phrase);
    else
      phrase_free (phrase);
  }

  return self;
}

/**
 * sonde_snippet_free:
 * @self: (transfer full): what makes snippets
 */
void
sonde_snippet_free (SondeSnippet *self)
{
  g_ptr_array_unref (self->phrases);
  g_array_unref (self->matches);
  g_free (self);
}

static gboolean
token_matches (const SondeToken *token, const char *wanted, gboolean prefix)
{
  gsize length = strlen (wanted);

  return (token->length == length || (prefix && token->length > length)) &&
         memcmp (token->text, wanted, length) == 0;
}

static void
match_phrase (SondeSnippet *self, guint index, const SondeToken *token)
{
  Phrase *phrase = g_ptr_array_index (self->phrases, index);
  guint n = phrase->tokens->len;

  if (!token->same_place) {
    memcpy (phrase->before, phrase->here, sizeof *phrase->here * n);
    for (guint i = 0; i < n; i++)
      phrase->here[i] = -1;
  }
  for (guint i = 0; i < n; i++) {
    gboolean last = i == n - 1;

    if ((i > 0 && (phrase->before[i - 1] < 0 || phrase->here[i] >= 0)) ||
        !token_matches (token, g_ptr_array_index (phrase->tokens, i), phrase->prefix && last))
      continue;
    phrase->here[i] = i == 0 ? (gssize) token->start : phrase->before[i - 1];
    if (last) {
      Match match = { (gsize) phrase->here[i], token->end, index };

      g_array_append_val (self->matches, match);
    }
  }
}

static int
match_cb (const SondeToken *token, gpointer user_data)
{
  SondeSnippet *self = user_data;

  for (guint i = 0; i < self->phrases->len; i++)
    match_phrase (self, i, token);

  return self->matches->len >= MAX_MATCHES;
}

static int
compare_matches (gconstpointer a, gconstpointer b)
{
  const Match *x = a, *y = b;

  return (x->start > y->start) - (x->start < y->start);
}

static void
find_matches (SondeSnippet *self, const char *text, gsize length)
{
  g_array_set_size (self->matches, 0);
  for (guint i = 0; i < self->phrases->len; i++) {
    Phrase *phrase = g_ptr_array_index (self->phrases, i);

    for (guint j = 0; j < phrase->tokens->len; j++)
      phrase->here[j] = phrase->before[j] = -1;
  }
  sonde_tokenizer_run (text, length, SONDE_TOKENIZER_DOCUMENT, match_cb, self);
  g_array_sort (self->matches, compare_matches);
}

/* The first of the matches that has the most different phrases behind it. */
static gsize
choose_start (SondeSnippet *self)
{
  gsize best_start = 0;
  guint best = 0;

  for (guint i = 0; i < self->matches->len; i++) {
    const Match *first = &g_array_index (self->matches, Match, i);
    guint32 phrases = 0;
    guint n = 0;

    for (guint j = i; j < self->matches->len; j++) {
      const Match *match = &g_array_index (self->matches, Match, j);

      if (match->end > first->start + LENGTH - BEFORE)
        break;
      if ((phrases & (1u << match->phrase)) == 0)
        n++;
      phrases |= 1u << match->phrase;
    }
    if (n > best || i == 0) {
      best = n;
      best_start = first->start;
    }
  }

  return best_start;
}

/* Where the snippet begins: before @start, at the beginning of a word where one is near. */
static gsize
step_back (const char *text, gsize start)
{
  gsize begin, word;

  if (start <= BEFORE)
    return 0;

  begin = start - BEFORE;
  for (word = begin; word < begin + BEFORE / 2; word++)
    if (g_ascii_isspace (text[word]))
      return word + 1;
  while ((text[begin] & 0xc0) == 0x80)
    begin++;

  return begin;
}

static gsize
step_forward (const char *text, gsize length, gsize begin)
{
  gsize end = begin + LENGTH;

  if (end >= length)
    return length;
  for (gsize word = end; word > end - 24; word--)
    if (g_ascii_isspace (text[word]))
      return word;
  while ((text[end] & 0xc0) == 0x80)
    end--;

  return end;
}

/* One line without control characters and without more than one space at a time. */
static void
append_byte (GString *snippet, char c)
{
  if ((guchar) c > ' ' && c != '\177')
    g_string_append_c (snippet, c);
  else if (snippet->len > 0 && snippet->str[snippet->len - 1] != ' ')
    g_string_append_c (snippet, ' ');
}

/**
 * sonde_snippet_make:
 * @self: what makes snippets
 * @text: a text, UTF-8
 * @length: its length in bytes
 *
 * Returns: (transfer full): a line of the text with the matches marked; its beginning where
 *   it has none
 */
char *
sonde_snippet_make (SondeSnippet *self, const char *text, gsize length)
{
  GString *snippet = g_string_sized_new (LENGTH + 32);
  gsize begin, end, i;

  find_matches (self, text, length);
  begin = step_back (text, choose_start (self));
  end = step_forward (text, length, begin);

  if (begin > 0)
    g_string_append (snippet, "…");
  i = begin;
  for (guint m = 0; m < self->matches->len; m++) {
    const Match *match = &g_array_index (self->matches, Match, m);
    gsize match_end = MIN (match->end, end);

    if (match->start < begin || match_end <= i || match->start >= end)
      continue;
    /* Words that overlap or touch are one mark. */
    if (match->start <= i && snippet->len > 0 &&
        snippet->str[snippet->len - 1] == SONDE_SNIPPET_END) {
      g_string_truncate (snippet, snippet->len - 1);
    } else {
      for (; i < match->start; i++)
        append_byte (snippet, text[i]);
      g_string_append_c (snippet, SONDE_SNIPPET_BEGIN);
    }
    for (; i < match_end; i++)
      append_byte (snippet, text[i]);
    g_string_append_c (snippet, SONDE_SNIPPET_END);
  }
  for (; i < end; i++)
    append_byte (snippet, text[i]);
  if (end < length)
    g_string_append (snippet, "…");

  return g_string_free (snippet, FALSE);
}
