/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is read of a file at most, in bytes. The program that reads documents has the same
 * limit for what it is given. */
#define SONDE_ATTACHMENT_MAX_FILE (256 * 1024 * 1024)

int
sonde_attachment_source_open (GFile *file, gint64 *size, GCancellable *cancellable, GError **error);

G_END_DECLS
