/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Takes a JSON document of any size apart, byte by byte, into the values that are
 * wanted of it, so that only one of them is in memory at a time. What is taken is
 * checked by who parses it; what is passed over only has to be balanced. */

#include "sonde-json-splitter.h"

#include <string.h>

#include "sonde-transfer.h"

#define MAX_KEY   256
#define MAX_DEPTH 256 /* of a value that is taken: json-glib parses by recursion */

typedef enum {
  STATE_START,      /* before the document */
  STATE_KEY,        /* a key, or the end of an object that has none */
  STATE_NEXT_KEY,   /* a key behind a comma */
  STATE_IN_KEY,     /* inside a key */
  STATE_COLON,      /* behind a key */
  STATE_VALUE,      /* a value, or the end of an array that has none */
  STATE_NEXT_VALUE, /* a value behind a colon or a comma */
  STATE_IN_VALUE,   /* inside a value that is taken or passed over */
  STATE_COMMA,      /* behind a value */
  STATE_END,        /* behind the document */
} State;

typedef struct {
  gboolean object;
  char key[MAX_KEY + 1];
} Level;

struct _SondeJsonSplitter {
  gsize max_size;
  guint max_items;
  SondeJsonWishFunc wish;
  gpointer user_data;

  State state;
  guint n_start; /* bytes of a byte order mark */
  Level levels[SONDE_JSON_PATH_LENGTH];
  guint n_levels;
  gsize key_length;
  gboolean key_escaped;

  gboolean taking;
  gboolean in_string;
  gboolean escaped;
  gboolean scalar; /* a number or a word: ends before what comes behind it */
  gsize depth;
  guint items;
  guint8 nesting[MAX_DEPTH]; /* whether each level of the value is an object */
  GString *text;
  const char *path[SONDE_JSON_PATH_LENGTH];
};

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static gssize
fail (GError **error)
{
  g_set_error_literal (error, SONDE_TRANSFER_ERROR, SONDE_TRANSFER_ERROR_DAMAGED,
                       "The file is not valid JSON");
  return -1;
}

static void
enter (SondeJsonSplitter *self, gboolean object)
{
  Level *level = &self->levels[self->n_levels];

  level->object = object;
  level->key[0] = '\0';
  self->path[self->n_levels] = level->key;
  self->n_levels++;
  self->state = object ? STATE_KEY : STATE_VALUE;
}

static void
leave (SondeJsonSplitter *self)
{
  self->n_levels--;
  self->state = self->n_levels == 0 ? STATE_END : STATE_COMMA;
}

static void
begin_value (SondeJsonSplitter *self, char c)
{
  SondeJsonWish wish = self->wish (self->path, self->n_levels, self->user_data);

  if (wish == SONDE_JSON_ENTER && (c == '{' || c == '[') &&
      self->n_levels < SONDE_JSON_PATH_LENGTH) {
    enter (self, c == '{');
    return;
  }

  self->taking = wish == SONDE_JSON_TAKE;
  self->in_string = FALSE;
  self->escaped = FALSE;
  self->scalar = c != '{' && c != '[' && c != '"';
  self->depth = 0;
  self->items = 0;
  g_string_truncate (self->text, 0);
  self->state = STATE_IN_VALUE;
}

/* Stops taking the value at hand, which goes on being passed over. */
static void
drop_value (SondeJsonSplitter *self)
{
  self->taking = FALSE;
  g_string_free (self->text, TRUE);
  self->text = g_string_new (NULL);
}

/* Where the string or the plain text at @at ends, at @end at the latest. */
static const char *
find_special (SondeJsonSplitter *self, const char *at, const char *end)
{
  if (self->in_string) {
    while (at < end && *at != '"' && *at != '\\')
      at++;
  } else {
    while (at < end && strchr ("\"[]{},:", *at) == NULL && !is_space (*at))
      at++;
  }

  return at;
}

/* Goes on in the value at hand. Returns what was consumed, or -1. */
static gssize
feed_value (SondeJsonSplitter *self,
            const char *data,
            gsize length,
            SondeJsonEvent *event,
            GError **error)
{
  const char *end = data + length;
  const char *at = data;
  gboolean done = FALSE;

  while (at < end && !done) {
    char c = *at;

    if (self->escaped) {
      self->escaped = FALSE;
    } else if (self->in_string) {
      at = find_special (self, at, end);
      if (at == end)
        break;
      if (*at == '\\') {
        self->escaped = TRUE;
      } else {
        self->in_string = FALSE;
        done = self->depth == 0;
      }
    } else if (self->scalar) {
      /* A number or a word: what ends it belongs to the level above. */
      at = find_special (self, at, end);
      if (at == end)
        break;
      done = TRUE;
      break;
    } else if (c == '"') {
      self->in_string = TRUE;
    } else if (c == '{' || c == '[') {
      if (self->depth < MAX_DEPTH)
        self->nesting[self->depth] = c == '{';
      self->depth++;
      self->items++;
      if (self->taking && self->depth > MAX_DEPTH) {
        drop_value (self);
        *event = SONDE_JSON_TOO_DEEP;
        return at + 1 - data;
      }
    } else if (c == '}' || c == ']') {
      self->depth--;
      if (self->depth < MAX_DEPTH && self->nesting[self->depth] != (c == '}'))
        return fail (error);
      done = self->depth == 0;
    } else if (c == ',' || c == ':') {
      self->items++;
    } else {
      at = find_special (self, at, end);
      if (at < end && (*at == '\0' || is_space (*at)))
        at++;
      continue;
    }
    at++;
  }

  if (self->taking) {
    if (self->text->len + (gsize) (at - data) > self->max_size || self->items > self->max_items) {
      drop_value (self);
      *event = SONDE_JSON_TOO_LARGE;
      if (done)
        self->state = STATE_COMMA;
      return at - data;
    }
    g_string_append_len (self->text, data, at - data);
  }
  if (done) {
    self->state = STATE_COMMA;
    if (self->taking)
      *event = SONDE_JSON_VALUE;
  }

  return at - data;
}

static void
feed_key (SondeJsonSplitter *self, char c)
{
  Level *level = &self->levels[self->n_levels - 1];

  if (!self->key_escaped && c == '"') {
    level->key[self->key_length <= MAX_KEY ? self->key_length : 0] = '\0';
    self->state = STATE_COLON;
    return;
  }

  self->key_escaped = !self->key_escaped && c == '\\';
  if (self->key_length < MAX_KEY)
    level->key[self->key_length] = c;
  if (self->key_length <= MAX_KEY)
    self->key_length++;
}

/* Goes on at a byte between values. Returns what was consumed, 0 or 1, or -1. */
static gssize
feed_byte (SondeJsonSplitter *self, char c, GError **error)
{
  static const char mark[] = "\xef\xbb\xbf";

  if (self->state != STATE_IN_KEY && is_space (c))
    return 1;

  switch (self->state) {
  case STATE_START:
    if (self->n_start < 3 && c == mark[self->n_start]) {
      self->n_start++;
      return 1;
    }
    if (c != '{' && c != '[')
      return fail (error);
    enter (self, c == '{');
    return 1;
  case STATE_KEY:
  case STATE_NEXT_KEY:
    if (c == '}' && self->state == STATE_KEY) {
      leave (self);
      return 1;
    }
    if (c != '"')
      return fail (error);
    self->key_length = 0;
    self->key_escaped = FALSE;
    self->state = STATE_IN_KEY;
    return 1;
  case STATE_IN_KEY:
    feed_key (self, c);
    return 1;
  case STATE_COLON:
    if (c != ':')
      return fail (error);
    self->state = STATE_NEXT_VALUE;
    return 1;
  case STATE_VALUE:
  case STATE_NEXT_VALUE:
    if (c == ']' && self->state == STATE_VALUE) {
      leave (self);
      return 1;
    }
    if (strchr (",:]}", c) != NULL)
      return fail (error);
    begin_value (self, c);
    return self->state == STATE_IN_VALUE ? 0 : 1;
  case STATE_COMMA: {
    gboolean object = self->levels[self->n_levels - 1].object;

    if (c == ',')
      self->state = object ? STATE_NEXT_KEY : STATE_NEXT_VALUE;
    else if (c == (object ? '}' : ']'))
      leave (self);
    else
      return fail (error);
    return 1;
  }
  case STATE_END:
    return fail (error);
  case STATE_IN_VALUE:
    break;
  }

  g_assert_not_reached ();
}

/**
 * sonde_json_splitter_new:
 * @max_size: the most bytes of a value that is taken
 * @max_items: the most brackets, commas and colons in such a value: what a parser makes of
 *   each is far larger than the byte
 * @wish: what to do with each value on the way
 * @user_data: what to hand to @wish
 *
 * Returns: (transfer full): a splitter for one document, an array or an object
 */
SondeJsonSplitter *
sonde_json_splitter_new (gsize max_size,
                         guint max_items,
                         SondeJsonWishFunc wish,
                         gpointer user_data)
{
  SondeJsonSplitter *self = g_new0 (SondeJsonSplitter, 1);

  self->max_size = max_size;
  self->max_items = max_items;
  self->wish = wish;
  self->user_data = user_data;
  self->text = g_string_new (NULL);

  return self;
}

/**
 * sonde_json_splitter_free:
 * @self: (transfer full): a splitter
 */
void
sonde_json_splitter_free (SondeJsonSplitter *self)
{
  g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * sonde_json_splitter_feed:
 * @self: a splitter
 * @data: (array length=length): what comes next of the document
 * @length: its length in bytes
 * @event: (out): what came of it
 * @error: return location for %SONDE_TRANSFER_ERROR_DAMAGED
 *
 * Consumes up to the next event.
 *
 * Returns: how much was consumed, or -1 where the document is not JSON
 */
gssize
sonde_json_splitter_feed (SondeJsonSplitter *self,
                          const char *data,
                          gsize length,
                          SondeJsonEvent *event,
                          GError **error)
{
  gsize at = 0;

  *event = SONDE_JSON_NOTHING;
  while (at < length && *event == SONDE_JSON_NOTHING) {
    gssize consumed;

    if (self->state == STATE_IN_VALUE)
      consumed = feed_value (self, data + at, length - at, event, error);
    else
      consumed = feed_byte (self, data[at], error);
    if (consumed < 0)
      return -1;
    at += (gsize) consumed;
  }

  return (gssize) at;
}

/**
 * sonde_json_splitter_finish:
 * @self: a splitter
 * @error: return location for %SONDE_TRANSFER_ERROR_DAMAGED
 *
 * Returns: whether the document was whole
 */
gboolean
sonde_json_splitter_finish (SondeJsonSplitter *self, GError **error)
{
  if (self->state == STATE_END)
    return TRUE;

  g_set_error_literal (error, SONDE_TRANSFER_ERROR, SONDE_TRANSFER_ERROR_DAMAGED,
                       "The file ends too early");
  return FALSE;
}

/**
 * sonde_json_splitter_get_path:
 * @self: a splitter that has come to an event
 * @depth: (out): how many keys
 *
 * Returns: (transfer none) (array length=depth): the keys that lead to the value of the event
 */
const char *const *
sonde_json_splitter_get_path (SondeJsonSplitter *self, guint *depth)
{
  *depth = self->n_levels;
  return self->path;
}

/**
 * sonde_json_splitter_get_text:
 * @self: a splitter that has come to %SONDE_JSON_VALUE
 *
 * Returns: (transfer none): the value's text, until the splitter is fed again
 */
const GString *
sonde_json_splitter_get_text (SondeJsonSplitter *self)
{
  return self->text;
}
