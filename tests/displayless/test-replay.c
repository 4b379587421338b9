/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A request is a pure function of what is stored: what one turn sends is, to the byte, the
 * beginning of what the next turn sends, whatever the turns are made of, and also where the
 * program was started anew in between. */

#include "sonde-request.h"
#include "sonde-tool-call.h"
#include "store-fixture.h"

#define TURNS 50

/* No JSON writer would write it like that, and some of it is no JSON. */
#define ARGUMENTS         "{\"a\" :\t1.50, \"ü\\u00fc\": [ ]} trailing"
#define ARGUMENTS_ON_WIRE "{\\\"a\\\" :\\t1.50, \\\"ü\\\\u00fc\\\": [ ]} trailing"

typedef struct {
  Fixture *fixture;
  gint64 conversation_id;
  gint64 parent_id;
  guint turn;
  gboolean images;
} Teller;

static SondeMessage *
begin (Teller *self, SondeRole role, const char *text)
{
  SondeMessage *message = new_message (self->fixture->store, self->parent_id, role, text);

  self->parent_id = sonde_message_get_id (message);

  return message;
}

static void
end (Teller *self, SondeMessage *message)
{
  sonde_store_save_message (self->fixture->store, self->conversation_id, message);
  g_object_unref (message);
}

static void
say (Teller *self, SondeRole role, const char *text, const char *reasoning_text)
{
  SondeMessage *message = begin (self, role, text);

  if (reasoning_text != NULL)
    sonde_message_set_text (message, SONDE_TEXT_REASONING, reasoning_text);
  end (self, message);
}

static void
call_tools (Teller *self, gboolean legacy)
{
  SondeMessage *message = begin (self, SONDE_ROLE_ASSISTANT, "");
  g_autoptr (SondeMessageDetails) details = sonde_message_details_new ();

  details->tool_calls = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_tool_call_free);
  g_ptr_array_add (details->tool_calls,
                   sonde_tool_call_new (legacy ? NULL : "call_a", "look", ARGUMENTS, legacy));
  if (!legacy)
    g_ptr_array_add (details->tool_calls, sonde_tool_call_new ("call_b", "look", "{}", FALSE));
  details->extra = g_strdup ("{\"search_results\":[ {\"n\":1.0} ]}");
  sonde_message_set_text (message, SONDE_TEXT_REASONING, "Let me look.");
  sonde_message_set_details (message, details);
  end (self, message);
}

static void
answer_call (Teller *self, const char *id, const char *text)
{
  SondeMessage *message = begin (self, SONDE_ROLE_TOOL, text);
  g_autoptr (SondeMessageDetails) details = sonde_message_details_new ();

  details->tool_call_id = g_strdup (id);
  sonde_message_set_details (message, details);
  end (self, message);
}

/* One of each kind of turn after the other. */
static void
answer (Teller *self)
{
  SondeMessage *message;

  switch (self->turn % 7) {
  case 0:
    say (self, SONDE_ROLE_ASSISTANT, "It is **deep**.\n", "Hm, \"deep\"?\n");
    break;
  case 1: /* reasoning that is there and empty */
    say (self, SONDE_ROLE_ASSISTANT, "Ja.", "");
    break;
  case 2: /* the results in another order than the calls */
    call_tools (self, FALSE);
    answer_call (self, "call_b", "");
    answer_call (self, "call_a", "1\n2");
    say (self, SONDE_ROLE_ASSISTANT, "Twelve.", "So it is twelve.");
    break;
  case 3: /* cut in the middle of a word */
    message = begin (self, SONDE_ROLE_ASSISTANT, "It is tw");
    sonde_message_set_state (message, SONDE_MESSAGE_INTERRUPTED);
    end (self, message);
    break;
  case 4: /* the legacy shape */
    call_tools (self, TRUE);
    answer_call (self, NULL, "3");
    say (self, SONDE_ROLE_ASSISTANT, "Three.", NULL);
    break;
  case 5: /* failed before the first word */
    message = begin (self, SONDE_ROLE_ASSISTANT, "");
    sonde_message_set_state (message, SONDE_MESSAGE_FAILED);
    end (self, message);
    break;
  default: /* calls that nobody answered */
    call_tools (self, FALSE);
    break;
  }
}

/* Every third question is about files: the same one again, one of its own, and an image. */
static void
ask (Teller *self, const char *text)
{
  static const guchar pixels[] = { 0x89, 'P', 'N', 'G', 0, 1, 2, 3 };
  g_autofree char *own = g_strdup_printf ("own\t%u\n\"text\" 文件", self->turn);
  g_autoptr (GBytes) image = g_bytes_new_static (pixels, sizeof pixels);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  SondeMessage *message = begin (self, SONDE_ROLE_USER, text);

  if (self->turn % 3 == 1) {
    g_ptr_array_add (files, sonde_attachment_new_text ("b.txt", "text/plain", 9, "the same", -1));
    g_ptr_array_add (files, sonde_attachment_new_text ("a.c", "text/x-csrc", 99, own, -1));
    g_ptr_array_add (files, sonde_attachment_new_image ("p.png", "image/png", image));
    sonde_message_set_attachments (message, files);
  }
  end (self, message);
}

static char *
make_body (Teller *self)
{
  g_autoptr (GPtrArray) messages = load (self->fixture->store, self->conversation_id);
  g_autoptr (SondeRequest) request = sonde_request_new ("deepseek-v4-flash");
  g_autoptr (GError) error = NULL;

  sonde_request_set_thinking (request, SONDE_THINKING_HIGH);
  sonde_request_set_images (request, self->images);
  sonde_request_add_message (request, SONDE_ROLE_SYSTEM, "Be brief.", NULL);
  sonde_request_add_history (request, messages);
  sonde_request_check (request, &error);
  g_assert_no_error (error);

  return sonde_request_to_json (request);
}

static void
test_prefixes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  Teller teller = {
    .fixture = fixture,
    .conversation_id = sonde_conversation_get_id (conversation),
    .images = GPOINTER_TO_INT (data),
  };
  g_autofree char *before = NULL;

  for (teller.turn = 0; teller.turn < TURNS; teller.turn++) {
    g_autofree char *question = g_strdup_printf ("Question %u?", teller.turn);
    g_autofree char *body = NULL;

    ask (&teller, question);
    if (teller.turn % 10 == 9)
      reopen (fixture);
    body = make_body (&teller);
    if (before != NULL) {
      before[strlen (before) - strlen ("]}")] = '\0';
      g_assert_true (g_str_has_prefix (body, before));
    }
    g_free (before);
    before = g_steal_pointer (&body);
    answer (&teller);
  }

  g_assert_nonnull (
    strstr (before, "[file name]: b.txt\\n[file content begin]\\nthe same\\n[file content end]\\n"
                    "[file name]: a.c\\n[file content begin]\\nown\\t4\\n\\\"text\\\" 文件\\n"
                    "[file content end]\\n"));
  if (teller.images)
    g_assert_nonnull (strstr (before, "Question 4?\"},{\"type\":\"image_url\",\"image_url\":"
                                      "{\"url\":\"data:image/png;base64,iVBORwABAgM=\"}}]"));
  else
    g_assert_nonnull (strstr (
      before, "[file name]: p.png\\n[an image, which this model cannot see]\\nQuestion 4?\""));
  g_assert_nonnull (strstr (before, "\"arguments\":\"" ARGUMENTS_ON_WIRE "\""));
  g_assert_nonnull (strstr (before, "\"reasoning_content\":\"\""));
  g_assert_nonnull (strstr (before, "\"search_results\":[ {\"n\":1.0} ]"));
  g_assert_nonnull (strstr (before, "\"function_call\":{\"name\":\"look\""));
  g_assert_nonnull (strstr (before, "{\"role\":\"function\",\"content\":\"3\",\"name\":\"look\"}"));
  g_assert_nonnull (strstr (before, "\"content\":\"It is tw\""));
  g_assert_nonnull (
    strstr (before, "{\"role\":\"tool\",\"content\":\"1\\n2\",\"tool_call_id\":\"call_a\"},"
                    "{\"role\":\"tool\",\"content\":\"(no output)\",\"tool_call_id\":\"call_b\"}"));
  g_assert_nonnull (strstr (
    before, "{\"role\":\"tool\",\"content\":\"(not called)\",\"tool_call_id\":\"call_a\"}"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/replay/prefixes", Fixture, NULL, set_up_open, test_prefixes, tear_down);
  g_test_add ("/replay/prefixes-with-images", Fixture, GINT_TO_POINTER (TRUE), set_up_open,
              test_prefixes, tear_down);

  return g_test_run ();
}
