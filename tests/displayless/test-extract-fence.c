/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sonde-extract-fence.h"

/* Each is tried in a process that stands behind the fence. */

static void
close_fence (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sonde_extract_fence_close (&error));
  g_assert_no_error (error);
}

static void
try_sockets (void)
{
  int pair[2];

  close_fence ();
  g_assert_cmpint (socket (AF_INET, SOCK_STREAM, 0), ==, -1);
  g_assert_cmpint (errno, ==, EPERM);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, pair), ==, -1);
  g_assert_cmpint (errno, ==, EPERM);
}

static void
try_writing (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "sonde-test-fence", NULL);
  static const int flags[] = { O_WRONLY, O_RDWR, O_CREAT, O_WRONLY | O_CREAT | O_TRUNC, O_TRUNC };

  close_fence ();
  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++) {
    g_assert_cmpint (open (path, flags[i], 0600), ==, -1);
    g_assert_cmpint (errno, ==, EPERM);
  }
  g_assert_cmpint (unlink (path), ==, -1);
  g_assert_cmpint (errno, ==, EPERM);
  g_assert_cmpint (mkdir (path, 0700), ==, -1);
  g_assert_cmpint (errno, ==, EPERM);
}

static void
try_programs (void)
{
  char name[] = "true";
  char *argv[] = { name, NULL };
  char *envp[] = { NULL };

  close_fence ();
  g_assert_cmpint (execve ("/bin/true", argv, envp), ==, -1);
  g_assert_cmpint (errno, ==, EPERM);
  g_assert_cmpint (fork (), ==, -1);
  g_assert_cmpint (errno, ==, EPERM);
}

static void
try_reading (void)
{
  char byte;
  int fd;

  close_fence ();
  fd = open ("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (read (fd, &byte, 1), ==, 1);
  close (fd);
}

static void
try_limits (void)
{
  struct rlimit limits;

  close_fence ();
  g_assert_cmpint (getrlimit (RLIMIT_CPU, &limits), ==, 0);
  g_assert_cmpuint (limits.rlim_max, <=, 60);
#if !defined(__SANITIZE_ADDRESS__)
  g_assert_null (g_try_malloc (2048ul * 1024 * 1024));
#endif
}

static void
test_fence (gconstpointer data)
{
  void (*attempt) (void) = (void (*) (void)) data;

  if (g_test_subprocess ()) {
    attempt ();
    /* What the sanitizers do at the end needs more than the fence lets through. */
    _exit (0);
  }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/extract-fence/sockets", try_sockets, test_fence);
  g_test_add_data_func ("/extract-fence/writing", try_writing, test_fence);
  g_test_add_data_func ("/extract-fence/programs", try_programs, test_fence);
  g_test_add_data_func ("/extract-fence/reading", try_reading, test_fence);
  g_test_add_data_func ("/extract-fence/limits", try_limits, test_fence);

  return g_test_run ();
}
