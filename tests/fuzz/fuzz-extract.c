/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define _GNU_SOURCE /* memmem() */

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "sonde-extract.h"
#include "sonde-fuzz.h"

#define MAX_TEXT (1024 * 1024)

/* The parts of each kind of package. An input is its kind in the first byte, and the parts
 * with a NUL between them: what is packed by a fuzzer is seldom a zip. */
static const char *const kinds[][5] = {
  { "word/document.xml", "word/footnotes.xml", "word/endnotes.xml" },
  { "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml",
    "xl/worksheets/sheet1.xml" },
  { "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels", "ppt/slides/slide1.xml",
    "ppt/slides/_rels/slide1.xml.rels", "ppt/notesSlides/notesSlide1.xml" },
  { "content.xml", "META-INF/manifest.xml" },
};

static la_ssize_t
write_cb (struct archive *archive, void *data, const void *buffer, size_t length)
{
  g_byte_array_append (data, buffer, (guint) length);

  return (la_ssize_t) length;
}

static void
write_part (struct archive *archive, const char *name, const char *part, gsize length)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, (la_int64_t) length);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_write_header (archive, entry);
  archive_write_data (archive, part, length);
  archive_entry_free (entry);
}

static GBytes *
pack (const char *const *names, const char *data, gsize size)
{
  GByteArray *package = g_byte_array_new ();
  struct archive *archive = archive_write_new ();
  const char *end = data + size;

  archive_write_set_format_zip (archive);
  archive_write_set_options (archive, "zip:compression=store");
  archive_write_open2 (archive, package, NULL, write_cb, NULL, NULL);
  for (guint i = 0; i < 5 && names[i] != NULL && data <= end; i++) {
    const char *stop = memchr (data, '\0', (gsize) (end - data));
    const char *after = stop != NULL ? stop : end;

    write_part (archive, names[i], data, (gsize) (after - data));
    data = after + 1;
  }
  archive_write_free (archive);

  return g_byte_array_free_to_bytes (package);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeExtractResult) result = NULL;

  if (size < 2)
    return 0;

  if (data[0] % 5 < G_N_ELEMENTS (kinds))
    file = pack (kinds[data[0] % 5], (const char *) data + 1, size - 1);
  else
    file = g_bytes_new (data + 1, size - 1);
  /* PDFs are read by a library that is fuzzed by others. */
  if (memmem (g_bytes_get_data (file, NULL), g_bytes_get_size (file), "%PDF-", 5) != NULL)
    return 0;

  result = sonde_extract (file, MAX_TEXT, &error);
  g_assert_true ((result == NULL) == (error != NULL));
  if (result != NULL) {
    sonde_fuzz_check_text (result->text->str);
    g_assert_cmpuint (result->text->len, <=, MAX_TEXT);
  }

  return 0;
}
