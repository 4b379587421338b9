/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-usage.h"

G_DEFINE_BOXED_TYPE (SondeUsage, sonde_usage, sonde_usage_copy, sonde_usage_free)

/**
 * sonde_usage_new:
 *
 * Returns: (transfer full): a record in which no count is known
 */
SondeUsage *
sonde_usage_new (void)
{
  SondeUsage *self = g_new (SondeUsage, 1);

  *self = (SondeUsage) { -1, -1, -1, -1, -1, -1 };

  return self;
}

/**
 * sonde_usage_copy:
 * @self: a record
 *
 * Returns: (transfer full): a copy
 */
SondeUsage *
sonde_usage_copy (const SondeUsage *self)
{
  return g_memdup2 (self, sizeof *self);
}

/**
 * sonde_usage_free:
 * @self: (transfer full): a record
 */
void
sonde_usage_free (SondeUsage *self)
{
  g_free (self);
}

/**
 * sonde_usage_is_consistent:
 * @self: a record
 *
 * Returns: whether the parts of the prompt are all of it, and the reasoning is no more than
 *   the answer (contract.md section 6), as far as they are known
 */
gboolean
sonde_usage_is_consistent (const SondeUsage *self)
{
  if (self->prompt_tokens >= 0 && self->cache_hit_tokens >= 0 && self->cache_miss_tokens >= 0 &&
      self->prompt_tokens != self->cache_hit_tokens + self->cache_miss_tokens)
    return FALSE;

  return self->completion_tokens < 0 || self->reasoning_tokens <= self->completion_tokens;
}

/**
 * sonde_usage_get_answer_tokens:
 * @self: a record
 *
 * Returns: the tokens of the answer without its reasoning, or -1
 */
gint64
sonde_usage_get_answer_tokens (const SondeUsage *self)
{
  return self->completion_tokens < 0
           ? -1
           : MAX (0, self->completion_tokens - MAX (0, self->reasoning_tokens));
}
