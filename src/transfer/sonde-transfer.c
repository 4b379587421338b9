/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-transfer.h"

G_DEFINE_QUARK (sonde - transfer - error - quark, sonde_transfer_error)

/**
 * sonde_transfer_record_new:
 * @conversation: a conversation
 * @messages: (element-type SondeMessage): every message of its tree, each behind its parent
 *
 * Returns: (transfer full): a record of both, with nothing else known
 */
SondeTransferRecord *
sonde_transfer_record_new (SondeConversation *conversation, GPtrArray *messages)
{
  SondeTransferRecord *self;

  g_return_val_if_fail (SONDE_IS_CONVERSATION (conversation), NULL);
  g_return_val_if_fail (messages != NULL, NULL);

  self = g_new0 (SondeTransferRecord, 1);
  self->conversation = g_object_ref (conversation);
  self->messages = g_ptr_array_ref (messages);

  return self;
}

/**
 * sonde_transfer_record_free:
 * @self: (transfer full): a record
 */
void
sonde_transfer_record_free (SondeTransferRecord *self)
{
  g_object_unref (self->conversation);
  g_ptr_array_unref (self->messages);
  g_free (self->origin);
  g_free (self->folder);
  g_free (self->system_prompt);
  g_free (self);
}

/**
 * sonde_transfer_dup_origin:
 * @conversation: a conversation that was begun here
 *
 * The origin under which Sonde exports a conversation that has no other: an import
 * that brings it back is recognised by it.
 *
 * Returns: (transfer full): an origin
 */
char *
sonde_transfer_dup_origin (SondeConversation *conversation)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (conversation), NULL);

  return g_strdup_printf ("sonde:%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT,
                          sonde_conversation_get_id (conversation),
                          sonde_conversation_get_created_at (conversation));
}
