/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-api-error.h"
#include "sonde-client.h"
#include "sonde-tool-call-builder.h"

G_BEGIN_DECLS

/* What comes back, on its way to standard output and standard error. */
typedef struct {
  gboolean show_reasoning;
  gboolean raw;

  gboolean in_reasoning;
  gboolean got_text; /* something is on standard output */
  gboolean got_any;  /* the answer has begun, be it only to be thought about */
  char last_char;
  char *finish_reason;
  SondeUsage *usage;
  SondeToolCallBuilder *calls;
} SondeAskOutput;

void sonde_ask_output_take (SondeAskOutput *self, SondeClientEvent event, const SondeChunk *chunk);
void sonde_ask_output_retry (SondeAskOutput *self, guint attempt, guint retries, gint64 delay);
void sonde_ask_output_end (SondeAskOutput *self, gboolean show_usage);
void sonde_ask_output_fail (SondeAskOutput *self, const GError *error);
void sonde_ask_output_clear (SondeAskOutput *self);

G_END_DECLS
