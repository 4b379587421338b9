/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-extract-slides.h"

#include <string.h>

#include "sonde-extract-xml.h"

typedef struct {
  SondeExtractWriter *writer;
  GPtrArray *ids; /* of the slides, in order */
  gboolean in_text;
} Reader;

static void
list_start_cb (gpointer data, const char *name, xmlTextReader *xml)
{
  Reader *self = data;
  g_autofree char *id = NULL;

  if (strcmp (name, "sldId") != 0)
    return;

  /* It has two ids; that of the relation has a prefix, and comes first or last. */
  for (int more = xmlTextReaderMoveToFirstAttribute (xml); more == 1;
       more = xmlTextReaderMoveToNextAttribute (xml)) {
    if (xmlTextReaderConstPrefix (xml) != NULL &&
        strcmp ((const char *) xmlTextReaderConstLocalName (xml), "id") == 0) {
      g_free (id);
      id = g_strdup ((const char *) xmlTextReaderConstValue (xml));
    }
  }
  xmlTextReaderMoveToElement (xml);
  if (id != NULL)
    g_ptr_array_add (self->ids, g_steal_pointer (&id));
}

static void
start_cb (gpointer data, const char *name, xmlTextReader *xml)
{
  Reader *self = data;

  if (strcmp (name, "p") == 0)
    sonde_extract_writer_begin_block (self->writer);
  else if (strcmp (name, "t") == 0)
    self->in_text = TRUE;
  else if (strcmp (name, "br") == 0)
    sonde_extract_writer_append (self->writer, "\n", 1);
  else if (strcmp (name, "tr") == 0)
    sonde_extract_writer_begin_row (self->writer);
  else if (strcmp (name, "tc") == 0)
    sonde_extract_writer_begin_cell (self->writer);
}

static void
end_cb (gpointer data, const char *name)
{
  Reader *self = data;

  if (strcmp (name, "p") == 0)
    sonde_extract_writer_end_block (self->writer);
  else if (strcmp (name, "t") == 0)
    self->in_text = FALSE;
  else if (strcmp (name, "tr") == 0)
    sonde_extract_writer_end_row (self->writer);
  else if (strcmp (name, "tbl") == 0)
    sonde_extract_writer_end_table (self->writer);
}

static void
text_cb (gpointer data, const char *text)
{
  Reader *self = data;

  if (self->in_text)
    sonde_extract_writer_append (self->writer, text, -1);
}

static const SondeExtractXmlHandler list_handler = { .start = list_start_cb };
static const SondeExtractXmlHandler slide_handler = { start_cb, end_cb, text_cb };

/* A slide, and what its speaker wants to say. */
static gboolean
read_slide (SondeExtractPackage *package, Reader *self, const char *name, guint n, GError **error)
{
  GBytes *part = sonde_extract_package_require (package, name, error);
  g_autofree char *title = g_strdup_printf ("Slide %u", n);
  g_autofree char *notes_name = NULL;
  GBytes *notes;

  if (part == NULL)
    return FALSE;
  sonde_extract_writer_heading (self->writer, 2, title);
  if (!sonde_extract_xml_read (part, &slide_handler, self, error))
    return FALSE;

  notes_name = sonde_extract_package_find_relation (package, name, "/notesSlide");
  notes = notes_name != NULL ? sonde_extract_package_get (package, notes_name) : NULL;
  if (notes == NULL)
    return TRUE;
  sonde_extract_writer_heading (self->writer, 3, "Notes");

  return sonde_extract_xml_read (notes, &slide_handler, self, error);
}

/**
 * sonde_extract_slides:
 * @package: a presentation of Office Open XML
 * @writer: takes the text
 * @n_pages: (out): how many slides it has
 * @error: of SONDE_EXTRACT_ERROR
 *
 * Returns: whether it was read
 */
gboolean
sonde_extract_slides (SondeExtractPackage *package,
                      SondeExtractWriter *writer,
                      guint *n_pages,
                      GError **error)
{
  static const char name[] = "ppt/presentation.xml";
  g_autoptr (GHashTable) targets = sonde_extract_package_read_relations (package, name);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  Reader self = { .writer = writer, .ids = ids };
  GBytes *part = sonde_extract_package_require (package, name, error);

  if (part == NULL || !sonde_extract_xml_read (part, &list_handler, &self, error))
    return FALSE;

  for (guint i = 0; i < ids->len && !sonde_extract_writer_is_full (writer); i++) {
    const char *slide = g_hash_table_lookup (targets, g_ptr_array_index (ids, i));

    if (slide != NULL && !read_slide (package, &self, slide, i + 1, error))
      return FALSE;
  }
  *n_pages = ids->len;

  return TRUE;
}
