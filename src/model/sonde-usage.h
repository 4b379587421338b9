/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SondeUsage:
 * @prompt_tokens: tokens of the request
 * @completion_tokens: tokens of reasoning and answer together
 * @total_tokens: both
 * @cache_hit_tokens: part of @prompt_tokens that was read from the service's cache
 * @cache_miss_tokens: the rest of @prompt_tokens
 * @reasoning_tokens: part of @completion_tokens that was reasoning
 *
 * What one answer used (contract.md section 6). Every count is -1 where the
 * server did not give it.
 */
typedef struct {
  gint64 prompt_tokens;
  gint64 completion_tokens;
  gint64 total_tokens;
  gint64 cache_hit_tokens;
  gint64 cache_miss_tokens;
  gint64 reasoning_tokens;
} SondeUsage;

#define SONDE_TYPE_USAGE (sonde_usage_get_type ())
GType sonde_usage_get_type (void);
SondeUsage *sonde_usage_new (void);
SondeUsage *sonde_usage_copy (const SondeUsage *self);
void sonde_usage_free (SondeUsage *self);
gboolean sonde_usage_is_consistent (const SondeUsage *self);
gint64 sonde_usage_get_answer_tokens (const SondeUsage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeUsage, sonde_usage_free)

G_END_DECLS
