/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Conversations on paper: exported to PDF as they would be printed, and read there. */

#include <glib/gstdio.h>
#include <poppler.h>

#include "sonde-print-operation.h"
#include "sonde-print-pages.h"

#include "sonde-display-test.h"

#define A4_HEIGHT 841.0 /* points */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

static gint64 next_id;

/* A conversation of one question and one answer, or of more. */
static SondePrintLayout *
make_layout (const char *title)
{
  next_id = 0;

  return sonde_print_layout_new (title, G_GINT64_CONSTANT (1764087600000000));
}

static SondeMessage *
add (SondePrintLayout *layout, SondeRole role, const char *text)
{
  SondeMessage *message = sonde_message_new (next_id + 1, next_id, role, 0);

  next_id++;
  sonde_message_set_text (message, SONDE_TEXT_CONTENT, text);
  sonde_message_set_state (message, SONDE_MESSAGE_COMPLETE);
  sonde_print_layout_add_message (layout, message, role == SONDE_ROLE_USER ? "You" : "Pro");
  g_object_unref (message);

  return message;
}

static PopplerDocument *
print_on (SondePrintLayout *layout, GtkPageSetup *setup)
{
  g_autoptr (GtkPrintOperation) operation = sonde_print_operation_new (layout);
  g_autofree char *folder = g_dir_make_tmp ("sonde-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "conversation.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  const char *kept = g_getenv ("SONDE_TEST_KEEP_PDF");
  PopplerDocument *document;

  gtk_print_operation_set_export_filename (operation, path);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_show_progress (operation, FALSE);
  g_assert_cmpint (
    gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error), ==,
    GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);

  bytes = g_file_load_bytes (file, NULL, NULL, &error);
  g_assert_no_error (error);
  if (kept != NULL) { /* to be looked at */
    g_autofree char *name = g_strdup_printf ("%s.pdf", sonde_print_layout_get_title (layout));
    g_autofree char *copy = g_build_filename (kept, name, NULL);

    g_file_set_contents (copy, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                         NULL);
  }
  document = poppler_document_new_from_bytes (bytes, NULL, &error);
  g_assert_no_error (error);
  g_remove (path);
  g_rmdir (folder);

  return document;
}

static PopplerDocument *
print (SondePrintLayout *layout)
{
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  GtkPaperSize *a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (setup, a4);
  gtk_paper_size_free (a4);

  return print_on (layout, setup);
}

static char *
read_page (PopplerDocument *document, int number)
{
  g_autoptr (PopplerPage) page = poppler_document_get_page (document, number);

  return poppler_page_get_text (page);
}

/* What is on all pages, one after the other. */
static char *
read_all (PopplerDocument *document)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < poppler_document_get_n_pages (document); i++) {
    g_autofree char *page = read_page (document, i);

    g_string_append_printf (text, "%s\n", page);
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Without the spaces and breaks that the width of the paper puts in, and without the marks with
 * which poppler says that a letter is read from the right. */
static char *
squeeze (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!g_unichar_isspace (c) && !(c >= 0x202A && c <= 0x202E))
      g_string_append_unichar (out, c);
  }

  return g_string_free (out, FALSE);
}

static void
assert_has (const char *text, const char *words)
{
  g_autofree char *squeezed = squeeze (text);
  g_autofree char *wanted = squeeze (words);

  if (strstr (squeezed, wanted) == NULL)
    g_error ("“%s” is not in: %s", words, text);
}

/* No letter is beyond the edges of the paper, or in its margins. */
static void
assert_inside (PopplerDocument *document)
{
  for (int i = 0; i < poppler_document_get_n_pages (document); i++) {
    g_autoptr (PopplerPage) page = poppler_document_get_page (document, i);
    g_autofree PopplerRectangle *letters = NULL;
    double width;
    double height;
    guint n = 0;

    poppler_page_get_size (page, &width, &height);
    g_assert_true (poppler_page_get_text_layout (page, &letters, &n));
    for (guint letter = 0; letter < n; letter++) {
      g_assert_cmpfloat (letters[letter].x1, >=, 20);
      g_assert_cmpfloat (letters[letter].x2, <=, width - 20);
      g_assert_cmpfloat (letters[letter].y1, >=, 20);
      g_assert_cmpfloat (letters[letter].y2, <=, height - 20);
    }
  }
}

/* --- what is on a page ------------------------------------------------------------ */

static void
test_everything (void)
{
  g_autoptr (SondePrintLayout) layout = make_layout ("Everything");
  g_autoptr (PopplerDocument) document = NULL;
  g_autofree char *text = NULL;
  static const char *const parts[] = {
    "Everything",
    "You",
    "Pro",
    "What is all there?",
    "A heading",
    "bold",
    "struck",
    "inline()",
    "quoted",
    "•",
    "2.",
    "☑",
    "import sys",
    "\\frac{1}{2}",
    "A note.",
    "right",
    "page 1of 1",
    "<b>html</b>",
    "second item",
    "the page (https://example.org/a)",
    "Noch ein Satz.",
  };

  add (layout, SONDE_ROLE_USER, "What is all there?");
  add (
    layout, SONDE_ROLE_ASSISTANT,
    "# A heading\n\nWords that are **bold**, *slanted*, ~~struck~~, `inline()` and with a "
    "note[^1]. See [the page](https://example.org/a) and <https://example.org/b>.\n\n"
    "> What is quoted.\n>\n> - in it\n\n1. first item\n2. second item\n   - deeper\n\n- [x] done\n"
    "- [ ] to do\n\n```python\nimport sys\n```\n\n$$\n\\frac{1}{2}\n$$\n\n"
    "| left | right |\n|:--|--:|\n| a | 1 |\n| b | 2 |\n\n---\n\n<b>html</b>\n\n[^1]: A note.\n\n"
    "## Another\n\nNoch ein Satz.");
  document = print (layout);
  g_assert_cmpint (poppler_document_get_n_pages (document), ==, 1);
  text = read_all (document);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (g_str_equal (parts[i], "page 1of 1"))
      assert_has (text, "Page 1 of 1");
    else
      assert_has (text, parts[i]);
  }
  /* What the text of a link says already is not said again. */
  g_assert_null (strstr (text, "(https://example.org/b)"));
  assert_inside (document);
}

static void
test_scripts (void)
{
  g_autoptr (SondePrintLayout) layout = make_layout ("诗歌");
  g_autoptr (PopplerDocument) document = NULL;
  g_autoptr (PopplerPage) page = NULL;
  g_autofree char *text = NULL;
  g_autofree PopplerRectangle *letters = NULL;
  guint n_letters = 0;
  double right = 0;

  add (layout, SONDE_ROLE_USER, "你好，请解释这个概念");
  add (layout, SONDE_ROLE_ASSISTANT,
       "مرحبا بالعالم\n\n- عنصر\n\n床前明月光，疑是地上霜。😀 "
       "👩‍🔬");
  document = print (layout);
  text = read_all (document);
  assert_has (text, "诗歌");
  assert_has (text, "你好，请解释这个概念");
  assert_has (text, "床前明月光，疑是地上霜。");
  /* It tells the letters as they stand, from the left. */
  assert_has (text, "رصنع");
  assert_has (text, "ابحرم");

  /* A paragraph that is read from the right begins there. */
  page = poppler_document_get_page (document, 0);
  g_assert_true (poppler_page_get_text_layout (page, &letters, &n_letters));
  for (guint i = 0; i < n_letters; i++)
    if (letters[i].y2 < 600)
      right = MAX (right, letters[i].x2);
  g_assert_cmpfloat (right, >, 530);
  assert_inside (document);
}

static void
test_long_code (void)
{
  g_autoptr (SondePrintLayout) layout = make_layout ("Code");
  g_autoptr (GString) line = g_string_new ("x = ");
  g_autoptr (PopplerDocument) document = NULL;
  g_autofree char *source = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (line, "%s%u", i > 0 ? " + " : "", i * i);
  source = g_strdup_printf ("```c\n%s\n```\n\n`%s`", line->str, line->str);
  add (layout, SONDE_ROLE_ASSISTANT, source);
  document = print (layout);
  text = read_all (document);
  assert_has (text, line->str);
  assert_inside (document);
}

static void
test_wide_table (void)
{
  g_autoptr (SondePrintLayout) layout = make_layout ("Table");
  g_autoptr (GString) source = g_string_new (NULL);
  g_autoptr (PopplerDocument) document = NULL;
  g_autofree char *text = NULL;

  for (guint row = 0; row < 4; row++) {
    for (guint column = 0; column < 24; column++)
      g_string_append_printf (source, "| r%uc%u and more words ", row, column);
    g_string_append (source, "|\n");
    for (guint column = 0; row == 0 && column < 24; column++)
      g_string_append (source, "|---");
    if (row == 0)
      g_string_append (source, "|\n");
  }
  g_string_append (source, "\n| one | two |\n|---|---|\n| short | ");
  for (guint i = 0; i < 120; i++)
    g_string_append_printf (source, "word%u ", i);
  g_string_append (source, "|\n");

  add (layout, SONDE_ROLE_ASSISTANT, source->str);
  document = print (layout);
  text = read_all (document);
  for (guint row = 0; row < 4; row++) {
    for (guint column = 0; column < 24; column++) {
      g_autofree char *cell = g_strdup_printf ("r%uc%u", row, column);

      assert_has (text, cell);
    }
  }
  for (guint i = 0; i < 120; i++) {
    g_autofree char *word = g_strdup_printf ("word%u", i);

    assert_has (text, word);
  }
  assert_inside (document);
}

/* The header is there again on every page. */
static void
test_long_table (void)
{
  g_autoptr (SondePrintLayout) layout = make_layout ("Rows");
  g_autoptr (GString) source = g_string_new ("| Number | Square |\n|--:|--:|\n");
  g_autoptr (PopplerDocument) document = NULL;
  g_autofree char *text = NULL;

  for (guint i = 1; i <= 200; i++)
    g_string_append_printf (source, "| %u | %u |\n", 1000 + i, (1000 + i) * (1000 + i));
  add (layout, SONDE_ROLE_ASSISTANT, source->str);
  document = print (layout);
  g_assert_cmpint (poppler_document_get_n_pages (document), >, 2);
  for (int i = 0; i < poppler_document_get_n_pages (document); i++) {
    g_autofree char *page = read_page (document, i);

    assert_has (page, "Number");
  }
  text = read_all (document);
  for (guint i = 1; i <= 200; i++) {
    g_autofree char *square = g_strdup_printf ("%u", (1000 + i) * (1000 + i));

    assert_has (text, square);
  }
}

/* --- pages ------------------------------------------------------------------------ */

/* Every line of a long conversation is on exactly one page, in order. */
static void
test_many_pages (void)
{
  g_autoptr (SondePrintLayout) layout = make_layout ("Many pages");
  g_autoptr (PopplerDocument) document = NULL;
  g_autofree char *text = NULL;
  const char *at;
  int n_pages;

  for (guint i = 0; i < 60; i++) {
    g_autofree char *question = g_strdup_printf ("Question q%03u.", i);
    g_autoptr (GString) answer = g_string_new (NULL);

    g_string_append_printf (answer, "## Heading h%03u\n\n", i);
    for (guint line = 0; line < 12; line++)
      g_string_append_printf (answer, "Line l%03u%02u of a paragraph.  \n", i, line);
    add (layout, SONDE_ROLE_USER, question);
    add (layout, SONDE_ROLE_ASSISTANT, answer->str);
  }
  document = print (layout);
  n_pages = poppler_document_get_n_pages (document);
  g_assert_cmpint (n_pages, >, 15);
  for (int i = 0; i < n_pages; i++) {
    g_autofree char *page = read_page (document, i);
    g_autofree char *footer = g_strdup_printf ("Page %d of %d", i + 1, n_pages);
    g_auto (GStrv) lines = g_strsplit (page, "\n", -1);

    assert_has (page, footer);
    assert_has (page, "Many pages");
    /* Neither a heading nor a speaker is the last thing above the footer. */
    for (guint line = 0; line + 1 < g_strv_length (lines); line++) {
      if (g_str_has_prefix (lines[line], "Heading") || g_str_equal (lines[line], "You"))
        g_assert_false (g_str_has_prefix (lines[line + 1], "Many pages"));
    }
  }

  text = read_all (document);
  at = text;
  for (guint i = 0; i < 60; i++) {
    for (guint line = 0; line < 12; line++) {
      g_autofree char *word = g_strdup_printf ("l%03u%02u", i, line);
      const char *found = strstr (text, word);

      g_assert_nonnull (found);
      g_assert_null (strstr (found + strlen (word), word));
      g_assert_true (found > at);
      at = found;
    }
  }
  assert_inside (document);
}

/* A conversation is laid out a block at a time, so that the main loop runs in between. */
static void
test_steps (void)
{
  g_autoptr (SondePrintLayout) layout = make_layout ("Steps");
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  guint n_steps = 0;

  for (guint i = 0; i < 500; i++) {
    add (layout, SONDE_ROLE_USER, "A question");
    add (layout, SONDE_ROLE_ASSISTANT, "One.\n\nTwo.");
  }
  sonde_print_layout_begin (layout, context, 595, A4_HEIGHT);
  while (sonde_print_layout_step (layout))
    n_steps++;
  g_assert_cmpuint (n_steps, >=, 500 * 5);
  g_assert_cmpuint (sonde_print_layout_get_n_pages (layout), >, 20);

  /* And anew for another paper. */
  sonde_print_layout_begin (layout, context, 1000, 100000);
  while (sonde_print_layout_step (layout))
    ;
  g_assert_cmpuint (sonde_print_layout_get_n_pages (layout), ==, 1);
  g_object_unref (context);
  g_assert_finalize_object (g_steal_pointer (&layout));
}

static void
test_reasoning (void)
{
  g_autoptr (SondePrintLayout) layout = make_layout ("Reasoning");
  g_autoptr (PopplerDocument) without = NULL;
  g_autoptr (PopplerDocument) with = NULL;
  g_autofree char *less = NULL;
  g_autofree char *more = NULL;
  SondeMessage *answer;

  g_assert_false (sonde_print_layout_has_reasoning (layout));
  answer = add (layout, SONDE_ROLE_ASSISTANT, "It is four.");
  sonde_message_set_text (answer, SONDE_TEXT_REASONING, "Two and *two*.");
  g_assert_true (sonde_print_layout_has_reasoning (layout));

  without = print (layout);
  less = read_all (without);
  assert_has (less, "It is four.");
  g_assert_null (strstr (less, "Two and"));
  sonde_print_layout_set_reasoning (layout, TRUE);
  with = print (layout);
  more = read_all (with);
  assert_has (more, "Two and two.");
  assert_has (more, "It is four.");
}

/* On small paper, too, nothing is lost and nothing goes on for ever. */
static void
test_small_paper (void)
{
  g_autoptr (SondePrintLayout) layout = make_layout ("A title that is far too long for this paper");
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  GtkPaperSize *paper = gtk_paper_size_new_custom ("label", "Label", 62, 60, GTK_UNIT_MM);
  g_autoptr (PopplerDocument) document = NULL;
  g_autofree char *text = NULL;

  gtk_page_setup_set_paper_size (setup, paper);
  gtk_paper_size_free (paper);
  add (layout, SONDE_ROLE_ASSISTANT,
       "# A very long heading that fills more than the whole of such a small page, and that is "
       "not at its end there, but has some more words to come\n\n> > > > deep\n\n"
       "| one | two | three |\n|---|---|---|\n| some words | other words | finally |");
  document = print_on (layout, setup);
  text = read_all (document);
  assert_has (text, "more words to come");
  assert_has (text, "deep");
  assert_has (text, "finally");
}

/* Strips that belong together are; what is too high for a page is cut all the same. */
static void
test_together (void)
{
  g_autoptr (SondePrintPages) pages = sonde_print_pages_new (100);

  for (guint i = 0; i < 8; i++) {
    g_autoptr (SondePrintStrip) strip = sonde_print_strip_new (20);

    strip->gap = i == 0 ? 50 : 0; /* not at the head of a page */
    strip->keeps = i == 4;
    sonde_print_pages_add (pages, strip);
  }
  /* 0 to 3 on the first page with room for one more; 4 goes with 5. */
  g_assert_cmpuint (sonde_print_pages_get_n_pages (pages), ==, 2);
  for (guint i = 0; i < 12; i++) {
    g_autoptr (SondePrintStrip) strip = sonde_print_strip_new (20);

    strip->keeps = TRUE;
    sonde_print_pages_add (pages, strip);
  }
  sonde_print_pages_end (pages);
  g_assert_cmpuint (sonde_print_pages_get_n_pages (pages), ==, 5);
}

int
main (int argc, char *argv[])
{
  sonde_display_test_init (&argc, &argv);

  g_test_add_func ("/print/everything", test_everything);
  g_test_add_func ("/print/scripts", test_scripts);
  g_test_add_func ("/print/long-code", test_long_code);
  g_test_add_func ("/print/wide-table", test_wide_table);
  g_test_add_func ("/print/long-table", test_long_table);
  g_test_add_func ("/print/many-pages", test_many_pages);
  g_test_add_func ("/print/steps", test_steps);
  g_test_add_func ("/print/reasoning", test_reasoning);
  g_test_add_func ("/print/small-paper", test_small_paper);
  g_test_add_func ("/print/together", test_together);

  return g_test_run ();
}
