/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-model-info.h"
#include "sonde-service-info.h"

G_BEGIN_DECLS

/**
 * SondeParameter:
 * @SONDE_PARAMETER_MAX_TOKENS: how long an answer may get, reasoning included
 * @SONDE_PARAMETER_STOP: texts before which an answer ends
 * @SONDE_PARAMETER_TEMPERATURE: how freely words are chosen
 * @SONDE_PARAMETER_TOP_P: the share of the likeliest words that is chosen from
 * @SONDE_PARAMETER_FREQUENCY_PENALTY: against words by how often they were used
 * @SONDE_PARAMETER_PRESENCE_PENALTY: against words that were used
 * @SONDE_PARAMETER_LOGPROBS: whether the log probabilities of the tokens come along
 * @SONDE_PARAMETER_TOP_LOGPROBS: how many alternatives come with each
 *
 * What a person can set for a conversation beside model and thinking (contract.md section 3).
 */
typedef enum {
  SONDE_PARAMETER_MAX_TOKENS,
  SONDE_PARAMETER_STOP,
  SONDE_PARAMETER_TEMPERATURE,
  SONDE_PARAMETER_TOP_P,
  SONDE_PARAMETER_FREQUENCY_PENALTY,
  SONDE_PARAMETER_PRESENCE_PENALTY,
  SONDE_PARAMETER_LOGPROBS,
  SONDE_PARAMETER_TOP_LOGPROBS,
} SondeParameter;

#define SONDE_N_PARAMETERS (SONDE_PARAMETER_TOP_LOGPROBS + 1)
#define SONDE_MAX_STOPS    16

/**
 * SondeParameterNote:
 * @SONDE_PARAMETER_NOTE_NONE: it holds
 * @SONDE_PARAMETER_NOTE_THINKING: it is not sent while the model thinks
 * @SONDE_PARAMETER_NOTE_SERVICE: the service does not take it, so it is not sent
 * @SONDE_PARAMETER_NOTE_NO_EFFECT: it is sent, and DeepSeek's models do not heed it
 * @SONDE_PARAMETER_NOTE_CLAMPED: the model's own maximum is sent in its place
 * @SONDE_PARAMETER_NOTE_LOGPROBS: it needs log probabilities
 *
 * Why a parameter does not do what it says (contract.md section 11).
 */
typedef enum {
  SONDE_PARAMETER_NOTE_NONE,
  SONDE_PARAMETER_NOTE_THINKING,
  SONDE_PARAMETER_NOTE_SERVICE,
  SONDE_PARAMETER_NOTE_NO_EFFECT,
  SONDE_PARAMETER_NOTE_CLAMPED,
  SONDE_PARAMETER_NOTE_LOGPROBS,
} SondeParameterNote;

/**
 * SondeParameterRange:
 * @min: the least number, or of texts with stop sequences
 * @max: the greatest
 * @fallback: what holds where nothing is set; with max_tokens the model's maximum
 * @digits: how many digits behind the point make sense
 *
 * The numbers that a parameter takes.
 */
typedef struct {
  double min;
  double max;
  double fallback;
  int digits;
} SondeParameterRange;

const char *sonde_parameter_get_name (SondeParameter self);
SondeParameterRange sonde_parameter_get_range (SondeParameter self, SondeModelInfo *model);
SondeParameterNote sonde_parameter_get_note (SondeParameter self,
                                             const char *parameters,
                                             SondeModelInfo *model,
                                             SondeThinking thinking,
                                             SondeServiceInfo *service);

gboolean sonde_parameters_get_number (const char *parameters, SondeParameter which, double *number);
gboolean sonde_parameters_get_flag (const char *parameters, SondeParameter which);
GStrv sonde_parameters_get_strings (const char *parameters, SondeParameter which);
char *sonde_parameters_with_number (const char *parameters, SondeParameter which, double number);
char *sonde_parameters_with_flag (const char *parameters, SondeParameter which, gboolean flag);
char *sonde_parameters_with_strings (const char *parameters,
                                     SondeParameter which,
                                     const char *const *strings);
char *sonde_parameters_without (const char *parameters, SondeParameter which);

G_END_DECLS
