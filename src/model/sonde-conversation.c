/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-conversation.h"

/**
 * SondeConversation:
 *
 * A conversation as the list shows it, and, once it is loaded, the messages of
 * its chosen path from the first to the leaf.
 */
struct _SondeConversation {
  GObject parent_instance;

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
  gboolean loaded;
  GListStore *messages;
};

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
  PROP_LOADED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

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
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_conversation_finalize (GObject *object)
{
  SondeConversation *self = SONDE_CONVERSATION (object);

  g_free (self->title);
  g_free (self->model_id);
  g_free (self->draft);
  g_clear_object (&self->messages);

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
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, readable);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sonde_conversation_init (SondeConversation *self)
{
  self->messages = g_list_store_new (SONDE_TYPE_MESSAGE);
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

/**
 * sonde_conversation_get_messages:
 * @self: a conversation
 *
 * Returns: (transfer none): the messages of the chosen path, as a list of SondeMessage
 */
GListModel *
sonde_conversation_get_messages (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), NULL);

  return G_LIST_MODEL (self->messages);
}

/**
 * sonde_conversation_set_messages:
 * @self: a conversation
 * @path: (element-type SondeMessage): the messages of the chosen path, the first one first
 *
 * Fills the conversation from the store; it is loaded from then on.
 */
void
sonde_conversation_set_messages (SondeConversation *self, GPtrArray *path)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  g_list_store_splice (self->messages, 0, g_list_model_get_n_items (G_LIST_MODEL (self->messages)),
                       path->pdata, path->len);
  self->loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

/**
 * sonde_conversation_get_loaded:
 * @self: a conversation
 *
 * Returns: whether its messages are here
 */
gboolean
sonde_conversation_get_loaded (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), FALSE);

  return self->loaded;
}

/**
 * sonde_conversation_append:
 * @self: a conversation
 * @message: the message that comes behind the last one
 */
void
sonde_conversation_append (SondeConversation *self, SondeMessage *message)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));
  g_return_if_fail (SONDE_IS_MESSAGE (message));

  g_list_store_append (self->messages, message);
  sonde_conversation_set_leaf_id (self, sonde_message_get_id (message));
}

/**
 * sonde_conversation_replace_last:
 * @self: a conversation
 * @message: another version of the last message
 */
void
sonde_conversation_replace_last (SondeConversation *self, SondeMessage *message)
{
  guint n;

  g_return_if_fail (SONDE_IS_CONVERSATION (self));
  g_return_if_fail (SONDE_IS_MESSAGE (message));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->messages));
  g_return_if_fail (n > 0);

  g_list_store_splice (self->messages, n - 1, 1, (gpointer *) &message, 1);
  sonde_conversation_set_leaf_id (self, sonde_message_get_id (message));
}
