/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The turns of a conversation as the messages of a request (contract.md section 4). */

#include "sonde-request-private.h"

/* What stands for the result of a call that was never made: the service wants one for every
 * call (contract.md section 4, rule 3). */
#define NO_RESULT "(not called)"

/* What is around the note that stands for older turns. */
#define SUMMARY_BEGIN "[summary of the earlier conversation]\n"
#define SUMMARY_END   "\n[end of the summary]\n\n"

/* What stands for an image where the model takes none. */
#define NO_IMAGE "[an image, which this model cannot see]"

static gboolean
has_tool_calls (SondeMessage *message)
{
  const SondeMessageDetails *details = sonde_message_get_details (message);

  return details != NULL && details->tool_calls != NULL && details->tool_calls->len > 0;
}

static gboolean
is_empty_answer (SondeMessage *message)
{
  return sonde_message_get_role (message) == SONDE_ROLE_ASSISTANT && !has_tool_calls (message) &&
         sonde_message_get_text_length (message, SONDE_TEXT_CONTENT) == 0 &&
         sonde_message_get_text_length (message, SONDE_TEXT_REASONING) == 0;
}

static void
add_message (SondeRequest *self, SondeMessage *message)
{
  const SondeMessageDetails *details = sonde_message_get_details (message);
  SondeRole role = sonde_message_get_role (message);
  SondeRequestMessage *added;

  if (role == SONDE_ROLE_USER && sonde_message_get_attachments (message) != NULL)
    sonde_request_add_question (self, sonde_message_get_text (message, SONDE_TEXT_CONTENT),
                                sonde_message_get_attachments (message));
  else if (has_tool_calls (message))
    sonde_request_add_tool_calls (self, sonde_message_get_text (message, SONDE_TEXT_CONTENT),
                                  sonde_message_get_text (message, SONDE_TEXT_REASONING),
                                  details->tool_calls);
  else
    sonde_request_add_message (self, role, sonde_message_get_text (message, SONDE_TEXT_CONTENT),
                               sonde_message_get_text (message, SONDE_TEXT_REASONING));
  if (details == NULL)
    return;

  added = g_ptr_array_index (self->messages, self->messages->len - 1);
  added->name = g_strdup (details->name);
  if (role == SONDE_ROLE_ASSISTANT)
    added->extra = g_strdup (details->extra);
}

/* What models of this family have been shown files as; the question comes behind them, so that
 * another one about the same files begins with the same bytes. */
static void
append_text (GString *content, SondeAttachment *attachment)
{
  gsize length;
  const char *text = sonde_attachment_get_text (attachment, &length);

  g_string_append_printf (content, "[file name]: %s\n[file content begin]\n",
                          sonde_attachment_get_name (attachment));
  g_string_append_len (content, text, (gssize) length);
  g_string_append (content, "\n[file content end]\n");
}

/**
 * sonde_request_add_question:
 * @self: a request
 * @text: (nullable): what is asked, UTF-8
 * @attachments: (nullable) (element-type SondeAttachment): the files that it is about, ready
 *
 * Adds a user's message: the texts of the files in their order, then the question. It is made
 * of these alone, so that it is the same from turn to turn. Images follow as parts of their
 * own where the model takes them (contract.md section 9); else it is told of them in words.
 */
void
sonde_request_add_question (SondeRequest *self, const char *text, GPtrArray *attachments)
{
  g_autoptr (GString) content = g_string_new (NULL);
  g_autoptr (GPtrArray) images = g_ptr_array_new_with_free_func (g_object_unref);
  SondeRequestMessage *added;

  g_return_if_fail (SONDE_IS_REQUEST (self));

  for (guint i = 0; attachments != NULL && i < attachments->len; i++) {
    SondeAttachment *attachment = g_ptr_array_index (attachments, i);

    if (!sonde_attachment_is_image (attachment))
      append_text (content, attachment);
    else if (self->images)
      g_ptr_array_add (images, g_object_ref (attachment));
    else
      g_string_append_printf (content, "[file name]: %s\n" NO_IMAGE "\n",
                              sonde_attachment_get_name (attachment));
  }
  g_string_append (content, text != NULL ? text : "");

  added = sonde_request_append (self, SONDE_ROLE_USER);
  added->content = g_string_free_and_steal (g_steal_pointer (&content));
  if (images->len > 0)
    added->images = g_steal_pointer (&images);
}

/* The message among those that follow the call which is its result, or NULL. */
static SondeMessage *
find_result (GPtrArray *messages, guint first, const SondeToolCall *call)
{
  for (guint i = first; i < messages->len; i++) {
    SondeMessage *message = g_ptr_array_index (messages, i);
    const SondeMessageDetails *details = sonde_message_get_details (message);

    if (sonde_message_get_role (message) != SONDE_ROLE_TOOL)
      return NULL;
    if (call->legacy || (details != NULL && g_strcmp0 (details->tool_call_id, call->id) == 0))
      return message;
  }

  return NULL;
}

/* One result for every call, in the order of the calls and in their shape. */
static void
add_results (SondeRequest *self, GPtrArray *messages, guint index)
{
  const SondeMessageDetails *details =
    sonde_message_get_details (g_ptr_array_index (messages, index));

  for (guint i = 0; i < details->tool_calls->len; i++) {
    const SondeToolCall *call = g_ptr_array_index (details->tool_calls, i);
    SondeMessage *result = find_result (messages, index + 1, call);
    const char *content =
      result != NULL ? sonde_message_get_text (result, SONDE_TEXT_CONTENT) : NO_RESULT;

    if (call->legacy)
      sonde_request_add_function_result (self, call->name, content);
    else
      sonde_request_add_tool_result (self, call->id, content);
  }
}

/* Where what is sent begins: behind the last turn with a note, which is sent in place of it and
 * of all before it. */
static guint
find_first (GPtrArray *messages, const char **summary)
{
  *summary = NULL;
  for (guint i = messages->len; i > 0 && *summary == NULL; i--) {
    *summary = sonde_message_get_used_summary (g_ptr_array_index (messages, i - 1));
    if (*summary != NULL)
      return i;
  }

  return 0;
}

/* The note stands at the head of the first question behind it, so that questions and answers
 * take turns; where there is none, it is a message of its own. */
static void
add_summary (SondeRequest *self, guint n_before, const char *summary)
{
  SondeRequestMessage *first =
    self->messages->len > n_before ? g_ptr_array_index (self->messages, n_before) : NULL;
  g_autofree char *note = g_strconcat (SUMMARY_BEGIN, summary, SUMMARY_END, NULL);
  g_autofree char *content = NULL;

  if (first == NULL || first->role != SONDE_ROLE_USER) {
    first = sonde_request_append (self, SONDE_ROLE_USER);
    first->content = g_steal_pointer (&note);
    g_ptr_array_insert (self->messages, (int) n_before,
                        g_ptr_array_steal_index (self->messages, self->messages->len - 1));
    return;
  }

  content = g_steal_pointer (&first->content);
  first->content = g_strconcat (note, content, NULL);
}

/**
 * sonde_request_add_history:
 * @self: a request
 * @messages: (element-type SondeMessage): the turns of a conversation, oldest first
 *
 * The messages are a pure function of the turns, so that the next request begins with this
 * one to the byte. Arguments of tool calls and reasoning go back verbatim, and what the
 * service sent that is not known here.
 *
 * An answer that failed before its first word is left out, so that it does not spoil
 * the turns after it; one that was interrupted is sent as it stands. A call that has no
 * result gets one that says so, and a result whose call is not there is left out.
 *
 * The last note among them is sent in place of the turn that has it and of those before it, at
 * the head of the first question after it.
 */
void
sonde_request_add_history (SondeRequest *self, GPtrArray *messages)
{
  const char *summary;
  guint n_before;

  g_return_if_fail (SONDE_IS_REQUEST (self));
  g_return_if_fail (messages != NULL);

  n_before = self->messages->len;
  for (guint i = find_first (messages, &summary); i < messages->len; i++) {
    SondeMessage *message = g_ptr_array_index (messages, i);

    if (is_empty_answer (message) || sonde_message_get_role (message) == SONDE_ROLE_TOOL)
      continue;
    add_message (self, message);
    if (has_tool_calls (message))
      add_results (self, messages, i);
  }
  if (summary != NULL)
    add_summary (self, n_before, summary);
}
