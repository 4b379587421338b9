/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What assistive technology finds in an answer: lists in items in lists, quotes, headings, tables,
 * code. */

#include "sonde-block-group.h"
#include "sonde-block-row.h"
#include "sonde-code-block.h"
#include "sonde-document.h"
#include "sonde-side-scroller.h"
#include "sonde-text-block.h"
#include "sonde-transcript.h"

#include "sonde-display-test.h"

#define PAGE 600.0

/* --- what is there ------------------------------------------------------------------ */

static const char *
name_role (GtkAccessibleRole role)
{
  switch ((int) role) {
  case GTK_ACCESSIBLE_ROLE_LIST:
    return "list";
  case GTK_ACCESSIBLE_ROLE_LIST_ITEM:
    return "item";
  case GTK_ACCESSIBLE_ROLE_BLOCK_QUOTE:
    return "quote";
  case GTK_ACCESSIBLE_ROLE_HEADING:
    return "heading";
  case GTK_ACCESSIBLE_ROLE_TABLE:
    return "table";
  case GTK_ACCESSIBLE_ROLE_ROW:
    return "row";
  case GTK_ACCESSIBLE_ROLE_CELL:
    return "cell";
  default:
    return NULL;
  }
}

/* The parts of it that mean something, with their texts: "list(item(One) item(Two))". */
static void
describe (GtkWidget *widget, GString *description)
{
  const char *role = name_role (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)));
  gsize before;

  if (GTK_IS_LABEL (widget) || GTK_IS_BUTTON (widget))
    return;
  if (description->len > 0 && strchr ("( ", description->str[description->len - 1]) == NULL)
    g_string_append_c (description, ' ');
  if (role != NULL)
    g_string_append_printf (description, "%s(", role);
  if (SONDE_IS_TEXT_BLOCK (widget))
    g_string_append (description, sonde_text_block_get_text (SONDE_TEXT_BLOCK (widget)));
  before = description->len;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (!SONDE_IS_TEXT_BLOCK (widget))
      describe (child, description);
  }
  if (description->len > before && description->str[description->len - 1] == ' ')
    g_string_truncate (description, description->len - 1);
  if (role != NULL)
    g_string_append_c (description, ')');
}

static char *
describe_document (SondeDocument *document)
{
  g_autoptr (GString) description = g_string_new (NULL);

  describe (GTK_WIDGET (document), description);

  return g_string_free (g_steal_pointer (&description), FALSE);
}

static SondeMessage *
make_message (const char *text, gssize length)
{
  SondeMessage *message = sonde_message_new (1, 0, SONDE_ROLE_ASSISTANT, 0);
  g_autofree char *part = g_strndup (text, length < 0 ? strlen (text) : (gsize) length);

  sonde_message_set_text (message, SONDE_TEXT_CONTENT, part);
  sonde_message_set_state (message, SONDE_MESSAGE_STREAMING);

  return message;
}

/* A document all of which is near. */
static SondeDocument *
show (SondeMessage *message)
{
  SondeDocument *document =
    SONDE_DOCUMENT (g_object_ref_sink (sonde_document_new (SONDE_TEXT_CONTENT)));

  sonde_document_show_message (document, message, 0);
  sonde_document_set_view (document, 0, 100 * PAGE);

  return document;
}

static void
test_nesting (void)
{
  static const struct {
    const char *source;
    const char *expected;
  } tests[] = {
    { "- One\n- Two", "list(item(One) item(Two))" },
    { "1. One\n\n   more\n\n2. Two", "list(item(One more) item(Two))" },
    { "- One\n  - In it\n    - Deeper\n- Two",
      "list(item(One list(item(In it list(item(Deeper))))) item(Two))" },
    { "- One\n\n1. Another", "list(item(One)) list(item(Another))" },
    { "Text\n\n- One\n\nText", "Text list(item(One)) Text" },
    { "- - Twice", "list(item(list(item(Twice))))" },
    { "> A\n>\n> B\n>\n> > C\n>\n> - D", "quote(A B quote(C) list(item(D)))" },
    { "- > A\n- > B", "list(item(quote(A)) item(quote(B)))" },
    { "- [x] Done\n- [ ] To do", "list(item(Done) item(To do))" },
    { "# One\n\n## Two", "heading(One) heading(Two)" },
    { "- One\n\n  | a |\n  |---|\n  | b |", "list(item(One table(row(cell(a)) row(cell(b)))))" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autoptr (SondeMessage) message = make_message (tests[i].source, -1);
    g_autoptr (SondeDocument) document = show (message);
    g_autofree char *description = describe_document (document);

    g_assert_cmpstr (description, ==, tests[i].expected);
  }
}

/* However it comes, the parts are those of an answer that is there at once. */
static void
test_growing (void)
{
  static const char source[] =
    "Text\n- One\n- Two\n  1. Three\n\n     more\n  2. Four\n\n> A\n> - B\n>   > C\n>\n> - D\n\n"
    "- E\n\n  | a | b |\n  |---|---|\n  | c | d |\n\n- F\n***\n- [ ] G\n- H\n===\n\n* I\n\nEnd";
  g_autoptr (SondeMessage) message = make_message ("", 0);
  g_autoptr (SondeDocument) document = show (message);

  for (gsize i = 1; i <= strlen (source); i++) {
    g_autoptr (SondeMessage) whole = make_message (source, (gssize) i);
    g_autoptr (SondeDocument) opened = show (whole);
    g_autofree char *expected = describe_document (opened);
    g_autofree char *description = NULL;

    sonde_message_append_text (message, SONDE_TEXT_CONTENT, source + i - 1, 1);
    sonde_document_show_message (document, message, i - 1);
    sonde_document_set_view (document, 0, 100 * PAGE);
    description = describe_document (document);
    g_assert_cmpstr (description, ==, expected);
  }
}

/* A text that changes altogether, as an edited one does. */
static void
test_changing (void)
{
  static const char *const sources[] = {
    "- One\n- Two\n- Three", "One\n\n- Two\n- Three",     "> - One\n> - Two",          "",
    "1. One\n\n   > Two",    "- One\n\n  Two\n\n- Three", "- One\n  - Two\n  - Three",
  };
  g_autoptr (SondeMessage) message = make_message ("", 0);
  g_autoptr (SondeDocument) document = show (message);

  for (gsize i = 0; i < 3 * G_N_ELEMENTS (sources); i++) {
    const char *source = sources[i * 3 % G_N_ELEMENTS (sources)];
    g_autoptr (SondeMessage) whole = make_message (source, -1);
    g_autoptr (SondeDocument) opened = show (whole);
    g_autofree char *expected = describe_document (opened);
    g_autofree char *description = NULL;

    sonde_message_set_text (message, SONDE_TEXT_CONTENT, source);
    sonde_document_show_message (document, message, 0);
    sonde_document_set_view (document, 0, 100 * PAGE);
    description = describe_document (document);
    g_assert_cmpstr (description, ==, expected);
  }
}

/* --- what is near ------------------------------------------------------------------- */

static guint
count_items (SondeDocument *document, guint *n_lists)
{
  guint n = 0;

  *n_lists = 0;
  for (GtkWidget *list = gtk_widget_get_first_child (GTK_WIDGET (document)); list != NULL;
       list = gtk_widget_get_next_sibling (list)) {
    (*n_lists)++;
    for (GtkWidget *item = gtk_widget_get_first_child (list); item != NULL;
         item = gtk_widget_get_next_sibling (item))
      n++;
  }

  return n;
}

/* Of a long list the items near what is seen are there, in one list, wherever it is scrolled to. */
static void
test_near (void)
{
  static const double tops[] = { 0, 5000, 5400, 4900, 4000, 12000, 11500, 11900, 0 };
  g_autoptr (GString) source = g_string_new (NULL);
  g_autoptr (SondeMessage) message = NULL;
  g_autoptr (SondeDocument) document = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (source, "- Item %u\n", i);
  message = make_message (source->str, -1);
  document = SONDE_DOCUMENT (g_object_ref_sink (sonde_document_new (SONDE_TEXT_CONTENT)));
  sonde_document_show_message (document, message, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (tops); i++) {
    guint n_lists;
    guint n_items;

    sonde_document_set_view (document, tops[i], tops[i] + PAGE);
    n_items = count_items (document, &n_lists);
    g_assert_cmpuint (n_lists, ==, 1);
    g_assert_cmpuint (n_items, >, 20);
    g_assert_cmpuint (n_items, <, 200);
  }
}

static void
test_places (void)
{
  static const char source[] =
    "Text.\n\n- One\n  - Two\n  - Three, which goes on and on, so that it is broken into lines\n"
    "- Four\n\n> A\n>\n> > B\n\nEnd.";
  g_autoptr (SondeConversation) conversation = sonde_conversation_new (1, 0);
  g_autoptr (SondeMessage) message = make_message (source, -1);
  GtkWidget *transcript = sonde_transcript_new ();
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  SondeDocument *document;

  adw_window_set_content (ADW_WINDOW (window), transcript);
  sonde_transcript_set_conversation (SONDE_TRANSCRIPT (transcript), conversation);
  sonde_conversation_append (conversation, message);
  sonde_show_window (window, 360, 600);
  sonde_wait_frame (transcript);
  document = sonde_find_widget (transcript, SONDE_TYPE_DOCUMENT);
  g_assert_cmpuint (sonde_document_get_n_blocks (document), ==, 8);
  for (guint i = 0; i < sonde_document_get_n_blocks (document); i++) {
    GtkWidget *row = sonde_document_get_row (document, i);
    graphene_rect_t bounds;
    graphene_rect_t inside;

    /* A row is where it would be without groups, */
    g_assert_true (gtk_widget_compute_bounds (row, GTK_WIDGET (document), &bounds));
    g_assert_cmpint ((int) bounds.origin.y, ==, sonde_document_get_block_top (document, i));
    g_assert_cmpint ((int) bounds.size.height, ==, sonde_document_get_block_height (document, i));
    /* and each of its groups is around it. */
    for (GtkWidget *group = gtk_widget_get_parent (row); SONDE_IS_BLOCK_GROUP (group);
         group = gtk_widget_get_parent (group)) {
      const graphene_rect_t own = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (group),
                                                      (float) gtk_widget_get_height (group));

      g_assert_true (gtk_widget_compute_bounds (row, group, &inside));
      g_assert_true (graphene_rect_contains_rect (&own, &inside));
    }
  }
  gtk_window_destroy (window);
}

static void
test_code (void)
{
  static const struct {
    const char *source;
    const char *expected;
  } tests[] = {
    { "```py\nx = 1\n```", "Code, Python" },
    { "```nolanguage\nx\n```", "Code, nolanguage" },
    { "```\nx\n```", "Code" },
    { "$$\nx\n$$", "Formula" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autoptr (SondeMessage) message = make_message (tests[i].source, -1);
    g_autoptr (SondeDocument) document = show (message);
    GtkWidget *code = sonde_find_widget (GTK_WIDGET (document), SONDE_TYPE_CODE_BLOCK);

    gtk_test_accessible_assert_role (code, GTK_ACCESSIBLE_ROLE_GROUP);
    gtk_test_accessible_assert_property (code, GTK_ACCESSIBLE_PROPERTY_LABEL, tests[i].expected);
  }
}

/* What is indented alike is seen to be, whatever script it is in. */
static void
test_indents (void)
{
  static const char source[] = "```\n    abc\n    \345\243\260\351\200\237 = 1\n```\n";
  g_autoptr (SondeMessage) message = make_message (source, -1);
  g_autoptr (SondeDocument) document = show (message);
  SondeTextBlock *text = sonde_find_widget (GTK_WIDGET (document), SONDE_TYPE_TEXT_BLOCK);
  graphene_rect_t latin;
  graphene_rect_t chinese;

  sonde_text_block_get_caret_area (text, 4, &latin);
  sonde_text_block_get_caret_area (text, 12, &chinese);
  g_assert_cmpint ((int) latin.origin.x, >, 0);
  g_assert_cmpint ((int) latin.origin.x, ==, (int) chinese.origin.x);
}

/* The marker of an item is read the way that the item is. */
static void
test_markers (void)
{
  static const struct {
    const char *source;
    GtkTextDirection direction;
  } tests[] = {
    { "1. One", GTK_TEXT_DIR_LTR },
    { "1. \327\220\327\221", GTK_TEXT_DIR_RTL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autoptr (SondeMessage) message = make_message (tests[i].source, -1);
    g_autoptr (SondeDocument) document = show (message);
    GtkWidget *marker = sonde_find_widget (GTK_WIDGET (document), GTK_TYPE_LABEL);

    g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (marker)), ==, "1.");
    g_assert_cmpint (gtk_widget_get_direction (marker), ==, tests[i].direction);
  }
}

/* Code is read from the left, where the language of the desktop is not. */
static void
test_code_direction (void)
{
  g_autofree char *wide = g_strnfill (2000, 'x');
  g_autofree char *source = g_strdup_printf ("```c\n%s\n```\n", wide);
  g_autoptr (SondeMessage) message = make_message (source, -1);
  g_autoptr (SondeDocument) document = NULL;
  GtkWidget *text;
  GtkWidget *scroller;
  graphene_rect_t place;
  int height;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  document = show (message);
  text = sonde_find_widget (GTK_WIDGET (document), SONDE_TYPE_TEXT_BLOCK);
  scroller = gtk_widget_get_ancestor (text, SONDE_TYPE_SIDE_SCROLLER);
  gtk_widget_measure (scroller, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (scroller, GTK_ORIENTATION_VERTICAL, 300, NULL, &height, NULL, NULL);
  gtk_widget_allocate (scroller, 300, height, -1, NULL);
  g_assert_true (gtk_widget_compute_bounds (text, scroller, &place));
  g_assert_cmpint ((int) place.size.width, >, gtk_widget_get_width (scroller));
  g_assert_cmpint ((int) place.origin.x, ==, 0);
  g_assert_cmpint (gtk_widget_get_direction (sonde_find_widget (scroller, GTK_TYPE_RANGE)), ==,
                   GTK_TEXT_DIR_LTR);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GTypeClass) transcript = NULL;

  sonde_display_test_init (&argc, &argv);
  transcript = g_type_class_ref (SONDE_TYPE_TRANSCRIPT); /* brings the resources along */
  g_test_add_func ("/structure/nesting", test_nesting);
  g_test_add_func ("/structure/code-direction", test_code_direction);
  g_test_add_func ("/structure/growing", test_growing);
  g_test_add_func ("/structure/changing", test_changing);
  g_test_add_func ("/structure/near", test_near);
  g_test_add_func ("/structure/places", test_places);
  g_test_add_func ("/structure/code", test_code);
  g_test_add_func ("/structure/indents", test_indents);
  g_test_add_func ("/structure/markers", test_markers);

  return g_test_run ();
}
