/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the service would refuse, or the person would not notice, is said before sending. */

#define _GNU_SOURCE /* strcasestr() */

#include "sonde-composer-obstacle.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
says_json (const char *text)
{
  return text != NULL && strcasestr (text, "json") != NULL;
}

static gboolean
files_say_json (GPtrArray *files)
{
  for (guint i = 0; files != NULL && i < files->len; i++)
    if (says_json (sonde_attachment_get_name (files->pdata[i])) ||
        says_json (sonde_attachment_get_text (files->pdata[i], NULL)))
      return TRUE;

  return FALSE;
}

static gboolean
is_obstacle (SondeAttachment *attachment, SondeComposerObstacle obstacle)
{
  if (obstacle == SONDE_COMPOSER_OBSTACLE_FILES)
    return sonde_attachment_get_state (attachment) == SONDE_ATTACHMENT_FAILED;

  return obstacle == SONDE_COMPOSER_OBSTACLE_IMAGES && sonde_attachment_is_image (attachment);
}

static gboolean
has_obstacle (SondeConversation *conversation, SondeComposerObstacle obstacle)
{
  GListModel *list;

  if (!sonde_conversation_has_attachments (conversation))
    return FALSE;

  list = G_LIST_MODEL (sonde_conversation_get_attachments (conversation));
  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (SondeAttachment) attachment = g_list_model_get_item (list, i);

    if (is_obstacle (attachment, obstacle))
      return TRUE;
  }

  return FALSE;
}

/**
 * sonde_composer_obstacle_was_json_said:
 * @conversation: a conversation
 *
 * Returns: whether the word json is in the system prompt or in what was said already and is sent
 *   again
 */
gboolean
sonde_composer_obstacle_was_json_said (SondeConversation *conversation)
{
  GListModel *messages = sonde_conversation_get_messages (conversation);

  if (says_json (sonde_conversation_get_system_prompt (conversation)))
    return TRUE;
  for (guint i = g_list_model_get_n_items (messages); i > 0; i--) {
    g_autoptr (SondeMessage) message = g_list_model_get_item (messages, i - 1);
    const char *summary = sonde_message_get_used_summary (message);

    if (summary != NULL)
      return says_json (summary);
    if (says_json (sonde_message_get_text (message, SONDE_TEXT_CONTENT)) ||
        files_say_json (sonde_message_get_attachments (message)))
      return TRUE;
  }

  return FALSE;
}

/**
 * sonde_composer_obstacle_find:
 * @conversation: (nullable): a conversation, with the files of its draft
 * @model: (nullable): the model that is to answer
 * @text: the question
 * @json_was_said: whether the word json is in what goes before it
 *
 * Returns: what is in the way of the question
 */
SondeComposerObstacle
sonde_composer_obstacle_find (SondeConversation *conversation,
                              SondeModelInfo *model,
                              const char *text,
                              gboolean json_was_said)
{
  g_autoptr (GPtrArray) files = NULL;

  if (conversation == NULL)
    return SONDE_COMPOSER_OBSTACLE_NONE;
  if (has_obstacle (conversation, SONDE_COMPOSER_OBSTACLE_FILES))
    return SONDE_COMPOSER_OBSTACLE_FILES;
  if (model != NULL && !sonde_model_info_get_takes_images (model) &&
      has_obstacle (conversation, SONDE_COMPOSER_OBSTACLE_IMAGES))
    return SONDE_COMPOSER_OBSTACLE_IMAGES;
  if (!sonde_conversation_get_json_output (conversation) || json_was_said || says_json (text))
    return SONDE_COMPOSER_OBSTACLE_NONE;

  files = sonde_conversation_dup_attachments (conversation);

  return files_say_json (files) ? SONDE_COMPOSER_OBSTACLE_NONE : SONDE_COMPOSER_OBSTACLE_JSON;
}

/**
 * sonde_composer_obstacle_dup_text:
 * @obstacle: what is in the way
 * @model: (nullable): the model that is to answer
 *
 * Returns: (transfer full): a sentence that says so
 */
char *
sonde_composer_obstacle_dup_text (SondeComposerObstacle obstacle, SondeModelInfo *model)
{
  switch (obstacle) {
  case SONDE_COMPOSER_OBSTACLE_NONE:
    break;
  case SONDE_COMPOSER_OBSTACLE_FILES:
    return g_strdup (_ ("A file cannot be sent."));
  case SONDE_COMPOSER_OBSTACLE_IMAGES:
    /* Translators: %s is the name of a model */
    return g_strdup_printf (_ ("%s does not take images."),
                            model != NULL ? sonde_model_info_get_display_name (model) : "");
  case SONDE_COMPOSER_OBSTACLE_JSON:
    return g_strdup (_ ("For JSON output, the word “JSON” must be in the question."));
  }

  return g_strdup ("");
}

/**
 * sonde_composer_obstacle_get_fix:
 * @obstacle: what is in the way
 *
 * Returns: (nullable): what the button says that takes it out of the way
 */
const char *
sonde_composer_obstacle_get_fix (SondeComposerObstacle obstacle)
{
  switch (obstacle) {
  case SONDE_COMPOSER_OBSTACLE_NONE:
    break;
  case SONDE_COMPOSER_OBSTACLE_FILES:
    return _ ("Remove File");
  case SONDE_COMPOSER_OBSTACLE_IMAGES:
    return _ ("Remove Images");
  case SONDE_COMPOSER_OBSTACLE_JSON:
    return _ ("Add It");
  }

  return NULL;
}

/**
 * sonde_composer_obstacle_remove_files:
 * @obstacle: what is in the way
 * @list: the files of the draft
 *
 * Takes away those that are in the way.
 */
void
sonde_composer_obstacle_remove_files (SondeComposerObstacle obstacle, GListStore *list)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (list)); i > 0; i--) {
    g_autoptr (SondeAttachment) attachment = g_list_model_get_item (G_LIST_MODEL (list), i - 1);

    if (is_obstacle (attachment, obstacle))
      g_list_store_remove (list, i - 1);
  }
}
