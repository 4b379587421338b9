/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-token-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "sonde-token-text.h"

/* How the tokens below a probability are marked: in a colour of the desktop, and, for who does
 * not tell colours apart, by a line. The last one that fits counts. */
static const struct {
  double below;
  AdwAccentColor colour;
  float alpha;
  PangoUnderline underline;
} levels[] = {
  { 0.9, ADW_ACCENT_COLOR_YELLOW, 0.25f, PANGO_UNDERLINE_NONE },
  { 0.6, ADW_ACCENT_COLOR_ORANGE, 0.3f, PANGO_UNDERLINE_SINGLE },
  { 0.3, ADW_ACCENT_COLOR_RED, 0.35f, PANGO_UNDERLINE_DOUBLE },
};

/**
 * SondeTokenView:
 *
 * An answer as the tokens that it was made of, marked by how likely each was. What the pointer
 * or the cursor is at is told below, with what could have been there.
 */
struct _SondeTokenView {
  GtkWidget parent_instance;

  GtkLabel *legend;
  GtkActionable *close;
  GtkTextView *text;
  GtkLabel *current;
  AdwWrapBox *alternatives;

  SondeTokenText *tokens;
  const SondeTokenSpan *shown; /* the token that is told about, or NULL */
  GtkTextTag *tags[G_N_ELEMENTS (levels)];
};

G_DEFINE_FINAL_TYPE (SondeTokenView, sonde_token_view, GTK_TYPE_WIDGET)

/* --- words ---------------------------------------------------------------------- */

/* A token as it can be seen: what is white is drawn. */
static char *
dup_visible (const char *text)
{
  GString *visible = g_string_new (text);

  g_string_replace (visible, " ", "␣", 0);
  g_string_replace (visible, "\n", "↵", 0);
  g_string_replace (visible, "\t", "⇥", 0);

  return g_string_free (visible, FALSE);
}

static char *
describe (const char *text, double probability)
{
  g_autofree char *visible = dup_visible (text);

  if (isnan (probability))
    /* Translators: a token in quotes */
    return g_strdup_printf (_ ("“%s”"), visible);

  /* Translators: a token in quotes, and how likely it was */
  return g_strdup_printf (_ ("“%s” %.1f %%"), visible, probability * 100);
}

static char *
dup_token (SondeTokenView *self, const SondeTokenSpan *span)
{
  return g_utf8_substring (self->tokens->text, span->start, span->end);
}

/* --- colours -------------------------------------------------------------------- */

static GdkRGBA
get_colour (guint level)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GdkRGBA colour;

  adw_accent_color_to_standalone_rgba (levels[level].colour, dark, &colour);
  colour.alpha = levels[level].alpha;

  return colour;
}

static void
add_to_legend (GString *legend, PangoAttrList *attributes, const char *text, guint level)
{
  GdkRGBA colour = get_colour (level);
  PangoAttribute *all[] = {
    pango_attr_background_new ((guint16) (colour.red * G_MAXUINT16),
                               (guint16) (colour.green * G_MAXUINT16),
                               (guint16) (colour.blue * G_MAXUINT16)),
    pango_attr_background_alpha_new ((guint16) (colour.alpha * G_MAXUINT16)),
    pango_attr_underline_new (levels[level].underline),
  };

  g_string_append (legend, "  ");
  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    all[i]->start_index = (guint) legend->len;
    all[i]->end_index = (guint) (legend->len + strlen (text));
    pango_attr_list_insert (attributes, all[i]);
  }
  g_string_append (legend, text);
}

static void
update_colours (SondeTokenView *self)
{
  g_autoptr (GString) legend = g_string_new (_ ("Probability"));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++) {
    /* Translators: a probability below so much */
    g_autofree char *text =
      g_strdup_printf (_ ("below %d %%"), (int) lround (levels[i].below * 100));
    GdkRGBA colour = get_colour (i);

    g_object_set (self->tags[i], "background-rgba", &colour, NULL);
    add_to_legend (legend, attributes, text, i);
  }
  gtk_label_set_label (self->legend, legend->str);
  gtk_label_set_attributes (self->legend, attributes);
}

static void
fill (SondeTokenView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_set_text (buffer, self->tokens->text, -1);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    self->tags[i] =
      gtk_text_buffer_create_tag (buffer, NULL, "underline", levels[i].underline, NULL);
  update_colours (self);
  for (guint i = 0; i < self->tokens->spans->len; i++) {
    const SondeTokenSpan *span = &g_array_index (self->tokens->spans, SondeTokenSpan, i);
    GtkTextTag *tag = NULL;

    for (guint level = 0; level < G_N_ELEMENTS (levels); level++)
      if (span->probability < levels[level].below)
        tag = self->tags[level];
    if (tag == NULL)
      continue;
    gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) span->start);
    gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) span->end);
    gtk_text_buffer_apply_tag (buffer, tag, &start, &end);
  }
}

/* --- one token ------------------------------------------------------------------ */

static void
show_alternatives (SondeTokenView *self, const SondeTokenSpan *span)
{
  const GPtrArray *alternatives = span->alternatives;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->alternatives))) != NULL)
    adw_wrap_box_remove (self->alternatives, child);
  gtk_widget_set_visible (GTK_WIDGET (self->alternatives),
                          alternatives != NULL && alternatives->len > 0);
  for (guint i = 0; alternatives != NULL && i < alternatives->len; i++) {
    const SondeTokenLogprob *other = g_ptr_array_index (alternatives, i);
    g_autofree char *text = describe (other->token, MIN (exp (other->logprob), 1));
    GtkWidget *label = gtk_label_new (text);

    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
    gtk_widget_add_css_class (label, "alternative");
    adw_wrap_box_append (self->alternatives, label);
  }
}

static void
show_token (SondeTokenView *self, const SondeTokenSpan *span)
{
  g_autofree char *token = NULL;
  g_autofree char *text = NULL;

  if (span == NULL || span == self->shown)
    return;

  self->shown = span;
  token = dup_token (self, span);
  text = describe (token, span->probability);
  gtk_label_set_label (self->current, text);
  show_alternatives (self, span);
}

static const SondeTokenSpan *
find_at_cursor (SondeTokenView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  /* Behind the last one it is at the last one. */
  if (gtk_text_iter_is_end (&cursor))
    gtk_text_iter_backward_char (&cursor);

  return sonde_token_text_find (self->tokens, (guint) gtk_text_iter_get_offset (&cursor));
}

/* Told to who cannot see what changes below. */
static void
focused_cb (SondeTokenView *self)
{
  const SondeTokenSpan *before = self->shown;

  show_token (self, find_at_cursor (self));
  if (self->shown != before)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_label_get_label (self->current),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
cursor_moved_cb (SondeTokenView *self)
{
  if (gtk_widget_has_focus (GTK_WIDGET (self->text)))
    focused_cb (self);
}

static void
motion_cb (SondeTokenView *self, double x, double y)
{
  GtkTextIter iter;
  int buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (self->text, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y,
                                         &buffer_x, &buffer_y);
  if (gtk_text_view_get_iter_at_location (self->text, &iter, buffer_x, buffer_y))
    show_token (self,
                sonde_token_text_find (self->tokens, (guint) gtk_text_iter_get_offset (&iter)));
}

static void
leave_cb (SondeTokenView *self)
{
  if (gtk_widget_has_focus (GTK_WIDGET (self->text)))
    show_token (self, find_at_cursor (self));
}

/* --- object --------------------------------------------------------------------- */

static void
sonde_token_view_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), SONDE_TYPE_TOKEN_VIEW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sonde_token_view_parent_class)->dispose (object);
}

static void
sonde_token_view_finalize (GObject *object)
{
  g_clear_pointer (&SONDE_TOKEN_VIEW (object)->tokens, sonde_token_text_free);

  G_OBJECT_CLASS (sonde_token_view_parent_class)->finalize (object);
}

static void
sonde_token_view_class_init (SondeTokenViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_token_view_dispose;
  object_class->finalize = sonde_token_view_finalize;

  g_type_ensure (ADW_TYPE_WRAP_BOX);
  gtk_widget_class_set_css_name (widget_class, "tokenview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/transcript/sonde-token-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeTokenView, alternatives);
  gtk_widget_class_bind_template_child (widget_class, SondeTokenView, close);
  gtk_widget_class_bind_template_child (widget_class, SondeTokenView, current);
  gtk_widget_class_bind_template_child (widget_class, SondeTokenView, legend);
  gtk_widget_class_bind_template_child (widget_class, SondeTokenView, text);
  gtk_widget_class_bind_template_callback (widget_class, focused_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, motion_cb);
}

static void
sonde_token_view_init (SondeTokenView *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
}

static SondeTokenText *
parse (SondeMessage *message)
{
  const SondeMessageDetails *details = sonde_message_get_details (message);

  return details != NULL && sonde_message_get_state (message) != SONDE_MESSAGE_STREAMING
           ? sonde_token_text_parse (details->logprobs)
           : NULL;
}

/**
 * sonde_token_view_new:
 * @message: a message
 *
 * Returns: (transfer floating) (nullable): what shows the probabilities of its tokens, or %NULL
 *   where there is nothing to show, see [func@TokenView.can_show]
 */
GtkWidget *
sonde_token_view_new (SondeMessage *message)
{
  SondeTokenText *tokens = parse (message);
  SondeTokenView *self;

  if (tokens == NULL)
    return NULL;

  self = g_object_new (SONDE_TYPE_TOKEN_VIEW, NULL);
  self->tokens = tokens;
  gtk_actionable_set_action_target (self->close, "x", sonde_message_get_id (message));
  fill (self);
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "notify::cursor-position",
                           G_CALLBACK (cursor_moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (update_colours), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * sonde_token_view_can_show:
 * @message: a message
 *
 * Returns: whether it has ended, and came with the probabilities of its tokens
 */
gboolean
sonde_token_view_can_show (SondeMessage *message)
{
  g_autoptr (SondeTokenText) tokens = parse (message);

  return tokens != NULL;
}
