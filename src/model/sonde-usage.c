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
