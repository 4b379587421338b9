/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-fuzz.h"
#include "sonde-listing.h"
#include "sonde-model-info.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models = sonde_listing_read_models ((const char *) data, size, &error);

  g_assert_true ((models == NULL) == (error != NULL));
  for (guint i = 0; models != NULL && i < models->len; i++)
    sonde_fuzz_check_text (sonde_model_info_get_id (g_ptr_array_index (models, i)));

  return 0;
}
