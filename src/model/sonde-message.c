/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-message.h"

/**
 * SondeMessage:
 *
 * One turn of a conversation, or one version of a turn: messages form a tree by
 * [property@Message:parent-id]. A streaming answer grows by
 * [method@Message.append_text], which costs the same however long it is.
 */
struct _SondeMessage {
  GObject parent_instance;

  gint64 id;
  gint64 parent_id;
  SondeRole role;
  gint64 created_at;
  GString *texts[2]; /* by SondeTextKind; NULL: absent */
  SondeMessageState state;
  SondePhase phase;
  SondeFailure *failure;
  char *finish_reason;
  SondeUsage *usage;
  char *model_id;
  SondeThinking thinking;
  gint64 thinking_started_at;
  gint64 thinking_duration;
  guint tries;
  gint64 retry_at;
  SondeMessageDetails *details; /* NULL: nothing is known */
  GPtrArray *attachments;       /* (element-type SondeAttachment); NULL: none */
  SondeSummary *summary;        /* NULL: none */
  gboolean copied;
  gint64 deleted_at;
  guint version;
  guint n_versions;
};

enum {
  PROP_ID = 1,
  PROP_PARENT_ID,
  PROP_ROLE,
  PROP_CREATED_AT,
  PROP_STATE,
  PROP_PHASE,
  PROP_FAILURE,
  PROP_FINISH_REASON,
  PROP_USAGE,
  PROP_MODEL_ID,
  PROP_THINKING,
  PROP_THINKING_STARTED_AT,
  PROP_THINKING_DURATION,
  PROP_TRIES,
  PROP_RETRY_AT,
  PROP_SUMMARY,
  PROP_DELETED_AT,
  PROP_VERSION,
  PROP_N_VERSIONS,
  N_PROPS
};

enum { TEXT_CHANGED, DETAILS_CHANGED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeMessage, sonde_message, G_TYPE_OBJECT)

static void
sonde_message_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeMessage *self = SONDE_MESSAGE (object);

  switch (id) {
  case PROP_ID:
    g_value_set_int64 (value, self->id);
    break;
  case PROP_PARENT_ID:
    g_value_set_int64 (value, self->parent_id);
    break;
  case PROP_ROLE:
    g_value_set_enum (value, (int) self->role);
    break;
  case PROP_CREATED_AT:
    g_value_set_int64 (value, self->created_at);
    break;
  case PROP_STATE:
    g_value_set_enum (value, (int) self->state);
    break;
  case PROP_PHASE:
    g_value_set_enum (value, (int) self->phase);
    break;
  case PROP_FAILURE:
    g_value_set_boxed (value, self->failure);
    break;
  case PROP_FINISH_REASON:
    g_value_set_string (value, self->finish_reason);
    break;
  case PROP_USAGE:
    g_value_set_boxed (value, self->usage);
    break;
  case PROP_MODEL_ID:
    g_value_set_string (value, self->model_id);
    break;
  case PROP_THINKING:
    g_value_set_enum (value, (int) self->thinking);
    break;
  case PROP_THINKING_STARTED_AT:
    g_value_set_int64 (value, self->thinking_started_at);
    break;
  case PROP_THINKING_DURATION:
    g_value_set_int64 (value, self->thinking_duration);
    break;
  case PROP_TRIES:
    g_value_set_uint (value, self->tries);
    break;
  case PROP_RETRY_AT:
    g_value_set_int64 (value, self->retry_at);
    break;
  case PROP_SUMMARY:
    g_value_set_boxed (value, self->summary);
    break;
  case PROP_DELETED_AT:
    g_value_set_int64 (value, self->deleted_at);
    break;
  case PROP_VERSION:
    g_value_set_uint (value, self->version);
    break;
  case PROP_N_VERSIONS:
    g_value_set_uint (value, self->n_versions);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
free_text (GString *text)
{
  if (text != NULL)
    g_string_free (text, TRUE);
}

static void
sonde_message_finalize (GObject *object)
{
  SondeMessage *self = SONDE_MESSAGE (object);

  free_text (self->texts[SONDE_TEXT_CONTENT]);
  free_text (self->texts[SONDE_TEXT_REASONING]);
  g_clear_pointer (&self->failure, sonde_failure_free);
  g_clear_pointer (&self->usage, sonde_usage_free);
  g_clear_pointer (&self->details, sonde_message_details_free);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->summary, sonde_summary_free);
  g_free (self->finish_reason);
  g_free (self->model_id);

  G_OBJECT_CLASS (sonde_message_parent_class)->finalize (object);
}

static void
sonde_message_class_init (SondeMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_message_get_property;
  object_class->finalize = sonde_message_finalize;

  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_PARENT_ID] =
    g_param_spec_int64 ("parent-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ROLE] =
    g_param_spec_enum ("role", NULL, NULL, SONDE_TYPE_ROLE, SONDE_ROLE_USER, flags);
  properties[PROP_CREATED_AT] =
    g_param_spec_int64 ("created-at", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, SONDE_TYPE_MESSAGE_STATE,
                                              SONDE_MESSAGE_COMPLETE, flags);
  properties[PROP_PHASE] =
    g_param_spec_enum ("phase", NULL, NULL, SONDE_TYPE_PHASE, SONDE_PHASE_NONE, flags);
  properties[PROP_FAILURE] = g_param_spec_boxed ("failure", NULL, NULL, SONDE_TYPE_FAILURE, flags);
  properties[PROP_FINISH_REASON] = g_param_spec_string ("finish-reason", NULL, NULL, NULL, flags);
  properties[PROP_USAGE] = g_param_spec_boxed ("usage", NULL, NULL, SONDE_TYPE_USAGE, flags);
  properties[PROP_MODEL_ID] = g_param_spec_string ("model-id", NULL, NULL, NULL, flags);
  properties[PROP_THINKING] =
    g_param_spec_enum ("thinking", NULL, NULL, SONDE_TYPE_THINKING, SONDE_THINKING_OFF, flags);
  properties[PROP_THINKING_STARTED_AT] =
    g_param_spec_int64 ("thinking-started-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_THINKING_DURATION] =
    g_param_spec_int64 ("thinking-duration", NULL, NULL, -1, G_MAXINT64, -1, flags);
  properties[PROP_TRIES] = g_param_spec_uint ("tries", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_RETRY_AT] = g_param_spec_int64 ("retry-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_SUMMARY] = g_param_spec_boxed ("summary", NULL, NULL, SONDE_TYPE_SUMMARY, flags);
  properties[PROP_DELETED_AT] =
    g_param_spec_int64 ("deleted-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_VERSION] = g_param_spec_uint ("version", NULL, NULL, 1, G_MAXUINT, 1, flags);
  properties[PROP_N_VERSIONS] =
    g_param_spec_uint ("n-versions", NULL, NULL, 1, G_MAXUINT, 1, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeMessage::text-changed:
   * @self: the message
   * @kind: which of its texts, a SondeTextKind
   * @offset: where the change begins, in bytes; what is before it stayed as it was
   *
   * A text has grown, or was replaced (then @offset is 0).
   */
  signals[TEXT_CHANGED] =
    g_signal_new ("text-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, SONDE_TYPE_TEXT_KIND, G_TYPE_UINT64);

  /**
   * SondeMessage::details-changed:
   * @self: the message
   *
   * Its tool calls, or something else of its details, are others now.
   */
  signals[DETAILS_CHANGED] = g_signal_new ("details-changed", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sonde_message_init (SondeMessage *self)
{
  self->texts[SONDE_TEXT_CONTENT] = g_string_new (NULL);
  self->thinking_duration = -1;
  self->version = 1;
  self->n_versions = 1;
}

static void
notify (SondeMessage *self, guint id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

/**
 * sonde_message_new:
 * @id: its number in the store, above 0
 * @parent_id: the number of the message before it, or 0 for a first one
 * @role: who speaks
 * @created_at: microseconds since 1970-01-01 UTC
 *
 * Returns: (transfer full): a complete message with empty content and no reasoning
 */
SondeMessage *
sonde_message_new (gint64 id, gint64 parent_id, SondeRole role, gint64 created_at)
{
  SondeMessage *self = g_object_new (SONDE_TYPE_MESSAGE, NULL);

  self->id = id;
  self->parent_id = parent_id;
  self->role = role;
  self->created_at = created_at;

  return self;
}

/**
 * sonde_message_copy:
 * @self: a message
 * @id: the number of the copy
 * @parent_id: the number of the message before the copy, or 0
 *
 * Returns: (transfer full): a message that says the same, for another conversation; a
 *   streaming one as if it had been interrupted
 */
SondeMessage *
sonde_message_copy (SondeMessage *self, gint64 id, gint64 parent_id)
{
  SondeMessage *copy;

  g_return_val_if_fail (SONDE_IS_MESSAGE (self), NULL);

  copy = sonde_message_new (id, parent_id, self->role, self->created_at);
  for (guint kind = 0; kind < G_N_ELEMENTS (self->texts); kind++)
    if (self->texts[kind] != NULL)
      sonde_message_append_text (copy, (SondeTextKind) kind, self->texts[kind]->str,
                                 (gssize) self->texts[kind]->len);
  copy->state = self->state == SONDE_MESSAGE_STREAMING ? SONDE_MESSAGE_INTERRUPTED : self->state;
  copy->failure = self->failure != NULL ? sonde_failure_copy (self->failure) : NULL;
  copy->finish_reason = g_strdup (self->finish_reason);
  copy->usage = self->usage != NULL ? sonde_usage_copy (self->usage) : NULL;
  copy->model_id = g_strdup (self->model_id);
  copy->thinking = self->thinking;
  copy->thinking_started_at = self->thinking_started_at;
  copy->thinking_duration = self->thinking_duration;
  copy->details = self->details != NULL ? sonde_message_details_copy (self->details) : NULL;
  sonde_message_set_attachments (copy, self->attachments);
  if (sonde_summary_is_kept (self->summary))
    sonde_message_set_summary (copy, self->summary);
  copy->copied = TRUE;

  return copy;
}

/**
 * sonde_message_get_text:
 * @self: a message
 * @kind: which text
 *
 * Reasoning that is absent (%NULL) and reasoning that is empty differ: the
 * service wants the latter back (contract.md section 4, rule 4).
 *
 * Returns: (nullable): the text as it stands, UTF-8, valid until it grows
 */
const char *
sonde_message_get_text (SondeMessage *self, SondeTextKind kind)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), NULL);

  return self->texts[kind] != NULL ? self->texts[kind]->str : NULL;
}

/**
 * sonde_message_get_text_length:
 * @self: a message
 * @kind: which text
 *
 * Returns: its length in bytes; 0 where it is absent
 */
gsize
sonde_message_get_text_length (SondeMessage *self, SondeTextKind kind)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), 0);

  return self->texts[kind] != NULL ? self->texts[kind]->len : 0;
}

/**
 * sonde_message_set_text:
 * @self: a message
 * @kind: which text
 * @text: (nullable): the whole text, UTF-8; absent content is the same as empty content
 */
void
sonde_message_set_text (SondeMessage *self, SondeTextKind kind, const char *text)
{
  g_return_if_fail (SONDE_IS_MESSAGE (self));

  if (text == NULL && kind == SONDE_TEXT_CONTENT)
    text = "";
  free_text (self->texts[kind]);
  self->texts[kind] = text != NULL ? g_string_new (text) : NULL;
  g_signal_emit (self, signals[TEXT_CHANGED], 0, kind, (guint64) 0);
}

/**
 * sonde_message_append_text:
 * @self: a message
 * @kind: which text
 * @text: what to put behind it, UTF-8; empty text makes an absent text an empty one
 * @length: its length in bytes, or -1 where it ends with a zero byte
 */
void
sonde_message_append_text (SondeMessage *self, SondeTextKind kind, const char *text, gssize length)
{
  guint64 offset;

  g_return_if_fail (SONDE_IS_MESSAGE (self));
  g_return_if_fail (text != NULL);

  if (self->texts[kind] == NULL)
    self->texts[kind] = g_string_new (NULL);
  offset = self->texts[kind]->len;
  g_string_append_len (self->texts[kind], text, length);
  g_signal_emit (self, signals[TEXT_CHANGED], 0, kind, offset);
}

/**
 * sonde_message_get_id:
 * @self: a message
 *
 * Returns: its number in the store
 */
gint64
sonde_message_get_id (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), 0);

  return self->id;
}

/**
 * sonde_message_get_parent_id:
 * @self: a message
 *
 * Returns: the number of the message before it, or 0
 */
gint64
sonde_message_get_parent_id (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), 0);

  return self->parent_id;
}

/**
 * sonde_message_get_role:
 * @self: a message
 *
 * Returns: who speaks
 */
SondeRole
sonde_message_get_role (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), SONDE_ROLE_USER);

  return self->role;
}

/**
 * sonde_message_get_created_at:
 * @self: a message
 *
 * Returns: microseconds since 1970-01-01 UTC
 */
gint64
sonde_message_get_created_at (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), 0);

  return self->created_at;
}

/**
 * sonde_message_can_continue:
 * @self: a message
 *
 * Returns: whether it is an answer that has ended before it was whole, and has
 *   text that the service can go on from (contract.md sections 4, rule 7, and 5.3)
 */
gboolean
sonde_message_can_continue (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), FALSE);

  if (self->role != SONDE_ROLE_ASSISTANT || self->state == SONDE_MESSAGE_STREAMING ||
      self->texts[SONDE_TEXT_CONTENT]->len +
          sonde_message_get_text_length (self, SONDE_TEXT_REASONING) ==
        0)
    return FALSE;

  return self->state != SONDE_MESSAGE_COMPLETE || g_strcmp0 (self->finish_reason, "length") == 0 ||
         g_strcmp0 (self->finish_reason, "insufficient_system_resource") == 0;
}

/**
 * sonde_message_get_state:
 * @self: a message
 *
 * Returns: how it stands
 */
SondeMessageState
sonde_message_get_state (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), SONDE_MESSAGE_COMPLETE);

  return self->state;
}

/**
 * sonde_message_set_state:
 * @self: a message
 * @state: how it stands
 */
void
sonde_message_set_state (SondeMessage *self, SondeMessageState state)
{
  g_return_if_fail (SONDE_IS_MESSAGE (self));

  if (self->state == state)
    return;

  self->state = state;
  notify (self, PROP_STATE);
}

/**
 * sonde_message_get_phase:
 * @self: a message
 *
 * Returns: what it is waiting for
 */
SondePhase
sonde_message_get_phase (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), SONDE_PHASE_NONE);

  return self->phase;
}

/**
 * sonde_message_set_phase:
 * @self: a message
 * @phase: what it is waiting for
 */
void
sonde_message_set_phase (SondeMessage *self, SondePhase phase)
{
  g_return_if_fail (SONDE_IS_MESSAGE (self));

  if (self->phase == phase)
    return;

  self->phase = phase;
  notify (self, PROP_PHASE);
}

/**
 * sonde_message_get_failure:
 * @self: a message
 *
 * Returns: (nullable): why it failed or was cut
 */
const SondeFailure *
sonde_message_get_failure (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), NULL);

  return self->failure;
}

/**
 * sonde_message_set_failure:
 * @self: a message
 * @failure: (nullable): why it failed or was cut
 */
void
sonde_message_set_failure (SondeMessage *self, const SondeFailure *failure)
{
  SondeFailure *copy;

  g_return_if_fail (SONDE_IS_MESSAGE (self));

  copy = failure != NULL ? sonde_failure_copy (failure) : NULL;
  g_clear_pointer (&self->failure, sonde_failure_free);
  self->failure = copy;
  notify (self, PROP_FAILURE);
}

/**
 * sonde_message_get_finish_reason:
 * @self: a message
 *
 * Returns: (nullable): the service's word for why it ended, as it came
 */
const char *
sonde_message_get_finish_reason (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), NULL);

  return self->finish_reason;
}

/**
 * sonde_message_set_finish_reason:
 * @self: a message
 * @finish_reason: (nullable): the service's word for why it ended
 */
void
sonde_message_set_finish_reason (SondeMessage *self, const char *finish_reason)
{
  g_return_if_fail (SONDE_IS_MESSAGE (self));

  if (g_set_str (&self->finish_reason, finish_reason))
    notify (self, PROP_FINISH_REASON);
}

/**
 * sonde_message_get_usage:
 * @self: a message
 *
 * Returns: (nullable): what it used
 */
const SondeUsage *
sonde_message_get_usage (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), NULL);

  return self->usage;
}

/**
 * sonde_message_set_usage:
 * @self: a message
 * @usage: (nullable): what it used
 */
void
sonde_message_set_usage (SondeMessage *self, const SondeUsage *usage)
{
  SondeUsage *copy;

  g_return_if_fail (SONDE_IS_MESSAGE (self));

  copy = usage != NULL ? sonde_usage_copy (usage) : NULL;
  g_clear_pointer (&self->usage, sonde_usage_free);
  self->usage = copy;
  notify (self, PROP_USAGE);
}

/**
 * sonde_message_get_model_id:
 * @self: a message
 *
 * Returns: (nullable): the id of the model that was asked
 */
const char *
sonde_message_get_model_id (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), NULL);

  return self->model_id;
}

/**
 * sonde_message_set_model_id:
 * @self: a message
 * @model_id: (nullable): the id of the model that was asked
 */
void
sonde_message_set_model_id (SondeMessage *self, const char *model_id)
{
  g_return_if_fail (SONDE_IS_MESSAGE (self));

  if (g_set_str (&self->model_id, model_id))
    notify (self, PROP_MODEL_ID);
}

/**
 * sonde_message_get_thinking:
 * @self: a message
 *
 * Returns: how the model was asked to think
 */
SondeThinking
sonde_message_get_thinking (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), SONDE_THINKING_OFF);

  return self->thinking;
}

/**
 * sonde_message_set_thinking:
 * @self: a message
 * @thinking: how the model was asked to think
 */
void
sonde_message_set_thinking (SondeMessage *self, SondeThinking thinking)
{
  g_return_if_fail (SONDE_IS_MESSAGE (self));

  if (self->thinking == thinking)
    return;

  self->thinking = thinking;
  notify (self, PROP_THINKING);
}

/**
 * sonde_message_get_thinking_started_at:
 * @self: a message
 *
 * Returns: when the first reasoning came, in microseconds since 1970-01-01 UTC, or 0
 */
gint64
sonde_message_get_thinking_started_at (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), 0);

  return self->thinking_started_at;
}

/**
 * sonde_message_set_thinking_started_at:
 * @self: a message
 * @real_time: microseconds since 1970-01-01 UTC
 */
void
sonde_message_set_thinking_started_at (SondeMessage *self, gint64 real_time)
{
  g_return_if_fail (SONDE_IS_MESSAGE (self));

  if (self->thinking_started_at == real_time)
    return;

  self->thinking_started_at = real_time;
  notify (self, PROP_THINKING_STARTED_AT);
}

/**
 * sonde_message_get_thinking_duration:
 * @self: a message
 *
 * Returns: how long it thought, in milliseconds, or -1 while it thinks or where it did not
 */
gint64
sonde_message_get_thinking_duration (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), -1);

  return self->thinking_duration;
}

/**
 * sonde_message_set_thinking_duration:
 * @self: a message
 * @milliseconds: how long it thought
 */
void
sonde_message_set_thinking_duration (SondeMessage *self, gint64 milliseconds)
{
  g_return_if_fail (SONDE_IS_MESSAGE (self));

  if (self->thinking_duration == milliseconds)
    return;

  self->thinking_duration = milliseconds;
  notify (self, PROP_THINKING_DURATION);
}

/**
 * sonde_message_get_tries:
 * @self: a message
 *
 * Returns: how often the service was asked for it and failed, in this run; not stored
 */
guint
sonde_message_get_tries (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), 0);

  return self->tries;
}

/**
 * sonde_message_set_tries:
 * @self: a message
 * @tries: how often the service was asked for it and failed
 */
void
sonde_message_set_tries (SondeMessage *self, guint tries)
{
  g_return_if_fail (SONDE_IS_MESSAGE (self));

  if (self->tries == tries)
    return;

  self->tries = tries;
  notify (self, PROP_TRIES);
}

/**
 * sonde_message_get_retry_at:
 * @self: a message
 *
 * Returns: when the service is asked again, in microseconds since 1970-01-01 UTC, or 0; not stored
 */
gint64
sonde_message_get_retry_at (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), 0);

  return self->retry_at;
}

/**
 * sonde_message_set_retry_at:
 * @self: a message
 * @real_time: microseconds since 1970-01-01 UTC, or 0
 */
void
sonde_message_set_retry_at (SondeMessage *self, gint64 real_time)
{
  g_return_if_fail (SONDE_IS_MESSAGE (self));

  if (self->retry_at == real_time)
    return;

  self->retry_at = real_time;
  notify (self, PROP_RETRY_AT);
}

/**
 * sonde_message_get_details:
 * @self: a message
 *
 * Returns: (nullable): its tool calls and what else is kept of it; %NULL where there is nothing
 */
const SondeMessageDetails *
sonde_message_get_details (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), NULL);

  return self->details;
}

/**
 * sonde_message_set_details:
 * @self: a message
 * @details: (nullable): its tool calls and what else is kept of it
 */
void
sonde_message_set_details (SondeMessage *self, const SondeMessageDetails *details)
{
  SondeMessageDetails *copy;

  g_return_if_fail (SONDE_IS_MESSAGE (self));

  copy = details != NULL ? sonde_message_details_copy (details) : NULL;
  g_clear_pointer (&self->details, sonde_message_details_free);
  self->details = copy;
  g_signal_emit (self, signals[DETAILS_CHANGED], 0);
}

/**
 * sonde_message_get_attachments:
 * @self: a message
 *
 * Returns: (transfer none) (nullable) (element-type SondeAttachment): the files that go with it,
 *   all of them ready, in the order in which they are sent; %NULL where there are none
 */
GPtrArray *
sonde_message_get_attachments (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), NULL);

  return self->attachments;
}

/**
 * sonde_message_set_attachments:
 * @self: a message that nobody shows yet
 * @attachments: (nullable) (element-type SondeAttachment): the files that go with it, all of
 *   them ready; they are shared, and do not change any more
 */
void
sonde_message_set_attachments (SondeMessage *self, GPtrArray *attachments)
{
  g_return_if_fail (SONDE_IS_MESSAGE (self));

  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  if (attachments == NULL || attachments->len == 0)
    return;

  self->attachments = g_ptr_array_new_full (attachments->len, g_object_unref);
  for (guint i = 0; i < attachments->len; i++)
    g_ptr_array_add (self->attachments, g_object_ref (g_ptr_array_index (attachments, i)));
}

/**
 * sonde_message_get_summary:
 * @self: a message
 *
 * Returns: (nullable): the note that stands for all up to this message
 */
const SondeSummary *
sonde_message_get_summary (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), NULL);

  return self->summary;
}

/**
 * sonde_message_set_summary:
 * @self: a message
 * @summary: (nullable): the note that stands for all up to this message
 */
void
sonde_message_set_summary (SondeMessage *self, const SondeSummary *summary)
{
  g_return_if_fail (SONDE_IS_MESSAGE (self));

  if (self->summary == summary)
    return;

  g_clear_pointer (&self->summary, sonde_summary_free);
  self->summary = summary != NULL ? sonde_summary_copy (summary) : NULL;
  notify (self, PROP_SUMMARY);
}

/**
 * sonde_message_get_used_summary:
 * @self: a message
 *
 * Returns: (nullable): what is sent in place of this message and all before it; %NULL where
 *   they are sent as they are
 */
const char *
sonde_message_get_used_summary (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), NULL);

  return self->summary != NULL && self->summary->state == SONDE_SUMMARY_USED ? self->summary->text
                                                                             : NULL;
}

/**
 * sonde_message_get_copied:
 * @self: a message
 *
 * Returns: whether its usage is that of another message, as in a copy of a conversation or in one
 *   that was imported: it was not paid for a second time
 */
gboolean
sonde_message_get_copied (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), FALSE);

  return self->copied;
}

/**
 * sonde_message_set_copied:
 * @self: a message
 * @copied: whether its usage was paid for elsewhere
 */
void
sonde_message_set_copied (SondeMessage *self, gboolean copied)
{
  g_return_if_fail (SONDE_IS_MESSAGE (self));

  self->copied = copied;
}

/**
 * sonde_message_get_deleted_at:
 * @self: a message
 *
 * Returns: when the person deleted it, in microseconds since 1970-01-01 UTC, or 0
 */
gint64
sonde_message_get_deleted_at (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), 0);

  return self->deleted_at;
}

/**
 * sonde_message_set_deleted_at:
 * @self: a message
 * @real_time: when the person deleted it, or 0 to have it back
 */
void
sonde_message_set_deleted_at (SondeMessage *self, gint64 real_time)
{
  g_return_if_fail (SONDE_IS_MESSAGE (self));

  if (self->deleted_at == real_time)
    return;

  self->deleted_at = real_time;
  notify (self, PROP_DELETED_AT);
}

/**
 * sonde_message_get_version:
 * @self: a message
 *
 * Returns: which of its versions it is, from 1
 */
guint
sonde_message_get_version (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), 1);

  return self->version;
}

/**
 * sonde_message_get_n_versions:
 * @self: a message
 *
 * Returns: how many versions there are with it; a question that has more than one was edited
 */
guint
sonde_message_get_n_versions (SondeMessage *self)
{
  g_return_val_if_fail (SONDE_IS_MESSAGE (self), 1);

  return self->n_versions;
}

/**
 * sonde_message_set_versions:
 * @self: a message
 * @version: which of its versions it is, from 1
 * @n_versions: how many there are
 *
 * Versions are the messages with the same parent and the same role; not stored.
 */
void
sonde_message_set_versions (SondeMessage *self, guint version, guint n_versions)
{
  g_return_if_fail (SONDE_IS_MESSAGE (self));
  g_return_if_fail (version >= 1 && version <= n_versions);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->version != version) {
    self->version = version;
    notify (self, PROP_VERSION);
  }
  if (self->n_versions != n_versions) {
    self->n_versions = n_versions;
    notify (self, PROP_N_VERSIONS);
  }
  g_object_thaw_notify (G_OBJECT (self));
}
