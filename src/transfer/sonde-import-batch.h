/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-import-json.h"
#include "sonde-import-report.h"
#include "sonde-import-tree.h"

G_BEGIN_DECLS

/**
 * SondeImportHead:
 * @title: (nullable): its title
 * @origin: (nullable): see SondeTransferRecord
 * @created_at: when it was begun, or 0
 * @updated_at: when something was last said in it, or 0
 * @folder: (nullable): the folder that it is in
 * @archived: whether it was put away
 * @pinned: whether it stays at the top
 * @has_draft: whether something was typed or attached and not sent: it is kept without a message
 *
 * What is known of a foreign conversation beside its messages.
 */
typedef struct {
  const char *title;
  const char *origin;
  gint64 created_at;
  gint64 updated_at;
  const char *folder;
  gboolean archived;
  gboolean pinned;
  gboolean has_draft;
} SondeImportHead;

/**
 * SondeImportBatch:
 * @report: what the import has come to
 * @allocate: numbers conversations and messages
 * @user_data: what to hand to @allocate
 * @origins: the origins of the conversations that came
 * @records: conversations that nobody has asked for yet
 *
 * Where the decoders put what they decode.
 */
typedef struct {
  SondeImportReport *report;
  SondeTransferAllocateFunc allocate;
  gpointer user_data;
  GHashTable *origins;
  GQueue records;
} SondeImportBatch;

SondeTransferRecord *
sonde_import_batch_add (SondeImportBatch *self, SondeImportTree *tree, const SondeImportHead *head);

/* The decoders: each puts what @object holds into @batch, or says there why not. */
void sonde_import_sonde (SondeImportBatch *batch, JsonObject *object);
void sonde_import_deepseek (SondeImportBatch *batch, JsonObject *object);
void sonde_import_chatgpt (SondeImportBatch *batch, JsonObject *object);
void sonde_import_chatbox (SondeImportBatch *batch, JsonObject *object);

G_END_DECLS
