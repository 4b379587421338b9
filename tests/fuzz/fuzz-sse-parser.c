/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The parser finds the same events however the bytes fall into portions. The
 * first byte of an input says how long the portions are. */

#include <string.h>

#include "sonde-fuzz.h"
#include "sonde-sse-parser.h"

/* All events in one text: what each was, its data, and how the stream failed. */
static void
take (SondeSseParser *parser, GString *events, gboolean *failed)
{
  g_autoptr (GError) error = NULL;
  SondeSseEvent event;

  while (!*failed && sonde_sse_parser_next (parser, &event, &error)) {
    if (event.data != NULL) {
      g_assert_cmpuint (strlen (event.data), ==, event.length);
      sonde_fuzz_check_text (event.data);
    }
    g_string_append_printf (events, "%s %d %s\n", event.data == NULL ? "alive" : "event",
                            event.unfinished, event.data == NULL ? "" : event.data);
  }
  if (error != NULL) {
    g_string_append (events, "failed\n");
    *failed = TRUE;
  }
}

static GString *
parse (const char *bytes, gsize length, gsize portion)
{
  g_autoptr (SondeSseParser) parser = sonde_sse_parser_new ();
  GString *events = g_string_new (NULL);
  gboolean failed = FALSE;

  for (gsize at = 0; at < length; at += portion) {
    sonde_sse_parser_push (parser, bytes + at, MIN (portion, length - at));
    take (parser, events, &failed);
  }
  sonde_sse_parser_end (parser);
  take (parser, events, &failed);

  return events;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  GString *whole, *portions;

  if (size < 2)
    return 0;

  whole = parse ((const char *) data + 1, size - 1, size - 1);
  portions = parse ((const char *) data + 1, size - 1, MAX (data[0] % 64, 1));
  g_assert_cmpstr (whole->str, ==, portions->str);
  g_string_free (whole, TRUE);
  g_string_free (portions, TRUE);

  return 0;
}
