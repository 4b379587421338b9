/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "sonde-failure.h"

G_BEGIN_DECLS

/**
 * SondeSummaryState:
 * @SONDE_SUMMARY_RUNNING: it is being written; not stored
 * @SONDE_SUMMARY_FAILED: it could not be written; not stored
 * @SONDE_SUMMARY_USED: it is sent in place of what it stands for
 * @SONDE_SUMMARY_UNUSED: the person took it back: all is sent as it was said
 *
 * How a summary stands.
 */
typedef enum {
  SONDE_SUMMARY_RUNNING,
  SONDE_SUMMARY_FAILED,
  SONDE_SUMMARY_USED,
  SONDE_SUMMARY_UNUSED,
} SondeSummaryState;

/**
 * SondeSummary:
 * @state: how it stands
 * @text: what it says, UTF-8; empty while it is being written
 * @changed_at: when that was last changed, in microseconds since 1970-01-01 UTC: what an answer
 *   counted before does not hold any more
 * @failure: (nullable): why it could not be written
 *
 * A note that stands for all that was said on the path up to and including the message which
 * has it: a path that leaves before that message does not know of it.
 */
typedef struct {
  SondeSummaryState state;
  char *text;
  gint64 changed_at;
  SondeFailure *failure;
} SondeSummary;

#define SONDE_TYPE_SUMMARY (sonde_summary_get_type ())
GType sonde_summary_get_type (void);

SondeSummary *sonde_summary_new (SondeSummaryState state, const char *text, gint64 changed_at);
SondeSummary *sonde_summary_copy (const SondeSummary *self);
void sonde_summary_free (SondeSummary *self);
gboolean sonde_summary_is_kept (const SondeSummary *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeSummary, sonde_summary_free)

G_END_DECLS
