/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-search-hit.h"

#include <string.h>

/**
 * SondeSearchHit:
 *
 * A message or the title of a conversation that was found, and the piece of its text
 * that shows why.
 */
struct _SondeSearchHit {
  GObject parent_instance;

  gint64 conversation_id;
  gint64 message_id;
  SondeTextKind kind;
  gint64 time;
  char *snippet;
  SondeSearchRange *ranges;
  guint n_ranges;
  SondeConversation *conversation;
};

enum { PROP_CONVERSATION = 1, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondeSearchHit, sonde_search_hit, G_TYPE_OBJECT)

static void
sonde_search_hit_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_CONVERSATION:
    g_value_set_object (value, SONDE_SEARCH_HIT (object)->conversation);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_search_hit_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_CONVERSATION:
    sonde_search_hit_set_conversation (SONDE_SEARCH_HIT (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_search_hit_finalize (GObject *object)
{
  SondeSearchHit *self = SONDE_SEARCH_HIT (object);

  g_clear_object (&self->conversation);
  g_free (self->snippet);
  g_free (self->ranges);

  G_OBJECT_CLASS (sonde_search_hit_parent_class)->finalize (object);
}

static void
sonde_search_hit_class_init (SondeSearchHitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sonde_search_hit_get_property;
  object_class->set_property = sonde_search_hit_set_property;
  object_class->finalize = sonde_search_hit_finalize;

  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, SONDE_TYPE_CONVERSATION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sonde_search_hit_init (SondeSearchHit *self)
{
}

/**
 * sonde_search_hit_new:
 * @conversation_id: the conversation
 * @message_id: the message, or 0 for the title
 * @kind: which text of the message
 * @time: real time in microseconds: when the message was said, or the conversation went on
 * @snippet: one line of the text, UTF-8
 * @ranges: (array length=n_ranges) (nullable): the matches in it, in their order
 * @n_ranges: how many
 *
 * Returns: (transfer full): a hit
 */
SondeSearchHit *
sonde_search_hit_new (gint64 conversation_id,
                      gint64 message_id,
                      SondeTextKind kind,
                      gint64 time,
                      const char *snippet,
                      const SondeSearchRange *ranges,
                      guint n_ranges)
{
  SondeSearchHit *self = g_object_new (SONDE_TYPE_SEARCH_HIT, NULL);

  self->conversation_id = conversation_id;
  self->message_id = message_id;
  self->kind = kind;
  self->time = time;
  self->snippet = g_strdup (snippet);
  self->ranges = g_memdup2 (ranges, sizeof *ranges * n_ranges);
  self->n_ranges = n_ranges;

  return self;
}

/**
 * sonde_search_hit_get_conversation_id:
 * @self: a hit
 *
 * Returns: the number of the conversation
 */
gint64
sonde_search_hit_get_conversation_id (SondeSearchHit *self)
{
  g_return_val_if_fail (SONDE_IS_SEARCH_HIT (self), 0);

  return self->conversation_id;
}

/**
 * sonde_search_hit_get_message_id:
 * @self: a hit
 *
 * Returns: the number of the message; 0: it is the title of the conversation
 */
gint64
sonde_search_hit_get_message_id (SondeSearchHit *self)
{
  g_return_val_if_fail (SONDE_IS_SEARCH_HIT (self), 0);

  return self->message_id;
}

/**
 * sonde_search_hit_get_kind:
 * @self: a hit
 *
 * Returns: which text of the message it is
 */
SondeTextKind
sonde_search_hit_get_kind (SondeSearchHit *self)
{
  g_return_val_if_fail (SONDE_IS_SEARCH_HIT (self), SONDE_TEXT_CONTENT);

  return self->kind;
}

/**
 * sonde_search_hit_get_time:
 * @self: a hit
 *
 * Returns: real time in microseconds: when the message was said, or the conversation went on
 */
gint64
sonde_search_hit_get_time (SondeSearchHit *self)
{
  g_return_val_if_fail (SONDE_IS_SEARCH_HIT (self), 0);

  return self->time;
}

/**
 * sonde_search_hit_get_snippet:
 * @self: a hit
 *
 * Returns: one line of the text around what was found
 */
const char *
sonde_search_hit_get_snippet (SondeSearchHit *self)
{
  g_return_val_if_fail (SONDE_IS_SEARCH_HIT (self), NULL);

  return self->snippet;
}

/**
 * sonde_search_hit_get_ranges:
 * @self: a hit
 * @n_ranges: (out): how many there are
 *
 * Returns: (array length=n_ranges) (nullable): the matches in the snippet, in their order
 */
const SondeSearchRange *
sonde_search_hit_get_ranges (SondeSearchHit *self, guint *n_ranges)
{
  g_return_val_if_fail (SONDE_IS_SEARCH_HIT (self), NULL);

  *n_ranges = self->n_ranges;

  return self->ranges;
}

/**
 * sonde_search_hit_dup_words:
 * @self: a hit
 *
 * Returns: (transfer full): what was found, as it is written in the text, each once
 */
char **
sonde_search_hit_dup_words (SondeSearchHit *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_return_val_if_fail (SONDE_IS_SEARCH_HIT (self), NULL);

  for (guint i = 0; i < self->n_ranges; i++) {
    const SondeSearchRange *range = &self->ranges[i];
    g_autofree char *word = g_strndup (self->snippet + range->start, range->end - range->start);
    g_autofree char *folded = g_utf8_casefold (word, -1);

    if (g_hash_table_add (seen, g_steal_pointer (&folded)))
      g_strv_builder_add (builder, word);
  }

  return g_strv_builder_end (builder);
}

/**
 * sonde_search_hit_get_conversation:
 * @self: a hit
 *
 * Returns: (transfer none) (nullable): the conversation
 */
SondeConversation *
sonde_search_hit_get_conversation (SondeSearchHit *self)
{
  g_return_val_if_fail (SONDE_IS_SEARCH_HIT (self), NULL);

  return self->conversation;
}

/**
 * sonde_search_hit_set_conversation:
 * @self: a hit
 * @conversation: (nullable): the conversation
 */
void
sonde_search_hit_set_conversation (SondeSearchHit *self, SondeConversation *conversation)
{
  g_return_if_fail (SONDE_IS_SEARCH_HIT (self));

  if (g_set_object (&self->conversation, conversation))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
}
