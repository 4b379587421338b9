/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-markdown-block.h"
#include "sonde-message.h"

G_BEGIN_DECLS

#define SONDE_TYPE_DOCUMENT (sonde_document_get_type ())
G_DECLARE_FINAL_TYPE (SondeDocument, sonde_document, SONDE, DOCUMENT, GtkWidget)

GtkWidget *sonde_document_new (SondeTextKind kind);
SondeTextKind sonde_document_get_kind (SondeDocument *self);
void sonde_document_show_message (SondeDocument *self, SondeMessage *message, gsize changed_from);
gboolean sonde_document_set_view (SondeDocument *self, double top, double bottom);

guint sonde_document_get_n_blocks (SondeDocument *self);
const SondeMarkdownBlock *sonde_document_get_block (SondeDocument *self, guint position);
GtkWidget *sonde_document_get_row (SondeDocument *self, guint position);
guint sonde_document_find_block (SondeDocument *self, double y);
int sonde_document_get_block_top (SondeDocument *self, guint position);
int sonde_document_get_block_height (SondeDocument *self, guint position);
void
sonde_document_set_wraps (SondeDocument *self, const SondeMarkdownBlock *block, gboolean wraps);
char *sonde_document_dup_code (SondeDocument *self, const SondeMarkdownBlock *block);

G_END_DECLS
