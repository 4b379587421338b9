/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-message.h"

G_BEGIN_DECLS

/**
 * SondeMessageTree:
 *
 * All messages of a conversation. Those with the same parent and the same role are versions
 * of each other. One that was deleted is passed over: what follows it follows the one before.
 */
typedef struct _SondeMessageTree SondeMessageTree;

SondeMessageTree *sonde_message_tree_new (void);
void sonde_message_tree_free (SondeMessageTree *self);

void sonde_message_tree_add (SondeMessageTree *self, SondeMessage *message);
SondeMessage *sonde_message_tree_find (SondeMessageTree *self, gint64 id);
SondeMessage *sonde_message_tree_get_parent (SondeMessageTree *self, SondeMessage *message);
SondeMessage *sonde_message_tree_get_newest (SondeMessageTree *self);
GPtrArray *sonde_message_tree_get_all (SondeMessageTree *self);
GPtrArray *sonde_message_tree_get_versions (SondeMessageTree *self, SondeMessage *message);
GPtrArray *sonde_message_tree_get_below (SondeMessageTree *self, SondeMessage *message);
GPtrArray *sonde_message_tree_get_path (SondeMessageTree *self, SondeMessage *leaf);
SondeMessage *sonde_message_tree_find_leaf (SondeMessageTree *self, SondeMessage *message);
void sonde_message_tree_number_versions (SondeMessageTree *self, SondeMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeMessageTree, sonde_message_tree_free)

G_END_DECLS
