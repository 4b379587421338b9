/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SondeCapabilities:
 * @thinking: it knows the fields `thinking` and `reasoning_effort`
 * @reasoning_replay: it takes `reasoning_content` back (contract.md section 4, rule 4)
 * @prefix: it continues an assistant's message with `prefix` (rule 7)
 * @strict: it holds the model to the schema of a tool with `strict`
 * @beta: prefix and strict are under `/beta` (contract.md section 1)
 * @balance: it has `/user/balance`
 * @penalties: it accepts `frequency_penalty` and `presence_penalty`
 * @split_think: it leaves `<think>…</think>` in the content (contract.md section 10, row 28)
 *
 * What a root of the chat API can do.
 */
typedef struct {
  gboolean thinking;
  gboolean reasoning_replay;
  gboolean prefix;
  gboolean strict;
  gboolean beta;
  gboolean balance;
  gboolean penalties;
  gboolean split_think;
} SondeCapabilities;

/**
 * SONDE_CAPABILITIES_DEEPSEEK:
 *
 * What DeepSeek's own root can do.
 */
#define SONDE_CAPABILITIES_DEEPSEEK                                                                \
  ((SondeCapabilities) { .thinking = TRUE,                                                         \
                         .reasoning_replay = TRUE,                                                 \
                         .prefix = TRUE,                                                           \
                         .strict = TRUE,                                                           \
                         .beta = TRUE,                                                             \
                         .balance = TRUE,                                                          \
                         .penalties = TRUE,                                                        \
                         .split_think = FALSE })

G_END_DECLS
