/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-context-meter.h"

#include "sonde-token-estimate.h"

/* An estimate is corrected by what the last answer had, within reason. */
#define MIN_FACTOR 0.25
#define MAX_FACTOR 4.0

/* Text that is too short says little about how long tokens are. */
#define MIN_SAMPLE 200 /* tenths of a token */

/**
 * SondeContextMeter:
 *
 * Reckons how many tokens the next request would have: what the last usage of the chosen path
 * said, and an estimate of what came after it, corrected by the length of that answer's
 * tokens. Where there is no usage all is estimated.
 *
 * What a note stands for is not sent; a usage from before the note, or from when another one was
 * used, does not hold any more.
 *
 * The messages are read when one is added or ends, and only those behind the last usage that
 * holds are measured; writing reads the draft alone.
 */
struct _SondeContextMeter {
  GObject parent_instance;

  SondeConversation *conversation;
  GListModel *messages;
  SondeMessage *last; /* whose end is waited for */
  SondeModelInfo *model;
  double factor;
  gint64 known;        /* tokens of a usage; -1: none */
  gint64 after_tenths; /* what came after it, or all of it */
  gint64 summary_tenths;
  gint64 draft_tenths;
  gint64 prompt_tenths; /* the system prompt */
  gint64 attachments;
  guint update_source;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeContextMeter, sonde_context_meter, G_TYPE_OBJECT)

static void
changed (SondeContextMeter *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static gint64
to_tokens (SondeContextMeter *self, gint64 tenths)
{
  return (gint64) ((double) tenths * self->factor / 10 + 0.5);
}

/* Whether the figures of the answer say what the conversation had up to it. What stopped half
 * way has none, and another service may leave them out. */
static gboolean
has_figures (SondeMessage *message)
{
  const SondeUsage *usage = sonde_message_get_usage (message);

  return usage != NULL && usage->prompt_tokens >= 0 && usage->completion_tokens >= 0 &&
         sonde_message_get_state (message) != SONDE_MESSAGE_STREAMING;
}

static void
calibrate (SondeContextMeter *self, SondeMessage *answer)
{
  gint64 tenths = sonde_token_estimate_message (answer);
  gint64 tokens = sonde_usage_get_answer_tokens (sonde_message_get_usage (answer));

  if (tenths >= MIN_SAMPLE && tokens > 0)
    self->factor = CLAMP ((double) tokens * 10 / (double) tenths, MIN_FACTOR, MAX_FACTOR);
}

static void
read_messages (SondeContextMeter *self)
{
  guint n = self->messages != NULL ? g_list_model_get_n_items (self->messages) : 0;
  gint64 changed_at = 0; /* when the notes before a message were changed last */
  int last = -1;         /* the last answer with figures */
  guint first = 0;       /* what is estimated begins here */

  self->factor = 1;
  self->known = -1;
  self->after_tenths = 0;
  self->summary_tenths = 0;
  for (guint i = 0; i < n; i++) {
    g_autoptr (SondeMessage) message = g_list_model_get_item (self->messages, i);
    const SondeSummary *summary = sonde_message_get_summary (message);

    if (has_figures (message)) {
      const SondeUsage *usage = sonde_message_get_usage (message);

      last = (int) i;
      if (sonde_message_get_created_at (message) >= changed_at) {
        /* The reasoning is not counted when it is sent back (contract.md section 4, rule 4). */
        self->known = usage->prompt_tokens + sonde_usage_get_answer_tokens (usage);
        first = i + 1;
      }
    }
    if (sonde_summary_is_kept (summary))
      changed_at = MAX (changed_at, summary->changed_at);
    if (sonde_message_get_used_summary (message) != NULL) {
      self->known = -1;
      self->summary_tenths = sonde_token_estimate_tenths (summary->text, -1);
      first = i + 1;
    }
  }
  if (last >= 0) {
    g_autoptr (SondeMessage) answer = g_list_model_get_item (self->messages, (guint) last);

    calibrate (self, answer);
  }
  for (guint i = first; i < n; i++) {
    g_autoptr (SondeMessage) message = g_list_model_get_item (self->messages, i);

    self->after_tenths += sonde_token_estimate_message (message);
  }
}

static void
update_cb (gpointer user_data)
{
  SondeContextMeter *self = user_data;

  self->update_source = 0;
  read_messages (self);
  changed (self);
}

static void
queue_update (SondeContextMeter *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_once (update_cb, self);
}

static void
watch_last (SondeContextMeter *self)
{
  guint n = self->messages != NULL ? g_list_model_get_n_items (self->messages) : 0;
  g_autoptr (SondeMessage) last = n > 0 ? g_list_model_get_item (self->messages, n - 1) : NULL;

  if (self->last == last)
    return;
  if (self->last != NULL)
    g_signal_handlers_disconnect_by_func (self->last, queue_update, self);
  g_set_object (&self->last, last);
  if (last != NULL)
    g_signal_connect_object (last, "notify::state", G_CALLBACK (queue_update), self,
                             G_CONNECT_SWAPPED);
}

static void
items_changed_cb (SondeContextMeter *self)
{
  watch_last (self);
  queue_update (self);
}

static void
system_prompt_changed_cb (SondeContextMeter *self)
{
  const char *prompt =
    self->conversation != NULL ? sonde_conversation_get_system_prompt (self->conversation) : NULL;

  self->prompt_tenths = sonde_token_estimate_tenths (prompt, -1);
  changed (self);
}

static void
sonde_context_meter_dispose (GObject *object)
{
  SondeContextMeter *self = SONDE_CONTEXT_METER (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->last != NULL)
    g_signal_handlers_disconnect_by_data (self->last, self);
  if (self->messages != NULL)
    g_signal_handlers_disconnect_by_data (self->messages, self);
  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  g_clear_object (&self->last);
  g_clear_object (&self->messages);
  g_clear_object (&self->conversation);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (sonde_context_meter_parent_class)->dispose (object);
}

static void
sonde_context_meter_class_init (SondeContextMeterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sonde_context_meter_dispose;

  /**
   * SondeContextMeter::changed:
   * @self: the meter
   *
   * Something of what would be sent is another than before.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
sonde_context_meter_init (SondeContextMeter *self)
{
  self->factor = 1;
  self->known = -1;
}

/**
 * sonde_context_meter_new:
 *
 * Returns: (transfer full): a meter without a conversation
 */
SondeContextMeter *
sonde_context_meter_new (void)
{
  return g_object_new (SONDE_TYPE_CONTEXT_METER, NULL);
}

/**
 * sonde_context_meter_set_conversation:
 * @self: a meter
 * @conversation: (nullable): the conversation
 */
void
sonde_context_meter_set_conversation (SondeContextMeter *self, SondeConversation *conversation)
{
  GListModel *messages;

  g_return_if_fail (SONDE_IS_CONTEXT_METER (self));
  g_return_if_fail (conversation == NULL || SONDE_IS_CONVERSATION (conversation));

  if (self->conversation == conversation)
    return;

  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  if (self->messages != NULL)
    g_signal_handlers_disconnect_by_data (self->messages, self);
  g_set_object (&self->conversation, conversation);
  messages = conversation != NULL ? sonde_conversation_get_messages (conversation) : NULL;
  g_set_object (&self->messages, messages);
  if (conversation != NULL) {
    g_signal_connect_object (conversation, "notify::system-prompt",
                             G_CALLBACK (system_prompt_changed_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (conversation, "summary-changed", G_CALLBACK (queue_update), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->messages, "items-changed", G_CALLBACK (items_changed_cb), self,
                             G_CONNECT_SWAPPED);
  }
  watch_last (self);
  self->known = -1;
  self->after_tenths = 0;
  self->summary_tenths = 0;
  self->draft_tenths = 0;
  self->attachments = 0;
  queue_update (self);
  system_prompt_changed_cb (self);
}

/**
 * sonde_context_meter_set_model:
 * @self: a meter
 * @model: (nullable): the model that would be asked
 */
void
sonde_context_meter_set_model (SondeContextMeter *self, SondeModelInfo *model)
{
  g_return_if_fail (SONDE_IS_CONTEXT_METER (self));
  g_return_if_fail (model == NULL || SONDE_IS_MODEL_INFO (model));

  if (g_set_object (&self->model, model))
    changed (self);
}

/**
 * sonde_context_meter_set_draft:
 * @self: a meter
 * @draft: what is being written
 */
void
sonde_context_meter_set_draft (SondeContextMeter *self, const char *draft)
{
  gint64 tenths = sonde_token_estimate_tenths (draft, -1);

  g_return_if_fail (SONDE_IS_CONTEXT_METER (self));

  if (self->draft_tenths == tenths)
    return;
  self->draft_tenths = tenths;
  changed (self);
}

/**
 * sonde_context_meter_set_attachments:
 * @self: a meter
 * @tokens: about how many tokens is attached to what is being written
 */
void
sonde_context_meter_set_attachments (SondeContextMeter *self, gint64 tokens)
{
  g_return_if_fail (SONDE_IS_CONTEXT_METER (self));

  if (self->attachments == tokens)
    return;
  self->attachments = tokens;
  changed (self);
}

/**
 * sonde_context_meter_get_parts:
 * @self: a meter
 * @parts: (out): what would be sent now
 */
void
sonde_context_meter_get_parts (SondeContextMeter *self, SondeContextParts *parts)
{
  g_return_if_fail (SONDE_IS_CONTEXT_METER (self));

  parts->system_prompt = to_tokens (self, self->prompt_tenths);
  parts->attachments = self->attachments;
  parts->draft = to_tokens (self, self->draft_tenths);
  parts->summary = to_tokens (self, self->summary_tenths);
  parts->history = to_tokens (self, self->after_tenths);
  /* The system prompt and the note are among what the usage counted. */
  if (self->known >= 0)
    parts->history += MAX (0, self->known - parts->system_prompt - parts->summary);
  parts->total =
    parts->system_prompt + parts->attachments + parts->summary + parts->draft + parts->history;
  parts->window = self->model != NULL ? sonde_model_info_get_context_window (self->model) : 0;
}

/**
 * sonde_context_meter_estimate:
 * @self: a meter
 * @text: a text
 *
 * Returns: about how many tokens @text has in this conversation
 */
gint64
sonde_context_meter_estimate (SondeContextMeter *self, const char *text)
{
  g_return_val_if_fail (SONDE_IS_CONTEXT_METER (self), 0);

  return to_tokens (self, sonde_token_estimate_tenths (text, -1));
}
