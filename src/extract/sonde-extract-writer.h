/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SondeExtractWriter:
 *
 * Takes the text of a document, piece by piece, and writes it as Markdown: headings,
 * list items, tables, and lines of comma-separated values for sheets.
 */
typedef struct _SondeExtractWriter SondeExtractWriter;

SondeExtractWriter *sonde_extract_writer_new (gsize max_text);
void sonde_extract_writer_free (SondeExtractWriter *self);
GString *sonde_extract_writer_steal (SondeExtractWriter *self, GError **error);
gboolean sonde_extract_writer_is_full (SondeExtractWriter *self);

void sonde_extract_writer_append (SondeExtractWriter *self, const char *text, gssize length);
void sonde_extract_writer_begin_block (SondeExtractWriter *self);
void sonde_extract_writer_mark (SondeExtractWriter *self, guint heading_level, gboolean is_item);
void sonde_extract_writer_end_block (SondeExtractWriter *self);
void sonde_extract_writer_begin_row (SondeExtractWriter *self);
void sonde_extract_writer_begin_cell (SondeExtractWriter *self);
void sonde_extract_writer_end_row (SondeExtractWriter *self);
void sonde_extract_writer_end_table (SondeExtractWriter *self);
void sonde_extract_writer_heading (SondeExtractWriter *self, guint level, const char *text);
void sonde_extract_writer_values (SondeExtractWriter *self, GPtrArray *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeExtractWriter, sonde_extract_writer_free)

G_END_DECLS
