/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-titler.h"

#include <string.h>

#include "sonde-account-private.h"
#include "sonde-client.h"

#define FLASH "deepseek-v4-flash"

#define EXCERPT_LENGTH 1000 /* characters of the question, and of the answer */
#define TITLE_LENGTH   80   /* characters */
#define MAX_TOKENS     40

#define PROMPT                                                                                     \
  "Write a title for the conversation that the user quotes: two to six words, in the language of " \
  "the question. Answer with the title alone, without quotation marks and without a full stop."

/* One title that is asked for. The services that it needs are held: they may end before
 * the answer comes. */
typedef struct {
  SondeStore *store;
  SondeClock *clock;
  SondeMessageDetails *rates; /* those of the hour */
  char *model_id;
  SondeConversation *conversation;
  GString *title;
  SondeUsage *usage;
} Titling;

static void
titling_free (Titling *self)
{
  g_object_unref (self->store);
  g_object_unref (self->clock);
  sonde_message_details_free (self->rates);
  g_free (self->model_id);
  g_object_unref (self->conversation);
  g_string_free (self->title, TRUE);
  g_clear_pointer (&self->usage, sonde_usage_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Titling, titling_free)

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

static void
event_cb (SondeClientEvent event, const SondeChunk *chunk, gpointer user_data)
{
  Titling *self = user_data;

  if (event != SONDE_CLIENT_CHUNK)
    return;
  if (chunk->content != NULL)
    g_string_append (self->title, chunk->content);
  if (chunk->usage != NULL) {
    g_clear_pointer (&self->usage, sonde_usage_free);
    self->usage = sonde_usage_copy (chunk->usage);
  }
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

/* What the title cost counts for the conversation. */
static void
keep_charge (Titling *self)
{
  gint64 now = sonde_clock_get_real_time (self->clock);
  g_autoptr (SondeMessage) answer =
    sonde_message_new (sonde_store_allocate_id (self->store), 0, SONDE_ROLE_ASSISTANT, now);
  g_autoptr (SondeMessageDetails) details = sonde_message_details_new ();

  g_set_str (&details->currency, self->rates->currency);
  details->rates = self->rates->rates;
  sonde_message_set_details (answer, details);
  sonde_message_set_model_id (answer, self->model_id);
  sonde_message_set_usage (answer, self->usage);
  sonde_store_add_charge (self->store, sonde_conversation_get_id (self->conversation), "title",
                          answer);
}

static void
complete_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Titling) self = user_data;
  gboolean complete = sonde_client_complete_finish (SONDE_CLIENT (source), result, NULL);

  if (self->usage != NULL)
    keep_charge (self);
  /* The person may have written one meanwhile. */
  if (complete && !sonde_conversation_get_title_manual (self->conversation) && clean (self->title))
    sonde_conversation_set_title (self->conversation, self->title->str);
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
  SondeMessage *question;
  SondeClient *client;
  SondeModelInfo *model;
  g_autoptr (SondeRequest) request = NULL;
  g_autoptr (GString) prompt = NULL;
  Titling *titling;

  if (!is_wanted (services, conversation, answer))
    return;
  question = sonde_message_tree_get_parent (sonde_conversation_get_tree (conversation), answer);
  client = sonde_account_get_client (services->account, NULL);
  if (question == NULL || client == NULL)
    return;

  prompt = g_string_new (NULL);
  append_excerpt (prompt, "Question", sonde_message_get_text (question, SONDE_TEXT_CONTENT));
  append_excerpt (prompt, "Answer", sonde_message_get_text (answer, SONDE_TEXT_CONTENT));
  model = sonde_model_list_find (services->models, FLASH);
  if (model == NULL)
    model = sonde_model_list_find (services->models, sonde_message_get_model_id (answer));

  titling = g_new0 (Titling, 1);
  titling->store = g_object_ref (services->store);
  titling->clock = g_object_ref (services->clock);
  titling->rates = sonde_message_details_new ();
  sonde_session_note_rates (services, model, titling->rates);
  titling->model_id = g_strdup (model != NULL ? sonde_model_info_get_id (model)
                                              : sonde_message_get_model_id (answer));
  titling->conversation = g_object_ref (conversation);
  titling->title = g_string_new (NULL);

  request = sonde_request_new (model != NULL ? sonde_model_info_get_wire_id (model)
                                             : sonde_message_get_model_id (answer));
  sonde_request_set_thinking (request, SONDE_THINKING_OFF);
  sonde_request_set_stream (request, FALSE);
  sonde_request_set_max_tokens (request, MAX_TOKENS);
  sonde_request_add_message (request, SONDE_ROLE_SYSTEM, PROMPT, NULL);
  sonde_request_add_message (request, SONDE_ROLE_USER, prompt->str, NULL);
  sonde_client_complete_async (client, request, event_cb, titling, NULL, cancellable, complete_cb,
                               titling);
}
