/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define _GNU_SOURCE /* CLONE_THREAD */

/* What a broken document could make of the libraries that read it stays within this
 * process: it can read and compute, for a while, and write to what was open before. */

#include "sonde-extract-fence.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define MAX_MEMORY  (1536ul * 1024 * 1024)
#define MAX_SECONDS 30
#define MAX_FILES   64

typedef void *Filter;

static void
free_filter (Filter filter)
{
  if (filter != NULL)
    seccomp_release (filter);
}

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (Filter, free_filter, NULL)

/* What changes files, starts programs, talks to others or looks into them. */
static const int refused[] = {
  SCMP_SYS (socket),
  SCMP_SYS (socketpair),
  SCMP_SYS (connect),
  SCMP_SYS (bind),
  SCMP_SYS (listen),
  SCMP_SYS (accept),
  SCMP_SYS (accept4),
  SCMP_SYS (sendto),
  SCMP_SYS (sendmsg),
  SCMP_SYS (sendmmsg),
  SCMP_SYS (execve),
  SCMP_SYS (execveat),
  SCMP_SYS (fork),
  SCMP_SYS (vfork),
  SCMP_SYS (creat),
  SCMP_SYS (truncate),
  SCMP_SYS (unlink),
  SCMP_SYS (unlinkat),
  SCMP_SYS (rename),
  SCMP_SYS (renameat),
  SCMP_SYS (renameat2),
  SCMP_SYS (link),
  SCMP_SYS (linkat),
  SCMP_SYS (symlink),
  SCMP_SYS (symlinkat),
  SCMP_SYS (mkdir),
  SCMP_SYS (mkdirat),
  SCMP_SYS (rmdir),
  SCMP_SYS (mknod),
  SCMP_SYS (mknodat),
  SCMP_SYS (chmod),
  SCMP_SYS (fchmod),
  SCMP_SYS (fchmodat),
  SCMP_SYS (chown),
  SCMP_SYS (fchown),
  SCMP_SYS (fchownat),
  SCMP_SYS (lchown),
  SCMP_SYS (setxattr),
  SCMP_SYS (fsetxattr),
  SCMP_SYS (lsetxattr),
  SCMP_SYS (removexattr),
  SCMP_SYS (mount),
  SCMP_SYS (umount2),
  SCMP_SYS (pivot_root),
  SCMP_SYS (chroot),
  SCMP_SYS (ptrace),
  SCMP_SYS (process_vm_readv),
  SCMP_SYS (process_vm_writev),
  SCMP_SYS (kill),
  SCMP_SYS (pidfd_open),
  SCMP_SYS (pidfd_send_signal),
  SCMP_SYS (bpf),
  SCMP_SYS (perf_event_open),
  SCMP_SYS (userfaultfd),
  SCMP_SYS (unshare),
  SCMP_SYS (setns),
  SCMP_SYS (keyctl),
  SCMP_SYS (add_key),
  SCMP_SYS (io_uring_setup),
  SCMP_SYS (open_by_handle_at),
  SCMP_SYS (shmget),
  SCMP_SYS (msgget),
  SCMP_SYS (mq_open),
};

static gboolean
set_error (GError **error, const char *what, int code)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", what, g_strerror (code));

  return FALSE;
}

static gboolean
limit (int resource, rlim_t value, GError **error)
{
  struct rlimit limits = { value, value };

  return setrlimit (resource, &limits) == 0 || set_error (error, "setrlimit", errno);
}

/* The address sanitizer reserves more addresses than there is memory. */
static gboolean
limit_memory (GError **error)
{
#if defined(__SANITIZE_ADDRESS__)
  return TRUE;
#else
  return limit (RLIMIT_AS, MAX_MEMORY, error);
#endif
}

/* Opening is refused where one of @bits is set in the flags. */
static int
refuse_flags (Filter filter, int call, unsigned argument, guint64 bits)
{
  return seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), call, 1,
                           SCMP_CMP (argument, SCMP_CMP_MASKED_EQ, bits, bits));
}

static int
refuse_writing (Filter filter)
{
  static const guint64 bits[] = { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC };
  int status = 0;

  for (gsize i = 0; status == 0 && i < G_N_ELEMENTS (bits); i++) {
    status = refuse_flags (filter, SCMP_SYS (open), 1, bits[i]);
    if (status == 0)
      status = refuse_flags (filter, SCMP_SYS (openat), 2, bits[i]);
  }

  return status;
}

static int
add_rules (Filter filter)
{
  int status = refuse_writing (filter);

  for (gsize i = 0; status == 0 && i < G_N_ELEMENTS (refused); i++)
    status = seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), refused[i], 0);
  /* Their arguments are in memory and cannot be looked at: the C library falls back. */
  if (status == 0)
    status = seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (openat2), 0);
  if (status == 0)
    status = seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (clone3), 0);
  /* Threads may be made, processes not. */
  if (status == 0)
    status = seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), SCMP_SYS (clone), 1,
                               SCMP_A0 (SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));

  return status;
}

/**
 * sonde_extract_fence_close:
 * @error: of G_IO_ERROR
 *
 * Limits memory, time and files of this process, and refuses it sockets, other programs
 * and the opening of files for writing. There is no way back.
 *
 * Returns: whether all of it holds
 */
gboolean
sonde_extract_fence_close (GError **error)
{
  g_auto (Filter) filter = NULL;
  int status;

  if (!limit_memory (error) || !limit (RLIMIT_CPU, MAX_SECONDS, error) ||
      !limit (RLIMIT_NOFILE, MAX_FILES, error) || !limit (RLIMIT_CORE, 0, error))
    return FALSE;
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return set_error (error, "prctl", errno);

  filter = seccomp_init (SCMP_ACT_ALLOW);
  if (filter == NULL)
    return set_error (error, "seccomp", ENOMEM);
  status = add_rules (filter);
  if (status == 0)
    status = seccomp_load (filter);

  return status == 0 || set_error (error, "seccomp", -status);
}
