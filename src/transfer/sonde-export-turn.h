/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-exporter.h"

G_BEGIN_DECLS

/**
 * SondeExportTurn:
 * @message: a message
 * @number: how many come before it in the export, and 1
 * @after: the number of its parent, or 0
 * @version: which of its parent's children it is, from 1
 * @n_versions: how many there are
 *
 * A message in the order in which an export is read.
 */
typedef struct {
  SondeMessage *message;
  guint number;
  guint after;
  guint version;
  guint n_versions;
} SondeExportTurn;

GArray *sonde_export_list_turns (const SondeTransferRecord *record, SondeExportFlags flags);
char *sonde_export_turn_dup_heading (const SondeExportTurn *self,
                                     SondeExportFlags flags,
                                     const SondeExportLabels *labels);
const char *sonde_export_turn_get_reasoning (const SondeExportTurn *self, SondeExportFlags flags);
char *sonde_export_dup_time (gint64 time);

/* The formats: what stands before the first conversation, each conversation, and behind
 * the last one. @n_before counts the conversations before it. */
void sonde_export_json_begin (GString *out);
void sonde_export_json_add (GString *out, const SondeTransferRecord *record, guint n_before);
void sonde_export_json_end (GString *out);
void sonde_export_json_append_string (GString *out, const char *text);
void sonde_export_html_begin (GString *out, const char *title);
void sonde_export_html_add (GString *out,
                            const SondeTransferRecord *record,
                            SondeExportFlags flags,
                            const SondeExportLabels *labels);
void sonde_export_html_end (GString *out);
void sonde_export_markdown_add (GString *out,
                                const SondeTransferRecord *record,
                                SondeExportFlags flags,
                                const SondeExportLabels *labels,
                                guint n_before);
void sonde_export_text_add (GString *out,
                            const SondeTransferRecord *record,
                            SondeExportFlags flags,
                            const SondeExportLabels *labels,
                            guint n_before);

G_END_DECLS
