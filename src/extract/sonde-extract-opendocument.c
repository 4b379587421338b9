/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-extract-opendocument.h"

#include <string.h>

#include "sonde-extract-xml.h"
#include "sonde-extract.h"

#define MAX_REPEATED 16384 /* cells; what is beyond is the empty rest of a sheet */

typedef struct {
  SondeExtractWriter *writer;
  guint n_pages;
  gboolean in_sheets; /* a spreadsheet and not a text */
  guint n_passed;     /* within what is not read: changes, annotations */
  guint n_blocks;     /* paragraphs that are open */
  guint n_items;      /* items of lists that are open */
  GPtrArray *row;     /* of a sheet */
  GString *cell;
  guint repeated;
  guint row_repeated;
} Reader;

static gboolean
is_passed (const char *name)
{
  return strcmp (name, "tracked-changes") == 0 || strcmp (name, "annotation") == 0 ||
         strcmp (name, "note-citation") == 0;
}

static void
append (Reader *self, const char *text, gssize length)
{
  if (self->in_sheets && self->row != NULL)
    g_string_append_len (self->cell, text, length);
  else if (self->n_blocks > 0)
    sonde_extract_writer_append (self->writer, text, length);
}

static void
begin_block (Reader *self, guint level)
{
  self->n_blocks++;
  if (self->in_sheets) {
    if (self->cell->len > 0)
      g_string_append_c (self->cell, '\n');
    return;
  }
  sonde_extract_writer_begin_block (self->writer);
  sonde_extract_writer_mark (self->writer, level, self->n_items > 0 && level == 0);
}

static void
end_block (Reader *self)
{
  if (self->n_blocks > 0)
    self->n_blocks--;
  if (!self->in_sheets)
    sonde_extract_writer_end_block (self->writer);
}

static void
append_spaces (Reader *self, guint64 n)
{
  for (guint64 i = 0; i < MIN (n, 1000); i++)
    append (self, " ", 1);
}

static void
begin_named (Reader *self, xmlTextReader *xml)
{
  g_autofree char *title = sonde_extract_xml_dup_attribute (xml, "name");

  self->n_pages++;
  if (title != NULL)
    sonde_extract_writer_heading (self->writer, 2, title);
}

static void
begin_row (Reader *self, xmlTextReader *xml)
{
  if (self->in_sheets)
    g_ptr_array_set_size (self->row, 0);
  else
    sonde_extract_writer_begin_row (self->writer);
}

static void
end_row (Reader *self)
{
  if (!self->in_sheets)
    sonde_extract_writer_end_row (self->writer);
  else if (self->row->len > 0)
    sonde_extract_writer_values (self->writer, self->row);
}

static void
begin_cell (Reader *self, xmlTextReader *xml)
{
  self->repeated = (guint) sonde_extract_xml_get_number (xml, "number-columns-repeated", 1);
  g_string_truncate (self->cell, 0);
  if (!self->in_sheets)
    sonde_extract_writer_begin_cell (self->writer);
}

/* Empty cells count when one with words follows. */
static void
end_cell (Reader *self)
{
  if (!self->in_sheets)
    return;

  self->row_repeated += MIN (self->repeated, MAX_REPEATED);
  if (self->cell->len == 0)
    return;
  while (self->row->len + self->repeated < self->row_repeated && self->row->len < MAX_REPEATED)
    g_ptr_array_add (self->row, g_strdup (""));
  for (guint i = 0; i < self->repeated && self->row->len < MAX_REPEATED; i++)
    g_ptr_array_add (self->row, g_strdup (self->cell->str));
}

static void
start_cb (gpointer data, const char *name, xmlTextReader *xml)
{
  Reader *self = data;

  if (is_passed (name))
    self->n_passed++;
  if (self->n_passed > 0)
    return;

  if (strcmp (name, "spreadsheet") == 0)
    self->in_sheets = TRUE;
  else if (strcmp (name, "p") == 0)
    begin_block (self, 0);
  else if (strcmp (name, "h") == 0)
    begin_block (self, (guint) sonde_extract_xml_get_number (xml, "outline-level", 1));
  else if (strcmp (name, "list-item") == 0)
    self->n_items++;
  else if (strcmp (name, "tab") == 0)
    append (self, "\t", 1);
  else if (strcmp (name, "s") == 0)
    append_spaces (self, sonde_extract_xml_get_number (xml, "c", 1));
  else if (strcmp (name, "line-break") == 0)
    append (self, "\n", 1);
  else if (strcmp (name, "page") == 0 || (strcmp (name, "table") == 0 && self->in_sheets))
    begin_named (self, xml);
  else if (strcmp (name, "table-row") == 0) {
    self->row_repeated = 0;
    begin_row (self, xml);
  } else if (strcmp (name, "table-cell") == 0 || strcmp (name, "covered-table-cell") == 0)
    begin_cell (self, xml);
}

static void
end_cb (gpointer data, const char *name)
{
  Reader *self = data;

  if (self->n_passed > 0) {
    self->n_passed -= is_passed (name);
    return;
  }

  if (strcmp (name, "p") == 0 || strcmp (name, "h") == 0)
    end_block (self);
  else if (strcmp (name, "list-item") == 0 && self->n_items > 0)
    self->n_items--;
  else if (strcmp (name, "table-row") == 0)
    end_row (self);
  else if (strcmp (name, "table-cell") == 0 || strcmp (name, "covered-table-cell") == 0)
    end_cell (self);
  else if (strcmp (name, "table") == 0)
    sonde_extract_writer_end_table (self->writer);
}

static void
text_cb (gpointer data, const char *text)
{
  Reader *self = data;

  if (self->n_passed == 0 && self->n_blocks > 0)
    append (self, text, (gssize) strlen (text));
}

/* --- password ----------------------------------------------------------------- */

static void
manifest_start_cb (gpointer data, const char *name, xmlTextReader *xml)
{
  gboolean *is_encrypted = data;

  if (strcmp (name, "encryption-data") == 0)
    *is_encrypted = TRUE;
}

static gboolean
check_encryption (SondeExtractPackage *package, GError **error)
{
  static const SondeExtractXmlHandler handler = { .start = manifest_start_cb };
  GBytes *manifest = sonde_extract_package_get (package, "META-INF/manifest.xml");
  gboolean is_encrypted = FALSE;

  if (manifest != NULL)
    sonde_extract_xml_read (manifest, &handler, &is_encrypted, NULL);
  if (!is_encrypted)
    return TRUE;

  g_set_error_literal (error, SONDE_EXTRACT_ERROR, SONDE_EXTRACT_ERROR_ENCRYPTED,
                       "It is protected by a password");
  return FALSE;
}

/**
 * sonde_extract_opendocument:
 * @package: a text, spreadsheet or presentation of OpenDocument
 * @writer: takes the text
 * @n_pages: (out): how many sheets or slides it has
 * @error: of SONDE_EXTRACT_ERROR
 *
 * Returns: whether it was read
 */
gboolean
sonde_extract_opendocument (SondeExtractPackage *package,
                            SondeExtractWriter *writer,
                            guint *n_pages,
                            GError **error)
{
  static const SondeExtractXmlHandler handler = { start_cb, end_cb, text_cb };
  g_autoptr (GPtrArray) row = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) cell = g_string_new (NULL);
  Reader self = { .writer = writer, .row = row, .cell = cell };
  GBytes *part = sonde_extract_package_require (package, "content.xml", error);

  if (part == NULL || !check_encryption (package, error) ||
      !sonde_extract_xml_read (part, &handler, &self, error))
    return FALSE;
  *n_pages = self.n_pages;

  return TRUE;
}
