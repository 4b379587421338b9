/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-demo-answer.h"

G_BEGIN_DECLS

/**
 * SondeDemoWriter:
 * @request: what was asked
 * @script: how it is answered
 * @answer: the answer
 * @usage: where the usage goes
 * @prompt_tokens: how long the prompt is
 * @cached_tokens: how much of it was known
 * @id: the name of the answer
 * @created: when it was begun, in seconds since 1970
 *
 * What the JSON of an answer is written from.
 */
typedef struct {
  SondeDemoRequest *request;
  SondeDemoScript *script;
  SondeDemoAnswer *answer;
  SondeDemoUsage usage;
  guint prompt_tokens;
  guint cached_tokens;
  char *id;
  gint64 created;
} SondeDemoWriter;

void sonde_demo_writer_begin_chunk (const SondeDemoWriter *self, GString *out);
void sonde_demo_writer_begin_delta (const SondeDemoWriter *self, GString *out);
void sonde_demo_writer_end_delta (const SondeDemoWriter *self,
                                  GString *out,
                                  const char *content,
                                  const char *reasoning,
                                  gssize length);
void sonde_demo_writer_end_last_delta (const SondeDemoWriter *self,
                                       GString *out,
                                       const char *content,
                                       gboolean with_usage);
void sonde_demo_writer_append_text (const SondeDemoWriter *self,
                                    GString *out,
                                    const char *content,
                                    const char *reasoning,
                                    gssize length);
void sonde_demo_writer_append_delta (const SondeDemoWriter *self,
                                     GString *out,
                                     const char *content,
                                     const char *reasoning,
                                     gssize length);
void sonde_demo_writer_append_function_call (const SondeDemoCall *call,
                                             GString *out,
                                             const char *arguments);
void sonde_demo_writer_append_call (const SondeDemoCall *call,
                                    guint index,
                                    GString *out,
                                    const char *arguments);
void sonde_demo_writer_append_usage (const SondeDemoWriter *self, GString *out);
void sonde_demo_writer_append_whole (const SondeDemoWriter *self, GString *out);

G_END_DECLS
