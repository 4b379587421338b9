/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-markdown-block.h"

G_BEGIN_DECLS

typedef struct _SondeNesting SondeNesting;

SondeNesting *sonde_nesting_new (GtkWidget *document);
void sonde_nesting_free (SondeNesting *self);
void sonde_nesting_set_n_blocks (SondeNesting *self, guint n_blocks);
gboolean sonde_nesting_fits (SondeNesting *self, guint position, const SondeMarkdownBlock *block);
void sonde_nesting_set_block (SondeNesting *self, guint position, const SondeMarkdownBlock *block);
void
sonde_nesting_insert_row (SondeNesting *self, guint position, GtkWidget *row, GtkWidget *previous);
void sonde_nesting_remove_row (SondeNesting *self, guint position, GtkWidget *row);

G_END_DECLS
