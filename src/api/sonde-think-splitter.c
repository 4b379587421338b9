/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-think-splitter.h"

#include <string.h>

#define OPENING "<think>"
#define CLOSING "</think>"

typedef enum {
  PLACE_BEFORE,   /* nothing but white space has come */
  PLACE_THINKING, /* between the tags */
  PLACE_BETWEEN,  /* nothing but white space has come behind the closing tag */
  PLACE_ANSWER,
} Place;

/**
 * SondeThinkSplitter:
 *
 * Tells the reasoning from the answer where a server leaves both in the content, as
 * `<think>reasoning</think>answer` (contract.md section 10, row 28).
 *
 * Only tags at the very beginning count: in an answer they are text. They may be split
 * anywhere; what could become a tag is held back until it is known.
 */
struct _SondeThinkSplitter {
  Place place;
  GString *held;
};

/**
 * sonde_think_splitter_new:
 *
 * Returns: (transfer full): a splitter for one answer
 */
SondeThinkSplitter *
sonde_think_splitter_new (void)
{
  SondeThinkSplitter *self = g_new0 (SondeThinkSplitter, 1);

  self->held = g_string_new (NULL);

  return self;
}

/* How many bytes at the end of @text could be the beginning of @tag. */
static gsize
measure_beginning (const GString *text, const char *tag)
{
  for (gsize length = MIN (text->len, strlen (tag) - 1); length > 0; length--)
    if (memcmp (text->str + text->len - length, tag, length) == 0)
      return length;

  return 0;
}

static void
skip_held_space (SondeThinkSplitter *self)
{
  gsize blank = 0;

  while (g_ascii_isspace (self->held->str[blank]))
    blank++;
  g_string_erase (self->held, 0, (gssize) blank);
}

/* Takes what is decided from the held text; FALSE: more must come first. */
static gboolean
advance (SondeThinkSplitter *self, GString *reasoning, GString *content)
{
  GString *held = self->held;
  const char *tag;
  gsize beginning;

  switch (self->place) {
  case PLACE_BEFORE: {
    const char *begin = held->str;

    while (g_ascii_isspace (*begin))
      begin++;
    if (g_str_has_prefix (begin, OPENING)) {
      g_string_erase (held, 0, begin - held->str + (gssize) strlen (OPENING));
      self->place = PLACE_THINKING;
      return TRUE;
    }
    if (g_str_has_prefix (OPENING, begin))
      return FALSE;
    self->place = PLACE_ANSWER;
    return TRUE;
  }
  case PLACE_THINKING:
    tag = strstr (held->str, CLOSING);
    if (tag != NULL) {
      g_string_append_len (reasoning, held->str, tag - held->str);
      g_string_erase (held, 0, tag - held->str + (gssize) strlen (CLOSING));
      self->place = PLACE_BETWEEN;
      return TRUE;
    }
    beginning = measure_beginning (held, CLOSING);
    g_string_append_len (reasoning, held->str, (gssize) (held->len - beginning));
    g_string_erase (held, 0, (gssize) (held->len - beginning));
    return FALSE;
  case PLACE_BETWEEN:
    skip_held_space (self);
    if (held->len == 0)
      return FALSE;
    self->place = PLACE_ANSWER;
    return TRUE;
  case PLACE_ANSWER:
    g_string_append_len (content, held->str, (gssize) held->len);
    g_string_truncate (held, 0);
    return FALSE;
  }

  g_return_val_if_reached (FALSE);
}

/**
 * sonde_think_splitter_push:
 * @self: a splitter
 * @text: the next piece of the content
 * @reasoning: what of it is reasoning is appended here
 * @content: and the rest here
 */
void
sonde_think_splitter_push (SondeThinkSplitter *self,
                           const char *text,
                           GString *reasoning,
                           GString *content)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  g_string_append (self->held, text);
  while (advance (self, reasoning, content))
    ;
}

/**
 * sonde_think_splitter_end:
 * @self: a splitter
 * @reasoning: gets what was held back
 * @content: or this
 *
 * Nothing more will come: what could have become a tag is text.
 */
void
sonde_think_splitter_end (SondeThinkSplitter *self, GString *reasoning, GString *content)
{
  GString *target;

  g_return_if_fail (self != NULL);

  target = self->place == PLACE_THINKING ? reasoning : content;
  g_string_append_len (target, self->held->str, (gssize) self->held->len);
  g_string_truncate (self->held, 0);
}

/**
 * sonde_think_splitter_free:
 * @self: (transfer full): a splitter
 */
void
sonde_think_splitter_free (SondeThinkSplitter *self)
{
  g_string_free (self->held, TRUE);
  g_free (self);
}
