/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-search-row.h"

#include <glib/gi18n.h>

/* What is around a match is said more quietly than the match. */
#define QUIET (G_MAXUINT16 * 7 / 10)

/**
 * SondeSearchRow:
 *
 * Something that was found: the piece of text with the matches marked, and above the
 * first one of a conversation its title.
 */
struct _SondeSearchRow {
  GtkBox parent_instance;

  GtkBox *heading;
  GtkLabel *title;
  GtkLabel *date;
  GtkLabel *snippet;
};

G_DEFINE_FINAL_TYPE (SondeSearchRow, sonde_search_row, GTK_TYPE_BOX)

static char *
format_date (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (date == NULL)
    return g_strdup ("");
  if (g_date_time_get_year (date) != g_date_time_get_year (now))
    /* Translators: month and year of a message, like “May 2025”; see strftime() */
    return g_date_time_format (date, _ ("%b %Y"));
  if (g_date_time_get_day_of_year (date) != g_date_time_get_day_of_year (now))
    /* Translators: day and month of a message, like “3 May”; see strftime().
     * xgettext:no-c-format */
    return g_date_time_format (date, _ ("%-d %b"));

  /* Translators: a time of day; see strftime() */
  return g_date_time_format (date, _ ("%H:%M"));
}

static const char *
get_title (SondeSearchHit *hit)
{
  SondeConversation *conversation = sonde_search_hit_get_conversation (hit);
  const char *title = conversation != NULL ? sonde_conversation_get_title (conversation) : NULL;

  return title != NULL ? title : _ ("New Conversation");
}

static void
mark (PangoAttrList *attributes, guint start, guint end)
{
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  PangoAttribute *loud = pango_attr_foreground_alpha_new (G_MAXUINT16);

  bold->start_index = loud->start_index = start;
  bold->end_index = loud->end_index = end;
  pango_attr_list_change (attributes, bold);
  pango_attr_list_change (attributes, loud);
}

static void
show_matches (GtkLabel *label, SondeSearchHit *hit, const char *prefix, guint alpha)
{
  g_autofree char *text = g_strconcat (prefix, sonde_search_hit_get_snippet (hit), NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  guint offset = (guint) strlen (prefix), n;
  const SondeSearchRange *ranges = sonde_search_hit_get_ranges (hit, &n);

  pango_attr_list_insert (attributes, pango_attr_foreground_alpha_new ((guint16) alpha));
  if (offset > 0) {
    PangoAttribute *italic = pango_attr_style_new (PANGO_STYLE_ITALIC);

    italic->end_index = offset;
    pango_attr_list_insert (attributes, italic);
  }
  for (guint i = 0; i < n; i++)
    mark (attributes, offset + ranges[i].start, offset + ranges[i].end);
  gtk_label_set_text (label, text);
  gtk_label_set_attributes (label, attributes);
}

static void
sonde_search_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SONDE_TYPE_SEARCH_ROW);

  G_OBJECT_CLASS (sonde_search_row_parent_class)->dispose (object);
}

static void
sonde_search_row_class_init (SondeSearchRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_search_row_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/sidebar/sonde-search-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeSearchRow, heading);
  gtk_widget_class_bind_template_child (widget_class, SondeSearchRow, title);
  gtk_widget_class_bind_template_child (widget_class, SondeSearchRow, date);
  gtk_widget_class_bind_template_child (widget_class, SondeSearchRow, snippet);
}

static void
sonde_search_row_init (SondeSearchRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sonde_search_row_set_hit:
 * @self: a row
 * @hit: what it shows
 * @first: whether it is the first of its conversation
 */
void
sonde_search_row_set_hit (SondeSearchRow *self, SondeSearchHit *hit, gboolean first)
{
  gboolean is_title, is_reasoning;
  g_autofree char *prefix = NULL;
  g_autofree char *date = NULL;

  g_return_if_fail (SONDE_IS_SEARCH_ROW (self));
  g_return_if_fail (SONDE_IS_SEARCH_HIT (hit));

  is_title = sonde_search_hit_get_message_id (hit) == 0;
  is_reasoning = sonde_search_hit_get_kind (hit) == SONDE_TEXT_REASONING;
  date = format_date (sonde_search_hit_get_time (hit));
  gtk_label_set_text (self->date, date);
  if (is_title && *sonde_search_hit_get_snippet (hit) != '\0') {
    show_matches (self->title, hit, "", G_MAXUINT16);
  } else {
    gtk_label_set_text (self->title, get_title (hit));
    gtk_label_set_attributes (self->title, NULL);
  }
  if (!is_title) {
    /* Translators: before a piece of what the model has thought */
    prefix = is_reasoning ? g_strconcat (_ ("Reasoning:"), " ", NULL) : g_strdup ("");
    show_matches (self->snippet, hit, prefix, QUIET);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->heading), first || is_title);
  gtk_widget_set_visible (GTK_WIDGET (self->snippet), !is_title);
}

/**
 * sonde_search_row_make_label:
 * @hit: something that was found
 *
 * Returns: (transfer full): the name of its row
 */
char *
sonde_search_row_make_label (SondeSearchHit *hit)
{
  g_return_val_if_fail (SONDE_IS_SEARCH_HIT (hit), NULL);

  if (sonde_search_hit_get_message_id (hit) == 0)
    return g_strdup (get_title (hit));

  /* Translators: %1$s is the title of a conversation, %2$s a piece of a message in it */
  return g_strdup_printf (_ ("%1$s: %2$s"), get_title (hit), sonde_search_hit_get_snippet (hit));
}
