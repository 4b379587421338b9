/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A response that is not an answer: contract.md section 7.1. */
typedef struct {
  guint status;
  const char *content_type; /* NULL: the header is not sent */
  char *body;
} SondeDemoRefusal;

SondeDemoRefusal *
sonde_demo_refusal_new_text (guint status, const char *content_type, const char *body);
SondeDemoRefusal *sonde_demo_refusal_new_error (guint status,
                                                const char *content_type,
                                                const char *type,
                                                const char *message);
SondeDemoRefusal *sonde_demo_refusal_new_invalid (const char *message);
SondeDemoRefusal *sonde_demo_refusal_new_key (const char *key);
SondeDemoRefusal *sonde_demo_refusal_new_balance (void);
SondeDemoRefusal *sonde_demo_refusal_new_html (guint status);
SondeDemoRefusal *sonde_demo_refusal_new_for_status (const char *status, const char *key);
void sonde_demo_refusal_free (SondeDemoRefusal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeDemoRefusal, sonde_demo_refusal_free)

G_END_DECLS
