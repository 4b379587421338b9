/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "sonde-demo-refusal.h"

G_BEGIN_DECLS

typedef enum {
  SONDE_DEMO_EFFORT_LOW,
  SONDE_DEMO_EFFORT_HIGH,
  SONDE_DEMO_EFFORT_MAX,
} SondeDemoEffort;

/* A request that has passed every check, as far as an answer depends on it. */
typedef struct {
  JsonParser *parser;
  JsonArray *messages;
  JsonArray *tools;  /* NULL: none, or the choice is none */
  char *forced_tool; /* NULL: not forced; empty: any */

  const char *model; /* the name that the response carries */
  gboolean thinking;
  SondeDemoEffort effort;
  gboolean stream;
  gboolean include_usage;
  gboolean json_output;
  gint64 max_tokens; /* -1: not given */
  char **stop;
  gint64 top_logprobs; /* -1: no log probabilities */
  gboolean title;      /* a title is asked for, and the model makes one */

  char *question;         /* the text of the last message of the user, "" when there is none */
  guint turn;             /* how many messages of the user there are */
  char *tool_output;      /* NULL: the last message is not a tool's */
  char *prefix;           /* NULL: the last message is not to be continued */
  char *prefix_reasoning; /* NULL: the message to be continued has none */
} SondeDemoRequest;

SondeDemoRequest *sonde_demo_request_parse (const char *body,
                                            gsize length,
                                            gboolean beta,
                                            SondeDemoRefusal **refusal);
char *sonde_demo_request_dup_text (JsonObject *message);
void sonde_demo_request_free (SondeDemoRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeDemoRequest, sonde_demo_request_free)

G_END_DECLS
