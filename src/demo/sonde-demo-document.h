/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *sonde_demo_document_choose (const char *question, guint turn);
gboolean sonde_demo_document_asks_for_tool (const char *question);
char *sonde_demo_document_write (const char *name,
                                 gint64 n_tokens,
                                 gboolean exactly,
                                 guint32 seed,
                                 const char *question,
                                 const char *tool_output);

G_END_DECLS
