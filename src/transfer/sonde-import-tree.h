/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-import-json.h"
#include "sonde-transfer.h"

G_BEGIN_DECLS

/**
 * SondeImportNodeKind:
 * @SONDE_IMPORT_NODE_LINK: only ties others together
 * @SONDE_IMPORT_NODE_OMITTED: something that Sonde has no place for
 * @SONDE_IMPORT_NODE_THOUGHTS: reasoning that belongs to the answer behind it
 * @SONDE_IMPORT_NODE_SYSTEM: what the model is told
 * @SONDE_IMPORT_NODE_MESSAGE: a message
 *
 * What a node of a foreign tree becomes. Only a message stays in the tree.
 */
typedef enum {
  SONDE_IMPORT_NODE_LINK,
  SONDE_IMPORT_NODE_OMITTED,
  SONDE_IMPORT_NODE_THOUGHTS,
  SONDE_IMPORT_NODE_SYSTEM,
  SONDE_IMPORT_NODE_MESSAGE,
} SondeImportNodeKind;

/**
 * SondeImportNode:
 * @key: its name, unique in its tree
 * @parent: (nullable): the name of its parent
 * @order: its place among its siblings; those with the same place keep the order they came in
 * @texts: (nullable): by SondeTextKind; %NULL: absent
 *
 * A node of a foreign tree. The other fields are those of SondeMessage.
 */
typedef struct {
  char *key;
  char *parent;
  guint order;
  SondeImportNodeKind kind;
  SondeRole role;
  gint64 created_at;
  GString *texts[2];
  SondeMessageState state;
  SondeFailure *failure;
  char *finish_reason;
  SondeUsage *usage;
  char *model_id;
  SondeThinking thinking;
  gint64 thinking_started_at;
  gint64 thinking_duration;
  SondeMessageDetails *details;
  GPtrArray *attachments; /* (element-type SondeAttachment), or NULL */
  SondeSummary *summary;  /* or NULL */
} SondeImportNode;

void sonde_import_node_add_text (SondeImportNode *self, SondeTextKind kind, const char *text);

typedef struct _SondeImportTree SondeImportTree;
typedef void (*SondeImportReadFunc) (SondeImportTree *tree,
                                     SondeImportNode *node,
                                     JsonObject *message);

SondeImportTree *sonde_import_tree_new (void);
void sonde_import_tree_free (SondeImportTree *self);
SondeImportNode *sonde_import_tree_add (SondeImportTree *self, const char *key, const char *parent);
void sonde_import_tree_add_mapping (SondeImportTree *self,
                                    JsonObject *mapping,
                                    SondeImportReadFunc read);
void sonde_import_tree_place_children (SondeImportTree *self, const char *parent, guint order);
const char *sonde_import_tree_get_key (SondeImportTree *self, guint index);
void sonde_import_tree_get_times (SondeImportTree *self, gint64 *earliest, gint64 *latest);
void sonde_import_tree_set_leaf (SondeImportTree *self, const char *key);
void sonde_import_tree_omit (SondeImportTree *self);
guint sonde_import_tree_build (SondeImportTree *self,
                               SondeTransferRecord *record,
                               SondeTransferAllocateFunc allocate,
                               gpointer user_data);
gboolean sonde_import_tree_is_circular (SondeImportTree *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeImportTree, sonde_import_tree_free)

G_END_DECLS
