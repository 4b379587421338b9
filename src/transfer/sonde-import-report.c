/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-import-report.h"

#define MAX_SKIPS 100 /* that are named: a file can hold any number of them */

static void
skip_free (gpointer data)
{
  SondeImportSkip *self = data;

  g_free (self->title);
  g_free (self);
}

/**
 * sonde_import_report_new:
 *
 * Returns: (transfer full): a report of nothing
 */
SondeImportReport *
sonde_import_report_new (void)
{
  SondeImportReport *self = g_new0 (SondeImportReport, 1);

  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->skips = g_ptr_array_new_with_free_func (skip_free);

  return self;
}

/**
 * sonde_import_report_free:
 * @self: (transfer full): a report
 */
void
sonde_import_report_free (SondeImportReport *self)
{
  g_ptr_array_unref (self->titles);
  g_ptr_array_unref (self->skips);
  g_free (self);
}

/**
 * sonde_import_report_add_skip:
 * @self: a report
 * @reason: why a conversation was left out
 * @title: (nullable): its title, where it could be read
 */
void
sonde_import_report_add_skip (SondeImportReport *self,
                              SondeImportSkipReason reason,
                              const char *title)
{
  self->n_skipped++;
  self->n_skipped_for[reason]++;
  if (self->skips->len < MAX_SKIPS) {
    SondeImportSkip *skip = g_new0 (SondeImportSkip, 1);

    skip->reason = reason;
    skip->title = g_strdup (title);
    g_ptr_array_add (self->skips, skip);
  }
}
