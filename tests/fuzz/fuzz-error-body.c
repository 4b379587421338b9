/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The first byte of an input is the status, counted from 400. */

#include "sonde-api-error.h"
#include "sonde-fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new (data + MIN (size, 1), size - MIN (size, 1));
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeFailure) failure = NULL;

  error = sonde_api_error_new_from_body (400 + (size > 0 ? data[0] : 0), "Phrase", NULL, -1, body);
  g_assert_true (error->domain == SONDE_API_ERROR);
  sonde_fuzz_check_text (error->message);
  failure = sonde_api_error_to_failure (error);
  sonde_fuzz_check_text (failure->detail);

  return 0;
}
