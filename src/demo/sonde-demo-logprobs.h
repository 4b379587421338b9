/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void sonde_demo_logprobs_append (GString *out,
                                 gint64 top,
                                 const char *content,
                                 const char *reasoning,
                                 gssize length);

G_END_DECLS
