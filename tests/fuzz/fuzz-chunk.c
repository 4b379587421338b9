/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-chunk.h"
#include "sonde-fuzz.h"

static void
check_logprobs (GPtrArray *tokens)
{
  for (guint i = 0; tokens != NULL && i < tokens->len; i++) {
    const SondeTokenLogprob *token = g_ptr_array_index (tokens, i);

    sonde_fuzz_check_text (token->token);
    check_logprobs (token->alternatives);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeChunk) chunk = sonde_chunk_decode ((const char *) data, (gssize) size, &error);

  g_assert_true ((chunk == NULL) == (error != NULL));
  if (chunk == NULL) {
    sonde_fuzz_check_text (error->message);
    return 0;
  }

  sonde_fuzz_check_text (chunk->id);
  sonde_fuzz_check_text (chunk->model);
  sonde_fuzz_check_text (chunk->system_fingerprint);
  sonde_fuzz_check_text (chunk->reasoning);
  sonde_fuzz_check_text (chunk->content);
  sonde_fuzz_check_text (chunk->finish_reason);
  sonde_fuzz_check_text (chunk->title);
  check_logprobs (chunk->logprobs);
  check_logprobs (chunk->reasoning_logprobs);
  for (guint i = 0; chunk->extras != NULL && i < chunk->extras->len; i++) {
    const SondeExtra *extra = g_ptr_array_index (chunk->extras, i);

    sonde_fuzz_check_text (extra->name);
    sonde_fuzz_check_text (extra->json);
  }
  for (guint i = 0; chunk->tool_calls != NULL && i < chunk->tool_calls->len; i++) {
    const SondeToolCallDelta *delta = g_ptr_array_index (chunk->tool_calls, i);

    sonde_fuzz_check_text (delta->id);
    sonde_fuzz_check_text (delta->name);
    sonde_fuzz_check_text (delta->arguments);
  }

  return 0;
}
