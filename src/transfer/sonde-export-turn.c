/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The tree of a conversation as a list that is read from the top. */

#include "sonde-export-turn.h"

#include "sonde-model-info.h"

static gpointer
key_of (gint64 id)
{
  return GSIZE_TO_POINTER ((gsize) id);
}

/* The messages from the first one to the chosen leaf, or, where that is not among them,
 * to the last message. */
static GArray *
list_path (const SondeTransferRecord *record)
{
  GArray *turns = g_array_new (FALSE, FALSE, sizeof (SondeExportTurn));
  g_autoptr (GHashTable) messages = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) path = g_ptr_array_new ();
  SondeMessage *message;

  for (guint i = 0; i < record->messages->len; i++) {
    message = g_ptr_array_index (record->messages, i);
    g_hash_table_insert (messages, key_of (sonde_message_get_id (message)), message);
  }

  message =
    g_hash_table_lookup (messages, key_of (sonde_conversation_get_leaf_id (record->conversation)));
  if (message == NULL && record->messages->len > 0)
    message = g_ptr_array_index (record->messages, record->messages->len - 1);
  /* A path is no longer than the tree is large, even where the tree is none. */
  while (message != NULL && path->len < record->messages->len) {
    g_ptr_array_add (path, message);
    message = g_hash_table_lookup (messages, key_of (sonde_message_get_parent_id (message)));
  }

  for (guint i = path->len; i > 0; i--) {
    SondeExportTurn turn = {
      .message = g_ptr_array_index (path, i - 1),
      .number = path->len - i + 1,
      .after = path->len - i,
      .version = 1,
      .n_versions = 1,
    };

    g_array_append_val (turns, turn);
  }

  return turns;
}

static void
array_free (gpointer array)
{
  g_ptr_array_unref (array);
}

/* Every message, each behind its parent, and the first version with all that follows it
 * before the second one. */
static GArray *
list_tree (const SondeTransferRecord *record)
{
  GArray *turns = g_array_new (FALSE, FALSE, sizeof (SondeExportTurn));
  g_autoptr (GHashTable) children = g_hash_table_new_full (NULL, NULL, NULL, array_free);
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (SondeExportTurn));
  gint64 parent_id = 0;
  guint after = 0;

  for (guint i = 0; i < record->messages->len; i++) {
    SondeMessage *message = g_ptr_array_index (record->messages, i);
    gpointer key = key_of (sonde_message_get_parent_id (message));
    GPtrArray *siblings = g_hash_table_lookup (children, key);

    if (siblings == NULL) {
      siblings = g_ptr_array_new ();
      g_hash_table_insert (children, key, siblings);
    }
    g_ptr_array_add (siblings, message);
  }

  for (;;) {
    GPtrArray *siblings = g_hash_table_lookup (children, key_of (parent_id));
    SondeExportTurn turn;

    for (guint i = siblings != NULL ? siblings->len : 0; i > 0; i--) {
      turn = (SondeExportTurn) {
        .message = g_ptr_array_index (siblings, i - 1),
        .after = after,
        .version = i,
        .n_versions = siblings->len,
      };
      g_array_append_val (stack, turn);
    }
    if (stack->len == 0)
      return turns;

    turn = g_array_index (stack, SondeExportTurn, stack->len - 1);
    g_array_set_size (stack, stack->len - 1);
    turn.number = after = turns->len + 1;
    g_array_append_val (turns, turn);
    parent_id = sonde_message_get_id (turn.message);
  }
}

/**
 * sonde_export_list_turns:
 * @record: a conversation
 * @flags: how much of it
 *
 * Returns: (transfer full) (element-type SondeExportTurn): its messages, in reading order
 */
GArray *
sonde_export_list_turns (const SondeTransferRecord *record, SondeExportFlags flags)
{
  return (flags & SONDE_EXPORT_ALL_BRANCHES) != 0 ? list_tree (record) : list_path (record);
}

static char *
dup_name (SondeMessage *message, const SondeExportLabels *labels)
{
  const char *id = sonde_message_get_model_id (message);
  g_autoptr (SondeModelInfo) info = NULL;

  switch (sonde_message_get_role (message)) {
  case SONDE_ROLE_SYSTEM:
    return g_strdup (labels->system);
  case SONDE_ROLE_USER:
    return g_strdup (labels->you);
  case SONDE_ROLE_TOOL:
    return g_strdup (labels->tool);
  case SONDE_ROLE_ASSISTANT:
    break;
  }

  if (id == NULL || *id == '\0')
    return g_strdup (labels->assistant);
  info = sonde_model_info_new_builtin (id);
  return g_strdup (sonde_model_info_get_display_name (info));
}

/**
 * sonde_export_turn_dup_heading:
 * @self: a turn
 * @flags: how much is exported
 * @labels: the words
 *
 * Returns: (transfer full): who speaks; and, with all branches, the number, and which
 *   version of the reply to which number it is
 */
char *
sonde_export_turn_dup_heading (const SondeExportTurn *self,
                               SondeExportFlags flags,
                               const SondeExportLabels *labels)
{
  g_autofree char *name = dup_name (self->message, labels);

  if ((flags & SONDE_EXPORT_ALL_BRANCHES) == 0)
    return g_steal_pointer (&name);
  if (self->n_versions == 1)
    return g_strdup_printf ("%s (#%u)", name, self->number);
  if (self->after == 0)
    return g_strdup_printf ("%s (#%u, %u/%u)", name, self->number, self->version, self->n_versions);

  return g_strdup_printf ("%s (#%u → #%u, %u/%u)", name, self->after, self->number, self->version,
                          self->n_versions);
}

/**
 * sonde_export_turn_get_reasoning:
 * @self: a turn
 * @flags: how much is exported
 *
 * Returns: (nullable): the reasoning to write, where there is any
 */
const char *
sonde_export_turn_get_reasoning (const SondeExportTurn *self, SondeExportFlags flags)
{
  const char *text = sonde_message_get_text (self->message, SONDE_TEXT_REASONING);

  if ((flags & SONDE_EXPORT_REASONING) == 0 || text == NULL || *text == '\0')
    return NULL;

  return text;
}

/**
 * sonde_export_dup_time:
 * @time: microseconds since 1970-01-01 UTC, or 0
 *
 * Returns: (transfer full) (nullable): it as ISO 8601 writes it, to the microsecond
 */
char *
sonde_export_dup_time (gint64 time)
{
  g_autoptr (GDateTime) date = time > 0 ? g_date_time_new_from_unix_utc_usec (time) : NULL;

  return date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%S.%fZ") : NULL;
}
