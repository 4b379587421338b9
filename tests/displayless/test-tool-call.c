/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-tool-call-builder.h"

/* Fragments, and the calls that they make. */
static const struct {
  struct {
    guint index;
    const char *id;
    const char *name;
    const char *arguments;
  } deltas[6];
  const char *calls; /* id:name:arguments, one after the other */
} streams[] = {
  { { { 0, "a", "f", "" }, { 0, NULL, NULL, "{\"n\":" }, { 0, NULL, NULL, "1}" } },
    "a:f:{\"n\":1};" },
  /* The order of the indices is not that of their coming. */
  { { { 1, "b", "g", "" }, { 0, "a", "f", "" }, { 1, NULL, NULL, "2" }, { 0, NULL, NULL, "1" } },
    "a:f:1;b:g:2;" },
  { { { 7, "b", "g", "2" }, { 3, "a", "f", "1" } }, "a:f:1;b:g:2;" },
  /* Without an index, the id counts, and then the last call. */
  { { { SONDE_TOOL_CALL_NO_INDEX, "a", "f", "1" },
      { SONDE_TOOL_CALL_NO_INDEX, NULL, NULL, "2" },
      { SONDE_TOOL_CALL_NO_INDEX, "b", "g", "3" },
      { SONDE_TOOL_CALL_NO_INDEX, "a", NULL, "4" },
      { SONDE_TOOL_CALL_NO_INDEX, NULL, NULL, "5" } },
    "a:f:1245;b:g:3;" },
  { { { SONDE_TOOL_CALL_NO_INDEX, NULL, "f", "1" } }, "(null):f:1;" },
  /* The id and the name come with every fragment, or in pieces. */
  { { { 0, "a", "f", "1" }, { 0, "a", "f", "2" } }, "a:f:12;" },
  { { { 0, "a", "get_", NULL }, { 0, NULL, "weather", NULL } }, "a:get_weather:;" },
  { { { 0, "a", "f", NULL }, { 0, "", NULL, NULL } }, "a:f:;" },
};

static void
test_streams (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (streams); i++) {
    g_autoptr (SondeToolCallBuilder) builder = sonde_tool_call_builder_new ();
    g_autoptr (GPtrArray) calls = NULL;
    g_autoptr (GString) text = g_string_new (NULL);

    for (gsize j = 0; j < G_N_ELEMENTS (streams[i].deltas); j++) {
      const SondeToolCallDelta delta = { .index = streams[i].deltas[j].index,
                                         .id = (char *) streams[i].deltas[j].id,
                                         .name = (char *) streams[i].deltas[j].name,
                                         .arguments = (char *) streams[i].deltas[j].arguments };

      if (delta.id != NULL || delta.name != NULL || delta.arguments != NULL)
        sonde_tool_call_builder_add (builder, &delta);
    }
    calls = sonde_tool_call_builder_get_calls (builder);
    for (guint j = 0; j < calls->len; j++) {
      const SondeToolCall *call = g_ptr_array_index (calls, j);

      g_assert_false (call->legacy);
      g_string_append_printf (text, "%s:%s:%s;", call->id != NULL ? call->id : "(null)", call->name,
                              call->arguments);
    }
    g_assert_cmpstr (text->str, ==, streams[i].calls);
  }
}

static void
test_legacy (void)
{
  g_autoptr (SondeToolCallBuilder) builder = sonde_tool_call_builder_new ();
  g_autoptr (SondeChunk) first = sonde_chunk_decode (
    "{\"choices\":[{\"delta\":{\"function_call\":{\"name\":\"f\",\"arguments\":\"{\"}}}]}", -1,
    NULL);
  g_autoptr (SondeChunk) second =
    sonde_chunk_decode ("{\"choices\":[{\"delta\":{\"function_call\":{\"arguments\":\"}\"}},"
                        "\"finish_reason\":\"function_call\"}]}",
                        -1, NULL);
  g_autoptr (GPtrArray) calls = NULL;
  const SondeToolCall *call;

  sonde_tool_call_builder_add (builder, g_ptr_array_index (first->tool_calls, 0));
  sonde_tool_call_builder_add (builder, g_ptr_array_index (second->tool_calls, 0));
  g_assert_cmpstr (second->finish_reason, ==, "function_call");
  calls = sonde_tool_call_builder_get_calls (builder);
  g_assert_cmpuint (calls->len, ==, 1);
  call = g_ptr_array_index (calls, 0);
  g_assert_true (call->legacy);
  g_assert_null (call->id);
  g_assert_cmpstr (call->name, ==, "f");
  g_assert_cmpstr (call->arguments, ==, "{}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tool-call/streams", test_streams);
  g_test_add_func ("/tool-call/legacy", test_legacy);

  return g_test_run ();
}
