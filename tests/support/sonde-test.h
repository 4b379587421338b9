/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <glib/gstdio.h>

G_BEGIN_DECLS

#define SONDE_TEST_PATIENCE 60 /* seconds until a wait is given up, and the test with it */

static inline gboolean
sonde_test_give_up (gpointer condition)
{
  g_error ("Gave up waiting for: %s", (const char *) condition);
  return G_SOURCE_REMOVE;
}

/**
 * sonde_test_wait:
 * @condition: an expression
 *
 * Runs the main loop until the expression is true.
 */
#define sonde_test_wait(condition)                                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint sonde_test_timeout =                                                                     \
      g_timeout_add_seconds (SONDE_TEST_PATIENCE, sonde_test_give_up, (gpointer) #condition);      \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (sonde_test_timeout);                                                          \
  }                                                                                                \
  G_STMT_END

/**
 * sonde_test_remove_tree:
 * @path: a folder that the test has made
 *
 * Removes the folder and all that is in it.
 */
G_GNUC_UNUSED static void
sonde_test_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
      sonde_test_remove_tree (child);
    else
      g_remove (child);
  }
  g_rmdir (path);
}

G_END_DECLS
