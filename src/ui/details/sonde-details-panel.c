/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-details-panel.h"

#include <glib/gi18n.h>

#include "sonde-context-meter.h"
#include "sonde-cost.h"
#include "sonde-focus.h"
#include "sonde-parameter-row.h"
#include "sonde-preset-actions.h"
#include "sonde-prompt-dialog.h"
#include "sonde-stop-list.h"
#include "sonde-thinking-selector.h"

#define LONG_HISTORY 4096 /* tokens from which on a lost cache is worth a word */
#define PROMPT_DELAY 300  /* ms after a key until the conversation has what was typed */

/* What holds in a conversation in which nothing was chosen (contract.md section 3). */
#define DEFAULT_MODEL_ID "deepseek-v4-flash"
#define DEFAULT_THINKING SONDE_THINKING_HIGH

/**
 * SondeDetailsPanel:
 *
 * All that is set for a conversation and sent with its questions. Each value shows what
 * holds where it is not set, what it can be, and where the model or the mode ignores it.
 * What is set goes to the conversation at once, and from there to the disk.
 */
struct _SondeDetailsPanel {
  GtkWidget parent_instance;

  AdwPreferencesPage *page;
  GtkMenuButton *presets;
  GtkTextView *prompt;
  GtkTextBuffer *buffer;
  GtkWidget *placeholder;
  GtkLabel *cache_note;
  AdwPreferencesGroup *model_group;
  AdwComboRow *model;
  SondeThinkingSelector *thinking;
  GtkBox *thinking_header;
  GtkLabel *thinking_note;
  AdwPreferencesGroup *answer;
  AdwSwitchRow *json;
  AdwPreferencesGroup *stops;
  AdwPreferencesGroup *advanced;
  GtkWidget *reset_all;
  AdwSwitchRow *logprobs;
  SondeStopList *stop_list;
  GtkWidget *reset_model;
  GtkWidget *reset_thinking;
  GtkWidget *reset_stops;
  GPtrArray *rows; /* (element-type SondeParameterRow) */
  GListStore *models;

  SondeChatContext *context;
  SondeConversation *conversation;
  SondeContextMeter *meter;
  guint prompt_source;
  gboolean updating;
};

enum { PROP_CONVERSATION = 1, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondeDetailsPanel, sonde_details_panel, GTK_TYPE_WIDGET)

static const char *
get_parameters (SondeDetailsPanel *self)
{
  return self->conversation != NULL ? sonde_conversation_get_parameters (self->conversation) : NULL;
}

static SondeModelInfo *
get_model (SondeDetailsPanel *self)
{
  return adw_combo_row_get_selected_item (self->model);
}

/* The models that can be chosen, and the one that was, wherever it is from. */
static void
update_models (SondeDetailsPanel *self)
{
  GListModel *known = sonde_chat_context_get_models (self->context);
  const char *model_id = sonde_conversation_get_model_id (self->conversation);
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (g_object_unref);
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < g_list_model_get_n_items (known); i++) {
    g_ptr_array_add (models, g_list_model_get_item (known, i));
    if (sonde_model_info_has_id (models->pdata[i], model_id))
      selected = i;
  }
  if (selected == GTK_INVALID_LIST_POSITION && model_id != NULL) {
    selected = models->len;
    g_ptr_array_add (models, sonde_model_info_new_builtin (model_id));
  }
  g_list_store_splice (self->models, 0, g_list_model_get_n_items (G_LIST_MODEL (self->models)),
                       models->pdata, models->len);
  adw_combo_row_set_selected (self->model, selected);
}

static gboolean
takes_thinking (SondeDetailsPanel *self)
{
  SondeServiceInfo *service =
    sonde_account_get_service (sonde_chat_context_get_account (self->context));

  return service == NULL || (sonde_service_info_get_flags (service) & SONDE_SERVICE_THINKING) != 0;
}

static void
update_model (SondeDetailsPanel *self)
{
  g_autoptr (SondeModelInfo) fallback = sonde_model_info_new_builtin (DEFAULT_MODEL_ID);
  g_autofree char *model =
    sonde_parameter_row_describe (sonde_model_info_get_display_name (fallback), NULL, NULL);
  g_autofree char *thinking = sonde_parameter_row_describe (
    sonde_thinking_selector_get_name (DEFAULT_THINKING), NULL,
    takes_thinking (self) ? NULL : _ ("Ignored: this service does not take it"));
  SondeThinking level = sonde_conversation_get_thinking (self->conversation);

  adw_preferences_group_set_description (self->model_group, model);
  gtk_widget_set_visible (
    self->reset_model,
    g_strcmp0 (sonde_conversation_get_model_id (self->conversation), DEFAULT_MODEL_ID) != 0);
  gtk_label_set_label (self->thinking_note, thinking);
  gtk_widget_set_visible (self->reset_thinking, level != DEFAULT_THINKING);
  sonde_thinking_selector_set_model (self->thinking, get_model (self));
  sonde_thinking_selector_set_thinking (self->thinking, level);
}

static void
update_prompt (SondeDetailsPanel *self)
{
  const char *prompt = sonde_conversation_get_system_prompt (self->conversation);
  GtkTextIter start, end;
  g_autofree char *shown = NULL;

  if (self->prompt_source != 0) /* what is being typed is newer */
    return;
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  shown = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  if (g_strcmp0 (shown, prompt != NULL ? prompt : "") != 0)
    gtk_text_buffer_set_text (self->buffer, prompt != NULL ? prompt : "", -1);
  gtk_widget_set_visible (self->placeholder, gtk_text_buffer_get_char_count (self->buffer) == 0);
}

/* The service's cache goes by how a request begins, and by the model: another system prompt
 * or model in a long conversation is paid for with all of it, which is said beforehand. */
static void
update_cache_note (SondeDetailsPanel *self)
{
  gint64 now = sonde_clock_get_real_time (sonde_chat_context_get_clock (self->context));
  const char *currency =
    sonde_settings_get_currency (sonde_chat_context_get_settings (self->context));
  SondeModelInfo *model = get_model (self);
  const SondePrice *price =
    model != NULL ? sonde_model_info_find_price (model, currency, now) : NULL;
  SondeContextParts parts;
  g_autofree char *count = NULL;
  g_autofree char *anew = NULL;
  g_autofree char *cached = NULL;
  g_autofree char *text = NULL;

  sonde_context_meter_get_parts (self->meter, &parts);
  gtk_widget_set_visible (GTK_WIDGET (self->cache_note),
                          price != NULL && parts.history >= LONG_HISTORY);
  if (price == NULL || parts.history < LONG_HISTORY)
    return;

  count = g_strdup_printf ("%'" G_GINT64_FORMAT, parts.history);
  anew = sonde_cost_format (
    sonde_cost_of_tokens (parts.history, sonde_price_get_rates (price, now)->miss), currency);
  cached = sonde_cost_format (
    sonde_cost_of_tokens (parts.history, sonde_price_get_rates (price, now)->hit), currency);
  text = g_strdup_printf (
    /* Translators: %1$s is a number of tokens; the others are amounts */
    ngettext ("Another system prompt or model loses the service’s cache: the ≈ %1$s token so far "
              "then costs ≈ %2$s once, in place of ≈ %3$s.",
              "Another system prompt or model loses the service’s cache: the ≈ %1$s tokens so far "
              "then cost ≈ %2$s once, in place of ≈ %3$s.",
              (gulong) parts.history),
    count, anew, cached);
  gtk_label_set_label (self->cache_note, text);
}

static gboolean
is_anything_set (SondeDetailsPanel *self)
{
  return get_parameters (self) != NULL || sonde_conversation_get_json_output (self->conversation) ||
         sonde_conversation_get_system_prompt (self->conversation) != NULL ||
         gtk_widget_get_visible (self->reset_model) ||
         gtk_widget_get_visible (self->reset_thinking);
}

static void
update (SondeDetailsPanel *self)
{
  SondeServiceInfo *service =
    sonde_account_get_service (sonde_chat_context_get_account (self->context));
  const char *parameters = get_parameters (self);
  g_auto (GStrv) stops = sonde_parameters_get_strings (parameters, SONDE_PARAMETER_STOP);

  if (self->conversation == NULL || self->updating)
    return;

  self->updating = TRUE;
  update_models (self);
  update_model (self);
  update_prompt (self);
  sonde_context_meter_set_model (self->meter, get_model (self));
  update_cache_note (self);
  for (guint i = 0; i < self->rows->len; i++) {
    SondeParameterRow *row = g_ptr_array_index (self->rows, i);
    SondeParameter parameter = sonde_parameter_row_get_parameter (row);

    sonde_parameter_row_update (
      row, parameters, get_model (self),
      sonde_parameter_get_note (parameter, parameters, get_model (self),
                                sonde_conversation_get_thinking (self->conversation), service));
  }
  adw_switch_row_set_active (self->json, sonde_conversation_get_json_output (self->conversation));
  adw_switch_row_set_active (self->logprobs,
                             sonde_parameters_get_flag (parameters, SONDE_PARAMETER_LOGPROBS));
  sonde_stop_list_set_texts (self->stop_list, (const char *const *) stops);
  gtk_widget_set_visible (self->reset_stops, stops[0] != NULL);
  gtk_widget_set_sensitive (self->reset_all, is_anything_set (self));
  self->updating = FALSE;
}

static void
take_parameters (SondeDetailsPanel *self, char *parameters)
{
  sonde_conversation_set_parameters (self->conversation, parameters);
  g_free (parameters);
}

static gboolean
is_idle (SondeDetailsPanel *self)
{
  return !self->updating && self->conversation != NULL;
}

static void
number_edited_cb (SondeDetailsPanel *self, SondeParameterRow *row)
{
  SondeParameter parameter = sonde_parameter_row_get_parameter (row);
  double number;

  if (!is_idle (self))
    return;
  if (sonde_parameter_row_get_number (row, &number))
    take_parameters (self, sonde_parameters_with_number (get_parameters (self), parameter, number));
  else
    take_parameters (self, sonde_parameters_without (get_parameters (self), parameter));
}

static void
stops_edited_cb (SondeDetailsPanel *self)
{
  g_auto (GStrv) texts = sonde_stop_list_get_texts (self->stop_list);

  if (is_idle (self))
    take_parameters (self,
                     sonde_parameters_with_strings (get_parameters (self), SONDE_PARAMETER_STOP,
                                                    (const char *const *) texts));
}

static void
reset_stops_cb (SondeDetailsPanel *self)
{
  take_parameters (self, sonde_parameters_without (get_parameters (self), SONDE_PARAMETER_STOP));
}

static void
logprobs_switched_cb (SondeDetailsPanel *self)
{
  if (is_idle (self))
    take_parameters (self,
                     sonde_parameters_with_flag (get_parameters (self), SONDE_PARAMETER_LOGPROBS,
                                                 adw_switch_row_get_active (self->logprobs)));
}

static void
json_switched_cb (SondeDetailsPanel *self)
{
  if (is_idle (self))
    sonde_conversation_set_json_output (self->conversation, adw_switch_row_get_active (self->json));
}

static void
choose_model (SondeDetailsPanel *self, const char *model_id)
{
  sonde_conversation_set_model_id (self->conversation, model_id);
  sonde_settings_set_model_id (sonde_chat_context_get_settings (self->context), model_id);
}

static void
choose_thinking (SondeDetailsPanel *self, SondeThinking thinking)
{
  sonde_conversation_set_thinking (self->conversation, thinking);
  sonde_settings_set_thinking (sonde_chat_context_get_settings (self->context),
                               sonde_thinking_to_string (thinking));
}

static void
model_selected_cb (SondeDetailsPanel *self)
{
  if (is_idle (self) && get_model (self) != NULL)
    choose_model (self, sonde_model_info_get_id (get_model (self)));
}

static void
reset_model_cb (SondeDetailsPanel *self)
{
  choose_model (self, DEFAULT_MODEL_ID);
}

static void
thinking_chosen_cb (SondeDetailsPanel *self)
{
  if (is_idle (self))
    choose_thinking (self, sonde_thinking_selector_get_thinking (self->thinking));
}

static void
reset_thinking_cb (SondeDetailsPanel *self)
{
  choose_thinking (self, DEFAULT_THINKING);
}

static void
prompt_timeout_cb (gpointer user_data)
{
  SondeDetailsPanel *self = user_data;

  self->prompt_source = 0;
  sonde_details_panel_keep_prompt (self);
}

static void
prompt_changed_cb (SondeDetailsPanel *self)
{
  gtk_widget_set_visible (self->placeholder, gtk_text_buffer_get_char_count (self->buffer) == 0);
  if (is_idle (self) && self->prompt_source == 0)
    self->prompt_source = g_timeout_add_once (PROMPT_DELAY, prompt_timeout_cb, self);
}

static void
enlarge_cb (SondeDetailsPanel *self)
{
  adw_dialog_present (sonde_prompt_dialog_new (_ ("System Prompt"), self->buffer),
                      GTK_WIDGET (self));
}

static void
fill_presets_cb (GtkMenuButton *button, gpointer user_data)
{
  SondeDetailsPanel *self = user_data;
  g_autoptr (GMenuModel) menu = sonde_preset_actions_make_menu (self->context);

  gtk_menu_button_set_menu_model (button, menu);
}

static void
reset_all_cb (SondeDetailsPanel *self)
{
  g_clear_handle_id (&self->prompt_source, g_source_remove);
  g_object_freeze_notify (G_OBJECT (self->conversation));
  sonde_conversation_set_system_prompt (self->conversation, NULL);
  sonde_conversation_set_parameters (self->conversation, NULL);
  sonde_conversation_set_json_output (self->conversation, FALSE);
  choose_model (self, DEFAULT_MODEL_ID);
  choose_thinking (self, DEFAULT_THINKING);
  g_object_thaw_notify (G_OBJECT (self->conversation));
}

static void
add_number (SondeDetailsPanel *self, AdwPreferencesGroup *group, SondeParameter parameter)
{
  GtkWidget *row = sonde_parameter_row_new (parameter);

  g_signal_connect_object (row, "edited", G_CALLBACK (number_edited_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (group, row);
}

static GtkWidget *
make_reset (SondeDetailsPanel *self, const char *label, GCallback callback)
{
  GtkWidget *button = sonde_reset_button_new (label);

  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);

  return button;
}

static void
make_rows (SondeDetailsPanel *self)
{
  g_autofree char *off = sonde_parameter_row_describe (C_ ("JSON output", "Off"), NULL, NULL);
  g_autofree char *none = NULL;
  /* Translators: how many stop sequences there can be */
  g_autofree char *number = g_strdup_printf (_ ("up to %d"), SONDE_MAX_STOPS);

  self->reset_model = make_reset (self, _ ("Reset Model"), G_CALLBACK (reset_model_cb));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->model), self->reset_model);
  self->reset_thinking = make_reset (self, _ ("Reset Thinking"), G_CALLBACK (reset_thinking_cb));
  gtk_box_append (self->thinking_header, self->reset_thinking);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->json), off);
  add_number (self, self->answer, SONDE_PARAMETER_MAX_TOKENS);
  self->logprobs = ADW_SWITCH_ROW (adw_switch_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->logprobs), _ ("Log Probabilities"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->logprobs), off);
  g_signal_connect_object (self->logprobs, "notify::active", G_CALLBACK (logprobs_switched_cb),
                           self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->answer, GTK_WIDGET (self->logprobs));
  add_number (self, self->answer, SONDE_PARAMETER_TOP_LOGPROBS);

  none = sonde_parameter_row_describe (C_ ("log probabilities", "none"), number, NULL);
  adw_preferences_group_set_description (self->stops, none);
  self->stop_list = SONDE_STOP_LIST (sonde_stop_list_new ());
  g_signal_connect_object (self->stop_list, "edited", G_CALLBACK (stops_edited_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->stops, GTK_WIDGET (self->stop_list));
  self->reset_stops = make_reset (self, _ ("Reset Stop Sequences"), G_CALLBACK (reset_stops_cb));
  adw_preferences_group_set_header_suffix (self->stops, self->reset_stops);

  for (int i = SONDE_PARAMETER_TEMPERATURE; i <= SONDE_PARAMETER_PRESENCE_PENALTY; i++)
    add_number (self, self->advanced, (SondeParameter) i);
}

static gboolean
sonde_details_panel_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SONDE_DETAILS_PANEL (widget)->prompt));
}

static void
sonde_details_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_CONVERSATION:
    g_value_set_object (value, SONDE_DETAILS_PANEL (object)->conversation);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_details_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_CONVERSATION:
    sonde_details_panel_set_conversation (SONDE_DETAILS_PANEL (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_details_panel_dispose (GObject *object)
{
  SondeDetailsPanel *self = SONDE_DETAILS_PANEL (object);

  if (self->context != NULL)
    sonde_details_panel_set_conversation (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_DETAILS_PANEL);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->models);
  g_clear_object (&self->meter);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (sonde_details_panel_parent_class)->dispose (object);
}

static void
sonde_details_panel_class_init (SondeDetailsPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sonde_details_panel_get_property;
  object_class->set_property = sonde_details_panel_set_property;
  object_class->dispose = sonde_details_panel_dispose;

  widget_class->focus = sonde_focus_children;
  widget_class->grab_focus = sonde_details_panel_grab_focus;

  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, SONDE_TYPE_CONVERSATION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (SONDE_TYPE_THINKING_SELECTOR);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_REGION);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/details/sonde-details-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeDetailsPanel, advanced);
  gtk_widget_class_bind_template_child (widget_class, SondeDetailsPanel, answer);
  gtk_widget_class_bind_template_child (widget_class, SondeDetailsPanel, buffer);
  gtk_widget_class_bind_template_child (widget_class, SondeDetailsPanel, cache_note);
  gtk_widget_class_bind_template_child (widget_class, SondeDetailsPanel, json);
  gtk_widget_class_bind_template_child (widget_class, SondeDetailsPanel, model);
  gtk_widget_class_bind_template_child (widget_class, SondeDetailsPanel, model_group);
  gtk_widget_class_bind_template_child (widget_class, SondeDetailsPanel, page);
  gtk_widget_class_bind_template_child (widget_class, SondeDetailsPanel, placeholder);
  gtk_widget_class_bind_template_child (widget_class, SondeDetailsPanel, presets);
  gtk_widget_class_bind_template_child (widget_class, SondeDetailsPanel, prompt);
  gtk_widget_class_bind_template_child (widget_class, SondeDetailsPanel, reset_all);
  gtk_widget_class_bind_template_child (widget_class, SondeDetailsPanel, stops);
  gtk_widget_class_bind_template_child (widget_class, SondeDetailsPanel, thinking);
  gtk_widget_class_bind_template_child (widget_class, SondeDetailsPanel, thinking_header);
  gtk_widget_class_bind_template_child (widget_class, SondeDetailsPanel, thinking_note);
  gtk_widget_class_bind_template_callback (widget_class, enlarge_cb);
  gtk_widget_class_bind_template_callback (widget_class, json_switched_cb);
  gtk_widget_class_bind_template_callback (widget_class, model_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, prompt_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, sonde_details_panel_keep_prompt);
  gtk_widget_class_bind_template_callback (widget_class, thinking_chosen_cb);
}

static void
sonde_details_panel_init (SondeDetailsPanel *self)
{
  g_autoptr (GtkExpression) name =
    gtk_property_expression_new (SONDE_TYPE_MODEL_INFO, NULL, "display-name");

  self->rows = g_ptr_array_new ();
  self->meter = sonde_context_meter_new ();
  self->models = g_list_store_new (SONDE_TYPE_MODEL_INFO);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->updating = TRUE;
  adw_combo_row_set_expression (self->model, name);
  adw_combo_row_set_model (self->model, G_LIST_MODEL (self->models));
  make_rows (self);
  gtk_menu_button_set_create_popup_func (self->presets, fill_presets_cb, self, NULL);
  self->updating = FALSE;
}

/**
 * sonde_details_panel_new:
 * @context: the services, with settings
 *
 * Returns: (transfer floating): a panel without a conversation
 */
GtkWidget *
sonde_details_panel_new (SondeChatContext *context)
{
  SondeDetailsPanel *self;

  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (context), NULL);

  self = g_object_new (SONDE_TYPE_DETAILS_PANEL, NULL);
  self->context = g_object_ref (context);
  g_signal_connect_object (self->meter, "changed", G_CALLBACK (update_cache_note), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sonde_chat_context_get_models (context), "items-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sonde_chat_context_get_account (context), "notify::service",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * sonde_details_panel_get_conversation:
 * @self: a panel
 *
 * Returns: (transfer none) (nullable): the conversation whose values are shown
 */
SondeConversation *
sonde_details_panel_get_conversation (SondeDetailsPanel *self)
{
  g_return_val_if_fail (SONDE_IS_DETAILS_PANEL (self), NULL);

  return self->conversation;
}

/**
 * sonde_details_panel_set_conversation:
 * @self: a panel
 * @conversation: (nullable): the conversation whose values are shown
 */
void
sonde_details_panel_set_conversation (SondeDetailsPanel *self, SondeConversation *conversation)
{
  g_return_if_fail (SONDE_IS_DETAILS_PANEL (self));
  g_return_if_fail (conversation == NULL || SONDE_IS_CONVERSATION (conversation));

  if (self->conversation == conversation)
    return;

  if (self->conversation != NULL) {
    sonde_details_panel_keep_prompt (self);
    g_signal_handlers_disconnect_by_func (self->conversation, update, self);
  }
  g_set_object (&self->conversation, conversation);
  if (self->meter != NULL)
    sonde_context_meter_set_conversation (self->meter, conversation);
  if (conversation != NULL) {
    static const char *const names[] = { "notify::system-prompt", "notify::parameters",
                                         "notify::model-id", "notify::thinking",
                                         "notify::json-output" };

    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      g_signal_connect_object (conversation, names[i], G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    update (self);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
}

/**
 * sonde_details_panel_keep_prompt:
 * @self: a panel
 *
 * Hands the system prompt to the conversation at once, before something is sent.
 */
void
sonde_details_panel_keep_prompt (SondeDetailsPanel *self)
{
  GtkTextIter start, end;
  g_autofree char *prompt = NULL;

  g_return_if_fail (SONDE_IS_DETAILS_PANEL (self));

  g_clear_handle_id (&self->prompt_source, g_source_remove);
  if (self->conversation == NULL || self->updating)
    return;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  prompt = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  sonde_conversation_set_system_prompt (self->conversation, *prompt != '\0' ? prompt : NULL);
}
