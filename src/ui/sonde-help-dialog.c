/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The guide and the news of docs/ and NEWS, read as answers are read. */

#include "sonde-help-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sonde-block-row.h"
#include "sonde-markdown.h"

#define WIDTH      640
#define HEIGHT     640
#define TEXT_WIDTH 680

static const struct {
  const char *title;
  const char *resource;
} pages[] = {
  [SONDE_HELP_GUIDE] = { N_ ("Help"), "/io/github/sondechat/Sonde/guide.md" },
  [SONDE_HELP_NEWS] = { N_ ("What’s New"), "/io/github/sondechat/Sonde/NEWS" },
};

/* The lines of a paragraph as one: what is chatted breaks where it is broken, a file does not. */
static char *
unwrap (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *unwrapped = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *line = lines[i];
    const char *words = line + strspn (line, " ");
    gboolean goes_on = i > 0 && *lines[i - 1] != '\0' && strchr ("#|=", *lines[i - 1]) == NULL &&
                       *words != '\0' && strchr ("#|=", *words) == NULL &&
                       !g_str_has_prefix (words, "- ");

    if (i > 0)
      g_string_append_c (unwrapped, goes_on ? ' ' : '\n');
    g_string_append (unwrapped, goes_on ? words : line);
  }

  return g_string_free (unwrapped, FALSE);
}

/* The text of a resource, in the transcript's typography. */
static GtkWidget *
make_text (const char *resource)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (resource, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *source = unwrap (g_bytes_get_data (bytes, NULL));
  g_autoptr (SondeMarkdown) markdown = sonde_markdown_new ();
  GtkWidget *text = g_object_new (GTK_TYPE_BOX, "css-name", "transcript", "orientation",
                                  GTK_ORIENTATION_VERTICAL, NULL);
  const SondeMarkdownBlock *before = NULL;

  sonde_markdown_set_text (markdown, source, -1);
  for (guint i = 0; i < sonde_markdown_get_n_blocks (markdown); i++) {
    const SondeMarkdownBlock *block = sonde_markdown_get_block (markdown, i);

    gtk_box_append (GTK_BOX (text), sonde_block_row_new (block, before));
    before = block;
  }
  gtk_widget_set_margin_start (text, 18);
  gtk_widget_set_margin_end (text, 18);
  gtk_widget_set_margin_top (text, 12);
  gtk_widget_set_margin_bottom (text, 24);

  return text;
}

static GtkWidget *
make_page (SondeHelpPage page)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), TEXT_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), make_text (pages[page].resource));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (pages[page].title), -1);

  return scroller;
}

/**
 * sonde_help_dialog_new:
 * @page: what to show first
 *
 * Returns: (transfer floating): a dialog with all there is to read
 */
AdwDialog *
sonde_help_dialog_new (SondeHelpPage page)
{
  AdwDialog *self = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *switcher = adw_inline_view_switcher_new ();
  AdwViewStack *stack = ADW_VIEW_STACK (adw_view_stack_new ());

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    adw_view_stack_add_titled (stack, make_page (i), pages[i].resource, _ (pages[i].title));
  adw_view_stack_set_visible_child_name (stack, pages[page].resource);
  adw_inline_view_switcher_set_stack (ADW_INLINE_VIEW_SWITCHER (switcher), stack);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), switcher);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (stack));

  adw_dialog_set_title (self, _ (pages[page].title));
  adw_dialog_set_content_width (self, WIDTH);
  adw_dialog_set_content_height (self, HEIGHT);
  adw_dialog_set_child (self, view);

  return self;
}
