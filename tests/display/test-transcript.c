/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-transcript.h"

#include "sonde-block-row.h"
#include "sonde-code-block.h"
#include "sonde-model-info.h"
#include "sonde-notice.h"
#include "sonde-reasoning.h"
#include "sonde-link.h"
#include "sonde-selection.h"
#include "sonde-table-block.h"
#include "sonde-text.h"
#include "sonde-text-block.h"
#include "sonde-tool-call.h"
#include "sonde-turn-column.h"
#include "sonde-turn.h"

#include "sonde-test.h"

static const char rich[] =
  "# Title\n\nSome **bold** text with `code` and a [link](https://example.org/).\n\n"
  "1. one\n2. two\n   - deep\n- [x] task\n\n> quoted\n\n```c\nint x;\n```\n\n"
  "| a | b |\n|---|--:|\n| 1 | 2 |\n\n---\n\n\\[ x^2 \\]\n\nLast words.\n";

/* --- a window with a transcript ------------------------------------------------- */

typedef struct {
  GtkWindow *window;
  SondeTranscript *transcript;
  SondeConversation *conversation;
  SondeTurnColumn *column;
  GtkAdjustment *adjustment;
  gint64 last_id;
  guint frames;
} Fixture;

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type);
    if (found != NULL)
      return found;
  }

  return NULL;
}

static guint
count (GtkWidget *widget, GType type)
{
  guint n = G_TYPE_CHECK_INSTANCE_TYPE (widget, type);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count (child, type);

  return n;
}

static gboolean
has_name (GtkWidget *widget, const char *name)
{
  g_autofree char *difference = gtk_test_accessible_check_property (
    GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  return difference == NULL;
}

/* The button of that name, whether it is shown or not. */
static GtkWidget *
find_button (GtkWidget *widget, const char *name)
{
  if (GTK_IS_BUTTON (widget) && (has_name (widget, name) ||
                                 g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), name) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_button (child, name);
    if (found != NULL)
      return found;
  }

  return NULL;
}

/* The label with that text. */
static GtkWidget *
find_literal (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && strcmp (gtk_label_get_text (GTK_LABEL (widget)), text) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_literal (child, text);
    if (found != NULL)
      return found;
  }

  return NULL;
}

/* The row whose text begins like that. */
static GtkWidget *
find_row (GtkWidget *widget, const char *text)
{
  if (SONDE_IS_BLOCK_ROW (widget)) {
    const SondeMarkdownBlock *block = sonde_block_row_get_block (SONDE_BLOCK_ROW (widget));
    return block->text.text != NULL && g_str_has_prefix (block->text.text, text) ? widget : NULL;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_row (child, text);
    if (found != NULL)
      return found;
  }

  return NULL;
}

static void
collect_rows (GtkWidget *widget, GPtrArray *rows)
{
  if (SONDE_IS_BLOCK_ROW (widget))
    g_ptr_array_add (rows, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_rows (child, rows);
}

static SondeTextBlock *
find_text (Fixture *fixture, const char *text)
{
  GtkWidget *row = find_row (GTK_WIDGET (fixture->column), text);

  g_assert_nonnull (row);

  return SONDE_TEXT_BLOCK (sonde_block_row_get_content (SONDE_BLOCK_ROW (row)));
}

/* Selects that part of a text, in bytes. */
static void
select_part (SondeSelection *selection, SondeTextBlock *text, guint from, guint to)
{
  SondeTranscriptPosition anchor = *sonde_text_block_get_place (text);
  SondeTranscriptPosition focus = anchor;

  anchor.offset = from;
  focus.offset = to;
  sonde_selection_set (selection, &anchor, &focus);
}

static double
get_y (Fixture *fixture, GtkWidget *widget)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (fixture->column), &bounds));

  return bounds.origin.y;
}

static gboolean
frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Fixture *fixture = data;

  fixture->frames++;
  gtk_widget_queue_draw (widget);

  return G_SOURCE_CONTINUE;
}

/* Waits until what changed has been taken up and laid out. */
static void
settle (Fixture *fixture)
{
  guint until = fixture->frames + 3;

  sonde_test_wait (fixture->frames >= until);
}

static void
set_up_sized (Fixture *fixture, int width, int height)
{
  fixture->conversation = sonde_conversation_new (1, 0);
  fixture->transcript = SONDE_TRANSCRIPT (sonde_transcript_new ());
  fixture->window =
    GTK_WINDOW (g_object_new (ADW_TYPE_WINDOW, "default-width", width, "default-height", height,
                              "content", fixture->transcript, NULL));
  fixture->column =
    SONDE_TURN_COLUMN (find (GTK_WIDGET (fixture->transcript), SONDE_TYPE_TURN_COLUMN));
  gtk_widget_add_tick_callback (GTK_WIDGET (fixture->window), frame_cb, fixture, NULL);
  sonde_transcript_set_conversation (fixture->transcript, fixture->conversation);
  gtk_window_present (fixture->window);
  g_object_get (fixture->column, "vadjustment", &fixture->adjustment, NULL);
  settle (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_sized (fixture, 700, 500);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->adjustment);
  g_object_add_weak_pointer (G_OBJECT (fixture->transcript), (gpointer *) &fixture->transcript);
  gtk_window_destroy (fixture->window);
  sonde_test_wait (fixture->transcript == NULL);
  g_assert_finalize_object (fixture->conversation);
}

static SondeMessage *
add (Fixture *fixture, SondeRole role, const char *text)
{
  gint64 id = ++fixture->last_id;
  g_autoptr (SondeMessage) message = sonde_message_new (id, id - 1, role, 0);

  if (role == SONDE_ROLE_ASSISTANT)
    sonde_message_set_model_id (message, "deepseek-v4-pro");
  sonde_message_set_text (message, SONDE_TEXT_CONTENT, text);
  sonde_conversation_append (fixture->conversation, message);

  return message;
}

static SondeMessage *
add_streaming (Fixture *fixture, SondePhase phase)
{
  SondeMessage *message = add (fixture, SONDE_ROLE_ASSISTANT, "");

  sonde_message_set_state (message, SONDE_MESSAGE_STREAMING);
  sonde_message_set_phase (message, phase);

  return message;
}

static void
append (SondeMessage *message, const char *text)
{
  sonde_message_append_text (message, SONDE_TEXT_CONTENT, text, -1);
}

static void
append_paragraphs (SondeMessage *message, const char *name, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *text = g_strdup_printf (
      "%s %u goes on for a while, so that it is broken into lines when the window is narrow and "
      "not when it is wide, as text does.\n\n",
      name, i);
    append (message, text);
  }
}

static GtkWidget *
get_turn (Fixture *fixture, guint position)
{
  GtkWidget *turn;

  if (sonde_turn_column_get_turn (fixture->column, position) == NULL)
    settle (fixture);
  turn = sonde_turn_column_get_turn (fixture->column, position);
  g_assert_nonnull (turn);

  return turn;
}

static double
get_value (Fixture *fixture)
{
  return gtk_adjustment_get_value (fixture->adjustment);
}

static double
get_end (Fixture *fixture)
{
  return gtk_adjustment_get_upper (fixture->adjustment) -
         gtk_adjustment_get_page_size (fixture->adjustment);
}

static void
scroll_to (Fixture *fixture, double value)
{
  gtk_adjustment_set_value (fixture->adjustment, value);
  settle (fixture);
}

/* --- what is there ---------------------------------------------------------------- */

static void
test_roles (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListStore) models = g_list_store_new (SONDE_TYPE_MODEL_INFO);
  g_autoptr (SondeModelInfo) model = sonde_model_info_new ("deepseek-v4-pro", "Professor");
  GtkWidget *row;

  add (fixture, SONDE_ROLE_SYSTEM, "Be kind.");
  add (fixture, SONDE_ROLE_USER, "Hi **there**\nfriend <b>");
  add (fixture, SONDE_ROLE_ASSISTANT, rich);
  settle (fixture);

  gtk_test_accessible_assert_role (fixture->transcript, GTK_ACCESSIBLE_ROLE_LOG);
  g_assert_true (has_name (GTK_WIDGET (fixture->transcript), "Transcript"));
  g_assert_null (sonde_turn_column_get_turn (fixture->column, 0));
  gtk_test_accessible_assert_role (get_turn (fixture, 1), GTK_ACCESSIBLE_ROLE_ARTICLE);
  g_assert_true (has_name (get_turn (fixture, 1), "You"));
  gtk_test_accessible_assert_relation (get_turn (fixture, 1), GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                       1);
  gtk_test_accessible_assert_relation (get_turn (fixture, 1), GTK_ACCESSIBLE_RELATION_SET_SIZE, 2);
  gtk_test_accessible_assert_role (get_turn (fixture, 2), GTK_ACCESSIBLE_ROLE_ARTICLE);
  g_assert_true (has_name (get_turn (fixture, 2), "DeepSeek V4 Pro"));
  g_list_store_append (models, model);
  sonde_transcript_set_models (fixture->transcript, G_LIST_MODEL (models));
  g_assert_true (has_name (get_turn (fixture, 2), "Professor"));

  g_assert_cmpstr (sonde_text_block_get_text (
                     SONDE_TEXT_BLOCK (find (get_turn (fixture, 1), SONDE_TYPE_TEXT_BLOCK))),
                   ==, "Hi **there**\nfriend <b>");
  row = find_row (get_turn (fixture, 2), "Title");
  gtk_test_accessible_assert_role (sonde_block_row_get_content (SONDE_BLOCK_ROW (row)),
                                   GTK_ACCESSIBLE_ROLE_HEADING);
  gtk_test_accessible_assert_property (sonde_block_row_get_content (SONDE_BLOCK_ROW (row)),
                                       GTK_ACCESSIBLE_PROPERTY_LEVEL, 1);
  g_assert_nonnull (find (get_turn (fixture, 2), SONDE_TYPE_CODE_BLOCK));
  g_assert_nonnull (find (get_turn (fixture, 2), SONDE_TYPE_TABLE_BLOCK));
  g_assert_nonnull (find_button (get_turn (fixture, 2), "Copy Code"));
  g_assert_nonnull (find_button (get_turn (fixture, 2), "Copy"));
  g_assert_nonnull (find_button (get_turn (fixture, 2), "Retry"));
  g_assert_nonnull (find_button (GTK_WIDGET (fixture->transcript), "Scroll to Bottom"));
}

static void
test_markup (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "<b>x</b> & [y](https://h/?a=1&b='<>\") &lt;i&gt; "
                             "[bad](javascript:alert(1)) [file](file:///etc/passwd) \001\033";
  SondeTextBlock *text_block;

  add (fixture, SONDE_ROLE_ASSISTANT, text);
  settle (fixture);
  text_block = find_text (fixture, "<b>x");
  g_assert_cmpstr (sonde_text_block_get_text (text_block), ==, "<b>x</b> & y <i> bad file ␁␛");
  /* Of the three links, the one that is safe is one. */
  g_assert_cmpuint (count (GTK_WIDGET (text_block), SONDE_TYPE_TEXT_LINK), ==, 1);
  g_assert_cmpstr (sonde_text_link_get_target (
                     SONDE_TEXT_LINK (find (GTK_WIDGET (text_block), SONDE_TYPE_TEXT_LINK))),
                   ==, "https://h/?a=1&b='<>\"");

  g_assert_true (sonde_link_is_safe ("https://a"));
  g_assert_true (sonde_link_is_safe ("HTTP://a"));
  g_assert_true (sonde_link_is_safe ("mailto:a@b"));
  g_assert_false (sonde_link_is_safe ("javascript:a"));
  g_assert_false (sonde_link_is_safe ("file:///a"));
  g_assert_false (sonde_link_is_safe ("//a"));
  g_assert_false (sonde_link_is_safe ("#"));
  g_assert_false (sonde_link_is_safe (NULL));
}

/* What is written from right to left begins at the right. */
static void
test_direction (Fixture *fixture, gconstpointer data)
{
  GtkWidget *label;
  GtkWidget *other;
  graphene_rect_t marker;
  graphene_rect_t text;
  GtkWidget *row;

  add (fixture, SONDE_ROLE_USER, "123 مرحبا");
  label = find (get_turn (fixture, 0), SONDE_TYPE_TEXT_BLOCK);
  g_assert_cmpint (gtk_widget_get_direction (label), ==, GTK_TEXT_DIR_RTL);

  add (fixture, SONDE_ROLE_ASSISTANT, "- שלום\n\nLeft\n");
  settle (fixture);
  label = GTK_WIDGET (find_text (fixture, "שלום"));
  other = GTK_WIDGET (find_text (fixture, "Left"));
  row = find_row (GTK_WIDGET (fixture->column), "שלום");
  g_assert_cmpint (gtk_widget_get_direction (label), ==, GTK_TEXT_DIR_RTL);
  g_assert_cmpint (gtk_widget_get_direction (other), ==, GTK_TEXT_DIR_LTR);
  g_assert_true (gtk_widget_compute_bounds (gtk_widget_get_first_child (row), row, &marker));
  g_assert_true (
    gtk_widget_compute_bounds (sonde_block_row_get_content (SONDE_BLOCK_ROW (row)), row, &text));
  g_assert_cmpfloat (marker.origin.x, >=, text.origin.x + text.size.width);
}

static void
test_waiting (Fixture *fixture, gconstpointer data)
{
  SondeMessage *message;

  add (fixture, SONDE_ROLE_USER, "Hi");
  message = add_streaming (fixture, SONDE_PHASE_CONNECTING);
  settle (fixture);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find (get_turn (fixture, 1), GTK_TYPE_LABEL))),
                   ==, "Connecting…");
  sonde_message_set_phase (message, SONDE_PHASE_QUEUED);
  settle (fixture);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find (get_turn (fixture, 1), GTK_TYPE_LABEL))),
                   ==, "Waiting in the queue…");
  sonde_message_set_phase (message, SONDE_PHASE_ANSWERING);
  append (message, "Hello");
  settle (fixture);
  g_assert_null (find (get_turn (fixture, 1), ADW_TYPE_SPINNER));
  g_assert_cmpstr (sonde_text_block_get_text (find_text (fixture, "Hello")), ==, "Hello");
}

static void
test_reasoning (Fixture *fixture, gconstpointer data)
{
  SondeMessage *message;
  GtkWidget *reasoning;
  GtkWidget *button;
  GtkLabel *title;

  add (fixture, SONDE_ROLE_USER, "Hi");
  message = add_streaming (fixture, SONDE_PHASE_THINKING);
  sonde_message_set_thinking_started_at (message, g_get_real_time () - 75 * G_USEC_PER_SEC);
  sonde_message_append_text (message, SONDE_TEXT_REASONING, "First.\n\n- **second** li", -1);
  settle (fixture);
  reasoning = find (get_turn (fixture, 1), SONDE_TYPE_REASONING);
  button = find (reasoning, GTK_TYPE_BUTTON);
  title = GTK_LABEL (find (button, GTK_TYPE_LABEL));
  g_assert_true (has_name (button, "Reasoning"));
  gtk_test_accessible_assert_state (button, GTK_ACCESSIBLE_STATE_EXPANDED, FALSE);
  g_assert_true (g_str_has_prefix (gtk_label_get_text (title), "Thinking… 1 min "));
  g_assert_cmpstr (
    gtk_label_get_text (GTK_LABEL (gtk_widget_get_next_sibling (GTK_WIDGET (title)))), ==,
    "second** li");

  g_signal_emit_by_name (button, "clicked");
  settle (fixture);
  gtk_test_accessible_assert_state (button, GTK_ACCESSIBLE_STATE_EXPANDED, TRUE);
  g_assert_nonnull (find_row (reasoning, "second li"));

  sonde_message_append_text (message, SONDE_TEXT_REASONING, "ne.", -1);
  settle (fixture);
  g_assert_nonnull (find_row (reasoning, "second line."));
  sonde_message_set_thinking_duration (message, 12345);
  sonde_message_set_phase (message, SONDE_PHASE_ANSWERING);
  append (message, "Hello");
  settle (fixture);
  g_assert_cmpstr (gtk_label_get_text (title), ==, "Thought for 12 s");
  g_assert_true (has_name (button, "Reasoning: Thought for 12 s"));
  g_assert_true (sonde_reasoning_get_expanded (SONDE_REASONING (reasoning)));

  g_signal_emit_by_name (button, "clicked");
  sonde_message_set_thinking_duration (message, 125000);
  settle (fixture);
  gtk_test_accessible_assert_state (button, GTK_ACCESSIBLE_STATE_EXPANDED, FALSE);
  g_assert_cmpstr (gtk_label_get_text (title), ==, "Thought for 2 min 5 s");
}

static void
announced_cb (GPtrArray *announcements, const char *text)
{
  g_ptr_array_add (announcements, g_strdup (text));
}

/* Once, when it is there, or why it is not; nothing of what is shown from before or was stopped. */
static void
test_announced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) announcements = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SondeFailure) failure = sonde_failure_new (SONDE_FAILURE_BALANCE, 402, NULL, NULL);
  SondeMessage *message;

  g_signal_connect_swapped (fixture->transcript, "announced", G_CALLBACK (announced_cb),
                            announcements);
  add (fixture, SONDE_ROLE_ASSISTANT, "Old");
  message = add_streaming (fixture, SONDE_PHASE_ANSWERING);
  append (message, "# A *bold* answer\n\nof two parts");
  settle (fixture);
  g_assert_cmpuint (announcements->len, ==, 0);
  sonde_message_set_state (message, SONDE_MESSAGE_COMPLETE);
  settle (fixture);
  sonde_message_set_state (message, SONDE_MESSAGE_COMPLETE);
  g_assert_cmpuint (announcements->len, ==, 1);
  g_assert_true (g_str_has_suffix (announcements->pdata[0], ": A bold answer\nof two parts\n"));

  message = add_streaming (fixture, SONDE_PHASE_ANSWERING);
  append (message, "Half");
  sonde_message_set_state (message, SONDE_MESSAGE_STOPPED);
  settle (fixture);
  g_assert_cmpuint (announcements->len, ==, 1);

  message = add_streaming (fixture, SONDE_PHASE_THINKING);
  sonde_message_set_phase (message, SONDE_PHASE_STALLED);
  g_assert_cmpuint (announcements->len, ==, 2);
  g_assert_nonnull (strstr (announcements->pdata[1], ": Nothing has come for a while."));
  sonde_message_set_phase (message, SONDE_PHASE_ANSWERING);
  sonde_message_set_failure (message, failure);
  sonde_message_set_state (message, SONDE_MESSAGE_FAILED);
  g_assert_cmpuint (announcements->len, ==, 3);
  g_assert_nonnull (strstr (announcements->pdata[2], ": The balance of this account is used up."));

  message = add_streaming (fixture, SONDE_PHASE_ANSWERING);
  append (message, "Half");
  sonde_message_set_finish_reason (message, "length");
  sonde_message_set_state (message, SONDE_MESSAGE_COMPLETE);
  g_assert_cmpuint (announcements->len, ==, 4);
  g_assert_nonnull (
    strstr (announcements->pdata[3], ": Half\nThe answer reached the length limit"));
}

static void
test_failures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (SONDE_TYPE_FAILURE_KIND);
  g_autoptr (GHashTable) sentences = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < kinds->n_values; i++) {
    g_autoptr (SondeFailure) failure = sonde_failure_new (
      (SondeFailureKind) kinds->values[i].value, 400 + i, "The <service's> words", "trace-1");
    SondeMessage *message = add (fixture, SONDE_ROLE_ASSISTANT, "Partial words");
    gboolean key = failure->kind == SONDE_FAILURE_NO_KEY ||
                   failure->kind == SONDE_FAILURE_UNAUTHORIZED ||
                   failure->kind == SONDE_FAILURE_BALANCE;
    g_autofree char *detail =
      g_strdup_printf ("HTTP %u · The <service's> words\nTrace ID: trace-1", 400 + i);
    GtkWidget *turn;
    GtkWidget *notice;

    sonde_message_set_failure (message, failure);
    sonde_message_set_state (message, i % 2 ? SONDE_MESSAGE_FAILED : SONDE_MESSAGE_INTERRUPTED);
    settle (fixture);
    turn = get_turn (fixture, i);
    notice = find (turn, SONDE_TYPE_NOTICE);
    g_assert_nonnull (notice);
    gtk_test_accessible_assert_role (notice, GTK_ACCESSIBLE_ROLE_ALERT);
    g_assert_true (
      g_hash_table_add (sentences, (gpointer) sonde_notice_get_sentence (SONDE_NOTICE (notice))));
    g_assert_cmpint (find_button (notice, "API Key…") != NULL, ==, key);
    g_assert_cmpint (find_button (notice, "Choose a Model") != NULL, ==,
                     failure->kind == SONDE_FAILURE_MODEL_NOT_FOUND);
    g_assert_cmpint (find_button (notice, "New Conversation") != NULL, ==,
                     failure->kind == SONDE_FAILURE_CONTEXT_LENGTH);
    g_assert_true (gtk_widget_get_visible (find_button (notice, "Retry")));
    g_assert_true (gtk_widget_get_visible (find_button (notice, "Continue")));
    g_assert_nonnull (find_row (turn, "Partial words"));
    g_assert_cmpstr (
      gtk_label_get_text (GTK_LABEL (gtk_widget_get_next_sibling (find (notice, GTK_TYPE_LABEL)))),
      ==, detail);
    if (i > 0)
      g_assert_false (gtk_widget_get_visible (
        find_button (find (get_turn (fixture, i - 1), SONDE_TYPE_NOTICE), "Retry")));
  }
}

/* What is said and offered while an answer is on its way and nothing comes. */
static void
test_no_news (Fixture *fixture, gconstpointer data)
{
  SondeMessage *message = add (fixture, SONDE_ROLE_ASSISTANT, "");
  g_autoptr (SondeFailure) failure =
    sonde_failure_new (SONDE_FAILURE_OVERLOADED, 503, "Busy", NULL);
  GtkWidget *notice;

  sonde_message_set_failure (message, failure);
  sonde_message_set_retry_at (message, g_get_real_time () + 10 * G_USEC_PER_SEC);
  sonde_message_set_phase (message, SONDE_PHASE_RETRYING);
  sonde_message_set_state (message, SONDE_MESSAGE_STREAMING);
  settle (fixture);
  notice = find (get_turn (fixture, 0), SONDE_TYPE_NOTICE);
  gtk_test_accessible_assert_role (notice, GTK_ACCESSIBLE_ROLE_ALERT);
  g_assert_nonnull (strstr (sonde_notice_get_sentence (SONDE_NOTICE (notice)), "Trying again in"));
  g_assert_true (gtk_widget_get_visible (find_button (notice, "Try Now")));
  g_assert_true (gtk_widget_get_visible (find_button (notice, "Cancel")));
  g_assert_null (find_button (notice, "Retry"));

  sonde_message_set_failure (message, NULL);
  sonde_message_set_phase (message, SONDE_PHASE_STALLED);
  settle (fixture);
  notice = find (get_turn (fixture, 0), SONDE_TYPE_NOTICE);
  g_assert_true (gtk_widget_get_visible (find_button (notice, "Keep Waiting")));
  g_assert_true (gtk_widget_get_visible (find_button (notice, "Stop")));
  g_assert_true (gtk_widget_get_visible (find_button (notice, "Retry")));

  sonde_message_set_phase (message, SONDE_PHASE_ANSWERING);
  settle (fixture);
  g_assert_null (find (get_turn (fixture, 0), SONDE_TYPE_NOTICE));
}

static void
test_endings (Fixture *fixture, gconstpointer data)
{
  static const struct {
    SondeMessageState state;
    const char *text;
    const char *reason;
    const char *words; /* in the notice, or NULL for none */
  } cases[] = {
    { SONDE_MESSAGE_COMPLETE, "x", "stop", NULL },
    { SONDE_MESSAGE_COMPLETE, "x", NULL, NULL },
    { SONDE_MESSAGE_COMPLETE, "x", "tool_calls", NULL },
    { SONDE_MESSAGE_COMPLETE, "x", "length", "cut short" },
    { SONDE_MESSAGE_COMPLETE, "", "length", "turn thinking off" },
    { SONDE_MESSAGE_COMPLETE, "x", "content_filter", "content check" },
    { SONDE_MESSAGE_COMPLETE, "x", "insufficient_system_resource", "ran out of resources" },
    { SONDE_MESSAGE_COMPLETE, "x", "refusal", "refusal" },
    { SONDE_MESSAGE_STOPPED, "x", NULL, "You stopped this answer." },
    { SONDE_MESSAGE_INTERRUPTED, "x", NULL, "Sonde was closed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    SondeMessage *message = add_streaming (fixture, SONDE_PHASE_ANSWERING);
    GtkWidget *notice;

    append (message, cases[i].text);
    sonde_message_set_finish_reason (message, cases[i].reason);
    sonde_message_set_state (message, cases[i].state);
    settle (fixture);
    notice = find (get_turn (fixture, i), SONDE_TYPE_NOTICE);
    g_assert_cmpint (notice != NULL, ==, cases[i].words != NULL);
    if (notice != NULL)
      g_assert_nonnull (strstr (sonde_notice_get_sentence (SONDE_NOTICE (notice)), cases[i].words));
  }
}

static void
test_figures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeUsage) usage = sonde_usage_new ();
  SondeMessage *message = add (fixture, SONDE_ROLE_ASSISTANT, "x");
  GtkWidget *retry = find_button (get_turn (fixture, 0), "Retry");
  GtkWidget *figures =
    gtk_widget_get_last_child (find (get_turn (fixture, 0), g_type_from_name ("SondeTurnFooter")));
  GtkWidget *tokens = find (figures, GTK_TYPE_LABEL);
  GtkWidget *cost = gtk_widget_get_next_sibling (tokens);
  GtkWidget *cache = gtk_widget_get_next_sibling (cost);
  g_autoptr (SondeMessageDetails) details = sonde_message_details_new ();

  settle (fixture);
  g_assert_false (gtk_widget_get_visible (tokens));
  g_assert_false (gtk_widget_get_visible (cache));
  usage->completion_tokens = 412;
  usage->prompt_tokens = 100;
  usage->cache_hit_tokens = 96;
  usage->cache_miss_tokens = 4;
  sonde_message_set_usage (message, usage);
  settle (fixture);
  g_assert_false (gtk_widget_get_visible (cost));
  details->currency = g_strdup ("USD");
  details->rates = (SondeRates) { .hit = 0.006, .miss = 0.3, .output = 1.2 };
  sonde_message_set_details (message, details);
  sonde_message_set_usage (message, usage);
  settle (fixture);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (cost)), ==, "$0.00050");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (tokens)), ==, "412 tokens");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (cache)), ==, "cache 96 %");
  g_assert_true (gtk_widget_get_visible (cache));

  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (retry)), ==, "win.retry");
  g_assert_null (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (retry)));
  add (fixture, SONDE_ROLE_USER, "y");
  settle (fixture);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (retry)), ==,
                   "win.message-retry");
  g_assert_cmpint (
    g_variant_get_int64 (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (retry))), ==, 1);
}

static void
copy_text_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  char **copied = data;

  g_free (*copied);
  *copied = g_variant_dup_string (parameter, NULL);
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("copy-text", G_VARIANT_TYPE_STRING);
  g_autoptr (GString) code = g_string_new ("```c\n");
  g_autofree char *copied = NULL;

  g_signal_connect (action, "activate", G_CALLBACK (copy_text_cb), &copied);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
  gtk_widget_insert_action_group (GTK_WIDGET (fixture->window), "win", G_ACTION_GROUP (actions));

  /* Code that comes in many pieces is copied as it was written. */
  for (guint i = 0; i < 9000; i++)
    g_string_append_printf (code, "call_number (%u);\n", i);
  g_string_append (code, "```\n");
  add (fixture, SONDE_ROLE_ASSISTANT, code->str);
  settle (fixture);
  scroll_to (fixture, 0);
  g_signal_emit_by_name (find_button (get_turn (fixture, 0), "Copy Code"), "clicked");
  g_string_erase (code, 0, 5);
  g_string_truncate (code, code->len - 5);
  g_assert_cmpstr (copied, ==, code->str);

  add (fixture, SONDE_ROLE_ASSISTANT, rich);
  settle (fixture);
  scroll_to (fixture, get_end (fixture));
  g_signal_emit_by_name (
    find_button (find (get_turn (fixture, 1), g_type_from_name ("SondeTurnFooter")), "Copy"),
    "clicked");
  g_assert_cmpstr (copied, ==, rich);
}

/* --- growing ---------------------------------------------------------------------- */

static void
test_streaming (Fixture *fixture, gconstpointer data)
{
  SondeMessage *message;
  SondeSelection *selection = sonde_selection_find (GTK_WIDGET (fixture->column));
  SondeTextBlock *settled;
  SondeTextBlock *growing;
  guint from;
  guint to;

  add (fixture, SONDE_ROLE_USER, "Hi");
  message = add_streaming (fixture, SONDE_PHASE_ANSWERING);
  append (message, "A first paragraph.\n\nThe second gr");
  settle (fixture);
  settled = find_text (fixture, "A first");
  growing = find_text (fixture, "The second");

  select_part (selection, growing, 4, 10);
  g_assert_true (sonde_text_block_get_selection (growing, &from, &to));
  settle (fixture);
  g_assert_true (sonde_text_block_get_selection (growing, &from, &to));
  append (message, "ows **and");
  append (message, " grows**");
  settle (fixture);

  g_assert_true (find_text (fixture, "A first") == settled);
  g_assert_true (find_text (fixture, "The second") == growing);
  g_assert_cmpstr (sonde_text_block_get_text (growing), ==, "The second grows and grows");
  g_assert_true (sonde_text_block_get_selection (growing, &from, &to));
  g_assert_cmpuint (from, ==, 4);
  g_assert_cmpuint (to, ==, 10);

  /* In a block that is settled as well. */
  select_part (selection, settled, 2, 7);
  append (message, " on.\n\nAnd on.");
  settle (fixture);
  g_assert_true (find_text (fixture, "A first") == settled);
  g_assert_true (sonde_text_block_get_selection (settled, &from, &to));
  g_assert_cmpuint (from, ==, 2);
  g_assert_cmpuint (to, ==, 7);

  sonde_message_set_text (message, SONDE_TEXT_CONTENT, "Another text.");
  sonde_message_set_state (message, SONDE_MESSAGE_COMPLETE);
  settle (fixture);
  g_assert_null (find_row (GTK_WIDGET (fixture->column), "The second"));
  g_assert_nonnull (find_row (GTK_WIDGET (fixture->column), "Another text."));
}

/* However it comes, an answer ends up as it would have been opened. */
static void
test_same (Fixture *fixture, gconstpointer data)
{
  SondeMessage *message = add_streaming (fixture, SONDE_PHASE_ANSWERING);
  g_autoptr (GPtrArray) grown = g_ptr_array_new ();
  g_autoptr (GPtrArray) opened = g_ptr_array_new ();

  for (const char *p = rich; *p != '\0'; p++) {
    sonde_message_append_text (message, SONDE_TEXT_CONTENT, p, 1);
    if ((p - rich) % 5 == 0) {
      guint until = fixture->frames + 1;
      sonde_test_wait (fixture->frames >= until);
    }
  }
  sonde_message_set_state (message, SONDE_MESSAGE_COMPLETE);
  add (fixture, SONDE_ROLE_ASSISTANT, rich);
  settle (fixture);
  collect_rows (get_turn (fixture, 0), grown);
  collect_rows (get_turn (fixture, 1), opened);
  g_assert_cmpuint (grown->len, ==, opened->len);
  for (guint i = 0; i < grown->len; i++) {
    SondeBlockRow *a = g_ptr_array_index (grown, i);
    SondeBlockRow *b = g_ptr_array_index (opened, i);

    g_assert_true (
      sonde_markdown_block_equal (sonde_block_row_get_block (a), sonde_block_row_get_block (b)));
    g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (a)), ==,
                     gtk_widget_get_height (GTK_WIDGET (b)));
  }
}

/* Rows come, change their kind and go. */
static void
test_rows (Fixture *fixture, gconstpointer data)
{
  SondeMessage *message = add_streaming (fixture, SONDE_PHASE_ANSWERING);
  static const guint lengths[] = { 1, 12, 13, 5, 16, 4, 0, 15 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GPtrArray) rows = g_ptr_array_new ();

    for (guint n = 0; n < lengths[i]; n++)
      g_string_append_printf (text, "%sBlock %u\n\n", (n + i) % 3 == 0 ? "# " : "", n);
    sonde_message_set_text (message, SONDE_TEXT_CONTENT, text->str);
    settle (fixture);
    collect_rows (get_turn (fixture, 0), rows);
    g_assert_cmpuint (rows->len, ==, lengths[i]);
    for (guint n = 0; n < rows->len; n++) {
      g_autofree char *expected = g_strdup_printf ("Block %u", n);
      const SondeMarkdownBlock *block = sonde_block_row_get_block (g_ptr_array_index (rows, n));

      g_assert_cmpstr (block->text.text, ==, expected);
      g_assert_cmpint (block->kind == SONDE_MARKDOWN_HEADING, ==, (n + i) % 3 == 0);
    }
  }
}

static void
test_follow (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = find_button (GTK_WIDGET (fixture->transcript), "Scroll to Bottom");
  SondeMessage *message;
  GtkWidget *row;
  double value;
  double y;

  add (fixture, SONDE_ROLE_USER, "Hi");
  message = add_streaming (fixture, SONDE_PHASE_ANSWERING);
  append_paragraphs (message, "Paragraph", 30);
  settle (fixture);
  g_assert_cmpfloat (get_end (fixture), >, 500);
  g_assert_cmpfloat_with_epsilon (get_value (fixture), get_end (fixture), 1);
  g_assert_false (gtk_widget_get_visible (button));

  /* At the end it follows. */
  append_paragraphs (message, "More", 5);
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_value (fixture), get_end (fixture), 1);

  /* A little way off it stays, whatever moved it. */
  scroll_to (fixture, get_end (fixture) - 3);
  value = get_value (fixture);
  append_paragraphs (message, "Still more", 5);
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_value (fixture), value, 1);
  g_assert_true (gtk_widget_get_visible (button));

  /* The end of the stream moves nothing. */
  row = find_row (GTK_WIDGET (fixture->column), "More 4");
  y = get_y (fixture, row);
  sonde_message_set_state (message, SONDE_MESSAGE_COMPLETE);
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_y (fixture, row), y, 1);

  /* Back at the end it follows again. */
  g_signal_emit_by_name (button, "clicked");
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_value (fixture), get_end (fixture), 1);
  g_assert_false (gtk_widget_get_visible (button));

  /* A question of one's own goes to the end from anywhere; an answer does not. */
  scroll_to (fixture, 100);
  add (fixture, SONDE_ROLE_USER, "And now?");
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_value (fixture), get_end (fixture), 1);
  scroll_to (fixture, 100);
  add (fixture, SONDE_ROLE_ASSISTANT, rich);
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_value (fixture), 100, 1);
}

/* What is read stays where it is when something above it changes its height. */
static void
test_anchor (Fixture *fixture, gconstpointer data)
{
  SondeMessage *first;
  SondeMessage *second;
  GtkWidget *reasoning;
  GtkWidget *row;
  double y;

  first = add (fixture, SONDE_ROLE_ASSISTANT, "x");
  sonde_message_append_text (first, SONDE_TEXT_REASONING,
                             "Thoughts.\n\nMore thoughts.\n\nThe last of them.", -1);
  append_paragraphs (first, "First", 10);
  second = add (fixture, SONDE_ROLE_ASSISTANT, "");
  append_paragraphs (second, "Second", 20);
  settle (fixture);
  scroll_to (fixture, get_end (fixture) / 2);
  row = find_row (get_turn (fixture, 1), "Second 2");
  scroll_to (fixture, get_value (fixture) + get_y (fixture, row) - 40);
  y = get_y (fixture, row);
  g_assert_cmpfloat_with_epsilon (y, 40, 1);

  append_paragraphs (first, "Late", 5);
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_y (fixture, row), y, 1);

  reasoning = find (get_turn (fixture, 0), SONDE_TYPE_REASONING);
  sonde_reasoning_set_expanded (SONDE_REASONING (reasoning), TRUE);
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_y (fixture, row), y, 1);
  sonde_reasoning_set_expanded (SONDE_REASONING (reasoning), FALSE);
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_y (fixture, row), y, 1);

  sonde_message_set_state (second, SONDE_MESSAGE_STOPPED);
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_y (fixture, row), y, 1);

  /* Also when all lines break anew: what is seen first is still seen first. */
  row = find_row (get_turn (fixture, 1), "Second 2");
  scroll_to (fixture, get_value (fixture) + get_y (fixture, row));
  gtk_window_set_default_size (fixture->window, 500, 500);
  sonde_test_wait (gtk_widget_get_width (GTK_WIDGET (fixture->column)) <= 500);
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_y (fixture, row), 0, 1);
}

/* The disclosure that is clicked stays under the mouse, also at the end. */
static void
test_toggle (Fixture *fixture, gconstpointer data)
{
  SondeMessage *message;
  GtkWidget *button;
  double y;

  message = add (fixture, SONDE_ROLE_ASSISTANT, "");
  append_paragraphs (message, "First", 20);
  message = add (fixture, SONDE_ROLE_ASSISTANT, "Short.");
  for (guint i = 0; i < 30; i++)
    sonde_message_append_text (message, SONDE_TEXT_REASONING, "Thoughts.\n\n", -1);
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_value (fixture), get_end (fixture), 1);
  button = find (find (get_turn (fixture, 1), SONDE_TYPE_REASONING), GTK_TYPE_BUTTON);
  y = get_y (fixture, button);

  g_signal_emit_by_name (button, "clicked");
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_y (fixture, button), y, 1);
  g_assert_cmpfloat (get_value (fixture), <, get_end (fixture) - 100);
  g_assert_false (sonde_turn_column_get_following (fixture->column));

  g_signal_emit_by_name (button, "clicked");
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_y (fixture, button), y, 1);
  g_assert_true (sonde_turn_column_get_following (fixture->column));
}

/* --- long conversations and narrow windows ------------------------------------------ */

/* Opens a conversation of so many messages, each a few lines. */
static void
open_long (Fixture *fixture, SondeConversation *conversation, guint n)
{
  g_autoptr (GPtrArray) path = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 1; i <= n; i++) {
    SondeMessage *message =
      sonde_message_new (i, i - 1, i % 2 ? SONDE_ROLE_USER : SONDE_ROLE_ASSISTANT, 0);
    g_autofree char *text = g_strdup_printf ("Message %u\n\n%s", i, rich);

    sonde_message_set_text (message, SONDE_TEXT_CONTENT, text);
    g_ptr_array_add (path, message);
  }
  sonde_transcript_set_conversation (fixture->transcript, conversation);
  sonde_conversation_set_messages (conversation, path);
  settle (fixture);
}

static guint
count_turns (Fixture *fixture)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->column)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;

  return n;
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) other = sonde_conversation_new (2, 0);
  GtkWidget *row;
  double y;

  open_long (fixture, other, 120);
  g_assert_cmpuint (sonde_turn_column_get_n_turns (fixture->column), ==, 120);
  g_assert_cmpfloat_with_epsilon (get_value (fixture), get_end (fixture), 1);
  g_assert_nonnull (find_row (GTK_WIDGET (fixture->column), "Message 120"));

  /* It is found again as it was left, wherever that was. */
  for (guint i = 0; i < 3; i++) {
    g_autofree char *name = g_strdup_printf ("Message %u", 118 - 50 * i);

    for (guint j = 0; j < 100 && find_row (GTK_WIDGET (fixture->column), name) == NULL; j++)
      scroll_to (fixture, get_value (fixture) - 900);
    row = find_row (GTK_WIDGET (fixture->column), name);
    g_assert_nonnull (row);
    scroll_to (fixture, get_value (fixture) + get_y (fixture, row) - 30);
    y = get_y (fixture, find_row (GTK_WIDGET (fixture->column), name));
    sonde_transcript_set_conversation (fixture->transcript, fixture->conversation);
    settle (fixture);
    g_assert_cmpuint (count_turns (fixture), ==, 0);
    sonde_transcript_set_conversation (fixture->transcript, other);
    settle (fixture);
    row = find_row (GTK_WIDGET (fixture->column), name);
    g_assert_cmpfloat_with_epsilon (get_y (fixture, row), y, 0.1);
  }

  /* All of it can be reached, and what is far has no turn. */
  scroll_to (fixture, 0);
  g_assert_cmpfloat_with_epsilon (get_value (fixture), 0, 0.1);
  g_assert_true (gtk_widget_get_mapped (get_turn (fixture, 0)));
  g_assert_null (sonde_turn_column_get_turn (fixture->column, 119));
  g_assert_cmpuint (count_turns (fixture), <, 20);
  sonde_transcript_set_conversation (fixture->transcript, NULL);
  g_assert_cmpuint (sonde_turn_column_get_n_turns (fixture->column), ==, 0);
}

/* A line at a time over turns that are made and removed on the way, in both directions:
 * whatever is measured meanwhile, what was seen moves by just the step. */
static void
test_steps (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) other = sonde_conversation_new (2, 0);

  open_long (fixture, other, 60);
  for (int direction = -1; direction <= 1; direction += 2) {
    for (guint i = 0; i < 120; i++) {
      double value = get_value (fixture);
      g_autoptr (GPtrArray) rows = g_ptr_array_new ();
      GtkWidget *seen = NULL;
      double y = 0;

      collect_rows (GTK_WIDGET (fixture->column), rows);
      for (guint j = 0; j < rows->len && seen == NULL; j++) {
        y = get_y (fixture, g_ptr_array_index (rows, j));
        if (y >= 120)
          seen = g_ptr_array_index (rows, j);
      }
      g_assert_nonnull (seen);
      gtk_adjustment_set_value (fixture->adjustment, value + direction * 70);
      if (ABS (get_value (fixture) - value) < 70)
        break;
      settle (fixture);
      g_assert_cmpfloat_with_epsilon (get_y (fixture, seen), y - direction * 70, 0.1);
    }
  }
  sonde_transcript_set_conversation (fixture->transcript, NULL);
}

/* The end of a conversation comes first, then what is before it. */
static void
test_insertion_above (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListStore) store = g_list_store_new (SONDE_TYPE_MESSAGE);
  g_autoptr (GPtrArray) early = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *row;
  double y;

  for (guint i = 0; i < 2; i++) {
    g_list_store_remove_all (store);
    for (guint j = 0; j < 30; j++) {
      g_autoptr (SondeMessage) message = sonde_message_new (1000 + j, 0, SONDE_ROLE_ASSISTANT, 0);
      g_autofree char *text = g_strdup_printf ("Late %u\n\n%s", j, rich);

      sonde_message_set_text (message, SONDE_TEXT_CONTENT, text);
      g_list_store_append (store, message);
      if (i == 0) {
        g_ptr_array_add (early, sonde_message_new (100 + j, 0, SONDE_ROLE_ASSISTANT, 0));
        sonde_message_set_text (g_ptr_array_index (early, j), SONDE_TEXT_CONTENT, rich);
      }
    }
    sonde_turn_column_set_messages (fixture->column, G_LIST_MODEL (store));
    settle (fixture);
    /* At the end, and a little way off. */
    if (i == 1)
      scroll_to (fixture, get_end (fixture) - 800);
    row = find_row (GTK_WIDGET (fixture->column), i == 0 ? "Late 29" : "Late 28");
    y = get_y (fixture, row);
    g_list_store_splice (store, 0, 0, early->pdata, early->len);
    settle (fixture);
    g_assert_true (find_row (GTK_WIDGET (fixture->column), i == 0 ? "Late 29" : "Late 28") == row);
    g_assert_cmpfloat_with_epsilon (get_y (fixture, row), y, 0.1);
    g_assert_cmpint (sonde_turn_column_get_following (fixture->column), ==, i == 0);
  }
  sonde_turn_column_set_messages (fixture->column, NULL);
}

/* In one very long answer only what is near has rows. */
static void
test_long_answer (Fixture *fixture, gconstpointer data)
{
  SondeMessage *message = add_streaming (fixture, SONDE_PHASE_ANSWERING);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GtkWidget *row;
  double y;

  append_paragraphs (message, "Paragraph", 2000);
  settle (fixture);
  collect_rows (GTK_WIDGET (fixture->column), rows);
  g_assert_cmpuint (rows->len, <, 100);
  g_assert_nonnull (find_row (GTK_WIDGET (fixture->column), "Paragraph 1999 "));
  g_assert_null (find_row (GTK_WIDGET (fixture->column), "Paragraph 1000 "));
  g_assert_cmpfloat_with_epsilon (get_value (fixture), get_end (fixture), 1);

  scroll_to (fixture, get_end (fixture) / 2);
  g_ptr_array_set_size (rows, 0);
  collect_rows (GTK_WIDGET (fixture->column), rows);
  g_assert_cmpuint (rows->len, <, 100);
  row = g_ptr_array_index (rows, rows->len / 2);
  y = get_y (fixture, row);
  g_assert_cmpfloat (y, >, -500);
  g_assert_cmpfloat (y, <, 1000);

  /* It grows at its end, and is finished, while one reads in its middle. */
  append_paragraphs (message, "More", 30);
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_y (fixture, row), y, 0.1);
  sonde_message_set_state (message, SONDE_MESSAGE_COMPLETE);
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_y (fixture, row), y, 0.1);
  scroll_to (fixture, 0);
  g_assert_nonnull (find_row (GTK_WIDGET (fixture->column), "Paragraph 0 "));
  g_assert_cmpfloat_with_epsilon (get_value (fixture), 0, 0.1);
}

/* What a reader opened is open when it comes back. */
static void
test_remembered (Fixture *fixture, gconstpointer data)
{
  SondeMessage *message = add (fixture, SONDE_ROLE_ASSISTANT, "Short.");
  GtkWidget *reasoning;

  sonde_message_append_text (message, SONDE_TEXT_REASONING, "Thoughts.", -1);
  message = add (fixture, SONDE_ROLE_ASSISTANT, "");
  append_paragraphs (message, "Paragraph", 100);
  settle (fixture);
  scroll_to (fixture, 0);
  reasoning = find (get_turn (fixture, 0), SONDE_TYPE_REASONING);
  sonde_reasoning_set_expanded (SONDE_REASONING (reasoning), TRUE);
  settle (fixture);
  scroll_to (fixture, get_end (fixture));
  g_assert_null (sonde_turn_column_get_turn (fixture->column, 0));
  scroll_to (fixture, 0);
  reasoning = find (get_turn (fixture, 0), SONDE_TYPE_REASONING);
  g_assert_true (sonde_reasoning_get_expanded (SONDE_REASONING (reasoning)));
  g_assert_nonnull (find_row (reasoning, "Thoughts."));
}

/* The end is followed smoothly, and soon reached. */
static void
test_glide (Fixture *fixture, gconstpointer data)
{
  SondeMessage *message = add_streaming (fixture, SONDE_PHASE_ANSWERING);
  double before;
  guint until;

  append_paragraphs (message, "Paragraph", 30);
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_value (fixture), get_end (fixture), 0.1);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  before = get_value (fixture);
  append_paragraphs (message, "More", 2);
  until = fixture->frames + 2;
  sonde_test_wait (fixture->frames >= until);
  g_assert_cmpfloat (get_value (fixture), >=, before);
  g_assert_cmpfloat (get_value (fixture), <, get_end (fixture));
  g_assert_true (sonde_turn_column_get_following (fixture->column));
  sonde_test_wait (get_value (fixture) >= get_end (fixture));
  g_assert_cmpfloat (get_end (fixture), >, before + 50);

  /* A step away on the way there ends it. */
  before = get_value (fixture);
  append_paragraphs (message, "Again", 2);
  until = fixture->frames + 2;
  sonde_test_wait (fixture->frames >= until);
  scroll_to (fixture, before - 10);
  g_assert_false (sonde_turn_column_get_following (fixture->column));
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_value (fixture), before - 10, 0.1);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

/* What waits below is marked on the button that leads there. */
static void
test_news (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = find_button (GTK_WIDGET (fixture->transcript), "Scroll to Bottom");
  SondeMessage *message = add_streaming (fixture, SONDE_PHASE_ANSWERING);

  append_paragraphs (message, "Paragraph", 30);
  settle (fixture);
  scroll_to (fixture, 100);
  append_paragraphs (message, "More", 1);
  settle (fixture);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "New text");
  g_signal_emit_by_name (button, "clicked");
  settle (fixture);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");
}

static void
test_reveal (Fixture *fixture, gconstpointer data)
{
  static const char *const words[] = { "nothing", "1500 GOES", NULL };
  static const char *const thoughts[] = { "THOUGHT.", NULL };
  SondeMessage *message;
  GtkWidget *row;

  message = add (fixture, SONDE_ROLE_ASSISTANT, "");
  append_paragraphs (message, "Paragraph", 2000);
  message = add (fixture, SONDE_ROLE_ASSISTANT, rich);
  sonde_message_append_text (message, SONDE_TEXT_REASONING, "First.\n\nA deep thought.", -1);
  message = add (fixture, SONDE_ROLE_ASSISTANT, "");
  append_paragraphs (message, "Last", 100);
  settle (fixture);

  sonde_transcript_reveal (fixture->transcript, 1, words);
  settle (fixture);
  row = find_row (GTK_WIDGET (fixture->column), "Paragraph 1500 ");
  g_assert_nonnull (row);
  g_assert_cmpfloat (get_y (fixture, row), >=, 0);
  g_assert_cmpfloat (get_y (fixture, row), <, 250);

  sonde_transcript_reveal (fixture->transcript, 2, thoughts);
  settle (fixture);
  row = find_row (GTK_WIDGET (fixture->column), "A deep thought.");
  g_assert_nonnull (row);
  g_assert_cmpfloat (get_y (fixture, row), >=, 0);
  g_assert_cmpfloat (get_y (fixture, row), <, 250);

  /* A message that is not there yet is waited for. */
  scroll_to (fixture, get_end (fixture));
  sonde_transcript_reveal (fixture->transcript, 4, NULL);
  settle (fixture);
  g_assert_true (sonde_turn_column_get_following (fixture->column));
  message = add (fixture, SONDE_ROLE_ASSISTANT, "");
  append_paragraphs (message, "Awaited", 100);
  settle (fixture);
  row = find_row (GTK_WIDGET (fixture->column), "Awaited 0 ");
  g_assert_nonnull (row);
  g_assert_cmpfloat (get_y (fixture, row), <, 250);
  g_assert_false (sonde_turn_column_get_following (fixture->column));
}

/* The line that is read stays where it is when all text grows. */
static void
test_zoom (Fixture *fixture, gconstpointer data)
{
  SondeMessage *message = add (fixture, SONDE_ROLE_ASSISTANT, "");
  GtkWidget *row;
  double em = sonde_text_em (GTK_WIDGET (fixture->column));
  double zoom;

  append_paragraphs (message, "Paragraph", 100);
  settle (fixture);
  scroll_to (fixture, get_end (fixture) / 2);
  row = find_row (GTK_WIDGET (fixture->column), "Paragraph 50 ");
  scroll_to (fixture, get_value (fixture) + get_y (fixture, row));
  for (guint i = 0; i < 3; i++) {
    static const double zooms[] = { 2, 0.8, 1 };

    sonde_transcript_set_zoom (fixture->transcript, zooms[i]);
    settle (fixture);
    g_assert_cmpfloat_with_epsilon (sonde_text_em (GTK_WIDGET (fixture->column)), em * zooms[i],
                                    0.5);
    row = find_row (GTK_WIDGET (fixture->column), "Paragraph 50 ");
    g_assert_nonnull (row);
    g_assert_cmpfloat_with_epsilon (get_y (fixture, row), 0, 0.1);
  }

  sonde_transcript_set_zoom (fixture->transcript, 7);
  g_object_get (fixture->transcript, "zoom", &zoom, NULL);
  g_assert_cmpfloat_with_epsilon (zoom, 3, 0.001);
}

/* What is drawn of the first block of code. */
static GBytes *
draw_code (Fixture *fixture)
{
  GtkWidget *block = find (GTK_WIDGET (fixture->column), SONDE_TYPE_CODE_BLOCK);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (block);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  GBytes *bytes;

  gdk_paintable_snapshot (paintable, snapshot, 100, 100);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  bytes = gsk_render_node_serialize (node);
  gsk_render_node_unref (node);

  return bytes;
}

/* There is less room between messages, and code has other colours, at once. */
static void
test_appearance (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) same = NULL;
  g_autoptr (GBytes) after = NULL;
  double end;

  for (guint i = 0; i < 20; i++) {
    add (fixture, SONDE_ROLE_USER, "Question");
    add (fixture, SONDE_ROLE_ASSISTANT, "Answer\n\n```c\nreturn 1; // x\n```\n");
  }
  settle (fixture);
  end = get_end (fixture);
  g_object_set (fixture->transcript, "compact", TRUE, NULL);
  settle (fixture);
  g_assert_cmpfloat (get_end (fixture), <, end - 39 * 8);
  g_object_set (fixture->transcript, "compact", FALSE, NULL);
  settle (fixture);
  g_assert_cmpfloat_with_epsilon (get_end (fixture), end, 1);

  before = draw_code (fixture);
  same = draw_code (fixture);
  g_assert_true (g_bytes_equal (before, same));
  g_object_set (fixture->transcript, "code-scheme", "solarized-light", NULL);
  settle (fixture);
  after = draw_code (fixture);
  g_assert_false (g_bytes_equal (before, after));
}

/* The focus goes from message to message, and Tab enters at what is seen. */
static void
test_step (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) other = sonde_conversation_new (2, 0);
  GtkWidget *column = GTK_WIDGET (fixture->column);

  open_long (fixture, other, 20);
  sonde_turn_column_step (fixture->column, -1);
  settle (fixture);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == get_turn (fixture, 19));
  g_assert_cmpfloat (get_y (fixture, get_turn (fixture, 19)), >=, 0);
  for (int i = 18; i >= 0; i--) {
    sonde_turn_column_step (fixture->column, -1);
    settle (fixture);
    g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) ==
                   get_turn (fixture, (guint) i));
    g_assert_cmpfloat (get_y (fixture, get_turn (fixture, (guint) i)), >=, 0);
    g_assert_cmpfloat (get_y (fixture, get_turn (fixture, (guint) i)), <, 100);
  }
  sonde_turn_column_step (fixture->column, -1);
  sonde_turn_column_step (fixture->column, 1);
  settle (fixture);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == get_turn (fixture, 1));

  gtk_window_set_focus (fixture->window, NULL);
  scroll_to (fixture, get_end (fixture) / 2);
  g_assert_true (gtk_widget_child_focus (column, GTK_DIR_TAB_FORWARD));
  settle (fixture);
  g_assert_true (
    g_type_is_a (G_OBJECT_TYPE (gtk_root_get_focus (GTK_ROOT (fixture->window))), SONDE_TYPE_TURN));
  g_assert_cmpfloat (get_y (fixture, gtk_root_get_focus (GTK_ROOT (fixture->window))), <, 500);
  sonde_transcript_set_conversation (fixture->transcript, NULL);
}

static void
test_versions (Fixture *fixture, gconstpointer data)
{
  SondeMessage *question = add (fixture, SONDE_ROLE_USER, "Why?");
  SondeMessage *answer = add (fixture, SONDE_ROLE_ASSISTANT, "Because.");
  GtkWidget *previous = find_button (get_turn (fixture, 1), "Previous Version");
  GtkWidget *next = find_button (get_turn (fixture, 1), "Next Version");
  GtkWidget *box = gtk_widget_get_parent (next);
  GtkWidget *edited = gtk_widget_get_next_sibling (gtk_widget_get_first_child (
    find (get_turn (fixture, 0), g_type_from_name ("SondeTurnFooter"))));

  settle (fixture);
  g_assert_false (gtk_widget_get_visible (box));
  g_assert_false (gtk_widget_get_visible (edited));

  sonde_message_set_versions (question, 1, 2);
  sonde_message_set_versions (answer, 2, 3);
  settle (fixture);
  g_assert_true (gtk_widget_get_visible (box));
  g_assert_true (gtk_widget_get_visible (edited));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (gtk_widget_get_next_sibling (previous))), ==,
                   "2/3");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (next)), ==,
                   "win.message-next-version");
  g_assert_cmpint (
    g_variant_get_int64 (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (next))), ==, 2);

  sonde_message_set_versions (answer, 3, 3);
  settle (fixture);
  g_assert_null (gtk_actionable_get_action_name (GTK_ACTIONABLE (next)));
  g_assert_false (gtk_widget_get_sensitive (next));
  g_assert_nonnull (gtk_actionable_get_action_name (GTK_ACTIONABLE (previous)));
}

/* Calls of tools and their results are shown as they are. */
static void
test_tools (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeMessageDetails) details = sonde_message_details_new ();
  SondeMessage *message;

  details->tool_calls = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_tool_call_free);
  g_ptr_array_add (details->tool_calls,
                   sonde_tool_call_new ("1", "get_weather", "{\"city\": \"<b>\"}", FALSE));
  message = add_streaming (fixture, SONDE_PHASE_ANSWERING);
  sonde_message_set_details (message, details);
  sonde_message_set_finish_reason (message, "tool_calls");
  sonde_message_set_state (message, SONDE_MESSAGE_COMPLETE);
  add (fixture, SONDE_ROLE_TOOL, "18 °C");
  settle (fixture);
  g_assert_nonnull (find_literal (get_turn (fixture, 0), "get_weather({\"city\": \"<b>\"})"));
  g_assert_true (has_name (get_turn (fixture, 1), "Tool"));
  g_assert_nonnull (find_literal (get_turn (fixture, 1), "18 °C"));
}

static void
edit_done_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  char **edited = data;
  gint64 id;
  const char *text;

  g_variant_get (parameter, "(x&s)", &id, &text);
  g_free (*edited);
  *edited = g_strdup_printf ("%" G_GINT64_FORMAT " %s", id, text);
}

static void
test_edit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action =
    g_simple_action_new ("message-edit-done", G_VARIANT_TYPE ("(xs)"));
  g_autofree char *edited = NULL;
  GtkWidget *turn;
  GtkTextBuffer *buffer;

  g_signal_connect (action, "activate", G_CALLBACK (edit_done_cb), &edited);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
  gtk_widget_insert_action_group (GTK_WIDGET (fixture->window), "win", G_ACTION_GROUP (actions));
  add (fixture, SONDE_ROLE_USER, "Why?");
  append_paragraphs (add (fixture, SONDE_ROLE_ASSISTANT, ""), "Because", 100);
  settle (fixture);
  scroll_to (fixture, 0);
  turn = get_turn (fixture, 0);

  /* Left as it was. */
  g_signal_emit_by_name (find_button (turn, "Edit"), "clicked");
  settle (fixture);
  g_assert_true (sonde_turn_get_editing (SONDE_TURN (turn)));
  g_assert_true (GTK_IS_TEXT_VIEW (gtk_root_get_focus (GTK_ROOT (fixture->window))));
  g_signal_emit_by_name (find_button (turn, "_Cancel"), "clicked");
  g_assert_false (sonde_turn_get_editing (SONDE_TURN (turn)));
  g_assert_null (edited);

  /* What is written stays, however far one scrolls. */
  sonde_transcript_edit_message (fixture->transcript, 1);
  settle (fixture);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (find (turn, GTK_TYPE_TEXT_VIEW)));
  gtk_text_buffer_set_text (buffer, "  How?\n", -1);
  gtk_window_set_focus (fixture->window, NULL);
  scroll_to (fixture, get_end (fixture));
  scroll_to (fixture, 0);
  turn = get_turn (fixture, 0);
  g_assert_true (sonde_turn_get_editing (SONDE_TURN (turn)));
  g_signal_emit_by_name (find_button (turn, "_Save and Send"), "clicked");
  g_assert_cmpstr (edited, ==, "1 How?");
  g_assert_false (sonde_turn_get_editing (SONDE_TURN (turn)));
}

static void
assert_inside (GtkWidget *widget, GtkWidget *column)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget) ||
      G_TYPE_CHECK_INSTANCE_TYPE (widget, g_type_from_name ("SondeSideScroller")))
    return;
  g_assert_true (gtk_widget_compute_bounds (widget, column, &bounds));
  g_assert_cmpfloat (bounds.origin.x, >=, 0);
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (column));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_inside (child, column);
}

static void
test_widths (void)
{
  static const int widths[] = { 360, 1100 };

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++) {
    Fixture fixture = { 0 };
    g_autoptr (SondeFailure) failure =
      sonde_failure_new (SONDE_FAILURE_RATE_LIMIT, 429,
                         "Averyveryverylongwordwithoutanyspaceinitwhichhastobebroken", "t");
    SondeMessage *message;
    GtkWidget *turn;
    double em;

    set_up_sized (&fixture, widths[i], 3000);
    g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture.column)), <=, widths[i]);
    add (&fixture, SONDE_ROLE_USER,
         "https://example.org/averyverylongaddressthathasnospaceinitatall"
         "butismuchlongerthantheline and words");
    message = add (&fixture, SONDE_ROLE_ASSISTANT, rich);
    append (message, "\n| a | b | c | d | e | f |\n|-|-|-|-|-|-|\n| long words here | long words "
                     "here | long words here | long words here | long words here | end |\n\n"
                     "```\nA line of code that is much too long for a window that is narrow and "
                     "also for one that is not narrow at all, so that it scrolls sideways\n```\n");
    sonde_message_append_text (message, SONDE_TEXT_REASONING, "Thoughts", -1);
    sonde_message_set_failure (message, failure);
    sonde_message_set_state (message, SONDE_MESSAGE_FAILED);
    settle (&fixture);
    turn = get_turn (&fixture, 1);
    em = sonde_text_em (GTK_WIDGET (fixture.column));
    g_assert_cmpfloat (gtk_widget_get_width (turn), <=, 46 * em);
    if (widths[i] == 360)
      g_assert_cmpint (gtk_widget_get_width (turn), >=, 320);
    else
      g_assert_cmpfloat_with_epsilon (gtk_widget_get_width (turn), 46 * em, 1);
    assert_inside (get_turn (&fixture, 0), GTK_WIDGET (fixture.column));
    assert_inside (turn, GTK_WIDGET (fixture.column));
    tear_down (&fixture, NULL);
  }
}

/* What the desktop says in its own words stands below a sentence. */
static void
test_detail (void)
{
  g_autofree char *plain = sonde_notice_dup_detail ("Connection refused");
  g_autofree char *fenced =
    sonde_notice_dup_detail ("This call is not available inside the sandbox");

  g_assert_cmpstr (plain, ==, "Connection refused");
  g_assert_cmpstr (fenced, ==,
                   "The sandbox that Sonde runs in has no network.\n"
                   "This call is not available inside the sandbox");
  g_assert_null (sonde_notice_dup_detail (NULL));
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/transcript/roles", test_roles },
    { "/transcript/markup", test_markup },
    { "/transcript/no-news", test_no_news },
    { "/transcript/direction", test_direction },
    { "/transcript/waiting", test_waiting },
    { "/transcript/reasoning", test_reasoning },
    { "/transcript/announced", test_announced },
    { "/transcript/failures", test_failures },
    { "/transcript/endings", test_endings },
    { "/transcript/figures", test_figures },
    { "/transcript/copy", test_copy },
    { "/transcript/streaming", test_streaming },
    { "/transcript/same", test_same },
    { "/transcript/rows", test_rows },
    { "/transcript/follow", test_follow },
    { "/transcript/anchor", test_anchor },
    { "/transcript/toggle", test_toggle },
    { "/transcript/open", test_open },
    { "/transcript/steps", test_steps },
    { "/transcript/insertion-above", test_insertion_above },
    { "/transcript/long-answer", test_long_answer },
    { "/transcript/remembered", test_remembered },
    { "/transcript/glide", test_glide },
    { "/transcript/news", test_news },
    { "/transcript/reveal", test_reveal },
    { "/transcript/appearance", test_appearance },
    { "/transcript/zoom", test_zoom },
    { "/transcript/step", test_step },
    { "/transcript/edit", test_edit },
    { "/transcript/tools", test_tools },
    { "/transcript/versions", test_versions },
  };

  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  /* What glides is not yet where it is to be. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  g_test_add_func ("/transcript/widths", test_widths);
  g_test_add_func ("/transcript/detail", test_detail);

  return g_test_run ();
}
