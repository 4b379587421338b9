/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "sonde-request.h"
#include "sonde-tool-call.h"

G_BEGIN_DECLS

/* The numbers that are sent only where somebody has set them. */
typedef enum {
  NUMBER_TEMPERATURE,
  NUMBER_TOP_P,
  NUMBER_FREQUENCY_PENALTY,
  NUMBER_PRESENCE_PENALTY,
  N_NUMBERS,
} SondeRequestNumber;

typedef struct {
  SondeRole role;
  gboolean function; /* with the tool role: the legacy shape, for which name counts */
  gboolean prefix;
  char *content;
  char *reasoning;
  char *name;
  char *tool_call_id;
  GPtrArray *tool_calls;
  GPtrArray *images; /* (element-type SondeAttachment), or NULL */
  char *extra;       /* a JSON object whose members are written as they are */
} SondeRequestMessage;

struct _SondeRequest {
  GObject parent_instance;

  SondeCapabilities capabilities;
  char *model_id;
  SondeThinking thinking;
  gboolean stream;
  gboolean max_tokens_set;
  gint64 max_tokens;
  gint64 max_output; /* of the model; 0 where nobody knows */
  gboolean numbers_set[N_NUMBERS];
  double numbers[N_NUMBERS];
  gboolean images; /* the model takes them */
  gboolean json_output;
  char **stop;
  char *tools;
  SondeToolChoice tool_choice;
  char *tool_choice_name;
  gboolean logprobs;
  int top_logprobs; /* -1: not sent */
  char *user_id;
  GPtrArray *messages;
};

SondeRequestMessage *sonde_request_append (SondeRequest *self, SondeRole role);
gboolean sonde_request_get_thinks (SondeRequest *self);
gboolean sonde_request_has_strict_tool (SondeRequest *self);

gboolean sonde_request_refuse (GError **error, SondeRequestError code, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
gboolean sonde_request_check_strict (JsonNode *parameters, const char *path, GError **error);

G_END_DECLS
