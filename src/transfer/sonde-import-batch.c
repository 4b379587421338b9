/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-import-batch.h"

#include <string.h>

#include "sonde-model-info.h"

#define MAX_TITLE          200 /* characters */
#define MAX_MADE_TITLE     60  /* of one that is made of the first message */
#define MAX_PREVIEW_TITLES 5

/* The first line of @text that has something in it, so long at most; or NULL. */
static char *
shorten (const char *text, glong max_length)
{
  const char *end;

  if (text == NULL)
    return NULL;
  while (g_ascii_isspace (*text))
    text++;
  for (end = text; *end != '\0' && *end != '\n' && *end != '\r' && max_length > 0; max_length--)
    end = g_utf8_next_char (end);

  return end > text ? g_strchomp (g_strndup (text, (gsize) (end - text))) : NULL;
}

static char *
make_title (GPtrArray *messages)
{
  for (guint i = 0; i < messages->len; i++) {
    SondeMessage *message = g_ptr_array_index (messages, i);

    if (sonde_message_get_role (message) == SONDE_ROLE_USER)
      return shorten (sonde_message_get_text (message, SONDE_TEXT_CONTENT), MAX_MADE_TITLE);
  }

  return NULL;
}

/* The conversation goes on with the model that answered last on the chosen path, where
 * the service has it still (contract.md section 11: what became of the retired names). */
static void
choose_model (SondeTransferRecord *record)
{
  gint64 id = sonde_conversation_get_leaf_id (record->conversation);
  SondeThinking thinking = SONDE_THINKING_OFF;
  const char *current_id;
  const char *model_id = NULL;

  /* Every message stands behind its parent. */
  for (guint i = record->messages->len; i > 0; i--) {
    SondeMessage *message = g_ptr_array_index (record->messages, i - 1);

    if (sonde_message_get_id (message) != id)
      continue;
    if (sonde_message_get_role (message) == SONDE_ROLE_ASSISTANT) {
      model_id = sonde_message_get_model_id (message);
      thinking = sonde_message_get_thinking (message);
      break;
    }
    id = sonde_message_get_parent_id (message);
  }

  current_id = sonde_model_info_resolve_alias (model_id, &thinking);
  if (current_id != NULL)
    model_id = current_id;
  else if (model_id != NULL && !g_str_has_prefix (model_id, "deepseek-v"))
    model_id = NULL;
  sonde_conversation_set_model_id (record->conversation, model_id);
  sonde_conversation_set_thinking (record->conversation, thinking);
}

static void
count (SondeImportReport *report, const SondeTransferRecord *record)
{
  const char *title = sonde_conversation_get_title (record->conversation);

  report->n_conversations++;
  report->n_messages += record->messages->len;
  if (title != NULL && report->titles->len < MAX_PREVIEW_TITLES)
    g_ptr_array_add (report->titles, g_strdup (title));
  for (guint i = 0; i < record->messages->len; i++) {
    gint64 time = sonde_message_get_created_at (g_ptr_array_index (record->messages, i));

    if (time > 0) {
      report->earliest = report->earliest > 0 ? MIN (report->earliest, time) : time;
      report->latest = MAX (report->latest, time);
    }
  }
}

/**
 * sonde_import_batch_add:
 * @self: a batch
 * @tree: the conversation's messages
 * @head: what else is known of it
 *
 * Adds a conversation to the batch and to the report, unless it has nothing in it or
 * came before.
 *
 * Returns: (transfer none) (nullable): the conversation, where it was added
 */
SondeTransferRecord *
sonde_import_batch_add (SondeImportBatch *self, SondeImportTree *tree, const SondeImportHead *head)
{
  g_autoptr (SondeTransferRecord) record = NULL;
  g_autoptr (SondeConversation) conversation = NULL;
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *title = shorten (head->title, MAX_TITLE);
  gint64 earliest, latest;
  guint n_omitted;

  if (head->origin != NULL && g_hash_table_contains (self->origins, head->origin)) {
    sonde_import_report_add_skip (self->report, SONDE_IMPORT_SKIP_DUPLICATE, title);
    return NULL;
  }

  sonde_import_tree_get_times (tree, &earliest, &latest);
  conversation = sonde_conversation_new (self->allocate (self->user_data),
                                         head->created_at > 0 ? head->created_at : earliest);
  record = sonde_transfer_record_new (conversation, messages);
  n_omitted = sonde_import_tree_build (tree, record, self->allocate, self->user_data);
  if (messages->len == 0 && !head->has_draft) {
    sonde_import_report_add_skip (self->report,
                                  sonde_import_tree_is_circular (tree) ? SONDE_IMPORT_SKIP_CIRCULAR
                                                                       : SONDE_IMPORT_SKIP_EMPTY,
                                  title);
    return NULL;
  }

  /* What somebody called it stays its title. */
  sonde_conversation_set_title_manual (conversation, title != NULL);
  if (title == NULL)
    title = make_title (messages);
  sonde_conversation_set_title (conversation, title);
  latest = MAX (latest, sonde_conversation_get_created_at (conversation));
  sonde_conversation_set_updated_at (conversation,
                                     head->updated_at > 0 ? head->updated_at : latest);
  sonde_conversation_set_pinned (conversation, head->pinned);
  choose_model (record);
  record->origin = g_strdup (head->origin);
  record->folder = shorten (head->folder, MAX_TITLE);
  record->archived = head->archived;

  if (record->origin != NULL)
    g_hash_table_add (self->origins, g_strdup (record->origin));
  self->report->n_omitted += n_omitted;
  count (self->report, record);
  g_queue_push_tail (&self->records, record);

  return g_steal_pointer (&record);
}
