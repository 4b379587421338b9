/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-titler.h"

#include <string.h>

#include "sonde-side-request.h"

#define EXCERPT_LENGTH 1000 /* characters of the question, and of the answer */
#define TITLE_LENGTH   80   /* characters */
#define MAX_TOKENS     40

#define PROMPT                                                                                     \
  "Write a title for the conversation that the user quotes: two to six words, in the language of " \
  "the question. Answer with the title alone, without quotation marks and without a full stop."

/* The beginning of a text on one line. */
static void
append_excerpt (GString *prompt, const char *name, const char *text)
{
  g_autofree char *excerpt = g_strdup (text);

  if (g_utf8_strlen (excerpt, -1) > EXCERPT_LENGTH)
    *g_utf8_offset_to_pointer (excerpt, EXCERPT_LENGTH) = '\0';
  g_strdelimit (excerpt, "\r\n\t", ' ');
  g_string_append_printf (prompt, "%s: %s\n", name, g_strstrip (excerpt));
}

static gboolean
is_complete_answer (SondeMessage *message)
{
  return sonde_message_get_role (message) == SONDE_ROLE_ASSISTANT &&
         sonde_message_get_state (message) == SONDE_MESSAGE_COMPLETE &&
         sonde_message_get_text_length (message, SONDE_TEXT_CONTENT) > 0;
}

/* Only the first answer in which something was said gives a title. */
static gboolean
is_first_answer (SondeConversation *conversation, SondeMessage *answer)
{
  g_autoptr (GPtrArray) all =
    sonde_message_tree_get_all (sonde_conversation_get_tree (conversation));

  if (!is_complete_answer (answer))
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    if (g_ptr_array_index (all, i) != answer && is_complete_answer (g_ptr_array_index (all, i)))
      return FALSE;

  return TRUE;
}

static gboolean
is_wanted (const SondeServices *services, SondeConversation *conversation, SondeMessage *answer)
{
  const SondeMessageDetails *details = sonde_message_get_details (answer);

  return services->settings != NULL &&
         g_str_equal (sonde_settings_get_titles (services->settings), "automatic") &&
         sonde_account_get_state (services->account) == SONDE_ACCOUNT_READY &&
         !sonde_conversation_get_temporary (conversation) &&
         !sonde_conversation_get_title_manual (conversation) &&
         (details == NULL || details->title == NULL) && is_first_answer (conversation, answer);
}

/* What models put around a title. Returns: whether there is one. */
static gboolean
clean (GString *title)
{
  static const char *const quotes[] = { "\"", "'",  "“",  "”", "„", "«", "»", "「",
                                        "」", "《", "》", "*", "#", " ", "\t" };
  g_autofree char *line = NULL;
  gboolean found = TRUE;

  if (strstr (title->str, "<think") != NULL)
    return FALSE;

  line = g_strstrip (g_strndup (title->str, strcspn (g_strchug (title->str), "\r\n")));
  g_string_assign (title, line);
  while (found) {
    found = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS (quotes); i++) {
      gsize length = strlen (quotes[i]);

      if (g_str_has_prefix (title->str, quotes[i])) {
        g_string_erase (title, 0, (gssize) length);
        found = TRUE;
      }
      if (g_str_has_suffix (title->str, quotes[i])) {
        g_string_truncate (title, title->len - length);
        found = TRUE;
      }
    }
  }
  if (g_str_has_suffix (title->str, "。"))
    g_string_truncate (title, title->len - strlen ("。"));
  else if (g_str_has_suffix (title->str, "."))
    g_string_truncate (title, title->len - 1);
  if (g_utf8_strlen (title->str, -1) > TITLE_LENGTH)
    g_string_truncate (title,
                       (gsize) (g_utf8_offset_to_pointer (title->str, TITLE_LENGTH) - title->str));

  return title->len > 0;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeConversation) conversation = user_data;
  g_autofree char *answer = sonde_side_request_ask_finish (result, NULL);
  g_autoptr (GString) title = NULL;

  /* The person may have written one meanwhile. */
  if (answer == NULL || sonde_conversation_get_title_manual (conversation))
    return;

  title = g_string_new (answer);
  if (clean (title))
    sonde_conversation_set_title (conversation, title->str);
}

/**
 * sonde_titler_run:
 * @services: the services
 * @conversation: a conversation
 * @answer: an answer of it that has just ended
 * @cancellable: (nullable): cancelled at the end of the program
 *
 * Asks the small model for a title after the first whole answer, without thinking, once and
 * in few tokens. Where that fails the first words of the question stay. Reasoning is never
 * sent for it, and a title that the person has written is never touched.
 */
void
sonde_titler_run (const SondeServices *services,
                  SondeConversation *conversation,
                  SondeMessage *answer,
                  GCancellable *cancellable)
{
  SondeSideRequest request = {
    .purpose = "title",
    .instructions = PROMPT,
    .max_tokens = MAX_TOKENS,
  };
  SondeMessage *question;
  g_autoptr (GString) prompt = NULL;

  if (!is_wanted (services, conversation, answer))
    return;
  question = sonde_message_tree_get_parent (sonde_conversation_get_tree (conversation), answer);
  if (question == NULL)
    return;

  prompt = g_string_new (NULL);
  append_excerpt (prompt, "Question", sonde_message_get_text (question, SONDE_TEXT_CONTENT));
  append_excerpt (prompt, "Answer", sonde_message_get_text (answer, SONDE_TEXT_CONTENT));
  request.model_id = sonde_message_get_model_id (answer);
  request.text = prompt->str;
  sonde_side_request_ask_async (services, conversation, &request, cancellable, answered_cb,
                                g_object_ref (conversation));
}
