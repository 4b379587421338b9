/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-exporter.h"
#include "sonde-fuzz.h"
#include "sonde-importer.h"

#define MEBIBYTE (1024 * 1024)

/* What was read can be shown, and every message stands behind its parent. */
static void
check_record (const SondeTransferRecord *record)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  sonde_fuzz_check_text (sonde_conversation_get_title (record->conversation));
  sonde_fuzz_check_text (sonde_conversation_get_draft (record->conversation));
  sonde_fuzz_check_text (record->origin);
  sonde_fuzz_check_text (record->folder);
  sonde_fuzz_check_text (record->system_prompt);
  g_assert_cmpuint (record->messages->len, >, 0);
  for (guint i = 0; i < record->messages->len; i++) {
    SondeMessage *message = g_ptr_array_index (record->messages, i);
    gint64 id = sonde_message_get_id (message);
    gint64 parent_id = sonde_message_get_parent_id (message);

    g_assert_cmpint (id, >, 0);
    g_assert_true (parent_id == 0 || g_hash_table_contains (ids, &parent_id));
    g_assert_true (g_hash_table_add (ids, g_memdup2 (&id, sizeof id)));
    sonde_fuzz_check_text (sonde_message_get_text (message, SONDE_TEXT_CONTENT));
    sonde_fuzz_check_text (sonde_message_get_text (message, SONDE_TEXT_REASONING));
  }
}

/* Of every format, in a zip or not: the file says by itself what it is. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const SondeImportLimits limits = { MEBIBYTE, 10000, 16 * MEBIBYTE, 100 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (SondeImporter) importer = sonde_importer_new (stream);
  g_autoptr (SondeExporter) exporter = sonde_exporter_new (SONDE_EXPORT_JSON, 0, out);
  g_autoptr (GError) error = NULL;
  SondeTransferRecord *record = NULL;
  SondeImportResult result;

  sonde_importer_set_limits (importer, &limits);
  while ((result = sonde_importer_next (importer, -1, &record, NULL, &error)) ==
         SONDE_IMPORT_RECORD) {
    check_record (record);
    g_assert_true (sonde_exporter_add (exporter, record, NULL, NULL));
    sonde_transfer_record_free (record);
  }
  g_assert_true ((result == SONDE_IMPORT_FAILED) == (error != NULL));

  return 0;
}
