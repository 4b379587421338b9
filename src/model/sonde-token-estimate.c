/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-token-estimate.h"

#include <string.h>

/* Tenths of a token that a character takes. */
#define LATIN 3
#define CJK   6

/* Chinese, Japanese and Korean: the blocks from the radicals to the ideographs, Hangul, the
 * compatibility forms and the supplementary ideographs. */
static gboolean
is_cjk (gunichar c)
{
  return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7af) ||
         (c >= 0xf900 && c <= 0xfaff) || (c >= 0xff00 && c <= 0xffef) ||
         (c >= 0x20000 && c <= 0x3ffff);
}

/**
 * sonde_token_estimate_tenths:
 * @text: (nullable): UTF-8
 * @length: its bytes; -1 where it ends with a NUL
 *
 * Returns: about how many tokens @text has, in tenths of a token: 0.3 for a Latin character and
 *   0.6 for a Chinese one, as the service's manual has it
 */
gint64
sonde_token_estimate_tenths (const char *text, gssize length)
{
  const char *end;
  gint64 tenths = 0;

  if (text == NULL)
    return 0;

  end = text + (length < 0 ? strlen (text) : (gsize) length);
  while (text < end) {
    /* Most of a text is this, and it is read a byte at a time. */
    if ((guchar) *text < 0x80) {
      tenths += LATIN;
      text++;
    } else {
      tenths += is_cjk (g_utf8_get_char (text)) ? CJK : LATIN;
      text = g_utf8_next_char (text);
    }
  }

  return tenths;
}

/**
 * sonde_token_estimate_message:
 * @message: a message
 *
 * Returns: about how many tokens its content and its files have, in tenths of a token; what was
 *   thought is not sent again
 */
gint64
sonde_token_estimate_message (SondeMessage *message)
{
  GPtrArray *files = sonde_message_get_attachments (message);
  gint64 tenths = sonde_token_estimate_tenths (
    sonde_message_get_text (message, SONDE_TEXT_CONTENT),
    (gssize) sonde_message_get_text_length (message, SONDE_TEXT_CONTENT));

  for (guint i = 0; files != NULL && i < files->len; i++)
    tenths += 10 * sonde_attachment_get_tokens (g_ptr_array_index (files, i));

  return tenths;
}
