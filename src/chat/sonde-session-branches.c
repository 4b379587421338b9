/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Versions of turns: nothing is overwritten, and what is deleted can be had back. */

#include "sonde-session-private.h"

/* Whether the tree of messages can be changed now. */
static gboolean
can_change (SondeSession *self)
{
  return self->started && !sonde_session_get_busy (self) &&
         sonde_conversation_get_loaded (self->conversation);
}

static SondeMessageTree *
get_tree (SondeSession *self)
{
  return sonde_conversation_get_tree (self->conversation);
}

static gint64
get_parent_id (SondeSession *self, SondeMessage *message)
{
  SondeMessage *parent = sonde_message_tree_get_parent (get_tree (self), message);

  return parent != NULL ? sonde_message_get_id (parent) : 0;
}

/**
 * sonde_session_retry_message:
 * @self: a session
 * @message: an answer, or a question
 * @model_id: (nullable): the model to ask; %NULL for that of the conversation
 *
 * Asks for an answer again, as another version of it; with a question, for another answer to
 * it. What is there stays.
 *
 * Returns: whether it is asked for; not while busy or while the conversation is being loaded
 */
gboolean
sonde_session_retry_message (SondeSession *self, SondeMessage *message, const char *model_id)
{
  g_return_val_if_fail (SONDE_IS_SESSION (self), FALSE);
  g_return_val_if_fail (SONDE_IS_MESSAGE (message), FALSE);

  if (!can_change (self))
    return FALSE;

  if (sonde_message_get_role (message) == SONDE_ROLE_ASSISTANT)
    sonde_session_ask (self, get_parent_id (self, message), model_id);
  else
    sonde_session_ask (self, sonde_message_get_id (message), model_id);

  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\r\n")] == '\0';
}

/**
 * sonde_session_go_on:
 * @self: a session
 * @message: an answer
 * @text: how it begins
 *
 * Makes another version of an answer, and has the model go on from where @text ends.
 *
 * Returns: whether it does; not while busy, while the conversation is being loaded, or when
 *   there is nothing but white space in @text
 */
gboolean
sonde_session_go_on (SondeSession *self, SondeMessage *message, const char *text)
{
  g_autofree char *beginning = NULL;

  g_return_val_if_fail (SONDE_IS_SESSION (self), FALSE);
  g_return_val_if_fail (SONDE_IS_MESSAGE (message), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  beginning = g_utf8_make_valid (text, -1);
  if (!can_change (self) || sonde_message_get_role (message) != SONDE_ROLE_ASSISTANT ||
      is_blank (beginning))
    return FALSE;

  g_set_str (&self->beginning, beginning);
  sonde_session_ask (self, get_parent_id (self, message), NULL);

  return TRUE;
}

/**
 * sonde_session_edit:
 * @self: a session
 * @message: a question, or an answer
 * @text: what to ask instead, or what the answer is to say
 *
 * Asks another version of a question, with the same files; or makes another version of an answer
 * without asking. The one that is there stays, with
 * all that followed it.
 *
 * Returns: whether it is asked; not while busy, while the conversation is being loaded, or
 *   when there is nothing in it: neither a file nor more than white space
 */
gboolean
sonde_session_edit (SondeSession *self, SondeMessage *message, const char *text)
{
  GPtrArray *attachments;
  g_autofree char *question = NULL;

  g_return_val_if_fail (SONDE_IS_SESSION (self), FALSE);
  g_return_val_if_fail (SONDE_IS_MESSAGE (message), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  question = g_strchomp (g_utf8_make_valid (text, -1));
  if (sonde_message_get_role (message) == SONDE_ROLE_ASSISTANT) {
    if (!can_change (self) || is_blank (question))
      return FALSE;
    sonde_session_add_answer (self, get_parent_id (self, message), message, question);
    return TRUE;
  }

  attachments = sonde_message_get_attachments (message);
  if (!can_change (self) || sonde_message_get_role (message) != SONDE_ROLE_USER ||
      (attachments == NULL && is_blank (question)))
    return FALSE;

  sonde_session_ask_question (self, get_parent_id (self, message), question, attachments);

  return TRUE;
}

/**
 * sonde_session_choose_version:
 * @self: a session
 * @message: a message of the chosen path
 * @step: -1 for the version before it, 1 for the one after it
 *
 * Shows another version of a message, with what followed that one last.
 *
 * Returns: whether there is such a version
 */
gboolean
sonde_session_choose_version (SondeSession *self, SondeMessage *message, int step)
{
  g_autoptr (GPtrArray) versions = NULL;
  guint index;
  gint64 chosen;

  g_return_val_if_fail (SONDE_IS_SESSION (self), FALSE);
  g_return_val_if_fail (SONDE_IS_MESSAGE (message), FALSE);

  if (!can_change (self))
    return FALSE;

  versions = sonde_message_tree_get_versions (get_tree (self), message);
  if (!g_ptr_array_find (versions, message, &index))
    return FALSE;
  chosen = (gint64) index + step;
  if (chosen < 0 || chosen >= versions->len)
    return FALSE;

  sonde_session_forget_deleted (self);
  sonde_conversation_choose (
    self->conversation,
    sonde_message_tree_find_leaf (get_tree (self), g_ptr_array_index (versions, (guint) chosen)));

  return TRUE;
}

static void
show_wanted (SondeSession *self)
{
  SondeMessage *message;

  message = sonde_message_tree_find (get_tree (self), self->wanted_id);
  self->wanted_id = 0;
  if (!can_change (self) || message == NULL || sonde_message_get_deleted_at (message) != 0 ||
      g_list_store_find (G_LIST_STORE (sonde_conversation_get_messages (self->conversation)),
                         message, NULL))
    return;

  sonde_session_forget_deleted (self);
  sonde_conversation_choose (self->conversation,
                             sonde_message_tree_find_leaf (get_tree (self), message));
}

static void
loaded_cb (SondeConversation *conversation, GParamSpec *pspec, SondeSession *self)
{
  g_signal_handlers_disconnect_by_func (conversation, loaded_cb, self);
  show_wanted (self);
}

/**
 * sonde_session_show_message:
 * @self: a session
 * @message_id: the number of a message of the conversation, on the chosen path or off it
 *
 * Chooses the path of a message, as soon as the conversation is loaded. The path of an answer
 * that is on its way is not left.
 */
void
sonde_session_show_message (SondeSession *self, gint64 message_id)
{
  g_return_if_fail (SONDE_IS_SESSION (self));

  self->wanted_id = message_id;
  if (sonde_conversation_get_loaded (self->conversation)) {
    show_wanted (self);
    return;
  }

  g_signal_handlers_disconnect_by_func (self->conversation, loaded_cb, self);
  g_signal_connect_object (self->conversation, "notify::loaded", G_CALLBACK (loaded_cb), self,
                           G_CONNECT_DEFAULT);
}

static void
mark (SondeSession *self, SondeMessage *message, gint64 deleted_at)
{
  sonde_message_set_deleted_at (message, deleted_at);
  sonde_session_save_message (self, message);
}

static gboolean
calls_tools (SondeMessage *message)
{
  const SondeMessageDetails *details = sonde_message_get_details (message);

  return details != NULL && details->tool_calls != NULL;
}

/* What goes with @message: where there are other versions of it, all that follows this one;
 * else it alone, but that calls of tools and their results go together. */
static GPtrArray *
collect (SondeSession *self, SondeMessage *message, SondeMessage **other)
{
  g_autoptr (GPtrArray) versions = sonde_message_tree_get_versions (get_tree (self), message);
  GListModel *messages = sonde_conversation_get_messages (self->conversation);
  GPtrArray *collected;
  guint index;

  *other = NULL;
  if (versions->len > 1 && g_ptr_array_find (versions, message, &index)) {
    *other = g_ptr_array_index (versions, index > 0 ? index - 1 : 1);
    return sonde_message_tree_get_below (get_tree (self), message);
  }

  collected = g_ptr_array_new ();
  while (sonde_message_get_role (message) == SONDE_ROLE_TOOL &&
         sonde_message_tree_get_parent (get_tree (self), message) != NULL)
    message = sonde_message_tree_get_parent (get_tree (self), message);
  g_ptr_array_add (collected, message);
  if (!calls_tools (message))
    return collected;

  if (!g_list_store_find (G_LIST_STORE (messages), message, &index))
    return collected;
  for (guint i = index + 1; i < g_list_model_get_n_items (messages); i++) {
    g_autoptr (SondeMessage) result = g_list_model_get_item (messages, i);

    if (sonde_message_get_role (result) != SONDE_ROLE_TOOL)
      break;
    g_ptr_array_add (collected, result);
  }

  return collected;
}

/**
 * sonde_session_delete_message:
 * @self: a session
 * @message: a message of the chosen path
 *
 * Deletes a message; what follows it then follows the one before it. Where it has other
 * versions, this version goes with all that follows it, and another one is shown. It can be
 * had back until something else is done in the conversation, and is gone for good at the next
 * start of the program.
 *
 * Returns: whether it was deleted; not while busy or while the conversation is being loaded
 */
gboolean
sonde_session_delete_message (SondeSession *self, SondeMessage *message)
{
  g_autoptr (GPtrArray) collected = NULL;
  SondeMessage *other, *leaf;
  gint64 now;

  g_return_val_if_fail (SONDE_IS_SESSION (self), FALSE);
  g_return_val_if_fail (SONDE_IS_MESSAGE (message), FALSE);

  if (!can_change (self))
    return FALSE;

  sonde_session_forget_deleted (self);
  leaf = sonde_conversation_get_last (self->conversation);
  collected = collect (self, message, &other);
  now = sonde_clock_get_real_time (self->services->clock);
  self->deleted = g_ptr_array_new_with_free_func (g_object_unref);
  self->deleted_leaf = leaf != NULL ? g_object_ref (leaf) : NULL;
  for (guint i = 0; i < collected->len; i++) {
    g_ptr_array_add (self->deleted, g_object_ref (g_ptr_array_index (collected, i)));
    mark (self, g_ptr_array_index (collected, i), now);
  }
  if (other != NULL)
    leaf = sonde_message_tree_find_leaf (get_tree (self), other);
  sonde_conversation_choose (self->conversation, leaf);
  if (other != NULL)
    sonde_message_tree_number_versions (get_tree (self), other);

  return TRUE;
}

/**
 * sonde_session_undo_delete:
 * @self: a session
 *
 * Has back what was deleted last.
 *
 * Returns: whether there was something, and nothing else was done since
 */
gboolean
sonde_session_undo_delete (SondeSession *self)
{
  g_autoptr (GPtrArray) deleted = NULL;
  g_autoptr (SondeMessage) leaf = NULL;

  g_return_val_if_fail (SONDE_IS_SESSION (self), FALSE);

  if (self->deleted == NULL || !can_change (self))
    return FALSE;

  deleted = g_steal_pointer (&self->deleted);
  leaf = g_steal_pointer (&self->deleted_leaf);
  for (guint i = 0; i < deleted->len; i++)
    mark (self, g_ptr_array_index (deleted, i), 0);
  sonde_conversation_choose (self->conversation, leaf);
  sonde_message_tree_number_versions (get_tree (self), g_ptr_array_index (deleted, 0));

  return TRUE;
}

/* What was deleted cannot be had back any more. */
void
sonde_session_forget_deleted (SondeSession *self)
{
  g_clear_pointer (&self->deleted, g_ptr_array_unref);
  g_clear_object (&self->deleted_leaf);
}
