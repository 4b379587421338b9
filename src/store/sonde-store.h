/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-backup.h"
#include "sonde-conversation.h"
#include "sonde-folder.h"
#include "sonde-search-hit.h"

G_BEGIN_DECLS

/**
 * SondeStoreError:
 * @SONDE_STORE_ERROR_NEWER: the database was written by a newer Sonde; it was not touched
 * @SONDE_STORE_ERROR_FULL: the disk is full
 * @SONDE_STORE_ERROR_READ_ONLY: the database or its folder cannot be written
 * @SONDE_STORE_ERROR_BUSY: another program holds the database
 * @SONDE_STORE_ERROR_DAMAGED: the database is not sound
 * @SONDE_STORE_ERROR_FAILED: anything else; the message is SQLite's
 *
 * The errors of the store.
 */
typedef enum {
  SONDE_STORE_ERROR_NEWER,
  SONDE_STORE_ERROR_FULL,
  SONDE_STORE_ERROR_READ_ONLY,
  SONDE_STORE_ERROR_BUSY,
  SONDE_STORE_ERROR_DAMAGED,
  SONDE_STORE_ERROR_FAILED,
} SondeStoreError;

#define SONDE_STORE_ERROR (sonde_store_error_quark ())
GQuark sonde_store_error_quark (void);

/* Signals, in the main context that opened the store: "charged" (string, SondeMessage: a request
 * beside the messages has cost something), "write-failed" (GError: queued
 * writes fail; they are kept and tried again), "write-recovered" (they are written). */
#define SONDE_TYPE_STORE (sonde_store_get_type ())
G_DECLARE_FINAL_TYPE (SondeStore, sonde_store, SONDE, STORE, GObject)

SondeStore *sonde_store_new (const char *path);

void sonde_store_open_async (SondeStore *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean sonde_store_open_finish (SondeStore *self,
                                  GAsyncResult *result,
                                  char **set_aside_path,
                                  GError **error);
void sonde_store_close_async (SondeStore *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean sonde_store_close_finish (SondeStore *self, GAsyncResult *result, GError **error);

gint64 sonde_store_allocate_id (SondeStore *self);

void sonde_store_list_conversations_async (SondeStore *self,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
GPtrArray *
sonde_store_list_conversations_finish (SondeStore *self, GAsyncResult *result, GError **error);

void sonde_store_list_some_async (SondeStore *self,
                                  SondeConversation *behind,
                                  guint limit,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *sonde_store_list_some_finish (SondeStore *self, GAsyncResult *result, GError **error);

void sonde_store_list_folders_async (SondeStore *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *sonde_store_list_folders_finish (SondeStore *self, GAsyncResult *result, GError **error);

void sonde_store_list_usage_async (SondeStore *self,
                                   gint64 since,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *sonde_store_list_usage_finish (SondeStore *self, GAsyncResult *result, GError **error);

void sonde_store_load_tail_async (SondeStore *self,
                                  SondeConversation *conversation,
                                  guint n,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *sonde_store_load_tail_finish (SondeStore *self, GAsyncResult *result, GError **error);

void sonde_store_load_messages_async (SondeStore *self,
                                      gint64 conversation_id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *
sonde_store_load_messages_finish (SondeStore *self, GAsyncResult *result, GError **error);

void sonde_store_load_draft_async (SondeStore *self,
                                   gint64 conversation_id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *sonde_store_load_draft_finish (SondeStore *self, GAsyncResult *result, GError **error);

void sonde_store_search_async (SondeStore *self,
                               const char *text,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GPtrArray *sonde_store_search_finish (SondeStore *self, GAsyncResult *result, GError **error);
double sonde_store_get_index_progress (SondeStore *self);

void sonde_store_save_conversation (SondeStore *self, SondeConversation *conversation);
void sonde_store_delete_conversation (SondeStore *self, gint64 conversation_id);
void sonde_store_save_message (SondeStore *self, gint64 conversation_id, SondeMessage *message);
void sonde_store_save_draft (SondeStore *self, gint64 conversation_id, GPtrArray *attachments);
void sonde_store_append_text (SondeStore *self,
                              gint64 message_id,
                              SondeTextKind kind,
                              const char *text,
                              gsize length);

void sonde_store_save_folder (SondeStore *self, SondeFolder *folder);
void sonde_store_delete_folder (SondeStore *self, gint64 folder_id);
void sonde_store_add_charge (SondeStore *self,
                             gint64 conversation_id,
                             const char *purpose,
                             SondeMessage *answer);

gint64 sonde_store_begin_import (SondeStore *self);
void sonde_store_add_to_import_async (SondeStore *self,
                                      gint64 import_id,
                                      SondeConversation *conversation,
                                      GPtrArray *messages,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean sonde_store_add_to_import_finish (SondeStore *self, GAsyncResult *result, GError **error);
void sonde_store_commit_import_async (SondeStore *self,
                                      gint64 import_id,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean sonde_store_commit_import_finish (SondeStore *self, GAsyncResult *result, GError **error);
void sonde_store_roll_back_import_async (SondeStore *self,
                                         gint64 import_id,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean
sonde_store_roll_back_import_finish (SondeStore *self, GAsyncResult *result, GError **error);
void sonde_store_list_import_async (SondeStore *self,
                                    gint64 import_id,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *sonde_store_list_import_finish (SondeStore *self, GAsyncResult *result, GError **error);

void sonde_store_flush_async (SondeStore *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean sonde_store_flush_finish (SondeStore *self, GAsyncResult *result, GError **error);

void sonde_store_check_async (SondeStore *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean sonde_store_check_finish (SondeStore *self, GAsyncResult *result, GError **error);
void sonde_store_back_up_async (SondeStore *self,
                                gint64 now,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean sonde_store_back_up_finish (SondeStore *self, GAsyncResult *result, GError **error);
void sonde_store_list_backups_async (SondeStore *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *sonde_store_list_backups_finish (SondeStore *self, GAsyncResult *result, GError **error);
void sonde_store_prepare_restore_async (SondeStore *self,
                                        SondeBackup *backup,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean
sonde_store_prepare_restore_finish (SondeStore *self, GAsyncResult *result, GError **error);
char *sonde_store_restore (SondeStore *self, GError **error);

G_END_DECLS
