/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-operation.h"

G_BEGIN_DECLS

typedef struct _SondeWriter SondeWriter;

/**
 * SondeWriterNotify:
 * @error: (nullable): why writing fails; %NULL when it goes on again
 * @user_data: what was given with the function
 *
 * Called in the main context that the writer was made in.
 */
typedef void (*SondeWriterNotify) (const GError *error, gpointer user_data);

SondeWriter *sonde_writer_new (const char *path,
                               SondeOperation *open,
                               SondeWriterNotify notify,
                               gpointer user_data);
void sonde_writer_push (SondeWriter *self, SondeOperation *operation);
void sonde_writer_append_text (SondeWriter *self,
                               gint64 message_id,
                               SondeTextKind kind,
                               const char *text,
                               gsize length);
void sonde_writer_search (SondeWriter *self, SondeOperation *operation);
double sonde_writer_get_index_progress (SondeWriter *self);
gint64 sonde_writer_get_highest_id (SondeWriter *self);
const char *sonde_writer_get_set_aside_path (SondeWriter *self);
void sonde_writer_free (SondeWriter *self);

G_END_DECLS
