/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-backup.h"
#include "sonde-conversation.h"
#include "sonde-folder.h"
#include "sonde-search-hit.h"
#include "sonde-session.h"

G_BEGIN_DECLS

/**
 * SondeLibraryState:
 * @SONDE_LIBRARY_LOADING: the database is being opened
 * @SONDE_LIBRARY_READY: the list is there
 * @SONDE_LIBRARY_FAILED: the database could not be opened; conversations work but are not kept
 *
 * How the list of conversations stands.
 */
typedef enum {
  SONDE_LIBRARY_LOADING,
  SONDE_LIBRARY_READY,
  SONDE_LIBRARY_FAILED,
} SondeLibraryState;

#define SONDE_TYPE_LIBRARY_STATE (sonde_library_state_get_type ())
GType sonde_library_state_get_type (void);

/**
 * SondeLibraryProblem:
 * @SONDE_LIBRARY_PROBLEM_NONE: all is well
 * @SONDE_LIBRARY_PROBLEM_SET_ASIDE: the database was damaged; it was moved to
 *   [property@Library:problem-detail], and a new one was begun
 * @SONDE_LIBRARY_PROBLEM_NEWER: the database was written by a newer Sonde, and was not touched
 * @SONDE_LIBRARY_PROBLEM_FULL: the disk is full
 * @SONDE_LIBRARY_PROBLEM_READ_ONLY: the data folder cannot be written
 * @SONDE_LIBRARY_PROBLEM_BUSY: another program holds the database
 * @SONDE_LIBRARY_PROBLEM_DAMAGED: parts of the database cannot be read
 * @SONDE_LIBRARY_PROBLEM_FAILED: something else; the detail is the database's own words
 *
 * What is wrong with the store of conversations.
 */
typedef enum {
  SONDE_LIBRARY_PROBLEM_NONE,
  SONDE_LIBRARY_PROBLEM_SET_ASIDE,
  SONDE_LIBRARY_PROBLEM_NEWER,
  SONDE_LIBRARY_PROBLEM_FULL,
  SONDE_LIBRARY_PROBLEM_READ_ONLY,
  SONDE_LIBRARY_PROBLEM_BUSY,
  SONDE_LIBRARY_PROBLEM_DAMAGED,
  SONDE_LIBRARY_PROBLEM_FAILED,
} SondeLibraryProblem;

#define SONDE_TYPE_LIBRARY_PROBLEM (sonde_library_problem_get_type ())
GType sonde_library_problem_get_type (void);

/* A GListModel of SondeConversation, the latest said first: also those that are archived or
 * in the trash, which views leave out. Properties, read only: "state" (SondeLibraryState),
 * "problem" (SondeLibraryProblem), "problem-detail" (string, nullable). */
#define SONDE_TYPE_LIBRARY (sonde_library_get_type ())
G_DECLARE_FINAL_TYPE (SondeLibrary, sonde_library, SONDE, LIBRARY, GObject)

SondeLibraryState sonde_library_get_state (SondeLibrary *self);
SondeLibraryProblem sonde_library_get_problem (SondeLibrary *self);
const char *sonde_library_get_problem_detail (SondeLibrary *self);
gboolean sonde_library_get_busy (SondeLibrary *self);
SondeConversation *sonde_library_create (SondeLibrary *self);
SondeConversation *sonde_library_create_temporary (SondeLibrary *self);
SondeConversation *sonde_library_duplicate (SondeLibrary *self, SondeConversation *conversation);
SondeConversation *
sonde_library_fork (SondeLibrary *self, SondeConversation *conversation, SondeMessage *message);

GListModel *sonde_library_get_folders (SondeLibrary *self);
SondeFolder *sonde_library_create_folder (SondeLibrary *self, const char *name);
void sonde_library_rename_folder (SondeLibrary *self, SondeFolder *folder, const char *name);
void sonde_library_delete_folder (SondeLibrary *self, SondeFolder *folder);

void sonde_library_trash (SondeLibrary *self, SondeConversation *conversation);
void sonde_library_restore (SondeLibrary *self, SondeConversation *conversation);
void sonde_library_delete_for_ever (SondeLibrary *self, SondeConversation *conversation);
void sonde_library_delete_all (SondeLibrary *self);

void sonde_library_open (SondeLibrary *self, SondeConversation *conversation);
SondeSession *sonde_library_get_session (SondeLibrary *self, SondeConversation *conversation);

void sonde_library_search_async (SondeLibrary *self,
                                 const char *query,
                                 guint limit,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *sonde_library_search_finish (SondeLibrary *self, GAsyncResult *result, GError **error);
double sonde_library_get_index_progress (SondeLibrary *self);

void sonde_library_list_usage_async (SondeLibrary *self,
                                     gint64 since,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *
sonde_library_list_usage_finish (SondeLibrary *self, GAsyncResult *result, GError **error);

void sonde_library_list_backups_async (SondeLibrary *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *
sonde_library_list_backups_finish (SondeLibrary *self, GAsyncResult *result, GError **error);
void sonde_library_prepare_restore_async (SondeLibrary *self,
                                          SondeBackup *backup,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean
sonde_library_prepare_restore_finish (SondeLibrary *self, GAsyncResult *result, GError **error);
char *sonde_library_restore_backup (SondeLibrary *self, GError **error);

G_END_DECLS
