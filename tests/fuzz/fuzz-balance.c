/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-client.h"
#include "sonde-fuzz.h"
#include "sonde-listing.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  gboolean is_available = FALSE;
  g_autoptr (GPtrArray) rows =
    sonde_listing_read_balance ((const char *) data, size, &is_available, &error);

  g_assert_true ((rows == NULL) == (error != NULL));
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const SondeBalance *row = g_ptr_array_index (rows, i);

    sonde_fuzz_check_text (row->currency);
    sonde_fuzz_check_text (row->total);
  }

  return 0;
}
