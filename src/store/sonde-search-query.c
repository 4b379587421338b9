/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-search-query.h"

#include <string.h>

#include "sonde-tokenizer.h"

/* A shorter beginning of a word says nothing yet. */
#define PREFIX_LENGTH 2 /* characters */

/* What is searched grows with every key; nobody types more than this. */
#define MAX_LENGTH 1000 /* bytes */

/* A piece of the query between spaces, or between quotes. */
typedef struct {
  char *text;
  char *name;      /* what is before the colon, or NULL */
  gboolean quoted; /* the text, or the value behind the colon */
  gboolean excluded;
  gboolean last; /* the cursor may be in it */
} Piece;

typedef struct {
  GString *match, *phrases;
  GString *prefix_match, *prefix_phrases;
  GString *exclude;
} Builder;

static void
clear_piece (Piece *piece)
{
  g_clear_pointer (&piece->text, g_free);
  g_clear_pointer (&piece->name, g_free);
}

/* --- reading ------------------------------------------------------------------- */

static gboolean
is_quote (gunichar c)
{
  return c == '"' || c == 0x201c || c == 0x201d || c == 0x201e || c == 0xff02;
}

static gboolean
is_colon (gunichar c)
{
  return c == ':' || c == 0xff1a; /* as Chinese input methods write it */
}

static const char *
read_quoted (const char *p, GString *text)
{
  while (*p != '\0' && !is_quote (g_utf8_get_char (p))) {
    g_string_append_unichar (text, g_utf8_get_char (p));
    p = g_utf8_next_char (p);
  }

  return *p != '\0' ? g_utf8_next_char (p) : p;
}

static const char *
read_piece (const char *p, Piece *piece)
{
  g_autoptr (GString) text = g_string_new (NULL);

  *piece = (Piece) { NULL };
  if (*p == '-' && p[1] != '\0' && !g_unichar_isspace (g_utf8_get_char (p + 1))) {
    piece->excluded = TRUE;
    p++;
  }

  while (*p != '\0' && !g_unichar_isspace (g_utf8_get_char (p))) {
    gunichar c = g_utf8_get_char (p);

    p = g_utf8_next_char (p);
    if (is_quote (c) && text->len == 0) {
      piece->quoted = TRUE;
      p = read_quoted (p, text);
      break;
    }
    if (is_colon (c) && piece->name == NULL && text->len > 0) {
      piece->name = g_ascii_strdown (text->str, -1);
      g_string_truncate (text, 0);
      continue;
    }
    g_string_append_unichar (text, c);
  }
  piece->text = g_strdup (text->str);
  piece->last = *p == '\0';

  return p;
}

/* --- times --------------------------------------------------------------------- */

/* A year, a month or a day, in the local time: its beginning. */
static gboolean
parse_time (const char *text, gint64 *time)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", 4);
  gint64 numbers[] = { 0, 1, 1 };
  g_autoptr (GDateTime) date = NULL;
  guint n = g_strv_length (parts);

  if (n == 0 || n > 3 || strlen (parts[0]) != 4)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    gint64 number;

    if (!g_ascii_string_to_signed (parts[i], 10, 1, 9999, &number, NULL))
      return FALSE;
    numbers[i] = number;
  }

  date = g_date_time_new_local ((int) numbers[0], (int) MIN (numbers[1], 99),
                                (int) MIN (numbers[2], 99), 0, 0, 0);
  if (date == NULL)
    return FALSE;

  *time = g_date_time_to_unix (date) * G_USEC_PER_SEC;
  return TRUE;
}

/* --- filters ------------------------------------------------------------------- */

static gboolean
set_text (char **field, const char *value)
{
  g_set_str (field, value);

  return TRUE;
}

static gboolean
set_flag (gboolean *field)
{
  *field = TRUE;

  return TRUE;
}

static gboolean
set_scope (SondeSearchQuery *self, SondeSearchScope scope)
{
  self->scope = scope;

  return TRUE;
}

static gboolean
apply_in (SondeSearchQuery *self, const Piece *piece)
{
  if (!piece->quoted && g_ascii_strcasecmp (piece->text, "trash") == 0)
    return set_scope (self, SONDE_SEARCH_TRASH);
  if (!piece->quoted && g_ascii_strcasecmp (piece->text, "archive") == 0)
    return set_scope (self, SONDE_SEARCH_ARCHIVE);

  return set_text (&self->folder, piece->text);
}

static gboolean
apply_has (SondeSearchQuery *self, const char *value)
{
  if (g_ascii_strcasecmp (value, "code") == 0)
    return set_flag (&self->has_code);
  if (g_ascii_strcasecmp (value, "reasoning") == 0)
    return set_flag (&self->has_reasoning);
  if (g_ascii_strcasecmp (value, "file") == 0)
    return set_flag (&self->has_file);

  return FALSE;
}

static gboolean
apply_is (SondeSearchQuery *self, const char *value)
{
  if (g_ascii_strcasecmp (value, "pinned") == 0)
    return set_flag (&self->pinned);
  if (g_ascii_strcasecmp (value, "unread") == 0)
    return set_flag (&self->unread);
  if (g_ascii_strcasecmp (value, "archived") == 0)
    return set_scope (self, SONDE_SEARCH_ARCHIVE);
  if (g_ascii_strcasecmp (value, "trashed") == 0)
    return set_scope (self, SONDE_SEARCH_TRASH);

  return FALSE;
}

/* Returns whether the piece is a filter. */
static gboolean
apply_filter (SondeSearchQuery *self, const Piece *piece)
{
  static const char *const names[] = { "model", "in", "before", "after", "has", "is", NULL };

  if (piece->name == NULL || piece->excluded || !g_strv_contains (names, piece->name))
    return FALSE;
  /* It is being typed. */
  if (*piece->text == '\0')
    return piece->last;

  if (g_str_equal (piece->name, "model"))
    return set_text (&self->model, piece->text);
  if (g_str_equal (piece->name, "in"))
    return apply_in (self, piece);
  if (g_str_equal (piece->name, "before"))
    return parse_time (piece->text, &self->before);
  if (g_str_equal (piece->name, "after"))
    return parse_time (piece->text, &self->after);
  if (g_str_equal (piece->name, "has"))
    return apply_has (self, piece->text);

  return apply_is (self, piece->text);
}

/* --- words --------------------------------------------------------------------- */

static int
add_cb (const SondeToken *token, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strndup (token->text, token->length));

  return 0;
}

static GPtrArray *
split (const char *text, SondeTokenizerMode mode)
{
  GPtrArray *tokens = g_ptr_array_new_with_free_func (g_free);

  sonde_tokenizer_run (text, strlen (text), mode, add_cb, tokens);

  return tokens;
}

static void
append_string (GString *expression, const char *text)
{
  g_string_append_c (expression, '"');
  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '"')
      g_string_append_c (expression, '"');
    g_string_append_c (expression, *c);
  }
  g_string_append_c (expression, '"');
}

/* Of scripts without spaces, pairs and single characters are found as they are. */
static gboolean
has_spaces (const char *token)
{
  return g_utf8_get_char (token) < 0x0e00;
}

/* A name in camelCase is also found where another has its parts. */
static void
append_word (GString *expression, const char *text, const GPtrArray *tokens, gboolean quoted)
{
  g_autoptr (GPtrArray) parts = NULL;

  if (!quoted && tokens->len == 1 && has_spaces (g_ptr_array_index (tokens, 0)) &&
      !g_str_has_suffix (text, "*"))
    parts = split (text, SONDE_TOKENIZER_DOCUMENT);
  if (parts == NULL || parts->len < 3) {
    append_string (expression, text);
    return;
  }

  g_string_append_c (expression, '(');
  append_string (expression, text);
  g_string_append (expression, " OR (");
  for (guint i = 1; i < parts->len; i++) {
    if (i > 1)
      g_string_append (expression, " AND ");
    append_string (expression, g_ptr_array_index (parts, i));
  }
  g_string_append (expression, "))");
}

static gboolean
can_be_prefix (const char *token)
{
  return has_spaces (token) && g_utf8_strlen (token, -1) >= PREFIX_LENGTH;
}

static void
add_to (GString *list, const char *separator)
{
  if (list->len > 0)
    g_string_append (list, separator);
}

static void
add_words (Builder *self, const Piece *piece)
{
  g_autofree char *text = piece->name != NULL ? g_strconcat (piece->name, " ", piece->text, NULL)
                                              : g_strdup (piece->text);
  g_autoptr (GPtrArray) tokens = split (text, SONDE_TOKENIZER_QUERY);
  gboolean starred = !piece->quoted && g_str_has_suffix (text, "*");

  if (tokens->len == 0)
    return;
  if (piece->excluded) {
    add_to (self->exclude, " OR ");
    append_string (self->exclude, text);
    return;
  }

  if (piece->last && !piece->quoted && !starred &&
      can_be_prefix (g_ptr_array_index (tokens, tokens->len - 1))) {
    g_string_assign (self->prefix_match, self->match->str);
    g_string_assign (self->prefix_phrases, self->phrases->str);
    add_to (self->prefix_match, " AND ");
    add_to (self->prefix_phrases, "\n");
    append_string (self->prefix_match, text);
    g_string_append (self->prefix_match, " *");
    g_string_append_printf (self->prefix_phrases, "%s*", text);
  }

  add_to (self->match, " AND ");
  add_to (self->phrases, "\n");
  append_word (self->match, text, tokens, piece->quoted);
  if (starred)
    g_string_append (self->match, " *");
  g_string_append (self->phrases, text);
}

static char *
end_list (GString *list)
{
  gboolean empty = list->len == 0;

  return g_string_free (list, empty);
}

/**
 * sonde_search_query_parse:
 * @text: what somebody typed, UTF-8
 *
 * Understands words, quoted phrases, words to leave out (`-word`) and filters
 * (`model:pro`, `in:folder`, `before:2026-05`, `after:2026-05-01`, `has:code`, `has:file`,
 * `is:pinned`). There is nothing that is wrong: what is not understood is a word.
 *
 * Returns: (transfer full): the query
 */
SondeSearchQuery *
sonde_search_query_parse (const char *text)
{
  SondeSearchQuery *self = g_new0 (SondeSearchQuery, 1);
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) strnlen (text, MAX_LENGTH));
  Builder builder = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL),
                      g_string_new (NULL), g_string_new (NULL) };

  self->before = G_MAXINT64;
  self->after = G_MININT64;
  for (const char *p = valid; *p != '\0';) {
    Piece piece;

    if (g_unichar_isspace (g_utf8_get_char (p))) {
      p = g_utf8_next_char (p);
      continue;
    }
    p = read_piece (p, &piece);
    if (!apply_filter (self, &piece))
      add_words (&builder, &piece);
    clear_piece (&piece);
  }

  self->match = end_list (builder.match);
  self->phrases = g_string_free (builder.phrases, FALSE);
  self->prefix_match = end_list (builder.prefix_match);
  self->prefix_phrases = end_list (builder.prefix_phrases);
  self->exclude = end_list (builder.exclude);

  return self;
}

/**
 * sonde_search_query_free:
 * @self: (transfer full): a query
 */
void
sonde_search_query_free (SondeSearchQuery *self)
{
  g_free (self->match);
  g_free (self->phrases);
  g_free (self->prefix_match);
  g_free (self->prefix_phrases);
  g_free (self->exclude);
  g_free (self->model);
  g_free (self->folder);
  g_free (self);
}

/**
 * sonde_search_query_is_empty:
 * @self: a query
 *
 * Returns: whether it asks for nothing, so that nothing is to be found
 */
gboolean
sonde_search_query_is_empty (const SondeSearchQuery *self)
{
  return self->match == NULL && self->exclude == NULL && self->folder == NULL && !self->pinned &&
         !self->unread && self->scope == SONDE_SEARCH_USUAL &&
         !sonde_search_query_is_about_messages (self);
}

/**
 * sonde_search_query_is_about_messages:
 * @self: a query
 *
 * Returns: whether it asks for what only a message has, not the title of a conversation
 */
gboolean
sonde_search_query_is_about_messages (const SondeSearchQuery *self)
{
  return self->model != NULL || self->before != G_MAXINT64 || self->after != G_MININT64 ||
         self->has_code || self->has_reasoning || self->has_file;
}
