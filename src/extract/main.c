/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* sonde-extract [MAX-TEXT]: reads a file on standard input and writes its text.
 *
 * The first line of the output is `ok KIND PAGES ENCODING`, or `error WORD`, where WORD is
 * that of sonde_extract_error_to_string(); the text follows. Who starts it passes a file
 * that is open, and no environment but where its libraries are. */

#include <errno.h>
#include <gio/gio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sonde-extract-fence.h"
#include "sonde-extract.h"

#define MAX_FILE     (256 * 1024 * 1024)
#define DEFAULT_TEXT (16 * 1024 * 1024)
#define BLOCK        (256 * 1024)

static GBytes *
read_file (GError **error)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autofree guint8 *block = g_malloc (BLOCK);

  for (;;) {
    gssize n = read (STDIN_FILENO, block, BLOCK);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      g_set_error_literal (error, SONDE_EXTRACT_ERROR, SONDE_EXTRACT_ERROR_DAMAGED,
                           g_strerror (errno));
      return NULL;
    }
    if (n == 0)
      return g_byte_array_free_to_bytes (g_steal_pointer (&file));
    if (file->len + (gsize) n > MAX_FILE) {
      g_set_error_literal (error, SONDE_EXTRACT_ERROR, SONDE_EXTRACT_ERROR_TOO_LARGE,
                           "The file is too large");
      return NULL;
    }
    g_byte_array_append (file, block, (guint) n);
  }
}

static gboolean
write_result (const SondeExtractResult *result)
{
  g_print ("ok %s %u %s\n", result->kind, result->n_pages,
           result->encoding != NULL ? result->encoding : "-");

  return fwrite (result->text->str, 1, result->text->len, stdout) == result->text->len &&
         fflush (stdout) == 0;
}

int
main (int argc, char **argv)
{
  guint64 max_text = DEFAULT_TEXT;
  g_autoptr (SondeExtractResult) result = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;

  if (argc > 2 ||
      (argc == 2 && !g_ascii_string_to_unsigned (argv[1], 10, 1, G_MAXUINT32, &max_text, NULL))) {
    g_printerr ("usage: sonde-extract [MAX-TEXT] < FILE\n");
    return 2;
  }
  if (!sonde_extract_fence_close (&error)) {
    g_printerr ("sonde-extract: %s\n", error->message);
    return 1;
  }

  file = read_file (&error);
  if (file != NULL)
    result = sonde_extract (file, (gsize) max_text, &error);
  if (result != NULL)
    return write_result (result) ? 0 : 1;

  g_print ("error %s\n", sonde_extract_error_to_string ((SondeExtractError) error->code));

  return 0;
}
