/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-demo-request.h"
#include "sonde-demo-script.h"

G_BEGIN_DECLS

typedef struct {
  char *id;
  char *name;
  char *arguments;
} SondeDemoCall;

/* All that the service will say to one request, before it is put into chunks. */
typedef struct {
  char *reasoning; /* NULL: not thinking */
  char *content;
  char *huge;       /* NULL, or what follows the content in a single delta */
  GPtrArray *calls; /* of SondeDemoCall */
  char *finish;
  char *title; /* NULL: not asked for */
  guint reasoning_tokens;
  guint completion_tokens;
} SondeDemoAnswer;

SondeDemoAnswer *sonde_demo_answer_compose (const SondeDemoRequest *request,
                                            const SondeDemoScript *script,
                                            const char *question);
void sonde_demo_answer_free (SondeDemoAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeDemoAnswer, sonde_demo_answer_free)

G_END_DECLS
