/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <libxml/xmlreader.h>

G_BEGIN_DECLS

/**
 * SondeExtractXmlHandler:
 * @start: (nullable): an element begins; its attributes can be asked for
 * @end: (nullable): an element ends; it comes for empty ones too
 * @text: (nullable): characters; not called for white space between elements
 *
 * What is called while a part of a package is read. Names come without their prefix,
 * since the prefixes are the writer's choice.
 */
typedef struct {
  void (*start) (gpointer data, const char *name, xmlTextReader *reader);
  void (*end) (gpointer data, const char *name);
  void (*text) (gpointer data, const char *text);
} SondeExtractXmlHandler;

gboolean sonde_extract_xml_read (GBytes *part,
                                 const SondeExtractXmlHandler *handler,
                                 gpointer data,
                                 GError **error);
char *sonde_extract_xml_dup_attribute (xmlTextReader *reader, const char *name);
guint64 sonde_extract_xml_get_number (xmlTextReader *reader, const char *name, guint64 otherwise);

G_END_DECLS
