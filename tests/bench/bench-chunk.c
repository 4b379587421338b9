/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a streamed chunk costs from the bytes of the connection to the text of the
 * message, against json-glib reading the same JSON into a tree and nothing else.
 *
 *   chunk           the cost of one chunk
 *   chunk-constant  the last 50,000 of 1,000,000 chunks of one answer against the
 *                   50,000 after the first 50,000, which warm the processor's caches
 *   chunk-memory    the heap in use behind 1,000,000 chunks, without their text,
 *                   against the heap behind 1,000 */

#include <json-glib/json-glib.h>
#include <malloc.h>
#include <string.h>

#include "sonde-bench.h"
#include "sonde-chunk.h"
#include "sonde-message.h"
#include "sonde-sse-parser.h"

#define RUNS          7
#define LONG_RUNS     3
#define CHUNKS        20000
#define MANY_CHUNKS   1000000
#define WINDOW        50000
#define EVENT(number) ((number) % G_N_ELEMENTS (events))

/* One token each, as they were recorded (contract.md section 5.1). */
#define HEAD                                                                                       \
  "{\"id\":\"6e77be01-4b0e-4b52-9c1a-0f6a3c1d2e7f\",\"object\":\"chat.completion.chunk\","         \
  "\"created\":1786782779,\"model\":\"deepseek-v4-flash\",\"system_fingerprint\":"                 \
  "\"a26a7955_prod\",\"choices\":[{\"index\":0,\"delta\":"
#define TAIL ",\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}"

static const char *const events[] = {
  HEAD "{\"content\":null,\"reasoning_content\":\"Assume\"}" TAIL,
  HEAD "{\"content\":null,\"reasoning_content\":\" the\"}" TAIL,
  HEAD "{\"content\":\"The\",\"reasoning_content\":null}" TAIL,
  HEAD "{\"content\":\" sea\",\"reasoning_content\":null}" TAIL,
  HEAD "{\"content\":\" \\\"salty\\\"\",\"reasoning_content\":null}" TAIL,
  HEAD "{\"content\":\".\\n\\n\",\"reasoning_content\":null}" TAIL,
  HEAD "{\"content\":\"中文\",\"reasoning_content\":null}" TAIL,
};

/* Bytes to model, as the client and the session do it. */
static void
read_events (SondeSseParser *parser, const char *bytes, gsize length, SondeMessage *message)
{
  g_autoptr (GError) error = NULL;
  SondeSseEvent event;

  sonde_sse_parser_push (parser, bytes, length);
  while (sonde_sse_parser_next (parser, &event, &error)) {
    g_autoptr (SondeChunk) chunk = sonde_chunk_decode (event.data, (gssize) event.length, &error);

    g_assert_no_error (error);
    if (message != NULL && chunk->reasoning != NULL)
      sonde_message_append_text (message, SONDE_TEXT_REASONING, chunk->reasoning, -1);
    if (message != NULL && chunk->content != NULL)
      sonde_message_append_text (message, SONDE_TEXT_CONTENT, chunk->content, -1);
  }
  g_assert_no_error (error);
}

static double
time_sonde (char **wire, guint first, guint n, SondeSseParser *parser, SondeMessage *message)
{
  const double start = sonde_bench_get_cpu_time ();

  for (guint i = first; i < first + n; i++)
    read_events (parser, wire[EVENT (i)], strlen (wire[EVENT (i)]), message);

  return sonde_bench_get_cpu_time () - start;
}

/* One parser for all chunks: the least that json-glib can be asked to do. */
static double
time_json_glib (guint n)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  const double start = sonde_bench_get_cpu_time ();

  for (guint i = 0; i < n; i++) {
    const char *event = events[EVENT (i)];

    if (!json_parser_load_from_data (parser, event, (gssize) strlen (event), NULL))
      g_error ("json-glib does not read %s", event);
  }

  return sonde_bench_get_cpu_time () - start;
}

static SondeMessage *
new_message (void)
{
  return sonde_message_new (1, 0, SONDE_ROLE_ASSISTANT, 0);
}

static gboolean
measure_chunk (char **wire)
{
  double ratios[RUNS];

  for (guint i = 0; i < RUNS; i++) {
    g_autoptr (SondeSseParser) parser = sonde_sse_parser_new ();
    g_autoptr (SondeMessage) message = new_message ();
    const double floor = time_json_glib (CHUNKS);

    ratios[i] = time_sonde (wire, 0, CHUNKS, parser, message) / floor;
  }

  return sonde_bench_report ("chunk", 1.5, ratios, RUNS);
}

static gboolean
measure_constant (char **wire)
{
  double ratios[LONG_RUNS];

  for (guint i = 0; i < LONG_RUNS; i++) {
    g_autoptr (SondeSseParser) parser = sonde_sse_parser_new ();
    g_autoptr (SondeMessage) message = new_message ();
    double early, late;

    time_sonde (wire, 0, WINDOW, parser, message);
    early = time_sonde (wire, WINDOW, WINDOW, parser, message);
    time_sonde (wire, 2 * WINDOW, MANY_CHUNKS - 3 * WINDOW, parser, message);
    late = time_sonde (wire, MANY_CHUNKS - WINDOW, WINDOW, parser, message);
    ratios[i] = late / early;
  }

  return sonde_bench_report ("chunk-constant", 1.2, ratios, LONG_RUNS);
}

static double
get_heap (void)
{
  const struct mallinfo2 info = mallinfo2 ();

  return (double) (info.uordblks + info.hblkhd);
}

static gboolean
measure_memory (char **wire)
{
  double ratios[LONG_RUNS];

  for (guint i = 0; i < LONG_RUNS; i++) {
    g_autoptr (SondeSseParser) parser = sonde_sse_parser_new ();
    double early;

    time_sonde (wire, 0, 1000, parser, NULL);
    early = get_heap ();
    time_sonde (wire, 1000, MANY_CHUNKS - 1000, parser, NULL);
    ratios[i] = get_heap () / early;
  }

  return sonde_bench_report ("chunk-memory", 1.05, ratios, LONG_RUNS);
}

int
main (void)
{
  char *wire[G_N_ELEMENTS (events)];
  gboolean within;

  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    wire[i] = g_strconcat ("data: ", events[i], "\n\n", NULL);

  within = measure_chunk (wire);
  within = measure_constant (wire) && within;
  within = measure_memory (wire) && within;

  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    g_free (wire[i]);

  return within ? 0 : 1;
}
