/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "sonde-request.h"

G_BEGIN_DECLS

/* Numbers that are sent only when they were given. */
typedef enum {
  SONDE_ASK_TEMPERATURE,
  SONDE_ASK_TOP_P,
  SONDE_ASK_FREQUENCY_PENALTY,
  SONDE_ASK_PRESENCE_PENALTY,
  SONDE_ASK_N_NUMBERS,
} SondeAskNumber;

/* What `sonde ask` was asked for. */
typedef struct {
  char *model;
  SondeThinking thinking;
  char *base_url; /* NULL: that of the settings */

  char *prompt;     /* NULL: the conversation is the question */
  GPtrArray *files; /* (element-type SondeAttachment); NULL: none */
  char *system;
  char *prefix;
  char *conversation; /* JSON */
  char *tools;        /* JSON */
  char **stop;
  double numbers[SONDE_ASK_N_NUMBERS];
  gboolean numbers_set[SONDE_ASK_N_NUMBERS];
  gint64 max_tokens;
  gboolean max_tokens_set;
  int logprobs;
  gboolean logprobs_set;
  gboolean json;
  gboolean strict;
  gboolean no_stream;

  int stall_timeout; /* seconds; 0: the client's own */
  int retries;
  gboolean show_reasoning;
  gboolean show_usage;
  gboolean raw;
  gboolean dry_run;
} SondeAskOptions;

gboolean sonde_ask_options_parse (SondeAskOptions *self, int argc, char *argv[], GError **error);
void sonde_ask_options_clear (SondeAskOptions *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SondeAskOptions, sonde_ask_options_clear)

G_END_DECLS
