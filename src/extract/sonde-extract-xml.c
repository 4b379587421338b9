/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-extract-xml.h"

#include <string.h>

#include "sonde-extract.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlTextReader, xmlFreeTextReader)

static void
quiet_cb (void *data, const char *message, xmlParserSeverities severity, xmlTextReaderLocatorPtr at)
{
}

static void
handle_node (xmlTextReader *reader, const SondeExtractXmlHandler *handler, gpointer data)
{
  const char *name = (const char *) xmlTextReaderConstLocalName (reader);
  const char *text = (const char *) xmlTextReaderConstValue (reader);

  switch (xmlTextReaderNodeType (reader)) {
  case XML_READER_TYPE_ELEMENT:
    if (handler->start != NULL)
      handler->start (data, name, reader);
    if (xmlTextReaderIsEmptyElement (reader) == 1 && handler->end != NULL)
      handler->end (data, name);
    break;
  case XML_READER_TYPE_END_ELEMENT:
    if (handler->end != NULL)
      handler->end (data, name);
    break;
  case XML_READER_TYPE_TEXT:
  case XML_READER_TYPE_CDATA:
  case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
    if (handler->text != NULL && text != NULL)
      handler->text (data, text);
    break;
  default:
    break;
  }
}

/**
 * sonde_extract_xml_read:
 * @part: an XML document
 * @handler: what to call
 * @data: for @handler
 * @error: SONDE_EXTRACT_ERROR_DAMAGED
 *
 * Reads it from start to end. No other document is loaded and no entity is replaced,
 * so that a small file stays small.
 *
 * Returns: whether it was well-formed
 */
gboolean
sonde_extract_xml_read (GBytes *part,
                        const SondeExtractXmlHandler *handler,
                        gpointer data,
                        GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (part, &size);
  g_autoptr (xmlTextReader) reader = NULL;
  int more = -1;

  if (size <= G_MAXINT)
    reader = xmlReaderForMemory (bytes, (int) size, NULL, NULL, XML_PARSE_NONET);
  if (reader != NULL) {
    xmlTextReaderSetErrorHandler (reader, quiet_cb, NULL);
    while ((more = xmlTextReaderRead (reader)) == 1)
      handle_node (reader, handler, data);
  }
  if (more == 0)
    return TRUE;

  g_set_error_literal (error, SONDE_EXTRACT_ERROR, SONDE_EXTRACT_ERROR_DAMAGED,
                       "A part of the document is no well-formed XML");
  return FALSE;
}

/**
 * sonde_extract_xml_dup_attribute:
 * @reader: at an element
 * @name: of an attribute, without its prefix
 *
 * Returns: (transfer full) (nullable): its value
 */
char *
sonde_extract_xml_dup_attribute (xmlTextReader *reader, const char *name)
{
  char *value = NULL;

  for (int more = xmlTextReaderMoveToFirstAttribute (reader); more == 1 && value == NULL;
       more = xmlTextReaderMoveToNextAttribute (reader)) {
    if (strcmp ((const char *) xmlTextReaderConstLocalName (reader), name) == 0)
      value = g_strdup ((const char *) xmlTextReaderConstValue (reader));
  }
  xmlTextReaderMoveToElement (reader);

  return value;
}

/**
 * sonde_extract_xml_get_number:
 * @reader: at an element
 * @name: of an attribute, without its prefix
 * @otherwise: what it is where it is absent or no number
 *
 * Returns: its value
 */
guint64
sonde_extract_xml_get_number (xmlTextReader *reader, const char *name, guint64 otherwise)
{
  g_autofree char *text = sonde_extract_xml_dup_attribute (reader, name);
  guint64 number;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &number, NULL))
    return otherwise;

  return number;
}
