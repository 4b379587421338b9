/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-memory.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define DELAY 1 /* s */

static gboolean
give_back_cb (gpointer user_data)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif

  return G_SOURCE_REMOVE;
}

/**
 * sonde_memory_give_back:
 *
 * Gives the pages of memory that was freed back to the system, a while later and when nothing
 * else is to be done. The allocator keeps them otherwise: worth it after much has been freed.
 */
void
sonde_memory_give_back (void)
{
  g_timeout_add_seconds_full (G_PRIORITY_LOW, DELAY, give_back_cb, NULL, NULL);
}
