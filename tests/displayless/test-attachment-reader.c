/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Files as people have them and as nobody should, and a program behind the fence that does not
 * do what it should. tests/e2e/test_extract.py has the documents. */

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sonde-attachment-reader.h"
#include "sonde-test.h"

typedef struct {
  char *folder;
  GAsyncResult *result;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("sonde-attachment-XXXXXX", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static char *
write_file (Fixture *fixture, const char *name, const char *data, gssize length)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, data, length, NULL));

  return path;
}

static SondeAttachment *
read_path (Fixture *fixture, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  SondeAttachment *attachment;

  sonde_attachment_read_async (file, cancellable, result_cb, &fixture->result);
  sonde_test_wait (fixture->result != NULL);
  attachment = sonde_attachment_read_finish (fixture->result, error);
  g_clear_object (&fixture->result);

  return attachment;
}

static void
assert_problem (Fixture *fixture, const char *path, SondeAttachmentProblem problem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeAttachment) attachment = read_path (fixture, path, NULL, &error);

  g_assert_null (attachment);
  g_assert_error (error, SONDE_ATTACHMENT_ERROR, (int) problem);
}

static void
test_texts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = write_file (fixture, "größe.c", "int x;\n", -1);
  g_autofree char *latin = write_file (fixture, "old.csv", "Stra\337e,f\374r\n", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeAttachment) first = read_path (fixture, code, NULL, &error);
  g_autoptr (SondeAttachment) second = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (sonde_attachment_get_name (first), ==, "größe.c");
  g_assert_cmpstr (sonde_attachment_get_text (first, NULL), ==, "int x;");
  g_assert_cmpint (sonde_attachment_get_size (first), ==, 7);
  g_assert_false (sonde_attachment_is_image (first));

  second = read_path (fixture, latin, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sonde_attachment_get_text (second, NULL), ==, "Straße,für");
}

static void
test_images (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *data;
    gsize length;
    const char *media_type;
  } cases[] = {
    { "\211PNG\r\n\032\n\0\0\0\rIHDR", 16, "image/png" },
    { "\377\330\377\340\0\020JFIF", 10, "image/jpeg" },
    { "GIF89a\001\0\001\0", 10, "image/gif" },
    { "RIFF\032\0\0\0WEBPVP8L", 16, "image/webp" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    /* What it is, its content tells. */
    g_autofree char *path =
      write_file (fixture, "image.txt", cases[i].data, (gssize) cases[i].length);
    g_autoptr (GError) error = NULL;
    g_autoptr (SondeAttachment) image = read_path (fixture, path, NULL, &error);

    g_assert_no_error (error);
    g_assert_true (sonde_attachment_is_image (image));
    g_assert_cmpstr (sonde_attachment_get_media_type (image), ==, cases[i].media_type);
    g_assert_cmpuint (g_bytes_get_size (sonde_attachment_get_content (image)), ==, cases[i].length);
  }
}

/* A file with a hole: it is as large as it says, and takes no room. */
static char *
write_huge (Fixture *fixture, const char *name, const char *head, off_t size)
{
  char *path = write_file (fixture, name, head, -1);

  g_assert_cmpint (truncate (path, size), ==, 0);

  return path;
}

static void
test_bad_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.txt", NULL);
  g_autofree char *pipe = g_build_filename (fixture->folder, "pipe", NULL);
  g_autofree char *dangling = g_build_filename (fixture->folder, "dangling", NULL);
  g_autofree char *empty = write_file (fixture, "empty.txt", "", 0);
  g_autofree char *binary =
    write_file (fixture, "binary.txt", "\177ELF\002\001\001\0\0\0\0\0\0\0\0\0\003\0>\0", 20);
  g_autofree char *pdf = write_file (fixture, "broken.pdf", "%PDF-1.4\n1 0 obj <<", -1);
  g_autofree char *zip = write_file (fixture, "broken.docx", "PK\003\004broken", -1);
  g_autofree char *huge = write_huge (fixture, "huge.txt", "text", (off_t) 2 << 30);
  g_autofree char *filler = g_strnfill (9 << 20, 'a');
  g_autofree char *long_text = write_file (fixture, "long.txt", filler, -1);
  g_autofree char *large = write_huge (fixture, "large.png", "\211PNG\r\n\032\n", 33 << 20);

  assert_problem (fixture, missing, SONDE_ATTACHMENT_PROBLEM_MISSING);
  g_assert_cmpint (symlink (missing, dangling), ==, 0);
  assert_problem (fixture, dangling, SONDE_ATTACHMENT_PROBLEM_MISSING);
  assert_problem (fixture, fixture->folder, SONDE_ATTACHMENT_PROBLEM_FOLDER);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  assert_problem (fixture, pipe, SONDE_ATTACHMENT_PROBLEM_SPECIAL);
  assert_problem (fixture, "/dev/zero", SONDE_ATTACHMENT_PROBLEM_SPECIAL);
  assert_problem (fixture, empty, SONDE_ATTACHMENT_PROBLEM_EMPTY);
  assert_problem (fixture, binary, SONDE_ATTACHMENT_PROBLEM_UNSUPPORTED);
  assert_problem (fixture, pdf, SONDE_ATTACHMENT_PROBLEM_DAMAGED);
  assert_problem (fixture, zip, SONDE_ATTACHMENT_PROBLEM_DAMAGED);
  assert_problem (fixture, huge, SONDE_ATTACHMENT_PROBLEM_TOO_LARGE);
  assert_problem (fixture, large, SONDE_ATTACHMENT_PROBLEM_TOO_LARGE);
  assert_problem (fixture, long_text, SONDE_ATTACHMENT_PROBLEM_TOO_LARGE);
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "secret.txt", "text", -1);

  g_assert_cmpint (chmod (path, 0), ==, 0);
  /* Nothing is kept from root, which tests may run as. */
  if (geteuid () == 0)
    g_assert_cmpint (seteuid (65534), ==, 0);
  assert_problem (fixture, path, SONDE_ATTACHMENT_PROBLEM_REFUSED);
  if (getuid () == 0)
    g_assert_cmpint (seteuid (0), ==, 0);
}

/* --- a program that does something else ----------------------------------------------------- */

static void
assert_program (Fixture *fixture, const char *script, SondeAttachmentProblem problem)
{
  g_autofree char *before = g_strdup (g_getenv (SONDE_EXTRACT_VARIABLE));
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", script, "\n", NULL);
  g_autofree char *program = write_file (fixture, "program", text, -1);
  g_autofree char *path = write_file (fixture, "a.txt", "text", -1);

  g_assert_cmpint (chmod (program, 0700), ==, 0);
  g_setenv (SONDE_EXTRACT_VARIABLE, program, TRUE);
  assert_problem (fixture, path, problem);
  if (before != NULL)
    g_setenv (SONDE_EXTRACT_VARIABLE, before, TRUE);
}

static void
test_programs (Fixture *fixture, gconstpointer data)
{
  assert_program (fixture, "exit 0", SONDE_ATTACHMENT_PROBLEM_FAILED);
  assert_program (fixture, "exit 1", SONDE_ATTACHMENT_PROBLEM_FAILED);
  assert_program (fixture, "echo 'ok text 0 -'; printf '\\377\\376'",
                  SONDE_ATTACHMENT_PROBLEM_FAILED);
  assert_program (fixture, "echo 'what is this'", SONDE_ATTACHMENT_PROBLEM_FAILED);
  assert_program (fixture, "echo 'error encrypted'", SONDE_ATTACHMENT_PROBLEM_ENCRYPTED);
  assert_program (fixture, "echo 'error of its own'", SONDE_ATTACHMENT_PROBLEM_FAILED);
  assert_program (fixture, "kill -XCPU $$", SONDE_ATTACHMENT_PROBLEM_TIMED_OUT);
  assert_program (fixture, "kill -SEGV $$", SONDE_ATTACHMENT_PROBLEM_DAMAGED);
  /* It writes without an end. */
  assert_program (fixture,
                  "echo 'ok text 0 -'; while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; "
                  "done | { while read a; do echo $a$a$a$a$a$a$a$a$a$a$a$a$a$a$a$a$a; done }",
                  SONDE_ATTACHMENT_PROBLEM_TOO_LARGE);
}

/* What reads files knows where its libraries are, and no more. */
static void
test_environment (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = g_strdup (g_getenv (SONDE_EXTRACT_VARIABLE));
  g_autofree char *libraries = g_strdup (g_getenv ("LD_LIBRARY_PATH"));
  g_autofree char *path = write_file (fixture, "a.txt", "text", -1);
  g_autofree char *program = write_file (fixture, "program",
                                         "#!/bin/sh\necho 'ok text 0 -'\n"
                                         "tr '\\0' '\\n' </proc/$$/environ | grep -v '^ASAN'\n",
                                         -1);
  g_autofree char *expected = g_strdup_printf ("LD_LIBRARY_PATH=%s\n", fixture->folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeAttachment) attachment = NULL;

  g_assert_cmpint (chmod (program, 0700), ==, 0);
  g_setenv (SONDE_EXTRACT_VARIABLE, program, TRUE);
  g_setenv ("LD_LIBRARY_PATH", fixture->folder, TRUE);
  attachment = read_path (fixture, path, NULL, &error);
  g_setenv (SONDE_EXTRACT_VARIABLE, before, TRUE);
  if (libraries != NULL)
    g_setenv ("LD_LIBRARY_PATH", libraries, TRUE);
  else
    g_unsetenv ("LD_LIBRARY_PATH");

  g_assert_no_error (error);
  g_assert_cmpstr (sonde_attachment_get_text (attachment, NULL), ==, expected);
}

static void
test_no_program (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = g_strdup (g_getenv (SONDE_EXTRACT_VARIABLE));
  g_autofree char *path = write_file (fixture, "a.txt", "text", -1);

  g_setenv (SONDE_EXTRACT_VARIABLE, "/nowhere/sonde-extract", TRUE);
  assert_problem (fixture, path, SONDE_ATTACHMENT_PROBLEM_FAILED);
  g_setenv (SONDE_EXTRACT_VARIABLE, before, TRUE);
}

/* --- lists ---------------------------------------------------------------------------------- */

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "a.txt", "text", -1);
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) no_file = g_file_new_for_path (missing);
  GListStore *list = g_list_store_new (SONDE_TYPE_ATTACHMENT);
  SondeAttachment *first = sonde_attachment_add_file (list, file);
  SondeAttachment *second = sonde_attachment_add_file (list, no_file);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  sonde_test_wait (sonde_attachment_get_state (first) != SONDE_ATTACHMENT_LOADING &&
                   sonde_attachment_get_state (second) != SONDE_ATTACHMENT_LOADING);
  g_assert_cmpstr (sonde_attachment_get_text (first, NULL), ==, "text");
  g_assert_cmpint (sonde_attachment_get_problem (second), ==, SONDE_ATTACHMENT_PROBLEM_MISSING);
  g_assert_finalize_object (list);
}

/* What is taken off the list is read no further, and the process that reads it goes. */
static void
test_removal (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = g_strdup (g_getenv (SONDE_EXTRACT_VARIABLE));
  g_autofree char *pid_path = g_build_filename (fixture->folder, "pid", NULL);
  g_autofree char *text =
    g_strdup_printf ("#!/bin/sh\necho $$ > %s.part; mv %s.part %s; while :; do read a; done\n",
                     pid_path, pid_path, pid_path);
  g_autofree char *program = write_file (fixture, "program", text, -1);
  g_autofree char *path = write_file (fixture, "a.txt", "text", -1);
  g_autofree char *pid = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GListStore) list = g_list_store_new (SONDE_TYPE_ATTACHMENT);
  g_autoptr (SondeAttachment) attachment = NULL;

  g_assert_cmpint (chmod (program, 0700), ==, 0);
  g_setenv (SONDE_EXTRACT_VARIABLE, program, TRUE);
  g_setenv ("PATH", "/usr/bin:/bin", FALSE);
  attachment = g_object_ref (sonde_attachment_add_file (list, file));
  while (!g_file_test (pid_path, G_FILE_TEST_EXISTS))
    g_thread_yield ();
  g_assert_true (g_file_get_contents (pid_path, &pid, NULL, NULL));
  g_list_store_remove_all (list);
  sonde_test_wait (sonde_attachment_get_state (attachment) == SONDE_ATTACHMENT_FAILED);
  g_assert_cmpint (kill ((pid_t) g_ascii_strtoll (pid, NULL, 10), 0), ==, -1);
  g_assert_cmpint (errno, ==, ESRCH);
  g_setenv (SONDE_EXTRACT_VARIABLE, before, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/attachment-reader/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("texts", test_texts);
  ADD ("images", test_images);
  ADD ("bad-files", test_bad_files);
  ADD ("unreadable", test_unreadable);
  ADD ("programs", test_programs);
  ADD ("environment", test_environment);
  ADD ("no-program", test_no_program);
  ADD ("list", test_list);
  ADD ("removal", test_removal);
#undef ADD

  return g_test_run ();
}
