/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-extract-sheets.h"

#include <math.h>
#include <string.h>

#include "sonde-extract-xml.h"

#define MAX_COLUMNS  16384
#define DAYS_TO_1970 25569 /* from the day 0 of a workbook, 30 December 1899 */

typedef struct {
  SondeExtractWriter *writer;

  GPtrArray *strings; /* that the cells share */
  GString *string;
  gboolean in_text;
  gboolean in_phonetic; /* how a Japanese word is read aloud */

  GHashTable *date_formats; /* by id: whether a number in it is a date */
  GArray *styles;           /* gboolean: whether cells of this style are dates */
  gboolean in_cell_styles;

  GPtrArray *names; /* of the sheets, in order */
  GPtrArray *ids;

  GPtrArray *row;
  guint column;
  guint style;
  char *type;
} Reader;

/* --- strings that the cells share --------------------------------------------- */

static void
string_start_cb (gpointer data, const char *name, xmlTextReader *xml)
{
  Reader *self = data;

  if (strcmp (name, "si") == 0)
    g_string_truncate (self->string, 0);
  else if (strcmp (name, "rPh") == 0)
    self->in_phonetic = TRUE;
  else if (strcmp (name, "t") == 0)
    self->in_text = !self->in_phonetic;
}

static void
string_end_cb (gpointer data, const char *name)
{
  Reader *self = data;

  if (strcmp (name, "si") == 0)
    g_ptr_array_add (self->strings, g_strdup (self->string->str));
  else if (strcmp (name, "rPh") == 0)
    self->in_phonetic = FALSE;
  else if (strcmp (name, "t") == 0)
    self->in_text = FALSE;
}

static void
string_text_cb (gpointer data, const char *text)
{
  Reader *self = data;

  if (self->in_text)
    g_string_append (self->string, text);
}

/* --- which numbers are dates -------------------------------------------------- */

/* The numbers of the formats that need no words (ECMA-376, part 1, 18.8.30). */
static gboolean
is_builtin_date (guint64 id)
{
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
         (id >= 50 && id <= 58);
}

/* Whether a format has a letter of a date outside of quotes and brackets. */
static gboolean
is_date_format (const char *format)
{
  char until = '\0';

  for (const char *p = format; *p != '\0'; p++) {
    if (until != '\0') {
      if (*p == until)
        until = '\0';
    } else if (*p == '"') {
      until = '"';
    } else if (*p == '[' && strchr ("hmsHMS", p[1]) == NULL) {
      until = ']';
    } else if (*p == '\\' && p[1] != '\0') {
      p++;
    } else if (strchr ("ymdhsYMDHS", *p) != NULL) {
      return TRUE;
    }
  }

  return FALSE;
}

static void
style_start_cb (gpointer data, const char *name, xmlTextReader *xml)
{
  Reader *self = data;

  if (strcmp (name, "numFmt") == 0) {
    g_autofree char *format = sonde_extract_xml_dup_attribute (xml, "formatCode");
    guint id = (guint) sonde_extract_xml_get_number (xml, "numFmtId", 0);

    if (format != NULL && is_date_format (format))
      g_hash_table_add (self->date_formats, GUINT_TO_POINTER (id));
  } else if (strcmp (name, "cellXfs") == 0) {
    self->in_cell_styles = TRUE;
  } else if (strcmp (name, "xf") == 0 && self->in_cell_styles) {
    guint64 id = sonde_extract_xml_get_number (xml, "numFmtId", 0);
    gboolean is_date = is_builtin_date (id) ||
                       g_hash_table_contains (self->date_formats, GUINT_TO_POINTER ((guint) id));

    g_array_append_val (self->styles, is_date);
  }
}

static void
style_end_cb (gpointer data, const char *name)
{
  Reader *self = data;

  if (strcmp (name, "cellXfs") == 0)
    self->in_cell_styles = FALSE;
}

/* A day is 1; its time is the part behind the point. */
static char *
format_date (double value)
{
  gint64 seconds = (gint64) round ((value - DAYS_TO_1970) * 86400);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  if (time == NULL || value < 0)
    return NULL;
  if (value < 1)
    return g_date_time_format (time, "%H:%M:%S");

  return g_date_time_format (time, seconds % 86400 == 0 ? "%Y-%m-%d" : "%Y-%m-%d %H:%M:%S");
}

/* --- the list of the sheets --------------------------------------------------- */

static void
workbook_start_cb (gpointer data, const char *name, xmlTextReader *xml)
{
  Reader *self = data;
  char *title;
  char *id;

  if (strcmp (name, "sheet") != 0)
    return;

  title = sonde_extract_xml_dup_attribute (xml, "name");
  id = sonde_extract_xml_dup_attribute (xml, "id");
  g_ptr_array_add (self->names, title != NULL ? title : g_strdup (""));
  g_ptr_array_add (self->ids, id != NULL ? id : g_strdup (""));
}

/* --- a sheet ------------------------------------------------------------------ */

/* `AB7` is in the column 27, counted from 0. */
static guint
find_column (const char *reference, guint otherwise)
{
  guint column = 0;

  if (reference == NULL || !g_ascii_isupper (reference[0]))
    return otherwise;
  for (const char *p = reference; g_ascii_isupper (*p) && column <= MAX_COLUMNS; p++)
    column = column * 26 + (guint) (*p - 'A' + 1);

  return column - 1;
}

static char *
find_value (Reader *self)
{
  const char *text = self->string->str;
  guint64 index;

  if (g_strcmp0 (self->type, "s") == 0) {
    if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &index, NULL) &&
        index < self->strings->len)
      return g_strdup (g_ptr_array_index (self->strings, index));
  } else if (g_strcmp0 (self->type, "b") == 0) {
    return g_strdup (strcmp (text, "1") == 0 ? "TRUE" : "FALSE");
  } else if ((self->type == NULL || strcmp (self->type, "n") == 0) &&
             self->style < self->styles->len &&
             g_array_index (self->styles, gboolean, self->style) && text[0] != '\0') {
    char *date = format_date (g_ascii_strtod (text, NULL));

    if (date != NULL)
      return date;
  }

  return g_strdup (text);
}

static void
begin_cell (Reader *self, xmlTextReader *xml)
{
  g_autofree char *reference = sonde_extract_xml_dup_attribute (xml, "r");

  self->column = find_column (reference, self->row->len);
  self->style = (guint) sonde_extract_xml_get_number (xml, "s", 0);
  g_free (self->type);
  self->type = sonde_extract_xml_dup_attribute (xml, "t");
  g_string_truncate (self->string, 0);
}

static void
end_cell (Reader *self)
{
  if (self->string->len == 0 || self->column < self->row->len || self->column >= MAX_COLUMNS)
    return;

  while (self->row->len < self->column)
    g_ptr_array_add (self->row, g_strdup (""));
  g_ptr_array_add (self->row, find_value (self));
}

static void
sheet_start_cb (gpointer data, const char *name, xmlTextReader *xml)
{
  Reader *self = data;

  if (strcmp (name, "row") == 0)
    g_ptr_array_set_size (self->row, 0);
  else if (strcmp (name, "c") == 0)
    begin_cell (self, xml);
  else if (strcmp (name, "v") == 0)
    self->in_text = TRUE;
  else
    string_start_cb (data, name, xml); /* a text that stands in the cell itself */
}

static void
sheet_end_cb (gpointer data, const char *name)
{
  Reader *self = data;

  if (strcmp (name, "row") == 0 && self->row->len > 0)
    sonde_extract_writer_values (self->writer, self->row);
  else if (strcmp (name, "c") == 0)
    end_cell (self);
  else if (strcmp (name, "v") == 0 || strcmp (name, "t") == 0)
    self->in_text = FALSE;
  else if (strcmp (name, "rPh") == 0)
    self->in_phonetic = FALSE;
}

static const SondeExtractXmlHandler string_handler = { string_start_cb, string_end_cb,
                                                       string_text_cb };
static const SondeExtractXmlHandler style_handler = { .start = style_start_cb,
                                                      .end = style_end_cb };
static const SondeExtractXmlHandler workbook_handler = { .start = workbook_start_cb };
static const SondeExtractXmlHandler sheet_handler = { sheet_start_cb, sheet_end_cb,
                                                      string_text_cb };

static gboolean
read_sheets (Reader *self, SondeExtractPackage *package, GError **error)
{
  static const char name[] = "xl/workbook.xml";
  g_autoptr (GHashTable) targets = sonde_extract_package_read_relations (package, name);
  GBytes *workbook = sonde_extract_package_require (package, name, error);
  GBytes *strings = sonde_extract_package_get (package, "xl/sharedStrings.xml");
  GBytes *styles = sonde_extract_package_get (package, "xl/styles.xml");

  if (workbook == NULL || !sonde_extract_xml_read (workbook, &workbook_handler, self, error) ||
      (strings != NULL && !sonde_extract_xml_read (strings, &string_handler, self, error)) ||
      (styles != NULL && !sonde_extract_xml_read (styles, &style_handler, self, error)))
    return FALSE;

  for (guint i = 0; i < self->ids->len && !sonde_extract_writer_is_full (self->writer); i++) {
    const char *target = g_hash_table_lookup (targets, g_ptr_array_index (self->ids, i));
    GBytes *sheet = target != NULL ? sonde_extract_package_get (package, target) : NULL;

    if (sheet == NULL)
      continue;
    sonde_extract_writer_heading (self->writer, 2, g_ptr_array_index (self->names, i));
    if (!sonde_extract_xml_read (sheet, &sheet_handler, self, error))
      return FALSE;
  }

  return TRUE;
}

/**
 * sonde_extract_sheets:
 * @package: a workbook of Office Open XML
 * @writer: takes the values, sheet by sheet, as they were last computed
 * @n_pages: (out): how many sheets it has
 * @error: of SONDE_EXTRACT_ERROR
 *
 * Returns: whether it was read
 */
gboolean
sonde_extract_sheets (SondeExtractPackage *package,
                      SondeExtractWriter *writer,
                      guint *n_pages,
                      GError **error)
{
  g_autoptr (GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) row = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) date_formats = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) styles = g_array_new (FALSE, FALSE, sizeof (gboolean));
  g_autoptr (GString) string = g_string_new (NULL);
  Reader self = {
    .writer = writer,
    .strings = strings,
    .string = string,
    .date_formats = date_formats,
    .styles = styles,
    .names = names,
    .ids = ids,
    .row = row,
  };
  gboolean read = read_sheets (&self, package, error);

  g_free (self.type);
  *n_pages = ids->len;

  return read;
}
