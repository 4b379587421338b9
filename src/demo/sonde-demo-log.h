/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _SondeDemoLog SondeDemoLog;

SondeDemoLog *sonde_demo_log_open (const char *path, GError **error);
void
sonde_demo_log_request (SondeDemoLog *self, guint number, SoupServerMessage *message, guint status);
void sonde_demo_log_sent (SondeDemoLog *self,
                          guint number,
                          guint deltas,
                          gsize reasoning_bytes,
                          gsize content_bytes,
                          gsize body_bytes);
void sonde_demo_log_bill (SondeDemoLog *self,
                          guint number,
                          const char *model,
                          guint hit_tokens,
                          guint miss_tokens,
                          guint output_tokens);
void sonde_demo_log_end (SondeDemoLog *self, guint number, const char *how);
void sonde_demo_log_close (SondeDemoLog *self);

G_END_DECLS
