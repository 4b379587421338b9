/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Makes attachments of files. Images are taken as they are; whatever else it is, `sonde-extract`
 * finds the text in it, which is a process behind a fence: it gets an open file and gives back
 * text. What it gives is not trusted either. */

#include "sonde-attachment-reader.h"

#include <errno.h>
#include <gio/gfiledescriptorbased.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "sonde-attachment-source.h"

#define MAX_TEXT  8388608 /* bytes, 8 MiB: more than fits into the context of any model */
#define MAX_IMAGE (32 * 1024 * 1024) /* bytes: contract.md section 9 */
#define MAX_TIME  (60 * 1000)        /* ms */
#define MAX_HEAD  256                /* bytes of the line before the text */
#define BLOCK     (64 * 1024)

#define LIBRARIES_VARIABLE "LD_LIBRARY_PATH"

G_DEFINE_QUARK (sonde - attachment - error - quark, sonde_attachment_error)

/* The formats that models take (contract.md section 9), by what they begin with. */
static const struct {
  const char *media_type;
  const char *magic;
  gsize length;
  const char *more; /* at the eighth byte, or NULL */
} formats[] = {
  { "image/png", "\211PNG\r\n\032\n", 8, NULL },
  { "image/jpeg", "\377\330\377", 3, NULL },
  { "image/gif", "GIF8", 4, NULL },
  { "image/webp", "RIFF", 4, "WEBP" },
};

/* What the words of `sonde-extract` mean. */
static const struct {
  const char *word;
  SondeAttachmentProblem problem;
  const char *why;
} words[] = {
  { "unsupported", SONDE_ATTACHMENT_PROBLEM_UNSUPPORTED, "There is no text in such files" },
  { "encrypted", SONDE_ATTACHMENT_PROBLEM_ENCRYPTED, "It is protected by a password" },
  { "damaged", SONDE_ATTACHMENT_PROBLEM_DAMAGED, "It is damaged" },
  { "too-large", SONDE_ATTACHMENT_PROBLEM_TOO_LARGE, "There is too much in it" },
  { "empty", SONDE_ATTACHMENT_PROBLEM_EMPTY, "There is no text in it" },
};

static gpointer
fail (GError **error, SondeAttachmentProblem problem, const char *why)
{
  g_set_error_literal (error, SONDE_ATTACHMENT_ERROR, (int) problem, why);

  return NULL;
}

static const char *
find_format (int fd)
{
  char head[12] = { 0 };

  if (pread (fd, head, sizeof head, 0) < 0)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (memcmp (head, formats[i].magic, formats[i].length) == 0 &&
        (formats[i].more == NULL || memcmp (head + 8, formats[i].more, 4) == 0))
      return formats[i].media_type;

  return NULL;
}

static SondeAttachment *
read_image (int fd, gint64 size, const char *name, const char *media_type, GError **error)
{
  g_autoptr (GBytes) image = NULL;
  g_autofree char *data = NULL;
  gsize length = 0;

  if (size > MAX_IMAGE)
    return fail (error, SONDE_ATTACHMENT_PROBLEM_TOO_LARGE, "The image is too large");

  data = g_malloc ((gsize) size);
  while (length < (gsize) size) {
    gssize n = read (fd, data + length, (gsize) size - length);

    if (n == 0)
      break;
    if (n < 0 && errno != EINTR)
      return fail (error, SONDE_ATTACHMENT_PROBLEM_FAILED, g_strerror (errno));
    length += (gsize) MAX (0, n);
  }
  image = g_bytes_new_take (g_steal_pointer (&data), length);

  return sonde_attachment_new_image (name, media_type, image);
}

/* --- the other process ------------------------------------------------------------------- */

/* Nothing but where its libraries are, for they may be where only this process finds them. */
static char **
make_environment (void)
{
  const char *libraries = g_getenv (LIBRARIES_VARIABLE);
  char **environment = g_new0 (char *, 1);

  if (libraries != NULL)
    environment = g_environ_setenv (environment, LIBRARIES_VARIABLE, libraries, TRUE);
#if defined(__SANITIZE_ADDRESS__)
  /* What looks for leaks looks into the process from another one: the fence refuses it. */
  environment = g_environ_setenv (environment, "ASAN_OPTIONS", "detect_leaks=0", TRUE);
#endif

  return environment;
}

static GSubprocess *
start (int fd, GError **error)
{
  g_auto (GStrv) environment = make_environment ();
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  const char *program = g_getenv (SONDE_EXTRACT_VARIABLE);
  g_autoptr (GError) cause = NULL;
  GSubprocess *process;

  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_set_cwd (launcher, "/");
  g_subprocess_launcher_take_stdin_fd (launcher, fd);
  process = g_subprocess_launcher_spawn (
    launcher, &cause, program != NULL ? program : SONDE_EXTRACT_PATH, G_STRINGIFY (MAX_TEXT), NULL);
  if (process == NULL)
    fail (error, SONDE_ATTACHMENT_PROBLEM_FAILED, cause->message);

  return process;
}

/* Waits until there is something to read, or the time is over, or somebody has cancelled. */
static gboolean
wait_for_data (int fd, gint64 deadline, GCancellable *cancellable, GError **error)
{
  for (;;) {
    struct pollfd fds[] = {
      { .fd = fd, .events = POLLIN },
      { .fd = g_cancellable_get_fd (cancellable), .events = POLLIN },
    };
    gint64 left = (deadline - g_get_monotonic_time ()) / 1000;
    int n = left > 0 ? poll (fds, cancellable != NULL ? 2 : 1, (int) left) : 0;
    int number = errno;

    if (cancellable != NULL && fds[1].fd >= 0)
      g_cancellable_release_fd (cancellable);
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (n > 0)
      return TRUE;
    if (n == 0) {
      fail (error, SONDE_ATTACHMENT_PROBLEM_TIMED_OUT, "Reading it takes too long");
      return FALSE;
    }
    if (number != EINTR) {
      fail (error, SONDE_ATTACHMENT_PROBLEM_FAILED, g_strerror (number));
      return FALSE;
    }
  }
}

static gboolean
read_output (int fd, GByteArray *output, GCancellable *cancellable, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + MAX_TIME * G_TIME_SPAN_MILLISECOND;
  g_autofree guint8 *block = g_malloc (BLOCK);

  while (wait_for_data (fd, deadline, cancellable, error)) {
    gssize n = read (fd, block, BLOCK);

    if (n == 0)
      return TRUE;
    if (n < 0 && errno != EINTR) {
      fail (error, SONDE_ATTACHMENT_PROBLEM_FAILED, g_strerror (errno));
      return FALSE;
    }
    if (n > 0)
      g_byte_array_append (output, block, (guint) n);
    if (output->len > MAX_TEXT + MAX_HEAD) {
      fail (error, SONDE_ATTACHMENT_PROBLEM_TOO_LARGE, "There is too much text in it");
      return FALSE;
    }
  }

  return FALSE;
}

/* A limit of the fence ends the process: that of its time by a signal of its own. */
static gpointer
fail_ended (GSubprocess *process, GError **error)
{
  if (g_subprocess_get_if_signaled (process) && (g_subprocess_get_term_sig (process) == SIGXCPU ||
                                                 g_subprocess_get_term_sig (process) == SIGKILL))
    return fail (error, SONDE_ATTACHMENT_PROBLEM_TIMED_OUT, "Reading it takes too long");
  if (g_subprocess_get_if_signaled (process))
    return fail (error, SONDE_ATTACHMENT_PROBLEM_DAMAGED, "What reads it has broken");

  return fail (error, SONDE_ATTACHMENT_PROBLEM_FAILED, "What reads it does not run");
}

static gpointer
fail_with_word (const char *word, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i].word))
      return fail (error, words[i].problem, words[i].why);

  return fail (error, SONDE_ATTACHMENT_PROBLEM_FAILED, word);
}

static char *
guess_media_type (const char *name)
{
  g_autofree char *type = g_content_type_guess (name, NULL, 0, NULL);
  g_autofree char *media_type = g_content_type_get_mime_type (type);

  if (media_type != NULL && !g_content_type_is_unknown (type))
    return g_steal_pointer (&media_type);

  return g_strdup ("text/plain");
}

/* `ok KIND PAGES ENCODING` or `error WORD`, a line; then the text. */
static SondeAttachment *
parse_output (const GByteArray *output, const char *name, gint64 size, GError **error)
{
  const char *data = (const char *) output->data;
  const char *end = output->len > 0 ? memchr (data, '\n', MIN (output->len, MAX_HEAD)) : NULL;
  g_autofree char *head = end != NULL ? g_strndup (data, (gsize) (end - data)) : NULL;
  g_autofree char *media_type = NULL;
  gsize length;

  if (head == NULL)
    return fail (error, SONDE_ATTACHMENT_PROBLEM_FAILED, "What reads it says nothing");
  if (g_str_has_prefix (head, "error "))
    return fail_with_word (head + strlen ("error "), error);
  length = output->len - (gsize) (end + 1 - data);
  if (!g_str_has_prefix (head, "ok ") || !g_utf8_validate_len (end + 1, length, NULL))
    return fail (error, SONDE_ATTACHMENT_PROBLEM_FAILED, "What reads it says something else");

  media_type =
    g_str_has_prefix (head, "ok pdf ") ? g_strdup ("application/pdf") : guess_media_type (name);

  return sonde_attachment_new_text (name, media_type, size, end + 1, (gssize) length);
}

static SondeAttachment *
extract (int fd, gint64 size, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GSubprocess) process = start (fd, error);
  g_autoptr (GByteArray) output = g_byte_array_new ();
  GInputStream *pipe;

  if (process == NULL)
    return NULL;

  pipe = g_subprocess_get_stdout_pipe (process);
  if (!read_output (g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (pipe)), output,
                    cancellable, error)) {
    g_subprocess_force_exit (process);
    g_subprocess_wait (process, NULL, NULL);
    return NULL;
  }
  if (!g_subprocess_wait (process, NULL, NULL) || !g_subprocess_get_successful (process))
    return fail_ended (process, error);

  return parse_output (output, name, size, error);
}

/* --- the calls ------------------------------------------------------------------------------ */

/**
 * sonde_attachment_read:
 * @file: a file
 * @cancellable: (nullable): ends it, and the process that reads, at once
 * @error: of SONDE_ATTACHMENT_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Makes an attachment of what is in a file now. It takes its time.
 *
 * Returns: (transfer full) (nullable): an attachment that is ready
 */
SondeAttachment *
sonde_attachment_read (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = sonde_attachment_dup_file_name (file);
  const char *media_type;
  gint64 size = 0;
  g_autofd int fd = sonde_attachment_source_open (file, &size, cancellable, error);

  if (fd < 0)
    return NULL;

  media_type = find_format (fd);
  if (media_type != NULL)
    return read_image (fd, size, name, media_type, error);

  return extract (g_steal_fd (&fd), size, name, cancellable, error);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  SondeAttachment *attachment = sonde_attachment_read (data, cancellable, &error);

  if (attachment != NULL)
    g_task_return_pointer (task, attachment, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * sonde_attachment_dup_file_name:
 * @file: a file
 *
 * Returns: (transfer full): its name without its folder, UTF-8
 */
char *
sonde_attachment_dup_file_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return g_filename_display_name (name != NULL ? name : "");
}

/**
 * sonde_attachment_read_async:
 * @file: a file
 * @cancellable: (nullable): ends it, and the process that reads, at once
 * @callback: called with the attachment
 * @user_data: for @callback
 *
 * Makes an attachment of what is in a file now.
 */
void
sonde_attachment_read_async (GFile *file,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (G_IS_FILE (file));

  g_task_set_source_tag (task, sonde_attachment_read_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * sonde_attachment_read_finish:
 * @result: the result
 * @error: of SONDE_ATTACHMENT_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): an attachment that is ready
 */
SondeAttachment *
sonde_attachment_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A file on its way into a list. Who takes it off the list again, ends the reading. */
typedef struct {
  SondeAttachment *attachment;
  GListStore *list;
  gulong handler;
  GCancellable *cancellable;
} Adding;

static void
list_changed_cb (Adding *self)
{
  if (!g_list_store_find (self->list, self->attachment, NULL))
    g_cancellable_cancel (self->cancellable);
}

static void
adding_free (Adding *self)
{
  g_signal_handler_disconnect (self->list, self->handler);
  g_object_unref (self->list);
  g_object_unref (self->attachment);
  g_object_unref (self->cancellable);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Adding, adding_free)

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Adding) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeAttachment) read = sonde_attachment_read_finish (result, &error);

  if (read != NULL)
    sonde_attachment_take (self->attachment, read);
  else if (error->domain == SONDE_ATTACHMENT_ERROR)
    sonde_attachment_fail (self->attachment, (SondeAttachmentProblem) error->code);
  else
    sonde_attachment_fail (self->attachment, SONDE_ATTACHMENT_PROBLEM_FAILED);
}

/**
 * sonde_attachment_add_file:
 * @list: a list of SondeAttachment
 * @file: a file
 *
 * Adds a file to the list and begins to read it. Taking it off the list ends that.
 *
 * Returns: (transfer none): the attachment, which is loading
 */
SondeAttachment *
sonde_attachment_add_file (GListStore *list, GFile *file)
{
  g_autofree char *name = sonde_attachment_dup_file_name (file);
  g_autoptr (SondeAttachment) attachment = sonde_attachment_new (name);
  Adding *adding = g_new0 (Adding, 1);

  adding->attachment = g_object_ref (attachment);
  adding->list = g_object_ref (list);
  adding->cancellable = g_cancellable_new ();
  g_list_store_append (list, attachment);
  adding->handler =
    g_signal_connect_swapped (list, "items-changed", G_CALLBACK (list_changed_cb), adding);
  sonde_attachment_read_async (file, adding->cancellable, read_cb, adding);

  return attachment;
}

/**
 * sonde_attachment_add_image:
 * @list: a list of SondeAttachment
 * @name: what to call it
 * @png: an image, as PNG
 *
 * Adds an image that is in no file to the list.
 *
 * Returns: (transfer none): the attachment, which is ready
 */
SondeAttachment *
sonde_attachment_add_image (GListStore *list, const char *name, GBytes *png)
{
  g_autoptr (SondeAttachment) attachment = sonde_attachment_new_image (name, "image/png", png);

  g_list_store_append (list, attachment);

  return attachment;
}
