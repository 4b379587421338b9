/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-exporter.h"

#include "sonde-export-turn.h"

/**
 * SondeExporter:
 *
 * Writes conversations to a stream, one at a time, so that any number of them takes no
 * more memory than the largest. It does blocking I/O and belongs to the thread that calls
 * it. It is only ever given conversations: a key cannot get into an export.
 */
struct _SondeExporter {
  GObject parent_instance;

  SondeExportFormat format;
  SondeExportFlags flags;
  GOutputStream *stream;
  SondeExportLabels labels;
  GString *out;
  guint n_added;
};

G_DEFINE_FINAL_TYPE (SondeExporter, sonde_exporter, G_TYPE_OBJECT)

static void
clear_labels (SondeExportLabels *labels)
{
  g_free ((char *) labels->you);
  g_free ((char *) labels->assistant);
  g_free ((char *) labels->system);
  g_free ((char *) labels->tool);
  g_free ((char *) labels->reasoning);
  g_free ((char *) labels->summary);
  g_free ((char *) labels->untitled);
}

static void
sonde_exporter_finalize (GObject *object)
{
  SondeExporter *self = SONDE_EXPORTER (object);

  clear_labels (&self->labels);
  g_string_free (self->out, TRUE);
  g_clear_object (&self->stream);

  G_OBJECT_CLASS (sonde_exporter_parent_class)->finalize (object);
}

static void
sonde_exporter_class_init (SondeExporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_exporter_finalize;
}

static void
sonde_exporter_init (SondeExporter *self)
{
  static const SondeExportLabels english = {
    .you = "You",
    .assistant = "Assistant",
    .system = "System",
    .tool = "Tool",
    .reasoning = "Reasoning",
    .summary = "Summary of the messages above",
    .untitled = "Untitled",
  };

  self->out = g_string_new (NULL);
  sonde_exporter_set_labels (self, &english);
}

static gboolean
flush (SondeExporter *self, GCancellable *cancellable, GError **error)
{
  gboolean written = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
                     g_output_stream_write_all (self->stream, self->out->str, self->out->len, NULL,
                                                cancellable, error);

  /* What a large conversation took is given back. */
  g_string_free (self->out, TRUE);
  self->out = g_string_new (NULL);

  return written;
}

static void
begin (SondeExporter *self, const char *title)
{
  switch (self->format) {
  case SONDE_EXPORT_JSON:
    sonde_export_json_begin (self->out);
    break;
  case SONDE_EXPORT_HTML:
    sonde_export_html_begin (self->out, title);
    break;
  case SONDE_EXPORT_MARKDOWN:
  case SONDE_EXPORT_TEXT:
    break;
  }
}

/**
 * sonde_export_format_get_suffix:
 * @format: a format
 *
 * Returns: what a name of such a file ends with, with its point
 */
const char *
sonde_export_format_get_suffix (SondeExportFormat format)
{
  switch (format) {
  case SONDE_EXPORT_MARKDOWN:
    return ".md";
  case SONDE_EXPORT_JSON:
    return ".json";
  case SONDE_EXPORT_HTML:
    return ".html";
  case SONDE_EXPORT_TEXT:
    return ".txt";
  }

  g_return_val_if_reached (NULL);
}

/**
 * sonde_export_format_get_media_type:
 * @format: a format
 *
 * Returns: the media type of such a file
 */
const char *
sonde_export_format_get_media_type (SondeExportFormat format)
{
  switch (format) {
  case SONDE_EXPORT_MARKDOWN:
    return "text/markdown";
  case SONDE_EXPORT_JSON:
    return "application/json";
  case SONDE_EXPORT_HTML:
    return "text/html";
  case SONDE_EXPORT_TEXT:
    return "text/plain";
  }

  g_return_val_if_reached (NULL);
}

/**
 * sonde_exporter_new:
 * @format: what to write
 * @flags: how much of it
 * @stream: where to; it is neither flushed nor closed
 *
 * Returns: (transfer full): an exporter that has written nothing yet
 */
SondeExporter *
sonde_exporter_new (SondeExportFormat format, SondeExportFlags flags, GOutputStream *stream)
{
  SondeExporter *self;

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), NULL);

  self = g_object_new (SONDE_TYPE_EXPORTER, NULL);
  self->format = format;
  self->flags = flags;
  self->stream = g_object_ref (stream);

  return self;
}

/**
 * sonde_exporter_set_labels:
 * @self: an exporter
 * @labels: the words to use, copied
 *
 * Without it they are English. JSON has none.
 */
void
sonde_exporter_set_labels (SondeExporter *self, const SondeExportLabels *labels)
{
  g_return_if_fail (SONDE_IS_EXPORTER (self));

  clear_labels (&self->labels);
  self->labels = (SondeExportLabels) {
    .you = g_strdup (labels->you),
    .assistant = g_strdup (labels->assistant),
    .system = g_strdup (labels->system),
    .tool = g_strdup (labels->tool),
    .reasoning = g_strdup (labels->reasoning),
    .summary = g_strdup (labels->summary),
    .untitled = g_strdup (labels->untitled),
  };
}

/**
 * sonde_exporter_add:
 * @self: an exporter
 * @record: a conversation
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error of GIO
 *
 * Writes a conversation.
 *
 * Returns: whether it was written
 */
gboolean
sonde_exporter_add (SondeExporter *self,
                    const SondeTransferRecord *record,
                    GCancellable *cancellable,
                    GError **error)
{
  const char *title;

  g_return_val_if_fail (SONDE_IS_EXPORTER (self), FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  title = sonde_conversation_get_title (record->conversation);
  if (self->n_added == 0)
    begin (self, title != NULL ? title : self->labels.untitled);
  switch (self->format) {
  case SONDE_EXPORT_MARKDOWN:
    sonde_export_markdown_add (self->out, record, self->flags, &self->labels, self->n_added);
    break;
  case SONDE_EXPORT_JSON:
    sonde_export_json_add (self->out, record, self->n_added);
    break;
  case SONDE_EXPORT_HTML:
    sonde_export_html_add (self->out, record, self->flags, &self->labels);
    break;
  case SONDE_EXPORT_TEXT:
    sonde_export_text_add (self->out, record, self->flags, &self->labels, self->n_added);
    break;
  }
  self->n_added++;

  return flush (self, cancellable, error);
}

/**
 * sonde_exporter_finish:
 * @self: an exporter
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error of GIO
 *
 * Writes what stands behind the last conversation. Nothing is added after it.
 *
 * Returns: whether it was written
 */
gboolean
sonde_exporter_finish (SondeExporter *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (SONDE_IS_EXPORTER (self), FALSE);

  if (self->n_added == 0)
    begin (self, self->labels.untitled);
  switch (self->format) {
  case SONDE_EXPORT_JSON:
    sonde_export_json_end (self->out);
    break;
  case SONDE_EXPORT_HTML:
    sonde_export_html_end (self->out);
    break;
  case SONDE_EXPORT_MARKDOWN:
  case SONDE_EXPORT_TEXT:
    break;
  }

  return flush (self, cancellable, error);
}
