/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-turn-footer.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "sonde-model-info.h"
#include "sonde-token-view.h"
#include "sonde-transcript.h"
#include "sonde-turn.h"
#include "sonde-usage-view.h"

/**
 * SondeTurnFooter:
 *
 * Under a turn: what can be done with it, which of its versions it is, and what it used.
 * The buttons activate actions of the window, with the number of the message.
 */
struct _SondeTurnFooter {
  GtkWidget parent_instance;

  GtkWidget *tools;
  GtkWidget *copy;
  GtkWidget *retry;
  GtkMenuButton *retry_with;
  GtkWidget *edit;
  GtkWidget *versions;
  GtkWidget *previous;
  GtkLabel *version;
  GtkWidget *next;
  GtkMenuButton *more;
  GtkWidget *edited;
  GtkMenuButton *figures;
  GtkLabel *tokens;
  GtkLabel *cost;
  GtkLabel *cache;
  SondeMessage *message;
  gboolean last;
};

G_DEFINE_FINAL_TYPE (SondeTurnFooter, sonde_turn_footer, GTK_TYPE_WIDGET)

static void
copy_cb (SondeTurnFooter *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.copy-text", "s",
                              sonde_message_get_text (self->message, SONDE_TEXT_CONTENT));
}

/* When it was said, for people. */
static char *
format_time (SondeTurnFooter *self)
{
  gint64 created_at = sonde_message_get_created_at (self->message);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (created_at);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  /* Translators: a date and a time, like "25 November 2026, 16:20"; see strftime() */
  return local != NULL ? g_date_time_format (local, _ ("%-d %B %Y, %H:%M")) : NULL;
}

static void
add_item (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static void
fill_more_cb (GtkMenuButton *button, gpointer data)
{
  SondeTurnFooter *self = data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  g_autofree char *time = format_time (self);
  gint64 id = sonde_message_get_id (self->message);

  if (sonde_token_view_can_show (self->message)) {
    GtkWidget *turn = gtk_widget_get_ancestor (GTK_WIDGET (self), SONDE_TYPE_TURN);

    add_item (section,
              sonde_turn_get_probabilities (SONDE_TURN (turn)) ? _ ("Hide Token _Probabilities")
                                                               : _ ("Show Token _Probabilities"),
              "transcript.show-probabilities", g_variant_new_int64 (id));
  }
  add_item (section, _ ("_Fork from Here"), "win.message-fork", g_variant_new_int64 (id));
  add_item (section, _ ("_Delete"), "win.message-delete", g_variant_new_int64 (id));
  g_menu_append_section (menu, time, G_MENU_MODEL (section));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
fill_retry_with_cb (GtkMenuButton *button, gpointer data)
{
  SondeTurnFooter *self = data;
  GtkWidget *transcript = gtk_widget_get_ancestor (GTK_WIDGET (self), SONDE_TYPE_TRANSCRIPT);
  GListModel *models =
    transcript != NULL ? sonde_transcript_get_models (SONDE_TRANSCRIPT (transcript)) : NULL;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; models != NULL && i < g_list_model_get_n_items (models); i++) {
    g_autoptr (SondeModelInfo) model = g_list_model_get_item (models, i);

    add_item (section, sonde_model_info_get_display_name (model), "win.message-retry-with",
              g_variant_new ("(xs)", sonde_message_get_id (self->message),
                             sonde_model_info_get_id (model)));
  }
  g_menu_append_section (menu, _ ("Retry With"), G_MENU_MODEL (section));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static gboolean
calls_tools (SondeMessage *message)
{
  const SondeMessageDetails *details = sonde_message_get_details (message);

  return details != NULL && details->tool_calls != NULL;
}

/* A name and a target that do not fit are warned of, hence the order. */
static void
set_action (GtkWidget *button, const char *name, gint64 id)
{
  GtkActionable *actionable = GTK_ACTIONABLE (button);

  gtk_actionable_set_action_name (actionable, NULL);
  if (id != 0)
    gtk_actionable_set_action_target (actionable, "x", id);
  else
    gtk_actionable_set_action_target_value (actionable, NULL);
  gtk_actionable_set_action_name (actionable, name);
}

static void
update_actions (SondeTurnFooter *self)
{
  gint64 id = sonde_message_get_id (self->message);
  guint version = sonde_message_get_version (self->message);
  guint n_versions = sonde_message_get_n_versions (self->message);

  set_action (self->edit, "transcript.edit-message", id);
  /* The last one can be asked for again at any time, any other one makes a branch. */
  if (self->last)
    set_action (self->retry, "win.retry", 0);
  else
    set_action (self->retry, "win.message-retry", id);

  /* Where there is no other version that way, the button does nothing. */
  set_action (self->previous, version > 1 ? "win.message-previous-version" : NULL, id);
  set_action (self->next, version < n_versions ? "win.message-next-version" : NULL, id);
  if (version <= 1)
    gtk_widget_set_sensitive (self->previous, FALSE);
  if (version >= n_versions)
    gtk_widget_set_sensitive (self->next, FALSE);
}

static void
update_versions (SondeTurnFooter *self)
{
  guint version = sonde_message_get_version (self->message);
  guint n_versions = sonde_message_get_n_versions (self->message);
  /* Translators: which of how many versions of a message is shown */
  g_autofree char *text = g_strdup_printf (_ ("%u/%u"), version, n_versions);

  gtk_widget_set_visible (self->versions, n_versions > 1);
  gtk_label_set_label (self->version, text);
  gtk_widget_set_visible (self->edited, n_versions > 1 && sonde_message_get_role (self->message) ==
                                                            SONDE_ROLE_USER);
}

static void
fill_figures_cb (GtkMenuButton *button, gpointer data)
{
  SondeTurnFooter *self = data;
  GtkWidget *popover = gtk_popover_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), sonde_usage_view_new (self->message));
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Usage"), -1);
  gtk_menu_button_set_popover (button, popover);
}

static void
update_figures (SondeTurnFooter *self)
{
  const SondeUsage *usage = sonde_message_get_usage (self->message);
  g_autofree char *cost = NULL;
  gint64 tokens;

  gtk_widget_set_visible (GTK_WIDGET (self->figures), usage != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->tokens), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->cost), FALSE);
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
  cost = sonde_usage_view_format_cost (self->message);
  if (cost != NULL) {
    gtk_label_set_label (self->cost, cost);
    gtk_widget_set_visible (GTK_WIDGET (self->cost), TRUE);
  }
  if (usage->cache_hit_tokens >= 0 && usage->prompt_tokens > 0) {
    g_autofree char *text = g_strdup_printf (
      /* Translators: how much of the request was read from the service's cache. */
      _ ("cache %d %%"), (int) (usage->cache_hit_tokens * 100 / usage->prompt_tokens));

    gtk_label_set_label (self->cache, text);
    gtk_widget_set_visible (GTK_WIDGET (self->cache), TRUE);
  }
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

  g_type_ensure (ADW_TYPE_WRAP_BOX);
  g_type_ensure (ADW_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/transcript/sonde-turn-footer.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, copy);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, edit);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, edited);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, more);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, next);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, previous);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, retry);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, retry_with);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, tools);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, version);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, versions);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, figures);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, tokens);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, cache);
  gtk_widget_class_bind_template_child (widget_class, SondeTurnFooter, cost);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_set_css_name (widget_class, "turnfooter");
}

static void
sonde_turn_footer_init (SondeTurnFooter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->figures, fill_figures_cb, self, NULL);
  gtk_menu_button_set_create_popup_func (self->more, fill_more_cb, self, NULL);
  gtk_menu_button_set_create_popup_func (self->retry_with, fill_retry_with_cb, self, NULL);
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
 * @last: whether it is the last one
 */
void
sonde_turn_footer_update (SondeTurnFooter *self, SondeMessage *message, gboolean last)
{
  gboolean streaming = sonde_message_get_state (message) == SONDE_MESSAGE_STREAMING;
  gboolean question = sonde_message_get_role (message) == SONDE_ROLE_USER;
  gboolean answer = sonde_message_get_role (message) == SONDE_ROLE_ASSISTANT;

  g_return_if_fail (SONDE_IS_TURN_FOOTER (self));
  g_return_if_fail (SONDE_IS_MESSAGE (message));

  g_set_object (&self->message, message);
  self->last = last;
  gtk_widget_set_visible (self->copy,
                          sonde_message_get_text_length (message, SONDE_TEXT_CONTENT) > 0);
  gtk_widget_set_visible (
    self->edit, question || (answer && !streaming && !calls_tools (message) &&
                             sonde_message_get_text_length (message, SONDE_TEXT_CONTENT) > 0));
  gtk_widget_set_visible (self->retry, answer && !streaming);
  gtk_widget_set_visible (GTK_WIDGET (self->retry_with), answer && !streaming);
  update_actions (self);
  update_versions (self);
  update_figures (self);
}
