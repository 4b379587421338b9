/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-summary.h"

G_DEFINE_BOXED_TYPE (SondeSummary, sonde_summary, sonde_summary_copy, sonde_summary_free)

/**
 * sonde_summary_new:
 * @state: how it stands
 * @text: (nullable): what it says, UTF-8
 * @changed_at: microseconds since 1970-01-01 UTC
 *
 * Returns: (transfer full): a summary
 */
SondeSummary *
sonde_summary_new (SondeSummaryState state, const char *text, gint64 changed_at)
{
  SondeSummary *self = g_new0 (SondeSummary, 1);

  self->state = state;
  self->text = g_strdup (text != NULL ? text : "");
  self->changed_at = changed_at;

  return self;
}

/**
 * sonde_summary_copy:
 * @self: a summary
 *
 * Returns: (transfer full): a copy
 */
SondeSummary *
sonde_summary_copy (const SondeSummary *self)
{
  SondeSummary *copy = sonde_summary_new (self->state, self->text, self->changed_at);

  copy->failure = self->failure != NULL ? sonde_failure_copy (self->failure) : NULL;

  return copy;
}

/**
 * sonde_summary_free:
 * @self: (transfer full): a summary
 */
void
sonde_summary_free (SondeSummary *self)
{
  g_free (self->text);
  g_clear_pointer (&self->failure, sonde_failure_free);
  g_free (self);
}

/**
 * sonde_summary_is_kept:
 * @self: (nullable): a summary
 *
 * Returns: whether it has something to store: one that is not written yet has not
 */
gboolean
sonde_summary_is_kept (const SondeSummary *self)
{
  return self != NULL && (self->state == SONDE_SUMMARY_USED || self->state == SONDE_SUMMARY_UNUSED);
}
