/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "sonde-demo-answer.h"
#include "sonde-demo-log.h"

G_BEGIN_DECLS

#define SONDE_TYPE_DEMO_REPLY (sonde_demo_reply_get_type ())
G_DECLARE_FINAL_TYPE (SondeDemoReply, sonde_demo_reply, SONDE, DEMO_REPLY, GObject)

SondeDemoReply *sonde_demo_reply_new (SoupServerMessage *message,
                                      SondeDemoRequest *request,
                                      SondeDemoScript *script,
                                      SondeDemoAnswer *answer,
                                      SondeDemoUsage usage,
                                      guint prompt_tokens,
                                      guint cached_tokens);
void sonde_demo_reply_start (SondeDemoReply *self, SondeDemoLog *log, guint number);
void sonde_demo_reply_abort (SondeDemoReply *self);

G_END_DECLS
