/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-transfer.h"

G_BEGIN_DECLS

/**
 * SondeExportFormat:
 * @SONDE_EXPORT_MARKDOWN: Markdown with front matter before each conversation
 * @SONDE_EXPORT_JSON: everything, for an import: docs/format.md
 * @SONDE_EXPORT_HTML: one page that needs nothing else
 * @SONDE_EXPORT_TEXT: plain text
 *
 * What to write.
 */
typedef enum {
  SONDE_EXPORT_MARKDOWN,
  SONDE_EXPORT_JSON,
  SONDE_EXPORT_HTML,
  SONDE_EXPORT_TEXT,
} SondeExportFormat;

/**
 * SondeExportFlags:
 * @SONDE_EXPORT_REASONING: with what was thought before each answer
 * @SONDE_EXPORT_ALL_BRANCHES: every version of every message, not the chosen path alone
 *
 * How much to write; JSON is always whole.
 */
typedef enum {
  SONDE_EXPORT_REASONING = 1 << 0,
  SONDE_EXPORT_ALL_BRANCHES = 1 << 1,
} SondeExportFlags;

/**
 * SondeExportLabels:
 * @you: the heading of a question
 * @assistant: the heading of an answer by a model that is not known
 * @system: the heading of what the model is told
 * @tool: the heading of a tool's result
 * @reasoning: the heading of reasoning
 * @summary: the heading of a note that is sent in place of the messages before it
 * @untitled: a conversation without a title
 *
 * The words of an export that is for reading, in the reader's language.
 */
typedef struct {
  const char *you;
  const char *assistant;
  const char *system;
  const char *tool;
  const char *reasoning;
  const char *summary;
  const char *untitled;
} SondeExportLabels;

#define SONDE_TYPE_EXPORTER (sonde_exporter_get_type ())
G_DECLARE_FINAL_TYPE (SondeExporter, sonde_exporter, SONDE, EXPORTER, GObject)

const char *sonde_export_format_get_suffix (SondeExportFormat format);
const char *sonde_export_format_get_media_type (SondeExportFormat format);

SondeExporter *
sonde_exporter_new (SondeExportFormat format, SondeExportFlags flags, GOutputStream *stream);
void sonde_exporter_set_labels (SondeExporter *self, const SondeExportLabels *labels);
gboolean sonde_exporter_add (SondeExporter *self,
                             const SondeTransferRecord *record,
                             GCancellable *cancellable,
                             GError **error);
gboolean sonde_exporter_finish (SondeExporter *self, GCancellable *cancellable, GError **error);

G_END_DECLS
