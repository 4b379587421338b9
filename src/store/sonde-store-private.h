/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-store.h"
#include "sonde-writer.h"

G_BEGIN_DECLS

const char *sonde_store_get_path (SondeStore *self);
GCancellable *sonde_store_begin_job (SondeStore *self);
void sonde_store_end_job (SondeStore *self);
void sonde_store_forget_purges (SondeStore *self, gint64 last);
SondeWriter *sonde_store_get_open_writer (SondeStore *self);
void sonde_store_push_asking (SondeStore *self, SondeOperation *operation);
void sonde_store_ask (SondeStore *self, SondeOperationKind kind, gint64 id, GTask *task);
GTask *sonde_store_new_task (SondeStore *self,
                             gpointer tag,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
void sonde_store_purge_backups (SondeStore *self);

G_END_DECLS
