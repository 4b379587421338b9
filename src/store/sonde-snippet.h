/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What marks a match in a snippet; it has no other control characters. */
#define SONDE_SNIPPET_BEGIN '\002'
#define SONDE_SNIPPET_END   '\003'

typedef struct _SondeSnippet SondeSnippet;

SondeSnippet *sonde_snippet_new (const char *phrases);
void sonde_snippet_free (SondeSnippet *self);
char *sonde_snippet_make (SondeSnippet *self, const char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeSnippet, sonde_snippet_free)

G_END_DECLS
