/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-price.h"
#include "sonde-usage.h"

G_BEGIN_DECLS

/**
 * SondeUsageEntry:
 * @day: the day, as `2026-11-25`, where the program runs
 * @kind: (nullable): what was asked for: `answer`, or %NULL, which is the same; else a purpose, as
 *   `title`
 * @model_id: (nullable): the model
 * @conversation_id: the conversation; 0 for all that were deleted
 * @currency: (nullable): of @rates; %NULL where they are not known
 * @rates: at which it was asked
 * @n_requests: how many requests
 * @usage: their tokens together; nothing in it is unknown
 *
 * What a conversation used on one day from one model at one rate.
 */
typedef struct {
  char day[11];
  char *kind;
  char *model_id;
  gint64 conversation_id;
  char *currency;
  SondeRates rates;
  gint64 n_requests;
  SondeUsage usage;
} SondeUsageEntry;

SondeUsageEntry *sonde_usage_entry_new (const char *day);
void sonde_usage_entry_free (SondeUsageEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeUsageEntry, sonde_usage_entry_free)

/**
 * SondeUsagePeriod:
 * @SONDE_USAGE_DAY: by days
 * @SONDE_USAGE_WEEK: by weeks, which begin on Monday
 * @SONDE_USAGE_MONTH: by months
 *
 * What a report's rows are.
 */
typedef enum {
  SONDE_USAGE_DAY,
  SONDE_USAGE_WEEK,
  SONDE_USAGE_MONTH,
} SondeUsagePeriod;

/**
 * SondeUsageGrouping:
 * @SONDE_USAGE_BY_TIME: a row for each period
 * @SONDE_USAGE_BY_MODEL: a row for each model
 * @SONDE_USAGE_BY_CONVERSATION: a row for each conversation
 *
 * How a report is divided.
 */
typedef enum {
  SONDE_USAGE_BY_TIME,
  SONDE_USAGE_BY_MODEL,
  SONDE_USAGE_BY_CONVERSATION,
} SondeUsageGrouping;

/**
 * SondeUsageRow:
 * @key: the first day of the period, or the model's id
 * @conversation_id: the conversation, with [enum@UsageGrouping.BY_CONVERSATION]
 * @usd: what it cost in USD
 * @cny: what it cost in CNY, where it was reckoned in that
 * @n_requests: how many requests
 * @n_answers: how many of them were for answers
 * @n_unpriced: how many of them have no rates
 * @usage: their tokens together
 *
 * A row of a report.
 */
typedef struct {
  char *key;
  gint64 conversation_id;
  gint64 usd;
  gint64 cny;
  gint64 n_requests;
  gint64 n_answers;
  gint64 n_unpriced;
  SondeUsage usage;
} SondeUsageRow;

void sonde_usage_row_free (SondeUsageRow *self);
int sonde_usage_row_get_cache_share (const SondeUsageRow *self);

GPtrArray *
sonde_usage_report_new (GPtrArray *entries, SondeUsagePeriod period, SondeUsageGrouping grouping);
char *sonde_usage_report_find_period (const char *day, SondeUsagePeriod period);
gint64 sonde_usage_report_sum (GPtrArray *entries, const char *currency, const char *since);

G_END_DECLS
