/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-context-button.h"

#include <glib/gi18n.h>

#include "sonde-context-ring.h"
#include "sonde-cost.h"

#define NEARLY_FULL 80 /* per cent */
#define NOTE_CHARS  32

/**
 * SondeContextButton:
 *
 * Where one sends: a ring of how much of the model's window would be used, and a word where
 * the hour is a dear one. It opens what the parts are.
 */
struct _SondeContextButton {
  AdwBin parent_instance;

  GtkMenuButton *button;
  SondeContextRing *ring;
  GtkLabel *share;
  GtkWidget *peak;

  SondeChatContext *context;
  SondeContextMeter *meter;
  SondeConversation *conversation;
  SondeModelInfo *model;
  gboolean narrow;
  guint peak_source;
  gboolean offered; /* that older messages are summarised */
  guint offer_source;
};

enum { PROP_CONVERSATION = 1, PROP_MODEL, PROP_NARROW, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondeContextButton, sonde_context_button, ADW_TYPE_BIN)

static const SondePrice *
find_price (SondeContextButton *self, gint64 *now)
{
  const char *currency;

  if (self->context == NULL || self->model == NULL)
    return NULL;

  *now = sonde_clock_get_real_time (sonde_chat_context_get_clock (self->context));
  currency = sonde_settings_get_currency (sonde_chat_context_get_settings (self->context));

  return sonde_model_info_find_price (self->model, currency, *now);
}

/* When the rates change, for people; the day is named where it is another one. */
static char *
format_change (gint64 now, gint64 change)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (change);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autoptr (GDateTime) now_utc = g_date_time_new_from_unix_utc_usec (now);
  g_autoptr (GDateTime) now_local = g_date_time_to_local (now_utc);

  if (g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (now_local))
    /* Translators: a time of day; see strftime() */
    return g_date_time_format (local, _ ("%H:%M"));

  /* Translators: a day of the week and a time of day, like “Monday, 02:00”; see strftime() */
  return g_date_time_format (local, _ ("%A, %H:%M"));
}

/* What is said of the hour, or NULL where all hours are the same. */
static char *
describe_hour (SondeContextButton *self, gboolean *peak)
{
  gint64 now = 0;
  const SondePrice *price = find_price (self, &now);
  gint64 change;
  g_autofree char *when = NULL;

  *peak = FALSE;
  if (price == NULL || price->peak == SONDE_PEAK_NONE)
    return NULL;

  *peak = sonde_price_is_peak (price, now);
  change = sonde_price_find_change (price, now);
  when = format_change (now, change);
  if (*peak)
    /* Translators: %s is a time of day */
    return g_strdup_printf (_ ("Peak rates until %s"), when);

  /* Translators: %s is a time of day, with the day of the week where it is not today */
  return g_strdup_printf (_ ("Off-peak rates until %s"), when);
}

static char *
format_count (gint64 count)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, count);
}

static void update_peak (SondeContextButton *self);

static void
peak_cb (gpointer user_data)
{
  SondeContextButton *self = user_data;

  self->peak_source = 0;
  update_peak (self);
}

static void
update_tooltip (SondeContextButton *self)
{
  SondeContextParts parts;
  gboolean peak;
  g_autofree char *hour = describe_hour (self, &peak);
  g_autofree char *total = NULL;
  g_autofree char *window = NULL;
  g_autofree char *text = NULL;

  sonde_context_meter_get_parts (self->meter, &parts);
  total = format_count (parts.total);
  window = format_count (parts.window);
  if (parts.window > 0)
    /* Translators: how many tokens would be sent, about, and how many can be */
    text = g_strdup_printf (
      ngettext ("≈ %1$s of %2$s token", "≈ %1$s of %2$s tokens", (gulong) parts.window), total,
      window);
  else
    text = g_strdup_printf (ngettext ("≈ %s token", "≈ %s tokens", (gulong) parts.total), total);
  if (hour != NULL) {
    g_autofree char *both = g_strconcat (text, "\n", hour, NULL);

    gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), both);
  } else {
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), text);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
update_peak (SondeContextButton *self)
{
  gint64 now = 0;
  const SondePrice *price = find_price (self, &now);
  gint64 change;
  gboolean peak;
  g_autofree char *hour = describe_hour (self, &peak);

  g_clear_handle_id (&self->peak_source, g_source_remove);
  gtk_widget_set_visible (self->peak, hour != NULL && !self->narrow);
  gtk_label_set_label (GTK_LABEL (self->peak), peak ? _ ("Peak") : _ ("Off-peak"));
  if (peak)
    gtk_widget_add_css_class (GTK_WIDGET (self), "peak");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "peak");
  update_tooltip (self);
  if (hour == NULL)
    return;

  change = sonde_price_find_change (price, now);
  if (change < G_MAXINT64 && change - now < 8 * G_TIME_SPAN_DAY)
    self->peak_source =
      g_timeout_add_seconds_once ((guint) ((change - now) / G_TIME_SPAN_SECOND) + 1, peak_cb, self);
}

static SondeSession *
get_session (SondeContextButton *self)
{
  return self->context != NULL && self->conversation != NULL
           ? sonde_library_get_session (sonde_chat_context_get_library (self->context),
                                        self->conversation)
           : NULL;
}

/* Once, as soon as it can be done: not while an answer is on its way. */
static void
offer_cb (gpointer user_data)
{
  SondeContextButton *self = user_data;
  SondeSession *session = get_session (self);

  self->offer_source = 0;
  if (session == NULL || !sonde_session_can_summarise (session))
    return;
  self->offered = TRUE;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.summary-offer", NULL);
}

static void
update (SondeContextButton *self)
{
  SondeContextParts parts;
  g_autofree char *share = NULL;
  double fraction;
  int percent;

  sonde_context_meter_get_parts (self->meter, &parts);
  fraction = parts.window > 0 ? (double) parts.total / (double) parts.window : 0;
  percent = (int) (fraction * 100 + 0.5);
  sonde_context_ring_set_fraction (self->ring, fraction);
  /* Translators: how full the context is, about, in per cent */
  share = parts.total == 0                 ? g_strdup (_ ("0 %"))
          : percent < 1 && parts.total > 0 ? g_strdup (_ ("< 1 %"))
                                           : g_strdup_printf (_ ("≈ %d %%"), percent);
  gtk_label_set_label (self->share, share);
  gtk_widget_set_visible (GTK_WIDGET (self->share), parts.window > 0 && !self->narrow);
  if (percent >= NEARLY_FULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "warning");
  if (percent < NEARLY_FULL)
    self->offered = FALSE;
  else if (!self->offered && self->offer_source == 0)
    self->offer_source = g_idle_add_once (offer_cb, self);
  update_tooltip (self);
}

static void
draft_changed_cb (SondeContextButton *self)
{
  sonde_context_meter_set_draft (self->meter, self->conversation != NULL
                                                ? sonde_conversation_get_draft (self->conversation)
                                                : NULL);
}

static void
add_part (GtkGrid *grid, int row, const char *title, gint64 tokens)
{
  GtkWidget *title_label = gtk_label_new (title);
  g_autofree char *number = format_count (tokens);
  /* Translators: “about” and a number */
  g_autofree char *count = g_strdup_printf (_ ("≈ %s"), number);
  GtkWidget *count_label = gtk_label_new (count);

  gtk_label_set_xalign (GTK_LABEL (title_label), 0);
  gtk_widget_add_css_class (title_label, "dimmed");
  gtk_label_set_xalign (GTK_LABEL (count_label), 1);
  gtk_widget_set_hexpand (count_label, TRUE);
  gtk_widget_add_css_class (count_label, "numeric");
  gtk_grid_attach (grid, title_label, 0, row, 1, 1);
  gtk_grid_attach (grid, count_label, 1, row, 1, 1);
}

static void
add_note (GtkBox *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), NOTE_CHARS);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_box_append (box, label);
}

/* What a summary would cost. */
static char *
describe_summary (SondeContextButton *self, SondeSession *session)
{
  const gint64 now = sonde_clock_get_real_time (sonde_chat_context_get_clock (self->context));
  const char *currency =
    sonde_settings_get_currency (sonde_chat_context_get_settings (self->context));
  SondeModelInfo *model;
  const gint64 tokens = sonde_session_estimate_summary (session, &model);
  const SondePrice *price =
    model != NULL ? sonde_model_info_find_price (model, currency, now) : NULL;
  g_autofree char *number = format_count (tokens);
  g_autofree char *cost = NULL;

  if (price == NULL)
    /* Translators: a number of tokens */
    return g_strdup_printf (_ ("It reads ≈ %s tokens."), number);

  cost = sonde_cost_format (sonde_cost_of_tokens (tokens, sonde_price_get_rates (price, now)->miss),
                            currency);

  /* Translators: the name of a model, a number of tokens and an amount */
  return g_strdup_printf (_ ("%1$s reads ≈ %2$s tokens for it: ≈ %3$s."),
                          sonde_model_info_get_display_name (model), number, cost);
}

static void
add_summarise (SondeContextButton *self, GtkBox *box)
{
  SondeSession *session = get_session (self);
  g_autofree char *text = NULL;
  GtkWidget *button;

  if (session == NULL || !sonde_session_can_summarise (session))
    return;

  text = describe_summary (self, session);
  button = gtk_button_new_with_label (_ ("Summarise Older Messages"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.summarise");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (gtk_menu_button_popdown), self->button,
                           G_CONNECT_SWAPPED);
  gtk_box_append (box, button);
  add_note (box, text);
}

/* Made when it opens: it says what there is now. */
static void
fill_cb (GtkMenuButton *button, gpointer user_data)
{
  SondeContextButton *self = user_data;
  GtkWidget *popover = gtk_popover_new ();
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  GtkWidget *title = gtk_label_new (_ ("What Would Be Sent"));
  SondeContextParts parts;
  gboolean peak;
  g_autofree char *hour = describe_hour (self, &peak);
  int row = 2;

  draft_changed_cb (self);
  sonde_context_meter_get_parts (self->meter, &parts);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_grid_set_column_spacing (grid, 24);
  gtk_grid_set_row_spacing (grid, 4);
  add_part (grid, 0, _ ("System prompt"), parts.system_prompt);
  add_part (grid, 1, _ ("Attachments"), parts.attachments);
  if (parts.summary > 0)
    /* Translators: what is sent in place of older messages */
    add_part (grid, row++, _ ("Summary"), parts.summary);
  add_part (grid, row++, _ ("History"), parts.history);
  /* Translators: what is written in the entry and not sent yet */
  add_part (grid, row++, _ ("Draft"), parts.draft);
  /* Translators: the sum of the tokens above */
  add_part (grid, row++, _ ("Together"), parts.total);
  gtk_box_append (box, title);
  gtk_box_append (box, GTK_WIDGET (grid));
  if (parts.window > 0) {
    g_autofree char *number = format_count (parts.window);
    /* Translators: the name of a model and a number */
    g_autofree char *window = g_strdup_printf (
      ngettext ("%1$s takes %2$s token", "%1$s takes %2$s tokens", (gulong) parts.window),
      sonde_model_info_get_display_name (self->model), number);

    add_note (box, window);
  }
  if (hour != NULL)
    add_note (box, hour);
  add_summarise (self, box);
  gtk_widget_add_css_class (GTK_WIDGET (box), "usage-view");
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (box));
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Context"), -1);
  gtk_menu_button_set_popover (button, popover);
}

static void
set_conversation (SondeContextButton *self, SondeConversation *conversation)
{
  if (self->conversation == conversation)
    return;
  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_func (self->conversation, draft_changed_cb, self);
  g_set_object (&self->conversation, conversation);
  self->offered = FALSE;
  sonde_context_meter_set_conversation (self->meter, conversation);
  if (conversation != NULL)
    g_signal_connect_object (conversation, "notify::draft", G_CALLBACK (draft_changed_cb), self,
                             G_CONNECT_SWAPPED);
  draft_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
}

static void
sonde_context_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeContextButton *self = SONDE_CONTEXT_BUTTON (object);

  switch (id) {
  case PROP_CONVERSATION:
    g_value_set_object (value, self->conversation);
    break;
  case PROP_MODEL:
    g_value_set_object (value, self->model);
    break;
  case PROP_NARROW:
    g_value_set_boolean (value, self->narrow);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_context_button_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  SondeContextButton *self = SONDE_CONTEXT_BUTTON (object);

  switch (id) {
  case PROP_CONVERSATION:
    set_conversation (self, g_value_get_object (value));
    break;
  case PROP_MODEL:
    if (g_set_object (&self->model, g_value_get_object (value))) {
      sonde_context_meter_set_model (self->meter, self->model);
      update_peak (self);
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  case PROP_NARROW:
    if (self->narrow != g_value_get_boolean (value)) {
      self->narrow = g_value_get_boolean (value);
      update (self);
      update_peak (self);
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_context_button_dispose (GObject *object)
{
  SondeContextButton *self = SONDE_CONTEXT_BUTTON (object);

  g_clear_handle_id (&self->peak_source, g_source_remove);
  g_clear_handle_id (&self->offer_source, g_source_remove);
  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_func (self->conversation, draft_changed_cb, self);
  g_clear_object (&self->conversation);
  g_clear_object (&self->model);
  g_clear_object (&self->meter);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (sonde_context_button_parent_class)->dispose (object);
}

static void
sonde_context_button_class_init (SondeContextButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_context_button_get_property;
  object_class->set_property = sonde_context_button_set_property;
  object_class->dispose = sonde_context_button_dispose;

  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, SONDE_TYPE_CONVERSATION, flags);
  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, SONDE_TYPE_MODEL_INFO, flags);
  /**
   * SondeContextButton:narrow:
   *
   * Whether there is room for the ring alone.
   */
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "contextbutton");
}

static void
sonde_context_button_init (SondeContextButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->meter = sonde_context_meter_new ();
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  self->ring = SONDE_CONTEXT_RING (sonde_context_ring_new ());
  self->share = GTK_LABEL (gtk_label_new (NULL));
  self->peak = gtk_label_new (NULL);
  gtk_widget_set_valign (GTK_WIDGET (self->ring), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->share), "numeric");
  gtk_box_append (GTK_BOX (box), self->peak);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->ring));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->share));
  gtk_widget_add_css_class (box, "caption");
  gtk_menu_button_set_child (self->button, box);
  gtk_menu_button_set_direction (self->button, GTK_ARROW_UP);
  gtk_menu_button_set_create_popup_func (self->button, fill_cb, self, NULL);
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Context"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  g_signal_connect_object (self->meter, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  update_peak (self);
}

/**
 * sonde_context_button_set_context:
 * @self: a button
 * @context: the services, with settings: the time and the currency are theirs
 */
void
sonde_context_button_set_context (SondeContextButton *self, SondeChatContext *context)
{
  g_return_if_fail (SONDE_IS_CONTEXT_BUTTON (self));
  g_return_if_fail (SONDE_IS_CHAT_CONTEXT (context));

  if (!g_set_object (&self->context, context))
    return;
  g_signal_connect_object (sonde_chat_context_get_settings (context), "notify::currency",
                           G_CALLBACK (update_peak), self, G_CONNECT_SWAPPED);
  update_peak (self);
}

/**
 * sonde_context_button_get_meter:
 * @self: a button
 *
 * Returns: (transfer none): what reckons the tokens
 */
SondeContextMeter *
sonde_context_button_get_meter (SondeContextButton *self)
{
  g_return_val_if_fail (SONDE_IS_CONTEXT_BUTTON (self), NULL);

  return self->meter;
}
