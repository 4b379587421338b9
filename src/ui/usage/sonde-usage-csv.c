/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-usage-csv.h"

#include <string.h>

#include "sonde-cost.h"
#include "sonde-usage-entry.h"

/* As RFC 4180 has it. What a spreadsheet would take for a formula is text: a title may come
 * from anywhere. */
static void
append_text (GString *csv, const char *text)
{
  const gboolean formula = strchr ("=+-@\t\r", *text) != NULL && *text != '\0';

  g_string_append_c (csv, '"');
  if (formula)
    g_string_append_c (csv, '\'');
  for (; *text != '\0'; text++) {
    if (*text == '"')
      g_string_append_c (csv, '"');
    g_string_append_c (csv, *text);
  }
  g_string_append_c (csv, '"');
}

/**
 * sonde_usage_csv_write:
 * @entries: (element-type SondeUsageEntry): what was used
 * @titles: (element-type gint64 utf8): the titles of the conversations that have one
 *
 * Returns: (transfer full): a table with a line for each entry; amounts are exact
 */
char *
sonde_usage_csv_write (GPtrArray *entries, GHashTable *titles)
{
  GString *csv = g_string_new ("day,kind,model,conversation,requests,prompt,cache_hit,cache_miss,"
                               "output,reasoning,currency,cost\r\n");

  for (guint i = 0; i < entries->len; i++) {
    const SondeUsageEntry *entry = g_ptr_array_index (entries, i);
    const char *title = g_hash_table_lookup (titles, &entry->conversation_id);
    const SondeUsage *usage = &entry->usage;
    gint64 cost;

    g_string_append_printf (csv, "%s,%s,", entry->day,
                            entry->kind != NULL ? entry->kind : "answer");
    append_text (csv, entry->model_id != NULL ? entry->model_id : "");
    g_string_append_c (csv, ',');
    append_text (csv, title != NULL ? title : "");
    g_string_append_printf (csv,
                            ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT
                            ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",",
                            entry->n_requests, usage->prompt_tokens, usage->cache_hit_tokens,
                            usage->cache_miss_tokens, usage->completion_tokens,
                            usage->reasoning_tokens);
    if (entry->currency != NULL && sonde_cost_compute (usage, &entry->rates, &cost)) {
      g_autofree char *amount = sonde_cost_to_string (cost, -1);

      g_string_append_printf (csv, "%s,%s", entry->currency, amount);
    } else {
      g_string_append_c (csv, ',');
    }
    g_string_append (csv, "\r\n");
  }

  return g_string_free_and_steal (csv);
}
