/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-extract-word.h"

#include <string.h>

#include "sonde-extract-xml.h"

typedef struct {
  SondeExtractWriter *writer;
  gboolean in_text;  /* within w:t, where the words are */
  guint n_deleted;   /* within changes that were taken back */
  char *note_marker; /* of the note that begins, to stand before its words */
} Reader;

/* `Heading2` and its like; the names are the same in every language. */
static guint
find_level (xmlTextReader *xml)
{
  g_autofree char *style = sonde_extract_xml_dup_attribute (xml, "val");

  if (style == NULL)
    return 0;
  if (g_ascii_strcasecmp (style, "title") == 0)
    return 1;
  if (g_ascii_strncasecmp (style, "heading", 7) != 0)
    return 0;

  return (guint) CLAMP (g_ascii_strtoull (style + 7, NULL, 10), 1, 6);
}

static void
append_note_reference (Reader *self, xmlTextReader *xml)
{
  g_autofree char *id = sonde_extract_xml_dup_attribute (xml, "id");
  g_autofree char *marker = id != NULL ? g_strconcat ("[^", id, "]", NULL) : NULL;

  if (marker != NULL)
    sonde_extract_writer_append (self->writer, marker, -1);
}

static void
begin_note (Reader *self, xmlTextReader *xml)
{
  g_autofree char *type = sonde_extract_xml_dup_attribute (xml, "type");
  g_autofree char *id = sonde_extract_xml_dup_attribute (xml, "id");

  /* Those with a type are lines between text and notes. */
  if (type == NULL && id != NULL) {
    g_free (self->note_marker);
    self->note_marker = g_strconcat ("[^", id, "]: ", NULL);
  }
}

static void
begin_paragraph (Reader *self)
{
  g_autofree char *marker = g_steal_pointer (&self->note_marker);

  sonde_extract_writer_begin_block (self->writer);
  if (marker != NULL)
    sonde_extract_writer_append (self->writer, marker, -1);
}

static void
start_cb (gpointer data, const char *name, xmlTextReader *xml)
{
  Reader *self = data;

  if (strcmp (name, "p") == 0)
    begin_paragraph (self);
  else if (strcmp (name, "pStyle") == 0)
    sonde_extract_writer_mark (self->writer, find_level (xml), FALSE);
  else if (strcmp (name, "numPr") == 0)
    sonde_extract_writer_mark (self->writer, 0, TRUE);
  else if (strcmp (name, "t") == 0)
    self->in_text = TRUE;
  else if (strcmp (name, "del") == 0 || strcmp (name, "moveFrom") == 0)
    self->n_deleted++;
  else if (strcmp (name, "tab") == 0 && self->n_deleted == 0)
    sonde_extract_writer_append (self->writer, "\t", 1);
  else if (strcmp (name, "br") == 0 || strcmp (name, "cr") == 0)
    sonde_extract_writer_append (self->writer, "\n", 1);
  else if (strcmp (name, "tr") == 0)
    sonde_extract_writer_begin_row (self->writer);
  else if (strcmp (name, "tc") == 0)
    sonde_extract_writer_begin_cell (self->writer);
  else if (strcmp (name, "footnoteReference") == 0 || strcmp (name, "endnoteReference") == 0)
    append_note_reference (self, xml);
  else if (strcmp (name, "footnote") == 0 || strcmp (name, "endnote") == 0)
    begin_note (self, xml);
}

static void
end_cb (gpointer data, const char *name)
{
  Reader *self = data;

  if (strcmp (name, "p") == 0)
    sonde_extract_writer_end_block (self->writer);
  else if (strcmp (name, "t") == 0)
    self->in_text = FALSE;
  else if ((strcmp (name, "del") == 0 || strcmp (name, "moveFrom") == 0) && self->n_deleted > 0)
    self->n_deleted--;
  else if (strcmp (name, "tr") == 0)
    sonde_extract_writer_end_row (self->writer);
  else if (strcmp (name, "tbl") == 0)
    sonde_extract_writer_end_table (self->writer);
}

static void
text_cb (gpointer data, const char *text)
{
  Reader *self = data;

  if (self->in_text && self->n_deleted == 0)
    sonde_extract_writer_append (self->writer, text, -1);
}

/**
 * sonde_extract_word:
 * @package: a text document of Office Open XML
 * @writer: takes the text
 * @n_pages: (out): 0; pages are made when it is printed
 * @error: of SONDE_EXTRACT_ERROR
 *
 * Returns: whether it was read
 */
gboolean
sonde_extract_word (SondeExtractPackage *package,
                    SondeExtractWriter *writer,
                    guint *n_pages,
                    GError **error)
{
  static const SondeExtractXmlHandler handler = { start_cb, end_cb, text_cb };
  static const char *const notes[] = { "word/footnotes.xml", "word/endnotes.xml" };
  GBytes *part = sonde_extract_package_require (package, "word/document.xml", error);
  Reader self = { .writer = writer };
  gboolean read;

  read = part != NULL && sonde_extract_xml_read (part, &handler, &self, error);
  for (gsize i = 0; read && i < G_N_ELEMENTS (notes); i++) {
    part = sonde_extract_package_get (package, notes[i]);
    if (part != NULL)
      read = sonde_extract_xml_read (part, &handler, &self, error);
  }
  g_free (self.note_marker);
  *n_pages = 0;

  return read;
}
