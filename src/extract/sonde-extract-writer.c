/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-extract-writer.h"

#include <string.h>

#include "sonde-extract.h"

struct _SondeExtractWriter {
  GString *text;
  gsize max_text;
  gboolean full;

  GString *block; /* of the paragraph, or of the cell, that is being read */
  guint n_open;   /* paragraphs within paragraphs: text boxes, notes */
  guint level;
  gboolean is_item;
  gboolean after_item;

  guint n_rows; /* of the table that is being read */
  guint n_cells;
  guint row_depth; /* tables within cells become text of the cell */
};

/**
 * sonde_extract_writer_new:
 * @max_text: how many bytes it takes
 *
 * Returns: (transfer full): a writer of nothing so far
 */
SondeExtractWriter *
sonde_extract_writer_new (gsize max_text)
{
  SondeExtractWriter *self = g_new0 (SondeExtractWriter, 1);

  self->text = g_string_new (NULL);
  self->block = g_string_new (NULL);
  self->max_text = max_text;

  return self;
}

/**
 * sonde_extract_writer_free:
 * @self: a writer
 */
void
sonde_extract_writer_free (SondeExtractWriter *self)
{
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_string_free (self->block, TRUE);
  g_free (self);
}

/**
 * sonde_extract_writer_is_full:
 * @self: a writer
 *
 * Returns: whether there was more text than allowed; reading on is of no use
 */
gboolean
sonde_extract_writer_is_full (SondeExtractWriter *self)
{
  self->full = self->full || self->text->len + self->block->len > self->max_text;

  return self->full;
}

/**
 * sonde_extract_writer_steal:
 * @self: a writer
 * @error: SONDE_EXTRACT_ERROR_TOO_LARGE
 *
 * Returns: (transfer full) (nullable): all of the text, valid UTF-8
 */
GString *
sonde_extract_writer_steal (SondeExtractWriter *self, GError **error)
{
  if (sonde_extract_writer_is_full (self)) {
    g_set_error_literal (error, SONDE_EXTRACT_ERROR, SONDE_EXTRACT_ERROR_TOO_LARGE,
                         "There is too much text in it");
    return NULL;
  }

  return g_steal_pointer (&self->text);
}

/**
 * sonde_extract_writer_append:
 * @self: a writer
 * @text: what follows in the paragraph or cell; made valid UTF-8 without NUL
 * @length: its length in bytes, or -1
 */
void
sonde_extract_writer_append (SondeExtractWriter *self, const char *text, gssize length)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;

  if (sonde_extract_writer_is_full (self))
    return;

  if (g_utf8_validate_len (text, n, NULL)) {
    g_string_append_len (self->block, text, (gssize) n);
  } else {
    g_autofree char *valid = g_utf8_make_valid (text, (gssize) n);

    g_string_append (self->block, valid);
  }
}

/**
 * sonde_extract_writer_begin_block:
 * @self: a writer
 *
 * A paragraph begins.
 */
void
sonde_extract_writer_begin_block (SondeExtractWriter *self)
{
  self->n_open++;
  if (self->row_depth == 0 && self->n_open == 1) {
    self->level = 0;
    self->is_item = FALSE;
  } else if (self->block->len > 0) {
    g_string_append_c (self->block, self->row_depth > 0 ? ' ' : '\n');
  }
}

/**
 * sonde_extract_writer_mark:
 * @self: a writer
 * @heading_level: 1 to 6, or 0
 * @is_item: whether it is an item of a list
 *
 * Says what the present paragraph is.
 */
void
sonde_extract_writer_mark (SondeExtractWriter *self, guint heading_level, gboolean is_item)
{
  if (heading_level > 0)
    self->level = MIN (heading_level, 6);
  self->is_item = self->is_item || is_item;
}

static void
write_block (SondeExtractWriter *self)
{
  g_strchomp (self->block->str);
  self->block->len = strlen (self->block->str);
  if (self->block->len == 0)
    return;

  if (self->text->len > 0)
    g_string_append (self->text, self->is_item && self->after_item ? "\n" : "\n\n");
  if (self->level > 0)
    g_string_append_printf (self->text, "%.*s ", (int) self->level, "######");
  else if (self->is_item)
    g_string_append (self->text, "- ");
  g_string_append_len (self->text, self->block->str, (gssize) self->block->len);
  self->after_item = self->is_item;
  g_string_truncate (self->block, 0);
}

/**
 * sonde_extract_writer_end_block:
 * @self: a writer
 *
 * The paragraph ends.
 */
void
sonde_extract_writer_end_block (SondeExtractWriter *self)
{
  if (self->n_open > 0)
    self->n_open--;
  if (self->n_open == 0 && self->row_depth == 0)
    write_block (self);
}

/**
 * sonde_extract_writer_heading:
 * @self: a writer
 * @level: 1 to 6
 * @text: a title
 */
void
sonde_extract_writer_heading (SondeExtractWriter *self, guint level, const char *text)
{
  sonde_extract_writer_begin_block (self);
  sonde_extract_writer_mark (self, level, FALSE);
  sonde_extract_writer_append (self, text, -1);
  sonde_extract_writer_end_block (self);
}

/* What is in a cell stands on one line, and its bars are none of the table's. */
static void
write_cell (SondeExtractWriter *self)
{
  for (const char *p = self->block->str; *p != '\0'; p++) {
    if (*p == '|')
      g_string_append (self->text, "\\|");
    else
      g_string_append_c (self->text, *p == '\n' || *p == '\t' ? ' ' : *p);
  }
  g_string_truncate (self->block, 0);
}

/**
 * sonde_extract_writer_begin_row:
 * @self: a writer
 *
 * A row of a table begins.
 */
void
sonde_extract_writer_begin_row (SondeExtractWriter *self)
{
  if (self->row_depth++ > 0)
    return;

  write_block (self);
  self->n_cells = 0;
  if (self->text->len > 0)
    g_string_append (self->text, self->n_rows > 0 ? "\n" : "\n\n");
}

/**
 * sonde_extract_writer_begin_cell:
 * @self: a writer
 *
 * The next cell of the row begins.
 */
void
sonde_extract_writer_begin_cell (SondeExtractWriter *self)
{
  if (self->row_depth != 1)
    return;

  if (self->n_cells++ > 0)
    write_cell (self);
  g_string_append (self->text, self->n_cells > 1 ? " | " : "| ");
}

/**
 * sonde_extract_writer_end_row:
 * @self: a writer
 *
 * The row ends. The first one of a table is its header.
 */
void
sonde_extract_writer_end_row (SondeExtractWriter *self)
{
  if (self->row_depth == 0 || --self->row_depth > 0)
    return;

  write_cell (self);
  g_string_append (self->text, " |");
  if (self->n_rows++ == 0) {
    g_string_append (self->text, "\n|");
    for (guint i = 0; i < MAX (self->n_cells, 1); i++)
      g_string_append (self->text, " --- |");
  }
  self->after_item = FALSE;
}

/**
 * sonde_extract_writer_end_table:
 * @self: a writer
 *
 * The table ends.
 */
void
sonde_extract_writer_end_table (SondeExtractWriter *self)
{
  if (self->row_depth == 0)
    self->n_rows = 0;
}

/**
 * sonde_extract_writer_values:
 * @self: a writer
 * @values: (element-type utf8): the cells of a row of a sheet
 *
 * Writes a line of comma-separated values (RFC 4180).
 */
void
sonde_extract_writer_values (SondeExtractWriter *self, GPtrArray *values)
{
  for (guint i = 0; i < values->len; i++) {
    const char *value = g_ptr_array_index (values, i);

    if (i > 0)
      g_string_append_c (self->block, ',');
    if (strpbrk (value, ",\"\n\r") == NULL) {
      sonde_extract_writer_append (self, value, -1);
    } else {
      g_auto (GStrv) parts = g_strsplit (value, "\"", -1);
      g_autofree char *quoted = g_strjoinv ("\"\"", parts);

      g_string_append_c (self->block, '"');
      sonde_extract_writer_append (self, quoted, -1);
      g_string_append_c (self->block, '"');
    }
  }
  /* Rows follow each other as the items of a list do, without an empty line. */
  if (self->text->len > 0)
    g_string_append (self->text, self->after_item ? "\n" : "\n\n");
  g_string_append_len (self->text, self->block->str, (gssize) self->block->len);
  g_string_truncate (self->block, 0);
  self->after_item = TRUE;
}
