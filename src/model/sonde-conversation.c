/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-conversation-private.h"

enum {
  PROP_ID = 1,
  PROP_CREATED_AT,
  PROP_TITLE,
  PROP_UPDATED_AT,
  PROP_MODEL_ID,
  PROP_THINKING,
  PROP_PINNED,
  PROP_UNREAD,
  PROP_STREAMING,
  PROP_LEAF_ID,
  PROP_DRAFT,
  PROP_ATTACHMENTS,
  PROP_FOLDER_ID,
  PROP_ARCHIVED,
  PROP_TRASHED_AT,
  PROP_TITLE_MANUAL,
  PROP_JSON_OUTPUT,
  PROP_TEMPORARY,
  PROP_SYSTEM_PROMPT,
  PROP_PARAMETERS,
  PROP_ORIGIN,
  PROP_SPELLING,
  PROP_LOADED,
  N_PROPS
};

enum { SUMMARY_CHANGED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeConversation, sonde_conversation, G_TYPE_OBJECT)

static void
sonde_conversation_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeConversation *self = SONDE_CONVERSATION (object);

  switch (id) {
  case PROP_ID:
    g_value_set_int64 (value, self->id);
    break;
  case PROP_CREATED_AT:
    g_value_set_int64 (value, self->created_at);
    break;
  case PROP_TITLE:
    g_value_set_string (value, self->title);
    break;
  case PROP_UPDATED_AT:
    g_value_set_int64 (value, self->updated_at);
    break;
  case PROP_MODEL_ID:
    g_value_set_string (value, self->model_id);
    break;
  case PROP_THINKING:
    g_value_set_enum (value, (int) self->thinking);
    break;
  case PROP_PINNED:
    g_value_set_boolean (value, self->pinned);
    break;
  case PROP_UNREAD:
    g_value_set_boolean (value, self->unread);
    break;
  case PROP_STREAMING:
    g_value_set_boolean (value, self->streaming);
    break;
  case PROP_LEAF_ID:
    g_value_set_int64 (value, self->leaf_id);
    break;
  case PROP_DRAFT:
    g_value_set_string (value, self->draft);
    break;
  case PROP_ATTACHMENTS:
    g_value_set_object (value, sonde_conversation_get_attachments (self));
    break;
  case PROP_FOLDER_ID:
    g_value_set_int64 (value, self->folder_id);
    break;
  case PROP_ARCHIVED:
    g_value_set_boolean (value, self->archived);
    break;
  case PROP_TRASHED_AT:
    g_value_set_int64 (value, self->trashed_at);
    break;
  case PROP_TITLE_MANUAL:
    g_value_set_boolean (value, self->title_manual);
    break;
  case PROP_JSON_OUTPUT:
    g_value_set_boolean (value, self->json_output);
    break;
  case PROP_SYSTEM_PROMPT:
    g_value_set_string (value, self->system_prompt);
    break;
  case PROP_PARAMETERS:
    g_value_set_string (value, self->parameters);
    break;
  case PROP_ORIGIN:
    g_value_set_string (value, self->origin);
    break;
  case PROP_SPELLING:
    g_value_set_string (value, self->spelling);
    break;
  case PROP_TEMPORARY:
    g_value_set_boolean (value, self->temporary);
    break;
  case PROP_LOADED:
    g_value_set_boolean (value, self->loaded);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_conversation_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeConversation *self = SONDE_CONVERSATION (object);

  switch (id) {
  case PROP_TITLE:
    sonde_conversation_set_title (self, g_value_get_string (value));
    break;
  case PROP_UPDATED_AT:
    sonde_conversation_set_updated_at (self, g_value_get_int64 (value));
    break;
  case PROP_MODEL_ID:
    sonde_conversation_set_model_id (self, g_value_get_string (value));
    break;
  case PROP_THINKING:
    sonde_conversation_set_thinking (self, (SondeThinking) g_value_get_enum (value));
    break;
  case PROP_PINNED:
    sonde_conversation_set_pinned (self, g_value_get_boolean (value));
    break;
  case PROP_UNREAD:
    sonde_conversation_set_unread (self, g_value_get_boolean (value));
    break;
  case PROP_STREAMING:
    sonde_conversation_set_streaming (self, g_value_get_boolean (value));
    break;
  case PROP_LEAF_ID:
    sonde_conversation_set_leaf_id (self, g_value_get_int64 (value));
    break;
  case PROP_DRAFT:
    sonde_conversation_set_draft (self, g_value_get_string (value));
    break;
  case PROP_FOLDER_ID:
    sonde_conversation_set_folder_id (self, g_value_get_int64 (value));
    break;
  case PROP_ARCHIVED:
    sonde_conversation_set_archived (self, g_value_get_boolean (value));
    break;
  case PROP_TRASHED_AT:
    sonde_conversation_set_trashed_at (self, g_value_get_int64 (value));
    break;
  case PROP_TITLE_MANUAL:
    sonde_conversation_set_title_manual (self, g_value_get_boolean (value));
    break;
  case PROP_JSON_OUTPUT:
    sonde_conversation_set_json_output (self, g_value_get_boolean (value));
    break;
  case PROP_SYSTEM_PROMPT:
    sonde_conversation_set_system_prompt (self, g_value_get_string (value));
    break;
  case PROP_PARAMETERS:
    sonde_conversation_set_parameters (self, g_value_get_string (value));
    break;
  case PROP_ORIGIN:
    sonde_conversation_set_origin (self, g_value_get_string (value));
    break;
  case PROP_SPELLING:
    sonde_conversation_set_spelling (self, g_value_get_string (value));
    break;
  case PROP_TEMPORARY:
    self->temporary = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_conversation_notify (GObject *object, GParamSpec *pspec)
{
  sonde_observer_tell (SONDE_CONVERSATION (object)->observer, object, pspec);
}

static void
sonde_conversation_finalize (GObject *object)
{
  SondeConversation *self = SONDE_CONVERSATION (object);

  g_clear_pointer (&self->observer, sonde_observer_unref);
  g_free (self->title);
  g_free (self->model_id);
  g_free (self->draft);
  g_free (self->system_prompt);
  g_free (self->parameters);
  g_free (self->origin);
  g_free (self->spelling);
  g_clear_object (&self->messages);
  g_clear_object (&self->attachments);
  g_clear_pointer (&self->tree, sonde_message_tree_free);

  G_OBJECT_CLASS (sonde_conversation_parent_class)->finalize (object);
}

static void
sonde_conversation_class_init (SondeConversationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_conversation_get_property;
  object_class->set_property = sonde_conversation_set_property;
  object_class->notify = sonde_conversation_notify;
  object_class->finalize = sonde_conversation_finalize;

  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_CREATED_AT] =
    g_param_spec_int64 ("created-at", NULL, NULL, G_MININT64, G_MAXINT64, 0, readable);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_UPDATED_AT] =
    g_param_spec_int64 ("updated-at", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_MODEL_ID] = g_param_spec_string ("model-id", NULL, NULL, NULL, flags);
  properties[PROP_THINKING] =
    g_param_spec_enum ("thinking", NULL, NULL, SONDE_TYPE_THINKING, SONDE_THINKING_OFF, flags);
  properties[PROP_PINNED] = g_param_spec_boolean ("pinned", NULL, NULL, FALSE, flags);
  properties[PROP_UNREAD] = g_param_spec_boolean ("unread", NULL, NULL, FALSE, flags);
  properties[PROP_STREAMING] = g_param_spec_boolean ("streaming", NULL, NULL, FALSE, flags);
  properties[PROP_LEAF_ID] =
    g_param_spec_int64 ("leaf-id", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_DRAFT] = g_param_spec_string ("draft", NULL, NULL, NULL, flags);
  /**
   * SondeConversation:attachments:
   *
   * The files of the draft. It is notified when the list changes, or one of them has been read.
   */
  properties[PROP_ATTACHMENTS] =
    g_param_spec_object ("attachments", NULL, NULL, G_TYPE_LIST_MODEL, readable);
  properties[PROP_FOLDER_ID] =
    g_param_spec_int64 ("folder-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ARCHIVED] = g_param_spec_boolean ("archived", NULL, NULL, FALSE, flags);
  properties[PROP_TRASHED_AT] =
    g_param_spec_int64 ("trashed-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_TITLE_MANUAL] = g_param_spec_boolean ("title-manual", NULL, NULL, FALSE, flags);
  properties[PROP_JSON_OUTPUT] = g_param_spec_boolean ("json-output", NULL, NULL, FALSE, flags);
  properties[PROP_SYSTEM_PROMPT] = g_param_spec_string ("system-prompt", NULL, NULL, NULL, flags);
  properties[PROP_PARAMETERS] = g_param_spec_string ("parameters", NULL, NULL, NULL, flags);
  properties[PROP_ORIGIN] = g_param_spec_string ("origin", NULL, NULL, NULL, flags);
  properties[PROP_SPELLING] = g_param_spec_string ("spelling", NULL, NULL, NULL, flags);
  properties[PROP_TEMPORARY] =
    g_param_spec_boolean ("temporary", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, readable);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeConversation::summary-changed:
   * @self: the conversation
   * @message: the message whose note it is
   *
   * A note that stands for older messages is another one, or is used no more.
   */
  signals[SUMMARY_CHANGED] =
    g_signal_new ("summary-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, SONDE_TYPE_MESSAGE);
}

static void
sonde_conversation_init (SondeConversation *self)
{
}

/**
 * sonde_conversation_new:
 * @id: its number in the store, or 0 for one that is not stored yet
 * @created_at: microseconds since 1970-01-01 UTC
 *
 * Returns: (transfer full): a conversation without a title, not loaded
 */
SondeConversation *
sonde_conversation_new (gint64 id, gint64 created_at)
{
  SondeConversation *self = g_object_new (SONDE_TYPE_CONVERSATION, NULL);

  self->id = id;
  self->created_at = created_at;
  self->updated_at = created_at;

  return self;
}

/**
 * sonde_conversation_new_temporary:
 * @created_at: microseconds since 1970-01-01 UTC
 *
 * Returns: (transfer full): a conversation that is never stored
 */
SondeConversation *
sonde_conversation_new_temporary (gint64 created_at)
{
  SondeConversation *self = g_object_new (SONDE_TYPE_CONVERSATION, "temporary", TRUE, NULL);

  self->created_at = created_at;
  self->updated_at = created_at;

  return self;
}

/**
 * sonde_conversation_set_observer:
 * @self: a conversation
 * @observer: (nullable): who is told of changes of its properties, instead of the one before
 */
void
sonde_conversation_set_observer (SondeConversation *self, SondeObserver *observer)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  if (observer != NULL)
    sonde_observer_ref (observer);
  g_clear_pointer (&self->observer, sonde_observer_unref);
  self->observer = observer;
}

/**
 * sonde_conversation_get_id:
 * @self: a conversation
 *
 * Returns: its number in the store, or 0 while it is not stored
 */
gint64
sonde_conversation_get_id (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), 0);

  return self->id;
}

/**
 * sonde_conversation_set_id:
 * @self: a conversation that is not stored yet
 * @id: its number in the store from now on, above 0
 */
void
sonde_conversation_set_id (SondeConversation *self, gint64 id)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));
  g_return_if_fail (self->id == 0 && id > 0);

  self->id = id;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ID]);
}

/**
 * sonde_conversation_get_created_at:
 * @self: a conversation
 *
 * Returns: microseconds since 1970-01-01 UTC
 */
gint64
sonde_conversation_get_created_at (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), 0);

  return self->created_at;
}

/**
 * sonde_conversation_get_title:
 * @self: a conversation
 *
 * Returns: (nullable): its title; %NULL until it has one
 */
const char *
sonde_conversation_get_title (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), NULL);

  return self->title;
}

/**
 * sonde_conversation_set_title:
 * @self: a conversation
 * @title: (nullable): its title; %NULL until it has one
 */
void
sonde_conversation_set_title (SondeConversation *self, const char *title)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  if (g_set_str (&self->title, title))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * sonde_conversation_get_updated_at:
 * @self: a conversation
 *
 * Returns: when something was last said in it, in microseconds since 1970-01-01 UTC
 */
gint64
sonde_conversation_get_updated_at (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), 0);

  return self->updated_at;
}

/**
 * sonde_conversation_set_updated_at:
 * @self: a conversation
 * @real_time: when something was last said in it, in microseconds since 1970-01-01 UTC
 */
void
sonde_conversation_set_updated_at (SondeConversation *self, gint64 real_time)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  if (self->updated_at == real_time)
    return;

  self->updated_at = real_time;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UPDATED_AT]);
}

/**
 * sonde_conversation_get_model_id:
 * @self: a conversation
 *
 * Returns: (nullable): the id of the model that answers next
 */
const char *
sonde_conversation_get_model_id (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), NULL);

  return self->model_id;
}

/**
 * sonde_conversation_set_model_id:
 * @self: a conversation
 * @model_id: (nullable): the id of the model that answers next
 */
void
sonde_conversation_set_model_id (SondeConversation *self, const char *model_id)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  if (g_set_str (&self->model_id, model_id))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL_ID]);
}

/**
 * sonde_conversation_get_thinking:
 * @self: a conversation
 *
 * Returns: how that model is to think
 */
SondeThinking
sonde_conversation_get_thinking (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), SONDE_THINKING_OFF);

  return self->thinking;
}

/**
 * sonde_conversation_set_thinking:
 * @self: a conversation
 * @thinking: how that model is to think
 */
void
sonde_conversation_set_thinking (SondeConversation *self, SondeThinking thinking)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  if (self->thinking == thinking)
    return;

  self->thinking = thinking;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THINKING]);
}

/**
 * sonde_conversation_get_pinned:
 * @self: a conversation
 *
 * Returns: whether it stays at the top of the list
 */
gboolean
sonde_conversation_get_pinned (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), FALSE);

  return self->pinned;
}

/**
 * sonde_conversation_set_pinned:
 * @self: a conversation
 * @pinned: whether it stays at the top of the list
 */
void
sonde_conversation_set_pinned (SondeConversation *self, gboolean pinned)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  pinned = !!pinned;
  if (self->pinned == pinned)
    return;

  self->pinned = pinned;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PINNED]);
}

/**
 * sonde_conversation_get_unread:
 * @self: a conversation
 *
 * Returns: whether it has text that was never on the screen
 */
gboolean
sonde_conversation_get_unread (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), FALSE);

  return self->unread;
}

/**
 * sonde_conversation_set_unread:
 * @self: a conversation
 * @unread: whether it has text that was never on the screen
 */
void
sonde_conversation_set_unread (SondeConversation *self, gboolean unread)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  unread = !!unread;
  if (self->unread == unread)
    return;

  self->unread = unread;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNREAD]);
}

/**
 * sonde_conversation_get_streaming:
 * @self: a conversation
 *
 * Returns: whether an answer is on its way
 */
gboolean
sonde_conversation_get_streaming (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), FALSE);

  return self->streaming;
}

/**
 * sonde_conversation_set_streaming:
 * @self: a conversation
 * @streaming: whether an answer is on its way
 */
void
sonde_conversation_set_streaming (SondeConversation *self, gboolean streaming)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  streaming = !!streaming;
  if (self->streaming == streaming)
    return;

  self->streaming = streaming;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STREAMING]);
}

/**
 * sonde_conversation_get_leaf_id:
 * @self: a conversation
 *
 * Returns: the number of the last message of the chosen path, or 0
 */
gint64
sonde_conversation_get_leaf_id (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), 0);

  return self->leaf_id;
}

/**
 * sonde_conversation_set_leaf_id:
 * @self: a conversation
 * @message_id: the number of the last message of the chosen path, or 0
 */
void
sonde_conversation_set_leaf_id (SondeConversation *self, gint64 message_id)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  if (self->leaf_id == message_id)
    return;

  self->leaf_id = message_id;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEAF_ID]);
}

/**
 * sonde_conversation_get_draft:
 * @self: a conversation
 *
 * Returns: (nullable): what was typed and not sent
 */
const char *
sonde_conversation_get_draft (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), NULL);

  return self->draft;
}

/**
 * sonde_conversation_set_draft:
 * @self: a conversation
 * @draft: (nullable): what was typed and not sent
 */
void
sonde_conversation_set_draft (SondeConversation *self, const char *draft)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  if (g_set_str (&self->draft, draft))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAFT]);
}

static void
attachment_state_cb (SondeConversation *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ATTACHMENTS]);
}

static void
attachments_changed_cb (SondeConversation *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (SondeAttachment) attachment =
      g_list_model_get_item (G_LIST_MODEL (self->attachments), i);

    if (sonde_attachment_get_state (attachment) == SONDE_ATTACHMENT_LOADING)
      g_signal_connect_object (attachment, "notify::state", G_CALLBACK (attachment_state_cb), self,
                               G_CONNECT_SWAPPED);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ATTACHMENTS]);
}

/**
 * sonde_conversation_get_attachments:
 * @self: a conversation
 *
 * Returns: (transfer none): the files of the draft as a list of SondeAttachment, which may be
 *   changed
 */
GListStore *
sonde_conversation_get_attachments (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), NULL);

  if (self->attachments == NULL) {
    self->attachments = g_list_store_new (SONDE_TYPE_ATTACHMENT);
    g_signal_connect_object (self->attachments, "items-changed",
                             G_CALLBACK (attachments_changed_cb), self, G_CONNECT_SWAPPED);
  }

  return self->attachments;
}

/**
 * sonde_conversation_has_attachments:
 * @self: a conversation
 *
 * Returns: whether there is a file with the draft, however it stands
 */
gboolean
sonde_conversation_has_attachments (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), FALSE);

  return self->attachments != NULL &&
         g_list_model_get_n_items (G_LIST_MODEL (self->attachments)) > 0;
}

/**
 * sonde_conversation_dup_attachments:
 * @self: a conversation
 *
 * Returns: (transfer full) (element-type SondeAttachment): those files of the draft that are ready
 */
GPtrArray *
sonde_conversation_dup_attachments (SondeConversation *self)
{
  GPtrArray *ready = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), ready);

  for (guint i = 0; sonde_conversation_has_attachments (self) &&
                    i < g_list_model_get_n_items (G_LIST_MODEL (self->attachments));
       i++) {
    g_autoptr (SondeAttachment) attachment =
      g_list_model_get_item (G_LIST_MODEL (self->attachments), i);

    if (sonde_attachment_get_state (attachment) == SONDE_ATTACHMENT_READY)
      g_ptr_array_add (ready, g_steal_pointer (&attachment));
  }

  return ready;
}

/**
 * sonde_conversation_get_folder_id:
 * @self: a conversation
 *
 * Returns: the number of the folder that it is in, or 0
 */
gint64
sonde_conversation_get_folder_id (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), 0);

  return self->folder_id;
}

/**
 * sonde_conversation_set_folder_id:
 * @self: a conversation
 * @folder_id: the number of the folder that it is in, or 0
 */
void
sonde_conversation_set_folder_id (SondeConversation *self, gint64 folder_id)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  if (self->folder_id == folder_id)
    return;

  self->folder_id = folder_id;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDER_ID]);
}

/**
 * sonde_conversation_get_archived:
 * @self: a conversation
 *
 * Returns: whether it was put away
 */
gboolean
sonde_conversation_get_archived (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), FALSE);

  return self->archived;
}

/**
 * sonde_conversation_set_archived:
 * @self: a conversation
 * @archived: whether it was put away
 */
void
sonde_conversation_set_archived (SondeConversation *self, gboolean archived)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  archived = !!archived;
  if (self->archived == archived)
    return;

  self->archived = archived;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ARCHIVED]);
}

/**
 * sonde_conversation_get_trashed_at:
 * @self: a conversation
 *
 * Returns: when it was put into the trash, in microseconds since 1970-01-01 UTC, or 0
 */
gint64
sonde_conversation_get_trashed_at (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), 0);

  return self->trashed_at;
}

/**
 * sonde_conversation_set_trashed_at:
 * @self: a conversation
 * @real_time: when it was put into the trash, in microseconds since 1970-01-01 UTC, or 0
 */
void
sonde_conversation_set_trashed_at (SondeConversation *self, gint64 real_time)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  if (self->trashed_at == real_time)
    return;

  self->trashed_at = real_time;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRASHED_AT]);
}

/**
 * sonde_conversation_get_title_manual:
 * @self: a conversation
 *
 * Returns: whether the person wrote its title
 */
gboolean
sonde_conversation_get_title_manual (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), FALSE);

  return self->title_manual;
}

/**
 * sonde_conversation_set_title_manual:
 * @self: a conversation
 * @title_manual: whether the person wrote its title
 */
void
sonde_conversation_set_title_manual (SondeConversation *self, gboolean title_manual)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  title_manual = !!title_manual;
  if (self->title_manual == title_manual)
    return;

  self->title_manual = title_manual;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE_MANUAL]);
}

/**
 * sonde_conversation_get_json_output:
 * @self: a conversation
 *
 * Returns: whether answers are to be JSON objects
 */
gboolean
sonde_conversation_get_json_output (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), FALSE);

  return self->json_output;
}

/**
 * sonde_conversation_set_json_output:
 * @self: a conversation
 * @json_output: whether answers are to be JSON objects
 */
void
sonde_conversation_set_json_output (SondeConversation *self, gboolean json_output)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  json_output = !!json_output;
  if (self->json_output == json_output)
    return;

  self->json_output = json_output;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JSON_OUTPUT]);
}

/**
 * sonde_conversation_get_system_prompt:
 * @self: a conversation
 *
 * Returns: (nullable): what the model is told before the first message
 */
const char *
sonde_conversation_get_system_prompt (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), NULL);

  return self->system_prompt;
}

/**
 * sonde_conversation_set_system_prompt:
 * @self: a conversation
 * @system_prompt: (nullable): what the model is told before the first message
 */
void
sonde_conversation_set_system_prompt (SondeConversation *self, const char *system_prompt)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  if (g_set_str (&self->system_prompt, system_prompt))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYSTEM_PROMPT]);
}

/**
 * sonde_conversation_get_parameters:
 * @self: a conversation
 *
 * Returns: (nullable): what the service is asked with beside model and thinking, a JSON object
 */
const char *
sonde_conversation_get_parameters (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), NULL);

  return self->parameters;
}

/**
 * sonde_conversation_set_parameters:
 * @self: a conversation
 * @parameters: (nullable): what the service is asked with beside model and thinking, a JSON object
 */
void
sonde_conversation_set_parameters (SondeConversation *self, const char *parameters)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  if (g_set_str (&self->parameters, parameters))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PARAMETERS]);
}

/**
 * sonde_conversation_get_origin:
 * @self: a conversation
 *
 * Returns: (nullable): where it was imported from: a name of it that stays the same from import to
 * import
 */
const char *
sonde_conversation_get_origin (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), NULL);

  return self->origin;
}

/**
 * sonde_conversation_set_origin:
 * @self: a conversation
 * @origin: (nullable): where it was imported from: a name of it that stays the same from import to
 * import
 */
void
sonde_conversation_set_origin (SondeConversation *self, const char *origin)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  if (g_set_str (&self->origin, origin))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORIGIN]);
}

/**
 * sonde_conversation_get_spelling:
 * @self: a conversation
 *
 * Returns: (nullable): the language that the person chose to have its questions checked in, like
 * "en_US"; where none was chosen, %NULL
 */
const char *
sonde_conversation_get_spelling (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), NULL);

  return self->spelling;
}

/**
 * sonde_conversation_set_spelling:
 * @self: a conversation
 * @spelling: (nullable): the language to check its questions in, like "en_US"
 */
void
sonde_conversation_set_spelling (SondeConversation *self, const char *spelling)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  if (g_set_str (&self->spelling, spelling))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPELLING]);
}

/**
 * sonde_conversation_get_temporary:
 * @self: a conversation
 *
 * Returns: whether it is never stored
 */
gboolean
sonde_conversation_get_temporary (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), FALSE);

  return self->temporary;
}

/**
 * sonde_conversation_get_loaded:
 * @self: a conversation
 *
 * Returns: whether all its messages are here
 */
gboolean
sonde_conversation_get_loaded (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), FALSE);

  return self->loaded;
}

void
sonde_conversation_set_loaded (SondeConversation *self, gboolean loaded)
{
  self->loaded = loaded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

void
sonde_conversation_emit_summary_changed (SondeConversation *self, SondeMessage *message)
{
  g_signal_emit (self, signals[SUMMARY_CHANGED], 0, message);
}
