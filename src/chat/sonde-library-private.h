/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-library.h"
#include "sonde-session-private.h"
#include "sonde-settings.h"

G_BEGIN_DECLS

struct _SondeLibrary {
  GObject parent_instance;

  const SondeServices *services;
  SondeSettings *settings;
  SondeLibraryState state;
  SondeLibraryProblem problem;
  char *problem_detail;
  GListStore *conversations;
  GListStore *folders;
  GHashTable *sessions;       /* SondeConversation -> SondeSession */
  SondeConversation *current; /* the one on the screen */
  GPtrArray *left;            /* (element-type SondeConversation): those before it, newest first */
  SondeObserver *observer;    /* of all conversations */
  GHashTable *unsaved;        /* (element-type SondeConversation): what has changed */
  GHashTable *unsaved_drafts; /* (element-type SondeConversation): whose files have changed */
  guint save_source;
  GHashTable *loading;   /* (element-type SondeConversation): what is being read */
  GPtrArray *rest;       /* conversations that were read and are not in the list yet */
  guint n_listed;        /* how many of them are */
  guint list_source;     /* takes some more of them into the list */
  gboolean listing;      /* whether the rest is being read */
  gboolean deleting;     /* what it brings is to be deleted */
  guint sweep_source;    /* empties the trash day by day */
  GCancellable *titling; /* cancelled at the end */
  GTask *shutdown;
};

void sonde_library_add_folder (SondeLibrary *self, SondeFolder *folder);
void sonde_library_begin (SondeLibrary *self, SondeLibraryState state);
void sonde_library_fail (SondeLibrary *self, const GError *error);
void sonde_library_tell_problem (SondeLibrary *self, const GError *error);
void sonde_library_keep_some (SondeLibrary *self, SondeConversation *left);
void sonde_library_list (SondeLibrary *self);
void sonde_library_place (SondeLibrary *self, SondeConversation *conversation);
void sonde_library_remove (SondeLibrary *self, SondeConversation *conversation);
void sonde_library_watch (SondeLibrary *self, SondeConversation *conversation);
void sonde_library_load (SondeLibrary *self, SondeConversation *conversation);
void sonde_library_sweep_trash (SondeLibrary *self);

SondeLibrary *sonde_library_new (const SondeServices *services, SondeSettings *settings);
void sonde_library_report (SondeLibrary *self, const GError *error);
SondeStore *sonde_library_get_store (SondeLibrary *self);
void sonde_library_start (SondeLibrary *self);
void
sonde_library_shutdown_async (SondeLibrary *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean sonde_library_shutdown_finish (SondeLibrary *self, GAsyncResult *result, GError **error);

G_END_DECLS
