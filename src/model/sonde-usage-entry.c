/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-usage-entry.h"

#include <string.h>

#include "sonde-cost.h"

/**
 * sonde_usage_entry_new:
 * @day: the day, as `2026-11-25`
 *
 * Returns: (transfer full): an entry without tokens
 */
SondeUsageEntry *
sonde_usage_entry_new (const char *day)
{
  SondeUsageEntry *self = g_new0 (SondeUsageEntry, 1);

  g_strlcpy (self->day, day, sizeof self->day);

  return self;
}

/**
 * sonde_usage_entry_free:
 * @self: (transfer full): an entry
 */
void
sonde_usage_entry_free (SondeUsageEntry *self)
{
  g_free (self->kind);
  g_free (self->model_id);
  g_free (self->currency);
  g_free (self);
}

/**
 * sonde_usage_row_free:
 * @self: (transfer full): a row
 */
void
sonde_usage_row_free (SondeUsageRow *self)
{
  g_free (self->key);
  g_free (self);
}

/**
 * sonde_usage_row_get_cache_share:
 * @self: a row
 *
 * Returns: how much of the prompts was in the service's cache, in per cent, or -1
 */
int
sonde_usage_row_get_cache_share (const SondeUsageRow *self)
{
  const gint64 prompt = self->usage.cache_hit_tokens + self->usage.cache_miss_tokens;

  return prompt > 0 ? (int) (self->usage.cache_hit_tokens * 100 / prompt) : -1;
}

/**
 * sonde_usage_report_find_period:
 * @day: a day, as `2026-11-25`
 * @period: a period
 *
 * Returns: (transfer full): the first day of the period in which @day is
 */
char *
sonde_usage_report_find_period (const char *day, SondeUsagePeriod period)
{
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) first = NULL;
  int year, month, number;

  if (strlen (day) != 10)
    return g_strdup (day);
  year = (int) g_ascii_strtoll (day, NULL, 10);
  month = (int) g_ascii_strtoll (day + 5, NULL, 10);
  number = (int) g_ascii_strtoll (day + 8, NULL, 10);
  date = g_date_time_new_utc (year, month, number, 0, 0, 0);
  if (date == NULL)
    return g_strdup (day);

  switch (period) {
  case SONDE_USAGE_DAY:
    break;
  case SONDE_USAGE_WEEK:
    first = g_date_time_add_days (date, 1 - g_date_time_get_day_of_week (date));
    return g_date_time_format (first, "%Y-%m-%d");
  case SONDE_USAGE_MONTH:
    return g_strdup_printf ("%.7s-01", day);
  }

  return g_strdup (day);
}

static char *
make_key (const SondeUsageEntry *entry, SondeUsagePeriod period, SondeUsageGrouping grouping)
{
  switch (grouping) {
  case SONDE_USAGE_BY_TIME:
    break;
  case SONDE_USAGE_BY_MODEL:
    return g_strdup (entry->model_id != NULL ? entry->model_id : "");
  case SONDE_USAGE_BY_CONVERSATION:
    return g_strdup_printf ("%" G_GINT64_FORMAT, entry->conversation_id);
  }

  return sonde_usage_report_find_period (entry->day, period);
}

static void
add (SondeUsageRow *row, const SondeUsageEntry *entry)
{
  gint64 cost = 0;

  row->n_requests += entry->n_requests;
  if (entry->kind == NULL || g_str_equal (entry->kind, "answer"))
    row->n_answers += entry->n_requests;
  row->usage.prompt_tokens += entry->usage.prompt_tokens;
  row->usage.completion_tokens += entry->usage.completion_tokens;
  row->usage.total_tokens += entry->usage.prompt_tokens + entry->usage.completion_tokens;
  row->usage.cache_hit_tokens += entry->usage.cache_hit_tokens;
  row->usage.cache_miss_tokens += entry->usage.cache_miss_tokens;
  row->usage.reasoning_tokens += entry->usage.reasoning_tokens;
  if (entry->currency == NULL || !sonde_cost_compute (&entry->usage, &entry->rates, &cost))
    row->n_unpriced += entry->n_requests;
  else if (g_str_equal (entry->currency, "CNY"))
    row->cny += cost;
  else
    row->usd += cost;
}

static int
compare_by_key (gconstpointer a, gconstpointer b)
{
  const SondeUsageRow *x = *(const SondeUsageRow *const *) a;
  const SondeUsageRow *y = *(const SondeUsageRow *const *) b;

  return strcmp (x->key, y->key);
}

/* What used most comes first. */
static int
compare_by_tokens (gconstpointer a, gconstpointer b)
{
  const SondeUsageRow *x = *(const SondeUsageRow *const *) a;
  const SondeUsageRow *y = *(const SondeUsageRow *const *) b;

  if (x->usd + x->cny != y->usd + y->cny)
    return x->usd + x->cny < y->usd + y->cny ? 1 : -1;

  return (x->usage.total_tokens < y->usage.total_tokens) -
         (x->usage.total_tokens > y->usage.total_tokens);
}

/**
 * sonde_usage_report_new:
 * @entries: (element-type SondeUsageEntry): what was used
 * @period: what a row is, with [enum@UsageGrouping.BY_TIME]
 * @grouping: what the rows are
 *
 * Returns: (transfer full) (element-type SondeUsageRow): the rows: the latest last, or what
 *   cost most first
 */
GPtrArray *
sonde_usage_report_new (GPtrArray *entries, SondeUsagePeriod period, SondeUsageGrouping grouping)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_usage_row_free);
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (entries != NULL, rows);

  for (guint i = 0; i < entries->len; i++) {
    const SondeUsageEntry *entry = g_ptr_array_index (entries, i);
    g_autofree char *key = make_key (entry, period, grouping);
    SondeUsageRow *row = g_hash_table_lookup (by_key, key);

    if (row == NULL) {
      row = g_new0 (SondeUsageRow, 1);
      row->key = g_steal_pointer (&key);
      if (grouping == SONDE_USAGE_BY_CONVERSATION)
        row->conversation_id = entry->conversation_id;
      g_hash_table_insert (by_key, row->key, row);
      g_ptr_array_add (rows, row);
    }
    add (row, entry);
  }
  g_ptr_array_sort (rows, grouping == SONDE_USAGE_BY_TIME ? compare_by_key : compare_by_tokens);

  return rows;
}

/**
 * sonde_usage_report_sum:
 * @entries: (element-type SondeUsageEntry): what was used
 * @currency: `USD` or `CNY`
 * @since: (nullable): the first day that counts
 *
 * Returns: what all of it cost in @currency
 */
gint64
sonde_usage_report_sum (GPtrArray *entries, const char *currency, const char *since)
{
  gint64 sum = 0;

  for (guint i = 0; i < entries->len; i++) {
    const SondeUsageEntry *entry = g_ptr_array_index (entries, i);
    gint64 cost;

    if ((since == NULL || strcmp (entry->day, since) >= 0) &&
        g_strcmp0 (entry->currency, currency) == 0 &&
        sonde_cost_compute (&entry->usage, &entry->rates, &cost))
      sum += cost;
  }

  return sum;
}
