/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Texts of the transcript: what is drawn, selected, copied, coloured and opened. */

#include "sonde-clipboard.h"
#include "sonde-code-block.h"
#include "sonde-code-colours.h"
#include "sonde-code-scheme.h"
#include "sonde-conversation.h"
#include "sonde-link.h"
#include "sonde-selection.h"
#include "sonde-table-block.h"
#include "sonde-text-block.h"
#include "sonde-text.h"
#include "sonde-transcript.h"

#include "sonde-display-test.h"

/* --- a window with a transcript --------------------------------------------------- */

typedef struct {
  GtkWindow *window;
  GtkWidget *transcript;
  SondeConversation *conversation;
  SondeSelection *selection;
  gint64 last_id;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->conversation = sonde_conversation_new (1, 0);
  fixture->transcript = sonde_transcript_new ();
  fixture->window = GTK_WINDOW (adw_window_new ());
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->transcript);
  sonde_transcript_set_conversation (SONDE_TRANSCRIPT (fixture->transcript), fixture->conversation);
  fixture->selection = sonde_selection_find (fixture->transcript);
  sonde_show_window (fixture->window, 800, 900);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
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

  sonde_message_set_text (message, SONDE_TEXT_CONTENT, text);
  sonde_conversation_append (fixture->conversation, message);
  sonde_wait_frame (fixture->transcript);
  sonde_wait_frame (fixture->transcript);

  return message;
}

static SondeTextBlock *
find_text (Fixture *fixture, const char *beginning)
{
  g_autoptr (GPtrArray) blocks = sonde_selection_dup_blocks (fixture->selection);

  for (guint i = 0; i < blocks->len; i++) {
    if (g_str_has_prefix (sonde_text_block_get_text (g_ptr_array_index (blocks, i)), beginning))
      return g_ptr_array_index (blocks, i);
  }
  g_error ("no text begins with \"%s\"", beginning);
}

static void
put_caret (Fixture *fixture, SondeTextBlock *block, guint offset)
{
  SondeTranscriptPosition position = *sonde_text_block_get_place (block);

  position.offset = offset;
  gtk_widget_grab_focus (GTK_WIDGET (block));
  sonde_selection_set (fixture->selection, &position, &position);
}

static void
select_between (Fixture *fixture, SondeTextBlock *first, guint from, SondeTextBlock *last, guint to)
{
  SondeTranscriptPosition start = *sonde_text_block_get_place (first);
  SondeTranscriptPosition end = *sonde_text_block_get_place (last);

  start.offset = from;
  end.offset = to;
  sonde_selection_set (fixture->selection, &start, &end);
}

static void
assert_written (Fixture *fixture, SondeClipboardFormat format, const char *expected)
{
  g_autofree char *text = sonde_clipboard_dup_text (fixture->selection, format);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_copied (Fixture *fixture, const char *expected)
{
  g_autofree char *text = sonde_clipboard_dup_text (fixture->selection, SONDE_CLIPBOARD_PLAIN);

  g_assert_cmpstr (text, ==, expected);
}

/* --- selection ------------------------------------------------------------------- */

static void
test_across (Fixture *fixture, gconstpointer data)
{
  SondeTextBlock *question;
  SondeTextBlock *last;
  guint start;
  guint end;

  add (fixture, SONDE_ROLE_USER, "Question one");
  add (fixture, SONDE_ROLE_ASSISTANT,
       "A **bold** answer.\n\n```c\nint x;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nEnd.");
  add (fixture, SONDE_ROLE_USER, "Question two");
  question = find_text (fixture, "Question one");
  last = find_text (fixture, "Question two");

  /* From the third message back into the first: everything between is selected. */
  select_between (fixture, last, 8, question, 9);
  g_assert_true (sonde_text_block_get_selection (question, &start, &end));
  g_assert_cmpuint (start, ==, 9);
  g_assert_cmpuint (end, ==, 12);
  g_assert_true (sonde_text_block_get_selection (find_text (fixture, "int x;"), &start, &end));
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, 6);
  g_assert_true (sonde_text_block_get_selection (find_text (fixture, "2"), NULL, NULL));
  g_assert_true (sonde_text_block_get_selection (last, &start, &end));
  g_assert_cmpuint (end, ==, 8);
  assert_copied (fixture, "one\n\nA bold answer.\n\nint x;\n\na\tb\n1\t2\n\nEnd.\n\nQuestion");

  assert_written (fixture, SONDE_CLIPBOARD_MARKDOWN,
                  "one\n\nA **bold** answer.\n\n```c\nint x;\n```\n\n"
                  "| a | b |\n|---|---|\n| 1 | 2 |\n\nEnd.\n\nQuestion");

  /* A part of the bold word is bold in HTML as well. */
  select_between (fixture, find_text (fixture, "A bold"), 4, find_text (fixture, "A bold"), 6);
  assert_written (fixture, SONDE_CLIPBOARD_HTML, "<p><strong>ld</strong></p>\n");

  sonde_selection_clear (fixture->selection);
  g_assert_false (sonde_text_block_get_selection (last, NULL, NULL));
}

/* What is selected stays so while the answer goes on, and after it was out of sight. */
static void
test_streaming (Fixture *fixture, gconstpointer data)
{
  SondeMessage *message = add (fixture, SONDE_ROLE_ASSISTANT, "First.\n\nThe sec");
  GtkAdjustment *adjustment;
  SondeTextBlock *second;
  guint start;
  guint end;

  sonde_message_set_state (message, SONDE_MESSAGE_STREAMING);
  select_between (fixture, find_text (fixture, "First"), 2, find_text (fixture, "The sec"), 5);
  for (guint i = 0; i < 200; i++)
    sonde_message_append_text (message, SONDE_TEXT_CONTENT, "ond goes **on** and on.\n\nMore ", -1);
  sonde_wait_frame (fixture->transcript);
  sonde_wait_frame (fixture->transcript);
  assert_copied (fixture, "rst.\n\nThe s");

  adjustment = gtk_scrolled_window_get_vadjustment (
    sonde_find_widget (fixture->transcript, GTK_TYPE_SCROLLED_WINDOW));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  sonde_wait_frame (fixture->transcript);
  sonde_wait_frame (fixture->transcript);
  gtk_adjustment_set_value (adjustment, 0);
  sonde_wait_frame (fixture->transcript);
  sonde_wait_frame (fixture->transcript);
  second = find_text (fixture, "The second");
  g_assert_true (sonde_text_block_get_selection (second, &start, &end));
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, 5);
  sonde_message_set_state (message, SONDE_MESSAGE_COMPLETE);
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  GtkWidget *widget = fixture->transcript;
  SondeTextBlock *text;

  add (fixture, SONDE_ROLE_USER, "First words");
  add (fixture, SONDE_ROLE_ASSISTANT, "Two lines here.\n\nAnd another.");
  text = find_text (fixture, "Two");

  put_caret (fixture, text, 0);
  sonde_press (widget, "shift+Right shift+Right shift+Right");
  assert_copied (fixture, "Two");
  sonde_press (widget, "ctrl+shift+Right");
  assert_copied (fixture, "Two lines");
  sonde_press (widget, "shift+End shift+Down");
  assert_copied (fixture, "Two lines here.\n\nAnd another.");
  sonde_press (widget, "Left");
  g_assert_true (sonde_selection_is_empty (fixture->selection));
  /* Back at its beginning; one more letter to the left is in the message before. */
  sonde_press (widget, "Left shift+Home");
  assert_copied (fixture, "First words");

  put_caret (fixture, text, 4);
  sonde_press (widget, "ctrl+a");
  assert_copied (fixture, "Two lines here.\n\nAnd another.");
  sonde_press (widget, "ctrl+a");
  assert_copied (fixture, "First words\n\nTwo lines here.\n\nAnd another.");
  sonde_press (widget, "Escape");
  g_assert_true (sonde_selection_is_empty (fixture->selection));
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  SondeTextBlock *text;
  guint start;
  guint end;

  add (fixture, SONDE_ROLE_ASSISTANT, "One two, three.\n\n中文字");
  text = find_text (fixture, "One");
  sonde_text_block_find_word (text, 5, &start, &end);
  g_assert_cmpuint (start, ==, 4);
  g_assert_cmpuint (end, ==, 7);
  sonde_text_block_find_word (text, 15, &start, &end);
  g_assert_cmpuint (end, ==, 15);
  text = find_text (fixture, "中");
  g_assert_cmpuint (sonde_text_block_move_visually (text, 3, 1), ==, 6);
}

/* --- clipboard -------------------------------------------------------------------- */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  g_assert_no_error (error);
}

static void
test_clipboard (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (fixture->transcript);
  GdkContentFormats *formats;
  g_autofree char *text = NULL;
  SondeTextBlock *block;

  add (fixture, SONDE_ROLE_ASSISTANT, "Copy **me** now.");
  block = find_text (fixture, "Copy");
  put_caret (fixture, block, 5);
  sonde_press (fixture->transcript, "shift+End ctrl+c");
  formats = gdk_clipboard_get_formats (clipboard);
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/html"));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/markdown"));
  gdk_clipboard_read_text_async (clipboard, NULL, read_cb, &text);
  sonde_test_wait (text != NULL);
  g_assert_cmpstr (text, ==, "me now.");
  g_assert_true (gdk_clipboard_is_local (gtk_widget_get_primary_clipboard (fixture->transcript)));
}

/* --- what is read ------------------------------------------------------------------ */

static void
test_accessible (Fixture *fixture, gconstpointer data)
{
  GtkAccessibleText *text;
  GtkAccessibleTextInterface *iface;
  GtkAccessibleTextRange *ranges;
  SondeTextBlock *block;
  GBytes *bytes;
  char **names;
  char **values;
  gsize n;
  guint start;
  guint end;

  add (fixture, SONDE_ROLE_ASSISTANT, "Ein **süßes** [Wort](https://example.org). Und noch eins.");
  block = find_text (fixture, "Ein");
  text = GTK_ACCESSIBLE_TEXT (block);
  iface = GTK_ACCESSIBLE_TEXT_GET_IFACE (text);

  bytes = iface->get_contents (text, 4, 9);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "süßes", 7);
  g_bytes_unref (bytes);
  bytes = iface->get_contents_at (text, 16, GTK_ACCESSIBLE_TEXT_GRANULARITY_SENTENCE, &start, &end);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "Und noch eins.", 14);
  g_assert_cmpuint (start, ==, 16);
  g_bytes_unref (bytes);

  g_assert_true (iface->get_attributes (text, 5, &n, &ranges, &names, &values));
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (ranges[0].start, ==, 4);
  g_assert_cmpuint (ranges[0].length, ==, 5);
  g_assert_cmpstr (names[0], ==, GTK_ACCESSIBLE_ATTRIBUTE_WEIGHT);
  g_strfreev (names);
  g_strfreev (values);
  g_free (ranges);

  select_between (fixture, block, 4, block, 11);
  g_assert_true (iface->get_selection (text, &n, &ranges));
  g_assert_cmpuint (ranges[0].start, ==, 4);
  g_assert_cmpuint (ranges[0].length, ==, 5);
  g_free (ranges);
  g_assert_cmpuint (iface->get_caret_position (text), ==, 9);
  gtk_test_accessible_assert_role (sonde_find_widget (GTK_WIDGET (block), SONDE_TYPE_TEXT_LINK),
                                   GTK_ACCESSIBLE_ROLE_LINK);
}

/* What is hidden is shown, in as many bytes, so that code cannot look like other code. */
static void
test_visible (void)
{
  static const char trick[] = "if (admin\342\200\256 \342\201\246// \342\201\251) \357\273\277x";
  static const char flag[] = "\360\237\217\264\363\240\201\247\363\240\201\277";
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autofree char *shown = sonde_text_make_visible (trick, sizeof trick - 1, attributes);
  g_autofree char *same = sonde_text_make_visible (flag, sizeof flag - 1, attributes);
  g_autoptr (GSList) marked = pango_attr_list_get_attributes (attributes);

  g_assert_cmpuint (strlen (shown), ==, sizeof trick - 1);
  g_assert_null (strstr (shown, "\342\200\256"));
  g_assert_null (strstr (shown, "\342\201\246"));
  g_assert_null (strstr (shown, "\357\273\277"));
  g_assert_cmpuint (g_slist_length (marked), ==, 4);
  g_slist_foreach (marked, (GFunc) (void (*) (void)) pango_attribute_destroy, NULL);
  g_assert_cmpstr (same, ==, flag);
}

/* However bad a text is, it is laid out. */
static void
test_bad_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GString) zalgo = g_string_new ("z");

  for (guint i = 0; i < 1024 * 1024 / 8; i++)
    g_string_append (line, "longtext");
  for (guint i = 0; i < 20000; i++)
    g_string_append (zalgo, "\314\221");
  add (fixture, SONDE_ROLE_ASSISTANT, line->str);
  add (fixture, SONDE_ROLE_ASSISTANT, zalgo->str);
  add (fixture, SONDE_ROLE_USER, "<b>&amp;\001\177\342\200\256</b>");
  g_assert_cmpstr (sonde_text_block_get_text (find_text (fixture, "<b>")), ==,
                   "<b>&amp;\001\177\342\200\256</b>");
}

/* --- links ------------------------------------------------------------------------- */

static void
test_links (void)
{
  static const struct {
    const char *text;
    const char *target;
    gboolean safe;
    gboolean honest;
  } cases[] = {
    { "Euclid's proof", "https://example.org/proof", TRUE, TRUE },
    { "https://example.org/a", "https://example.org/b", TRUE, TRUE },
    { "example.org", "https://www.example.org/", TRUE, TRUE },
    { "version 3.14, e.g. this", "https://example.org/", TRUE, TRUE },
    { "Node.js", "https://example.org/", TRUE, TRUE },
    { "write", "mailto:me@example.org", TRUE, TRUE },
    { "me@example.org", "mailto:me@example.org", TRUE, TRUE },
    { "me@example.org", "mailto:you@example.org", TRUE, FALSE },
    { "https://bank.example", "https://evil.example/", TRUE, FALSE },
    { "bank.example", "https://bank.example.evil.example/", TRUE, FALSE },
    { "www.bank.example/login", "http://evil.example/", TRUE, FALSE },
    { "Click", "https://bank.example@evil.example/", TRUE, FALSE },
    { "Click", "https://b\320\260nk.example/", TRUE, FALSE },
    { "Click", "https://xn--bnk-5cd.example/", TRUE, FALSE },
    { "Click", "javascript:alert(1)", FALSE, FALSE },
    { "Click", "file:///etc/passwd", FALSE, FALSE },
    { "Click", "JAVASCRIPT:alert(1)", FALSE, FALSE },
    { "Click", "data:text/html,x", FALSE, FALSE },
    { "Click", "/relative", FALSE, FALSE },
  };
  g_autofree char *host = sonde_link_dup_host ("https://bank.example@EVIL.example:8080/x");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("[%s](%s)", cases[i].text, cases[i].target);
    g_assert_cmpint (sonde_link_is_safe (cases[i].target), ==, cases[i].safe);
    if (cases[i].safe)
      g_assert_cmpint (sonde_link_is_honest (cases[i].text, cases[i].target), ==, cases[i].honest);
  }
  g_assert_cmpstr (host, ==, "evil.example");
}

/* A link that says it leads elsewhere is asked about, by the keyboard as well. */
static void
test_dishonest_link (Fixture *fixture, gconstpointer data)
{
  AdwDialog *dialog;

  add (fixture, SONDE_ROLE_ASSISTANT, "Go to [bank.example](https://evil.example/login).");
  gtk_widget_grab_focus (
    sonde_find_widget (GTK_WIDGET (find_text (fixture, "Go")), SONDE_TYPE_TEXT_LINK));
  sonde_press (fixture->transcript, "Return");
  dialog = sonde_wait_dialog (fixture->window);
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_nonnull (
    strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), "leads to evil.example."));
  g_assert_cmpstr (adw_alert_dialog_get_default_response (ADW_ALERT_DIALOG (dialog)), ==, "cancel");
  sonde_press (fixture->transcript, "Escape");
  sonde_test_wait (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)) == NULL);
}

/* --- code -------------------------------------------------------------------------- */

static guint
count_attributes (PangoAttrList *list, PangoAttrType type)
{
  GSList *attributes = pango_attr_list_get_attributes (list);
  guint n = 0;

  for (GSList *l = attributes; l != NULL; l = l->next)
    n += ((PangoAttribute *) l->data)->klass->type == type;
  g_slist_free_full (attributes, (GDestroyNotify) pango_attribute_destroy);

  return n;
}

static void
test_code_colours (void)
{
  static const struct {
    const char *name;
    const char *language;
  } names[] = {
    { "py", "Python" }, { "c++", "C++" },  { "js", "JavaScript" }, { "sh", "sh" },
    { "rs", "Rust" },   { "yml", "YAML" }, { "C#", "C#" },         { "brainfuck??", NULL },
  };
  g_autoptr (SondeCodeColours) colours = sonde_code_colours_new ();
  g_autoptr (PangoAttrList) none = NULL;
  g_autoptr (PangoAttrList) light = NULL;
  g_autoptr (PangoAttrList) dark = NULL;
  g_autoptr (PangoAttrList) grown = NULL;
  g_autoptr (PangoAttrList) inside = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    sonde_code_colours_set_language (colours, names[i].name);
    g_assert_cmpstr (sonde_code_colours_get_language_name (colours), ==, names[i].language);
  }
  none = sonde_code_colours_paint (colours, NULL, NULL, "return 1");
  g_assert_null (none);

  sonde_code_colours_set_language (colours, "c");
  g_assert_cmpstr (sonde_code_colours_get_extension (colours), ==, "c");
  light = sonde_code_colours_paint (colours, NULL, NULL, "return \"ü\"; // x");
  g_assert_cmpuint (count_attributes (light, PANGO_ATTR_FOREGROUND), >=, 3);
  /* They are not drawn as transparent as the text is. */
  g_assert_cmpuint (count_attributes (light, PANGO_ATTR_FOREGROUND_ALPHA), ==,
                    count_attributes (light, PANGO_ATTR_FOREGROUND));
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  dark = sonde_code_colours_paint (colours, NULL, NULL, "return \"ü\"; // x");
  g_assert_false (pango_attr_list_equal (light, dark));
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_LIGHT);
  grown = sonde_code_colours_paint (colours, NULL, NULL, "return \"ü\"; // x");
  g_assert_true (pango_attr_list_equal (light, grown));

  /* What a piece means depends on what was before it. */
  inside = sonde_code_colours_paint (colours, NULL, "/* a comment", "return 1; */");
  g_assert_cmpuint (count_attributes (inside, PANGO_ATTR_FOREGROUND), ==, 1);
}

/* Each scheme that can be chosen has two variants, and an unknown one is the platform's. */
static void
test_code_schemes (void)
{
  g_autoptr (SondeCodeColours) colours = sonde_code_colours_new ();
  g_auto (GStrv) ids = NULL;
  g_auto (GStrv) names = NULL;
  g_autoptr (PangoAttrList) own = NULL;
  g_autoptr (PangoAttrList) unknown = NULL;
  guint different = 0;

  sonde_code_scheme_list (&ids, &names);
  g_assert_cmpuint (g_strv_length (ids), >, 1);
  g_assert_cmpuint (g_strv_length (ids), ==, g_strv_length (names));
  g_assert_cmpstr (ids[0], ==, "");
  sonde_code_colours_set_language (colours, "c");
  own = sonde_code_colours_paint (colours, "", NULL, "return 1; // x");
  unknown = sonde_code_colours_paint (colours, "nowhere", NULL, "return 1; // x");
  g_assert_true (pango_attr_list_equal (own, unknown));
  for (guint i = 1; ids[i] != NULL; i++) {
    g_autoptr (PangoAttrList) other = NULL;

    g_assert_true (sonde_code_scheme_find (ids[i], FALSE) != sonde_code_scheme_find (ids[i], TRUE));
    other = sonde_code_colours_paint (colours, ids[i], NULL, "return 1; // x");
    different += !pango_attr_list_equal (own, other);
  }
  g_assert_cmpuint (different, ==, g_strv_length (ids) - 1);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    void (*run) (Fixture *, gconstpointer);
  } tests[] = {
    { "/text/across", test_across },       { "/text/streaming", test_streaming },
    { "/text/keys", test_keys },           { "/text/words", test_words },
    { "/text/clipboard", test_clipboard }, { "/text/accessible", test_accessible },
    { "/text/bad-text", test_bad_text },   { "/text/dishonest-link", test_dishonest_link },
  };

  sonde_display_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  g_test_add_func ("/text/visible", test_visible);
  g_test_add_func ("/text/links", test_links);
  g_test_add_func ("/text/code-colours", test_code_colours);
  g_test_add_func ("/text/code-schemes", test_code_schemes);

  return g_test_run ();
}
