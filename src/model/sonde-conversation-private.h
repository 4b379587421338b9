/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-conversation.h"

G_BEGIN_DECLS

/**
 * SondeConversation:
 *
 * A conversation as the list shows it, and, once it is loaded, the messages of
 * its chosen path from the first to the leaf.
 */
struct _SondeConversation {
  GObject parent_instance;

  SondeObserver *observer;
  gint64 id;
  gint64 created_at;
  char *title;
  gint64 updated_at;
  char *model_id;
  SondeThinking thinking;
  gboolean pinned;
  gboolean unread;
  gboolean streaming;
  gint64 leaf_id;
  char *draft;
  gint64 folder_id;
  gboolean archived;
  gint64 trashed_at;
  gboolean title_manual;
  gboolean json_output;
  gboolean temporary;
  char *system_prompt;
  char *parameters;
  char *origin;
  char *spelling;
  gboolean loaded;
  /* Most conversations of a long list are never opened: made when they are needed. */
  GListStore *messages;
  GListStore *attachments;
  SondeMessageTree *tree;
};

void sonde_conversation_set_loaded (SondeConversation *self, gboolean loaded);
void sonde_conversation_emit_summary_changed (SondeConversation *self, SondeMessage *message);

G_END_DECLS
