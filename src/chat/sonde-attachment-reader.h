/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-attachment.h"

G_BEGIN_DECLS

/* The environment's name for the program that reads files, where it is not installed. */
#define SONDE_EXTRACT_VARIABLE "SONDE_EXTRACT"

/**
 * SONDE_ATTACHMENT_ERROR:
 *
 * The error domain of files that cannot be attached; the codes are those of
 * SondeAttachmentProblem.
 */
#define SONDE_ATTACHMENT_ERROR (sonde_attachment_error_quark ())
GQuark sonde_attachment_error_quark (void);

SondeAttachment *sonde_attachment_read (GFile *file, GCancellable *cancellable, GError **error);
void sonde_attachment_read_async (GFile *file,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
SondeAttachment *sonde_attachment_read_finish (GAsyncResult *result, GError **error);

SondeAttachment *sonde_attachment_add_file (GListStore *list, GFile *file);
SondeAttachment *sonde_attachment_add_image (GListStore *list, const char *name, GBytes *png);

char *sonde_attachment_dup_file_name (GFile *file);

G_END_DECLS
