/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-conversation.h"
#include "sonde-message.h"

G_BEGIN_DECLS

/**
 * SondeTransferError:
 * @SONDE_TRANSFER_ERROR_UNKNOWN_FORMAT: nothing in the file is a format that Sonde reads
 * @SONDE_TRANSFER_ERROR_DAMAGED: the file ends too early, or is not what it claims to be
 * @SONDE_TRANSFER_ERROR_TOO_LARGE: the file, or what it unpacks to, is beyond a limit
 * @SONDE_TRANSFER_ERROR_NEWER: a newer Sonde wrote the file
 * @SONDE_TRANSFER_ERROR_ENCRYPTED: the archive needs a password
 * @SONDE_TRANSFER_ERROR_UNSUPPORTED: a known program wrote the file, in a form that cannot be
 *   read: Cherry Studio's copy of its database folders
 *
 * The errors of the room, beside those of GIO for reading and writing.
 */
typedef enum {
  SONDE_TRANSFER_ERROR_UNKNOWN_FORMAT,
  SONDE_TRANSFER_ERROR_DAMAGED,
  SONDE_TRANSFER_ERROR_TOO_LARGE,
  SONDE_TRANSFER_ERROR_NEWER,
  SONDE_TRANSFER_ERROR_ENCRYPTED,
  SONDE_TRANSFER_ERROR_UNSUPPORTED,
} SondeTransferError;

#define SONDE_TRANSFER_ERROR (sonde_transfer_error_quark ())
GQuark sonde_transfer_error_quark (void);

/**
 * SondeTransferRecord:
 * @conversation: what the list knows of it; its own list of messages is not used
 * @messages: (element-type SondeMessage): every message of its tree, each behind its parent
 * @origin: (nullable): a name of it that stays the same from export to export, for
 *   recognising what is there already; see [func@transfer_dup_origin]
 * @folder: (nullable): the folder that it is in
 * @system_prompt: (nullable): what the model is told before the first message
 * @archived: whether it was put away
 *
 * One whole conversation on its way out or in.
 */
typedef struct {
  SondeConversation *conversation;
  GPtrArray *messages;
  char *origin;
  char *folder;
  char *system_prompt;
  gboolean archived;
} SondeTransferRecord;

/**
 * SondeTransferAllocateFunc:
 * @user_data: what came with the function
 *
 * Returns: the number of a new conversation or message, above 0
 */
typedef gint64 (*SondeTransferAllocateFunc) (gpointer user_data);

SondeTransferRecord *
sonde_transfer_record_new (SondeConversation *conversation, GPtrArray *messages);
void sonde_transfer_record_free (SondeTransferRecord *self);

char *sonde_transfer_dup_origin (SondeConversation *conversation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeTransferRecord, sonde_transfer_record_free)

G_END_DECLS
