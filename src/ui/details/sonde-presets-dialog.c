/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-presets-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sonde-preset-page.h"

#define WIDTH  520
#define HEIGHT 620

/**
 * SondePresetsDialog:
 *
 * The presets: made, changed, copied, removed, brought in and taken out as JSON, and the one
 * that new conversations begin with.
 */
struct _SondePresetsDialog {
  AdwDialog parent_instance;

  AdwNavigationView *navigation;
  AdwToastOverlay *toasts;
  GtkListBox *list;
  GtkWidget *show_hidden;

  SondePresetList *presets;
  GListModel *models;
  GSimpleActionGroup *actions;
};

G_DEFINE_FINAL_TYPE (SondePresetsDialog, sonde_presets_dialog, ADW_TYPE_DIALOG)

/* Those that come with the program are called in the language of the person. */
static const struct {
  const char *id;
  const char *english;
  const char *name;
} names[] = {
  { "translator", "Translator", N_ ("Translator") },
  { "code-reviewer", "Code Reviewer", N_ ("Code Reviewer") },
  { "tutor", "Tutor", N_ ("Tutor") },
  { "summariser", "Summariser", N_ ("Summariser") },
  { "shell-helper", "Shell Helper", N_ ("Shell Helper") },
};

static void
toast (SondePresetsDialog *self, const char *text)
{
  AdwToast *new_toast = adw_toast_new (text);

  adw_toast_set_use_markup (new_toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, new_toast);
}

static SondePreset *
find (SondePresetsDialog *self, GVariant *parameter)
{
  return sonde_preset_list_find (self->presets, g_variant_get_string (parameter, NULL));
}

static void
update_default (SondePresetsDialog *self)
{
  SondePreset *preset = sonde_preset_list_get_default (self->presets);

  g_action_group_change_action_state (
    G_ACTION_GROUP (self->actions), "shown-default",
    g_variant_new_string (preset != NULL ? sonde_preset_get_id (preset) : ""));
}

static void
put (SondePresetsDialog *self, SondePreset *preset)
{
  g_autoptr (GError) error = NULL;

  if (!sonde_preset_list_put (self->presets, preset, &error))
    toast (self, error->message);
}

static void
saved_cb (SondePresetsDialog *self, SondePreset *preset)
{
  put (self, preset);
  adw_navigation_view_pop (self->navigation);
}

static void
new_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SondePresetsDialog *self = user_data;
  g_autofree char *id = sonde_preset_list_make_id (self->presets);
  g_autoptr (SondePreset) preset = sonde_preset_new (id, NULL);

  sonde_presets_dialog_edit (self, preset);
}

static void
edit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SondePreset *preset = find (user_data, parameter);

  if (preset != NULL)
    sonde_presets_dialog_edit (user_data, preset);
}

static void
duplicate_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SondePresetsDialog *self = user_data;
  SondePreset *preset = find (self, parameter);
  g_autofree char *id = sonde_preset_list_make_id (self->presets);
  g_autofree char *name = NULL;
  g_autoptr (SondePreset) other = NULL;

  if (preset == NULL)
    return;
  /* Translators: %s is the name of a preset, of which this is another one */
  name = g_strdup_printf (_ ("%s (copy)"), sonde_presets_dialog_get_name (preset, self->presets));
  other = sonde_preset_copy (preset, id, name);
  put (self, other);
}

static void
remove_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SondePresetsDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  SondePreset *preset = find (self, parameter);

  if (preset == NULL)
    return;
  if (!sonde_preset_list_remove (self->presets, preset, &error))
    toast (self, error->message);
  update_default (self);
}

static void
default_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SondePresetsDialog *self = user_data;
  SondePreset *preset = find (self, parameter);

  /* What is chosen again is given up. */
  if (preset == sonde_preset_list_get_default (self->presets))
    preset = NULL;
  sonde_preset_list_set_default (self->presets, preset);
  update_default (self);
}

static void
begin_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_activate_action_variant (user_data, "win.new-with-preset", parameter);
  adw_dialog_close (user_data);
}

static void
show_hidden_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  sonde_preset_list_show_hidden (SONDE_PRESETS_DIALOG (user_data)->presets);
}

/* --- files --------------------------------------------------------------------------- */

static GtkFileDialog *
new_file_dialog (const char *title)
{
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileDialog *dialog = gtk_file_dialog_new ();

  gtk_file_filter_set_name (filter, _ ("JSON"));
  gtk_file_filter_add_suffix (filter, "json");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_set_title (dialog, title);

  return dialog;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondePresetsDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;
  gsize length;
  int n = -1;

  if (g_file_load_contents_finish (G_FILE (source), result, &json, &length, NULL, &error))
    n = sonde_preset_list_import (self->presets, json, length, &error);
  if (n < 0)
    text = g_strdup_printf (_ ("The presets cannot be read: %s"), error->message);
  else
    text =
      g_strdup_printf (g_dngettext (NULL, "%d preset added", "%d presets added", (gulong) n), n);
  toast (self, text);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondePresetsDialog) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    g_file_load_contents_async (file, NULL, read_cb, g_object_ref (self));
}

static void
import_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GtkFileDialog) dialog = new_file_dialog (_ ("Import Presets"));

  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (user_data)), NULL, opened_cb,
                        g_object_ref (user_data));
}

typedef struct {
  SondePresetsDialog *dialog;
  char *json;
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->dialog);
  g_free (export->json);
  g_free (export);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *export = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    toast (export->dialog, error->message);
  else
    toast (export->dialog, _ ("Presets exported"));
  export_free (export);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *export = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file == NULL) {
    export_free (export);
    return;
  }
  g_file_replace_contents_async (file, export->json, strlen (export->json), NULL, FALSE,
                                 G_FILE_CREATE_NONE, NULL, written_cb, export);
}

/* One preset, or all of them where none is named. */
static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SondePresetsDialog *self = user_data;
  GListModel *presets = G_LIST_MODEL (self->presets);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkFileDialog) dialog = new_file_dialog (_ ("Export Presets"));
  const char *id = g_variant_get_string (parameter, NULL);
  Export *export;

  for (guint i = 0; i < g_list_model_get_n_items (presets); i++) {
    g_autoptr (SondePreset) preset = g_list_model_get_item (presets, i);

    if (*id == '\0' || g_str_equal (sonde_preset_get_id (preset), id))
      g_ptr_array_add (chosen, g_steal_pointer (&preset));
  }
  export = g_new0 (Export, 1);
  export->dialog = g_object_ref (self);
  export->json = sonde_preset_list_export (chosen);
  gtk_file_dialog_set_initial_name (dialog, "sonde-presets.json");
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                        chosen_cb, export);
}

/* --- the list ------------------------------------------------------------------------- */

static void
add_item (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static GtkWidget *
make_menu_button (SondePresetsDialog *self, SondePreset *preset)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  const char *id = sonde_preset_get_id (preset);
  /* Translators: %s is the name of a preset */
  g_autofree char *label =
    g_strdup_printf (_ ("Menu of %s"), sonde_presets_dialog_get_name (preset, self->presets));

  add_item (menu, _ ("_New Conversation"), "preset.begin", id);
  add_item (menu, _ ("_Use for All New Conversations"), "preset.default", id);
  add_item (menu, _ ("D_uplicate"), "preset.duplicate", id);
  add_item (menu, _ ("_Export…"), "preset.export", id);
  if (sonde_preset_list_is_builtin (self->presets, id))
    add_item (menu, _ ("_Hide"), "preset.remove", id);
  else
    add_item (menu, _ ("_Delete"), "preset.remove", id);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);

  return button;
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  SondePresetsDialog *self = user_data;
  SondePreset *preset = item;
  const char *icon = sonde_preset_get_icon (preset);
  const char *prompt = sonde_preset_get_system_prompt (preset);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *picture = gtk_label_new (icon != NULL ? icon : "💬");
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  g_autofree char *line =
    g_strndup (prompt != NULL ? prompt : "", prompt != NULL ? strcspn (prompt, "\n") : 0);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 sonde_presets_dialog_get_name (preset, self->presets));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_tooltip_text (mark, _ ("New conversations begin with it"));
  gtk_widget_set_visible (mark, preset == sonde_preset_list_get_default (self->presets));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), picture);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_menu_button (self, preset));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "preset.edit");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", sonde_preset_get_id (preset));

  return row;
}

static void
presets_changed_cb (SondePresetsDialog *self)
{
  gtk_widget_set_visible (self->show_hidden, sonde_preset_list_get_n_hidden (self->presets) > 0);
}

/* The mark of the default is in the rows: they are made anew. */
static void
shown_default_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  SondePresetsDialog *self = user_data;

  g_simple_action_set_state (action, value);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->presets), create_row, self, NULL);
}

static GtkWidget *
add_button (AdwPreferencesGroup *group, const char *title, const char *action)
{
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (row), action);
  adw_preferences_group_add (group, row);

  return row;
}

static GtkWidget *
make_root (SondePresetsDialog *self)
{
  GtkWidget *toolbar_view = adw_toolbar_view_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  AdwPreferencesGroup *buttons = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Presets"), -1);
  adw_preferences_group_set_description (
    group, _ ("A preset sets the system prompt and the parameters of a conversation"));
  adw_preferences_group_add (group, GTK_WIDGET (self->list));
  add_button (buttons, _ ("_New Preset…"), "preset.new");
  add_button (buttons, _ ("_Import…"), "preset.import");
  add_button (buttons, _ ("Export _All…"), "preset.export::");
  self->show_hidden = add_button (buttons, _ ("_Show Hidden Presets"), "preset.show-hidden");
  adw_preferences_page_add (page, group);
  adw_preferences_page_add (page, buttons);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar_view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar_view), GTK_WIDGET (page));

  return toolbar_view;
}

static void
sonde_presets_dialog_dispose (GObject *object)
{
  SondePresetsDialog *self = SONDE_PRESETS_DIALOG (object);

  g_clear_object (&self->actions);
  g_clear_object (&self->presets);
  g_clear_object (&self->models);

  G_OBJECT_CLASS (sonde_presets_dialog_parent_class)->dispose (object);
}

static void
sonde_presets_dialog_class_init (SondePresetsDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sonde_presets_dialog_dispose;
}

static void
sonde_presets_dialog_init (SondePresetsDialog *self)
{
  const GActionEntry entries[] = {
    { .name = "new", .activate = new_cb },
    { .name = "begin", .activate = begin_cb, .parameter_type = "s" },
    { .name = "edit", .activate = edit_cb, .parameter_type = "s" },
    { .name = "duplicate", .activate = duplicate_cb, .parameter_type = "s" },
    { .name = "remove", .activate = remove_cb, .parameter_type = "s" },
    { .name = "default", .activate = default_cb, .parameter_type = "s" },
    { .name = "export", .activate = export_cb, .parameter_type = "s" },
    { .name = "import", .activate = import_cb },
    { .name = "show-hidden", .activate = show_hidden_cb },
    { .name = "shown-default", .state = "''", .change_state = shown_default_cb },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "preset", G_ACTION_GROUP (self->actions));

  self->navigation = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_navigation_view_add (self->navigation,
                           adw_navigation_page_new (make_root (self), _ ("Presets")));
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->navigation));
  adw_dialog_set_child (ADW_DIALOG (self), GTK_WIDGET (self->toasts));
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Presets"));
  adw_dialog_set_content_width (ADW_DIALOG (self), WIDTH);
  adw_dialog_set_content_height (ADW_DIALOG (self), HEIGHT);
}

/**
 * sonde_presets_dialog_new:
 * @context: the services, with settings
 *
 * Returns: (transfer floating): a dialog that is not shown yet
 */
SondePresetsDialog *
sonde_presets_dialog_new (SondeChatContext *context)
{
  SondePresetsDialog *self;

  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (context), NULL);

  self = g_object_new (SONDE_TYPE_PRESETS_DIALOG, NULL);
  self->presets = g_object_ref (sonde_chat_context_get_presets (context));
  self->models = g_object_ref (sonde_chat_context_get_models (context));
  g_signal_connect_object (self->presets, "items-changed", G_CALLBACK (presets_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_default (self);
  presets_changed_cb (self);

  return self;
}

/**
 * sonde_presets_dialog_edit:
 * @self: a dialog
 * @preset: a preset, also one that is in no list yet
 *
 * Shows the page on which @preset is changed.
 */
void
sonde_presets_dialog_edit (SondePresetsDialog *self, SondePreset *preset)
{
  SondePresetPage *page;

  g_return_if_fail (SONDE_IS_PRESETS_DIALOG (self));
  g_return_if_fail (SONDE_IS_PRESET (preset));

  page = sonde_preset_page_new (preset, sonde_presets_dialog_get_name (preset, self->presets),
                                self->models);
  g_signal_connect_object (page, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

/**
 * sonde_presets_dialog_get_name:
 * @preset: a preset
 * @presets: all of them
 *
 * Returns: (nullable): what it is called, in the person's language where it comes with the program
 */
const char *
sonde_presets_dialog_get_name (SondePreset *preset, SondePresetList *presets)
{
  const char *name = sonde_preset_get_name (preset);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (sonde_preset_get_id (preset), names[i].id) == 0 &&
        g_strcmp0 (name, names[i].english) == 0)
      return _ (names[i].name);

  return name;
}

/**
 * sonde_presets_menu_new:
 * @presets: the presets
 * @action: an action whose parameter is an id
 *
 * Returns: (transfer full): a menu of them
 */
GMenuModel *
sonde_presets_menu_new (SondePresetList *presets, const char *action)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (presets)); i++) {
    g_autoptr (SondePreset) preset = g_list_model_get_item (G_LIST_MODEL (presets), i);
    const char *icon = sonde_preset_get_icon (preset);
    g_autofree char *label = g_strdup_printf ("%s %s", icon != NULL ? icon : "💬",
                                              sonde_presets_dialog_get_name (preset, presets));

    /* A name is no mnemonic. */
    g_auto (GStrv) parts = g_strsplit (label, "_", -1);
    g_autofree char *escaped = g_strjoinv ("__", parts);

    add_item (menu, escaped, action, sonde_preset_get_id (preset));
  }

  return G_MENU_MODEL (menu);
}
