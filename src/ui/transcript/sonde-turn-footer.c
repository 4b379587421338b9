/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-turn-footer.h"

#include <glib/gi18n.h>

/**
 * SondeTurnFooter:
 *
 * Under an answer: what can be done with it, and what it used.
 */
struct _SondeTurnFooter {
  GtkWidget parent_instance;

  GtkWidget *copy;
  GtkWidget *retry;
  GtkWidget *figures;
  GtkLabel *tokens;
  GtkLabel *cache;
  SondeMessage *message;
};

G_DEFINE_FINAL_TYPE (SondeTurnFooter, sonde_turn_footer, GTK_TYPE_WIDGET)

static void
copy_cb (SondeTurnFooter *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.copy-text", "s",
                              sonde_message_get_text (self->message, SONDE_TEXT_CONTENT));
}

static void
add_figure (GString *lines, const char *format, gint64 count)
{
  g_autofree char *figure = NULL;

  if (count < 0)
    return;
  figure = g_strdup_printf ("%'" G_GINT64_FORMAT, count);
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  g_string_append_printf (lines, "%s: %s", format, figure);
}

static void
update_figures (SondeTurnFooter *self)
{
  const SondeUsage *usage = sonde_message_get_usage (self->message);
  g_autoptr (GString) lines = g_string_new (NULL);
  gint64 tokens;

  gtk_widget_set_visible (GTK_WIDGET (self->tokens), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->cache), FALSE);
  if (usage == NULL)
    return;

  tokens = usage->completion_tokens >= 0 ? usage->completion_tokens : usage->total_tokens;
  if (tokens >= 0) {
    g_autofree char *text = g_strdup_printf (
      g_dngettext (NULL, "%'d token", "%'d tokens", (gulong) tokens), (int) tokens);

    gtk_label_set_label (self->tokens, text);
    gtk_widget_set_visible (GTK_WIDGET (self->tokens), TRUE);
  }
  if (usage->cache_hit_tokens >= 0 && usage->prompt_tokens > 0) {
    g_autofree char *text = g_strdup_printf (
      /* Translators: how much of the request was read from the service's cache. */
      _ ("cache %d %%"), (int) (usage->cache_hit_tokens * 100 / usage->prompt_tokens));

    gtk_label_set_label (self->cache, text);
    gtk_widget_set_visible (GTK_WIDGET (self->cache), TRUE);
  }
  add_figure (lines, _ ("Request"), usage->prompt_tokens);
  add_figure (lines, _ ("Request, from the cache"), usage->cache_hit_tokens);
  add_figure (lines, _ ("Reasoning and answer"), usage->completion_tokens);
  add_figure (lines, _ ("Reasoning"), usage->reasoning_tokens);
  gtk_widget_set_tooltip_text (self->figures, lines->len > 0 ? lines->str : NULL);
}

static void
sonde_turn_footer_dispose (GObject *object)
{
  SondeTurnFooter *self = SONDE_TURN_FOOTER (object);

  g_clear_object (&self->message);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_TURN_FOOTER);

  G_OBJECT_CLASS (sonde_turn_footer_parent_class)->dispose (object);
}

static void
sonde_turn_footer_class_init (SondeTurnFooterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_turn_footer_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/transcript/sonde-turn-footer.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, copy);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, retry);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, figures);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, tokens);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, cache);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "turnfooter");
}

static void
sonde_turn_footer_init (SondeTurnFooter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sonde_turn_footer_new:
 *
 * Returns: (transfer floating): a footer
 */
GtkWidget *
sonde_turn_footer_new (void)
{
  return g_object_new (SONDE_TYPE_TURN_FOOTER, NULL);
}

/**
 * sonde_turn_footer_update:
 * @self: a footer
 * @message: the message above it
 * @can_retry: whether it can be asked for again
 */
void
sonde_turn_footer_update (SondeTurnFooter *self, SondeMessage *message, gboolean can_retry)
{
  g_return_if_fail (SONDE_IS_TURN_FOOTER (self));
  g_return_if_fail (SONDE_IS_MESSAGE (message));

  g_set_object (&self->message, message);
  gtk_widget_set_visible (self->copy,
                          sonde_message_get_text_length (message, SONDE_TEXT_CONTENT) > 0);
  gtk_widget_set_visible (self->retry, can_retry);
  update_figures (self);
}
