/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SondeThinkSplitter SondeThinkSplitter;

SondeThinkSplitter *sonde_think_splitter_new (void);
void sonde_think_splitter_push (SondeThinkSplitter *self,
                                const char *text,
                                GString *reasoning,
                                GString *content);
void sonde_think_splitter_end (SondeThinkSplitter *self, GString *reasoning, GString *content);
void sonde_think_splitter_free (SondeThinkSplitter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeThinkSplitter, sonde_think_splitter_free)

G_END_DECLS
