/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-demo-logprobs.h"

#include <string.h>

#include "sonde-demo-text.h"

/* Millionths: repeatable, and the same in every locale. */
static void
append_entry (GString *out, const char *token, gsize length, guint millionths)
{
  g_string_append (out, "{\"token\":");
  sonde_demo_text_append_json (out, token, (gssize) length);
  g_string_append_printf (out, ",\"logprob\":-%u.%06u,\"bytes\":[", millionths / 1000000,
                          millionths % 1000000);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (out, "%s%u", i > 0 ? "," : "", (guint) (guchar) token[i]);
  g_string_append_c (out, ']');
}

static void
append_token (GString *out, const char *token, gsize length, gint64 top)
{
  const guint millionths = (guint) (length * 31250 + (guchar) token[0]);

  append_entry (out, token, length, millionths);
  g_string_append (out, ",\"top_logprobs\":[");
  for (gint64 i = 0; i < top; i++) {
    g_autofree char *other = g_strdup_printf (" %c", (char) ('a' + i));

    if (i > 0)
      g_string_append_c (out, ',');
    if (i == 0)
      append_entry (out, token, length, millionths);
    else
      append_entry (out, other, strlen (other), millionths + (guint) i * 1000000);
    g_string_append_c (out, '}');
  }
  g_string_append (out, "]}");
}

static void
append_tokens (GString *out, const char *name, const char *text, gsize length, gint64 top)
{
  gsize done = 0;

  g_string_append_printf (out, "\"%s\":", name);
  if (text == NULL) {
    g_string_append (out, "null");
    return;
  }

  g_string_append_c (out, '[');
  while (done < length) {
    const gsize token = MIN (sonde_demo_text_next_token (text + done), length - done);

    if (done > 0)
      g_string_append_c (out, ',');
    append_token (out, text + done, token, top);
    done += token;
  }
  g_string_append_c (out, ']');
}

/**
 * sonde_demo_logprobs_append:
 * @out: where to append
 * @top: how many alternatives each token gets, the token itself among them; -1: no log
 *   probabilities are asked for
 * @content: (nullable): what a delta or a message has as content
 * @reasoning: (nullable): what it has as reasoning
 * @length: how many bytes of either, or -1 for all of a terminated text
 *
 * Appends the value of `logprobs` (contract.md section 5.1).
 */
void
sonde_demo_logprobs_append (GString *out,
                            gint64 top,
                            const char *content,
                            const char *reasoning,
                            gssize length)
{
  if (top < 0 || (content == NULL && reasoning == NULL)) {
    g_string_append (out, "null");
    return;
  }

  g_string_append_c (out, '{');
  append_tokens (out, "content", content,
                 content == NULL ? 0
                 : length < 0    ? strlen (content)
                                 : (gsize) length,
                 top);
  if (reasoning != NULL) {
    g_string_append_c (out, ',');
    append_tokens (out, "reasoning_content", reasoning,
                   length < 0 ? strlen (reasoning) : (gsize) length, top);
  }
  g_string_append_c (out, '}');
}
