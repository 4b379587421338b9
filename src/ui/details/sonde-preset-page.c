/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-preset-page.h"

#include <glib/gi18n.h>

#include "sonde-model-info.h"
#include "sonde-parameter-row.h"
#include "sonde-stop-list.h"
#include "sonde-thinking-selector.h"

#define PROMPT_HEIGHT 160
#define MARGIN        12

/**
 * SondePresetPage:
 *
 * The name of a preset, its icon, the system prompt and the parameters. Nothing is changed
 * before it is saved.
 */
struct _SondePresetPage {
  AdwNavigationPage parent_instance;

  GtkWidget *save;
  GtkEditable *name;
  GtkEditable *icon;
  GtkTextBuffer *prompt;
  AdwComboRow *model;
  AdwComboRow *thinking;
  AdwSwitchRow *json;
  SondeStopList *stops;
  GPtrArray *rows; /* (element-type SondeParameterRow) */

  SondePreset *preset;
  char *shown_name;
  char *parameters;
  GStrv model_ids; /* in the order of the row's list; the first stands for none */
};

/* In the order of the row's list, behind the one that stands for none. */
static const SondeThinking levels[] = { SONDE_THINKING_OFF, SONDE_THINKING_LOW, SONDE_THINKING_HIGH,
                                        SONDE_THINKING_MAX };

enum { SAVED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondePresetPage, sonde_preset_page, ADW_TYPE_NAVIGATION_PAGE)

static void
changed_cb (SondePresetPage *self)
{
  const char *name = gtk_editable_get_text (self->name);

  gtk_widget_set_sensitive (self->save, name[strspn (name, " ")] != '\0');
}

static void
edited_cb (SondePresetPage *self, SondeParameterRow *row)
{
  SondeParameter parameter = sonde_parameter_row_get_parameter (row);
  g_autofree char *before = g_steal_pointer (&self->parameters);
  double number;

  self->parameters = sonde_parameter_row_get_number (row, &number)
                       ? sonde_parameters_with_number (before, parameter, number)
                       : sonde_parameters_without (before, parameter);
}

static void
stops_edited_cb (SondePresetPage *self)
{
  g_autofree char *before = g_steal_pointer (&self->parameters);
  g_auto (GStrv) texts = sonde_stop_list_get_texts (self->stops);

  self->parameters =
    sonde_parameters_with_strings (before, SONDE_PARAMETER_STOP, (const char *const *) texts);
}

static const char *
get_thinking (SondePresetPage *self)
{
  guint selected = adw_combo_row_get_selected (self->thinking);

  return selected > 0 && selected <= G_N_ELEMENTS (levels)
           ? sonde_thinking_to_string (levels[selected - 1])
           : NULL;
}

static void
save_cb (SondePresetPage *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autofree char *icon = g_strstrip (g_strdup (gtk_editable_get_text (self->icon)));
  g_autofree char *prompt = NULL;
  g_autoptr (SondePreset) preset = NULL;
  GtkTextIter start, end;

  if (*name == '\0')
    return;
  gtk_text_buffer_get_bounds (self->prompt, &start, &end);
  prompt = gtk_text_buffer_get_text (self->prompt, &start, &end, TRUE);
  /* A translated name that was left alone stays translated. */
  if (g_strcmp0 (name, self->shown_name) == 0 && sonde_preset_get_name (self->preset) != NULL)
    g_set_str (&name, sonde_preset_get_name (self->preset));
  preset = sonde_preset_new (sonde_preset_get_id (self->preset), name);
  g_object_set (preset, "icon", icon, "system-prompt", prompt, "parameters", self->parameters,
                "model-id", self->model_ids[adw_combo_row_get_selected (self->model)], "thinking",
                get_thinking (self), "json-output", adw_switch_row_get_active (self->json), NULL);
  g_signal_emit (self, signals[SAVED], 0, preset);
}

static GtkWidget *
make_prompt (SondePresetPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  self->prompt = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), MARGIN);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), MARGIN);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), MARGIN);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), MARGIN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("System Prompt"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), PROMPT_HEIGHT);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_add_css_class (scroller, "prompt-card");

  return scroller;
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page, const char *title)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  if (title != NULL)
    adw_preferences_group_set_title (group, title);
  adw_preferences_page_add (page, group);

  return group;
}

static GtkEditable *
add_entry (AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);

  return GTK_EDITABLE (row);
}

static AdwComboRow *
add_choice (AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);

  return ADW_COMBO_ROW (row);
}

/* The models that can be chosen, and the one that was, wherever it is from. */
static void
fill_models (SondePresetPage *self, GListModel *models)
{
  const char *model_id = sonde_preset_get_model_id (self->preset);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  guint n = g_list_model_get_n_items (models);
  guint selected = 0;

  /* Translators: of a preset that does not set the model */
  gtk_string_list_append (names, C_ ("preset", "As Chosen"));
  g_strv_builder_add (ids, "");
  for (guint i = 0; i < n; i++) {
    g_autoptr (SondeModelInfo) model = g_list_model_get_item (models, i);

    gtk_string_list_append (names, sonde_model_info_get_display_name (model));
    g_strv_builder_add (ids, sonde_model_info_get_id (model));
    if (model_id != NULL && sonde_model_info_has_id (model, model_id))
      selected = i + 1;
  }
  if (selected == 0 && model_id != NULL) {
    g_autoptr (SondeModelInfo) model = sonde_model_info_new_builtin (model_id);

    gtk_string_list_append (names, sonde_model_info_get_display_name (model));
    g_strv_builder_add (ids, model_id);
    selected = n + 1;
  }
  self->model_ids = g_strv_builder_end (ids);
  adw_combo_row_set_model (self->model, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->model, selected);
}

static void
fill_thinking (SondePresetPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  SondeThinking thinking;
  gboolean set = sonde_preset_get_thinking (self->preset) != NULL &&
                 sonde_thinking_from_string (sonde_preset_get_thinking (self->preset), &thinking);

  gtk_string_list_append (names, C_ ("preset", "As Chosen"));
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    gtk_string_list_append (names, sonde_thinking_selector_get_name (levels[i]));
  adw_combo_row_set_model (self->thinking, G_LIST_MODEL (names));
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (set && levels[i] == thinking)
      adw_combo_row_set_selected (self->thinking, i + 1);
}

static void
make_content (SondePresetPage *self)
{
  static const SondeParameter parameters[] = {
    SONDE_PARAMETER_MAX_TOKENS,        SONDE_PARAMETER_TEMPERATURE,      SONDE_PARAMETER_TOP_P,
    SONDE_PARAMETER_FREQUENCY_PENALTY, SONDE_PARAMETER_PRESENCE_PENALTY,
  };
  GtkWidget *toolbar_view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *group = add_group (page, NULL);

  self->name = add_entry (group, _ ("Name"));
  self->icon = add_entry (group, _ ("Icon, a Character"));
  g_signal_connect_object (self->name, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (add_group (page, _ ("System Prompt")), make_prompt (self));
  group = add_group (page, NULL);
  self->model = add_choice (group, _ ("Model"));
  self->thinking = add_choice (group, _ ("Thinking"));
  group = add_group (page, _ ("Parameters"));
  self->json = ADW_SWITCH_ROW (adw_switch_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->json), _ ("JSON Output"));
  adw_preferences_group_add (group, GTK_WIDGET (self->json));
  for (guint i = 0; i < G_N_ELEMENTS (parameters); i++) {
    GtkWidget *row = sonde_parameter_row_new (parameters[i]);

    g_signal_connect_object (row, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
    g_ptr_array_add (self->rows, row);
    adw_preferences_group_add (group, row);
  }

  self->stops = SONDE_STOP_LIST (sonde_stop_list_new ());
  g_signal_connect_object (self->stops, "edited", G_CALLBACK (stops_edited_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (add_group (page, _ ("Stop Sequences")), GTK_WIDGET (self->stops));

  self->save = gtk_button_new_with_mnemonic (_ ("_Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_set_sensitive (self->save, FALSE);
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar_view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar_view), GTK_WIDGET (page));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), toolbar_view);
}

static void
sonde_preset_page_finalize (GObject *object)
{
  SondePresetPage *self = SONDE_PRESET_PAGE (object);

  g_ptr_array_unref (self->rows);
  g_clear_object (&self->preset);
  g_free (self->shown_name);
  g_free (self->parameters);
  g_strfreev (self->model_ids);

  G_OBJECT_CLASS (sonde_preset_page_parent_class)->finalize (object);
}

static void
sonde_preset_page_class_init (SondePresetPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_preset_page_finalize;

  /**
   * SondePresetPage::saved:
   * @self: the page
   * @preset: a SondePreset with the same id
   *
   * Somebody wants it to be so.
   */
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, SONDE_TYPE_PRESET);
}

static void
sonde_preset_page_init (SondePresetPage *self)
{
  self->rows = g_ptr_array_new ();
  make_content (self);
}

/**
 * sonde_preset_page_new:
 * @preset: a preset
 * @name: (nullable): what it is called in the person's language
 * @models: of SondeModelInfo: what can be chosen
 *
 * Returns: (transfer floating): a page on which it can be changed
 */
SondePresetPage *
sonde_preset_page_new (SondePreset *preset, const char *name, GListModel *models)
{
  SondePresetPage *self = g_object_new (SONDE_TYPE_PRESET_PAGE, NULL);
  const char *icon = sonde_preset_get_icon (preset);
  const char *prompt = sonde_preset_get_system_prompt (preset);
  g_auto (GStrv) stops =
    sonde_parameters_get_strings (sonde_preset_get_parameters (preset), SONDE_PARAMETER_STOP);

  self->preset = g_object_ref (preset);
  self->shown_name = g_strdup (name);
  self->parameters = g_strdup (sonde_preset_get_parameters (preset));
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self),
                                 name != NULL ? name : _ ("New Preset"));
  gtk_editable_set_text (self->name, name != NULL ? name : "");
  gtk_editable_set_text (self->icon, icon != NULL ? icon : "");
  gtk_text_buffer_set_text (self->prompt, prompt != NULL ? prompt : "", -1);
  adw_switch_row_set_active (self->json, sonde_preset_get_json_output (preset));
  sonde_stop_list_set_texts (self->stops, (const char *const *) stops);
  fill_models (self, models);
  fill_thinking (self);
  for (guint i = 0; i < self->rows->len; i++)
    sonde_parameter_row_update (g_ptr_array_index (self->rows, i), self->parameters, NULL,
                                SONDE_PARAMETER_NOTE_NONE);
  changed_cb (self);

  return self;
}
