/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* usage: show-transcript SCENE|FILE WIDTH HEIGHT [dark]
 *
 * Opens a window that shows the transcript of a made-up conversation, for
 * screenshots and for the eye. From the environment, TOP scrolls to a part of it,
 * from 0 to 1, ZOOM makes its text larger, and RTL shows it as in Arabic or Hebrew. */

#include "sonde-selection.h"
#include "sonde-transcript.h"

#include <stdlib.h>

static const char rich[] =
  "# Irrationality of the square root\n\n"
  "Assume the **contrary**: let \\(\\sqrt{2} = \\frac{p}{q}\\) with *coprime* integers, as in "
  "[Euclid’s proof](https://en.wikipedia.org/wiki/Square_root_of_2). Then `p * p == 2 * q * q`, so "
  "~~perhaps~~ certainly `p` is even, and `snake_case_names` stay whole. It costs $5 and $6.\n\n"
  "$$\np^2 = 2 q^2 \\implies 2 \\mid p\n$$\n\n"
  "## What follows\n\n"
  "1. Write \\(p = 2k\\), which gives \\(4k^2 = 2q^2\\).\n"
  "2. So `q` is even as well:\n"
  "   - both are divisible by two,\n"
  "   - which **contradicts** that they are coprime.\n"
  "     - A third level of points, whose text is long enough that it wraps onto a second line and "
  "has to hang where the first one began.\n"
  "3. Done.\n\n"
  "> The proof is by *infinite descent*: a smaller pair is found for every pair.\n"
  ">\n"
  "> - quoted item\n"
  "> - another one\n"
  ">\n"
  "> > A quote inside the quote.\n\n"
  "### In code\n\n"
  "```python\n"
  "def gcd(a: int, b: int) -> int:\n"
  "    \"\"\"Greatest common divisor.\"\"\"\n"
  "    while b:\n"
  "        a, b = b, a % b\n"
  "    return a  # this line is made long so that it has to scroll sideways in the column, at last "
  "when narrow\n"
  "```\n\n"
  "| Step | Claim | Cost |\n"
  "|:-----|:-----:|-----:|\n"
  "| 1 | **p** is even | 12,663 |\n"
  "| 2 | `q` is even | 60,308 |\n"
  "| 3 | contradiction | 9.5 |\n\n"
  "- [x] State the theorem\n"
  "- [ ] Prove it for every prime\n"
  "- Loose end\n\n"
  "---\n\n"
  "That is all: the square root of two is **not** a fraction. Ask about *cube roots* if you like, "
  "they go the same way.\n";

static const char chinese[] =
  "# 根号二是无理数\n\n"
  "**证明思路：**用反证法。假设 \\(\\sqrt{2} = p/q\\)，其中 p 与 q "
  "互质，**“既约分数”**就是这个意思。"
  "于是 `p * p == 2 * q * q`，所以 p "
  "是偶数；详见https://zh.wikipedia.org/wiki/2的算術平方根，其中有多种证明。\n\n"
  "## 步骤\n\n"
  "1. **第一步：**设 p = 2k，代入得 4k² = 2q²。\n"
  "2. **第二步：**于是 q 也是偶数，与互质矛盾。\n\n"
  "> 古希腊人据说因为这个发现而把希帕索斯扔进了海里。\n\n"
  "| 概念 | 说明 |\n|---|---|\n| 有理数 | 可以写成分数的数 |\n| 无理数 | 不能写成分数的数 |\n\n"
  "العربية: هذا نص من اليمين إلى اليسار.\n\n- نقطة أولى\n- نقطة ثانية\n\n> اقتباس\n\n"
  "| العمق | الضوء |\n|---|---|\n| 1500 | معدوم |\n";

static const char thoughts[] =
  "The user wants a proof that the square root of two is irrational. The classic one is by "
  "contradiction.\n\n"
  "Let me **set it up**: assume `p/q` in lowest terms.\n\n"
  "- Square both sides.\n- Then p is even, because an odd number squared is odd.\n\n"
  "Then q is even too. Contradiction. I should also mention infinite descent, since it is the "
  "historical form, and show a little code for the greatest common divisor.";

static const char logprobs[] =
  "{\"content\":[{\"token\":\"The\",\"logprob\":-0.02},{\"token\":\" square\",\"logprob\":-0.01},"
  "{\"token\":\" root\",\"logprob\":-0.01},{\"token\":\" of two\",\"logprob\":-0.3},"
  "{\"token\":\" is\",\"logprob\":-0.05,\"top_logprobs\":[{\"token\":\" is\",\"logprob\":-0.05},"
  "{\"token\":\" cannot\",\"logprob\":-3.2},{\"token\":\"\\n\",\"logprob\":-5}]},"
  "{\"token\":\" irrational\",\"logprob\":-0.8},{\"token\":\",\",\"logprob\":-2.1},"
  "{\"token\":\" as\",\"logprob\":-1.6},{\"token\":\" the\",\"logprob\":-0.04},"
  "{\"token\":\" Greeks\",\"logprob\":-0.6},{\"token\":\" found\",\"logprob\":-1.4},"
  "{\"token\":\".\",\"logprob\":-0.01}]}";

static gint64 next_id = 1;

static SondeMessage *
add (SondeConversation *conversation, SondeRole role, const char *text)
{
  SondeMessage *message = sonde_message_new (next_id, next_id - 1, role, g_get_real_time ());

  next_id++;
  sonde_message_set_text (message, SONDE_TEXT_CONTENT, text);
  if (role == SONDE_ROLE_ASSISTANT)
    sonde_message_set_model_id (message, "deepseek-v4-flash");
  sonde_conversation_append (conversation, message);
  g_object_unref (message);

  return message;
}

static void
add_answer (SondeConversation *conversation, const char *question, const char *answer)
{
  SondeUsage usage = { .prompt_tokens = 1200,
                       .completion_tokens = 1412,
                       .total_tokens = 2612,
                       .cache_hit_tokens = 1152,
                       .cache_miss_tokens = 48,
                       .reasoning_tokens = 180 };
  SondeMessage *message;

  add (conversation, SONDE_ROLE_USER, question);
  message = add (conversation, SONDE_ROLE_ASSISTANT, answer);
  sonde_message_set_text (message, SONDE_TEXT_REASONING, thoughts);
  sonde_message_set_thinking_duration (message, 12000);
  sonde_message_set_usage (message, &usage);
  sonde_message_set_finish_reason (message, "stop");
}

static void
add_failure (SondeConversation *conversation,
             SondeFailureKind kind,
             guint status,
             const char *detail,
             const char *text)
{
  SondeFailure failure = { kind, status, (char *) detail, (char *) "9f2c-77aa" };
  SondeMessage *message;

  add (conversation, SONDE_ROLE_USER, "And the cube root?");
  message = add (conversation, SONDE_ROLE_ASSISTANT, text);
  sonde_message_set_failure (message, &failure);
  sonde_message_set_state (message, SONDE_MESSAGE_FAILED);
}

static gboolean
grow_cb (gpointer data)
{
  static gsize at;
  SondeMessage *message = data;
  gsize n = MIN (7, sizeof rich - 1 - at);

  while (((guchar) rich[at + n] & 0xC0) == 0x80)
    n++;
  sonde_message_append_text (message, SONDE_TEXT_CONTENT, rich + at, (gssize) n);
  at += n;
  if (rich[at] != '\0')
    return G_SOURCE_CONTINUE;

  sonde_message_set_phase (message, SONDE_PHASE_NONE);
  sonde_message_set_state (message, SONDE_MESSAGE_COMPLETE);

  return G_SOURCE_REMOVE;
}

static void
fill (SondeConversation *conversation, const char *scene)
{
  g_autofree char *written = NULL;
  SondeMessage *message;

  /* Any answer can be looked at. */
  if (g_file_get_contents (scene, &written, NULL, NULL)) {
    add_answer (conversation, "What is in this file?", written);
    return;
  }
  if (g_str_equal (scene, "chinese")) {
    add_answer (conversation, "请证明根号二是无理数。\n要简短。", chinese);
    return;
  }
  if (g_str_equal (scene, "editing") || g_str_equal (scene, "versions"))
    add_answer (conversation, "Prove that sqrt(2) is irrational.",
                "Assume the contrary.\n\nIt follows that both are even.");
  else
    add_answer (conversation, "Prove that sqrt(2) is irrational.", rich);
  if (g_str_equal (scene, "probabilities")) {
    g_autoptr (SondeMessageDetails) details = sonde_message_details_new ();
    g_autoptr (SondeMessage) said =
      g_list_model_get_item (sonde_conversation_get_messages (conversation), 1);

    details->logprobs = g_strdup (logprobs);
    sonde_message_set_details (said, details);
  } else if (g_str_equal (scene, "versions")) {
    for (guint i = 0; i < 2; i++) {
      g_autoptr (SondeMessage) said =
        g_list_model_get_item (sonde_conversation_get_messages (conversation), i);
      sonde_message_set_versions (said, 2, 3);
    }
  }
  if (g_str_equal (scene, "failures")) {
    add_failure (conversation, SONDE_FAILURE_UNAUTHORIZED, 401,
                 "Authentication Fails, Your api key: ****0000 is invalid", "");
    add_failure (conversation, SONDE_FAILURE_CUT, 0, "Connection reset by peer",
                 "The cube root of two is irrational for the same rea");
    message = add (conversation, SONDE_ROLE_ASSISTANT, "Half an answer that was stopped");
    sonde_message_set_state (message, SONDE_MESSAGE_STOPPED);
  } else if (g_str_equal (scene, "thinking") || g_str_equal (scene, "queued") ||
             g_str_equal (scene, "growing") || g_str_equal (scene, "selecting")) {
    add (conversation, SONDE_ROLE_USER,
         "Now do the same for cube roots, please, and explain every step so that a pupil of "
         "fourteen can follow it.\nUse no more than two hundred words.");
    message = add (conversation, SONDE_ROLE_ASSISTANT, "");
    sonde_message_set_state (message, SONDE_MESSAGE_STREAMING);
    sonde_message_set_phase (message, SONDE_PHASE_QUEUED);
    if (g_str_equal (scene, "thinking")) {
      sonde_message_set_phase (message, SONDE_PHASE_THINKING);
      sonde_message_set_thinking_started_at (message, g_get_real_time () - 12 * G_USEC_PER_SEC);
      sonde_message_set_text (message, SONDE_TEXT_REASONING, thoughts);
    } else if (g_str_equal (scene, "growing") || g_str_equal (scene, "selecting")) {
      sonde_message_set_phase (message, SONDE_PHASE_ANSWERING);
      g_timeout_add (16, grow_cb, message);
    }
  }
}

/* The first widget below @widget that @matches. */
static GtkWidget *
find (GtkWidget *widget, gboolean (*matches) (GtkWidget *))
{
  if (matches (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, matches);
    if (found != NULL)
      return found;
  }

  return NULL;
}

static gboolean
is_disclosure (GtkWidget *widget)
{
  return gtk_widget_has_css_class (widget, "disclosure");
}

static gboolean
is_scrolled (GtkWidget *widget)
{
  return GTK_IS_SCROLLED_WINDOW (widget);
}

/* What a person does with it. */
static void
act (SondeTranscript *transcript, const char *scene)
{
  if (g_str_equal (scene, "reasoning"))
    g_signal_emit_by_name (find (GTK_WIDGET (transcript), is_disclosure), "clicked");
  else if (g_str_equal (scene, "selecting"))
    sonde_selection_select_all (sonde_selection_find (GTK_WIDGET (transcript)));
  else if (g_str_equal (scene, "editing"))
    sonde_transcript_edit_message (transcript, 1);
  else if (g_str_equal (scene, "probabilities"))
    gtk_widget_activate_action (GTK_WIDGET (transcript), "transcript.show-probabilities", "x",
                                G_GINT64_CONSTANT (2));
}

static void
scroll_cb (gpointer data)
{
  GtkWidget *widget = find (data, is_scrolled);

  act (data, g_object_get_data (data, "scene"));
  if (widget != NULL && g_getenv ("TOP") != NULL) {
    GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget));
    gtk_adjustment_set_value (adjustment,
                              atof (g_getenv ("TOP")) * gtk_adjustment_get_upper (adjustment));
  }
}

int
main (int argc, char *argv[])
{
  g_autoptr (SondeConversation) conversation = sonde_conversation_new (1, 0);
  GtkWidget *transcript;
  GtkWidget *window;

  if (argc < 4) {
    g_printerr ("usage: show-transcript SCENE WIDTH HEIGHT [dark]\n");
    return 2;
  }
  adw_init ();
  if (g_getenv ("RTL") != NULL)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (argc > 4 && g_str_equal (argv[4], "dark"))
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  fill (conversation, argv[1]);
  transcript = sonde_transcript_new ();
  sonde_transcript_set_conversation (SONDE_TRANSCRIPT (transcript), conversation);
  g_object_set_data (G_OBJECT (transcript), "scene", argv[1]);
  if (g_getenv ("ZOOM") != NULL)
    sonde_transcript_set_zoom (SONDE_TRANSCRIPT (transcript), atof (g_getenv ("ZOOM")));
  window = g_object_new (ADW_TYPE_WINDOW, "content", transcript, "default-width", atoi (argv[2]),
                         "default-height", atoi (argv[3]), NULL);
  gtk_window_present (GTK_WINDOW (window));
  if (g_str_equal (argv[1], "find"))
    sonde_transcript_find (SONDE_TRANSCRIPT (transcript));
  g_timeout_add_once (700, scroll_cb, transcript);
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);

  return 0;
}
