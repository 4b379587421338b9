/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is done with presets in the window. */

#include "sonde-preset-actions.h"

#include <glib/gi18n.h>

#include "sonde-name-dialog.h"
#include "sonde-presets-dialog.h"
#include "sonde-window-private.h"

static SondePresetList *
get_presets (GtkWidget *window)
{
  return sonde_chat_context_get_presets (sonde_window_get_context (SONDE_WINDOW (window)));
}

static SondePreset *
find (GtkWidget *window, GVariant *parameter)
{
  return sonde_preset_list_find (get_presets (window), g_variant_get_string (parameter, NULL));
}

static void
apply_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondePreset *preset = find (widget, parameter);
  g_autofree char *text = NULL;

  if (preset == NULL)
    return;
  sonde_preset_apply (preset, sonde_window_get_conversation (SONDE_WINDOW (widget)));
  /* Translators: %s is the name of a preset */
  text = g_strdup_printf (_ ("This conversation uses the preset “%s”"),
                          sonde_presets_dialog_get_name (preset, get_presets (widget)));
  sonde_window_tell (SONDE_WINDOW (widget), text);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondePreset *preset = find (widget, parameter);

  if (preset == NULL)
    return;
  gtk_widget_activate_action (widget, "win.new-conversation", NULL);
  sonde_preset_apply (preset, sonde_window_get_conversation (SONDE_WINDOW (widget)));
}

static void
named_cb (const char *name, gpointer user_data)
{
  GtkWidget *window = user_data;
  SondePresetList *presets = get_presets (window);
  g_autofree char *id = sonde_preset_list_make_id (presets);
  g_autoptr (SondePreset) preset = sonde_preset_new_from_conversation (
    id, name, sonde_window_get_conversation (SONDE_WINDOW (window)));
  g_autoptr (GError) error = NULL;

  if (sonde_preset_list_put (presets, preset, &error))
    sonde_window_tell (SONDE_WINDOW (window), _ ("Preset saved"));
  else
    sonde_window_tell (SONDE_WINDOW (window), error->message);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_name_dialog_ask (
    widget, _ ("Save as Preset"), _ ("_Save"),
    sonde_conversation_get_title (sonde_window_get_conversation (SONDE_WINDOW (widget))), named_cb,
    g_object_ref (widget), g_object_unref);
}

static void
presets_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeChatContext *context = sonde_window_get_context (SONDE_WINDOW (widget));

  adw_dialog_present (ADW_DIALOG (sonde_presets_dialog_new (context)), widget);
}

/**
 * sonde_preset_actions_install:
 * @widget_class: the window's class
 *
 * Installs `win.apply-preset` and `win.new-with-preset`, whose parameter is a preset's id,
 * `win.save-preset` and `win.presets`.
 */
void
sonde_preset_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.apply-preset", "s", apply_action);
  gtk_widget_class_install_action (widget_class, "win.new-with-preset", "s", new_action);
  gtk_widget_class_install_action (widget_class, "win.save-preset", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "win.presets", NULL, presets_action);
}

/**
 * sonde_preset_actions_make_menu:
 * @context: the services
 *
 * Returns: (transfer full): the presets to apply, and what else is done with them
 */
GMenuModel *
sonde_preset_actions_make_menu (SondeChatContext *context)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();
  g_autoptr (GMenuModel) presets =
    sonde_presets_menu_new (sonde_chat_context_get_presets (context), "win.apply-preset");

  g_menu_append_section (menu, NULL, presets);
  g_menu_append (rest, _ ("_Save as Preset…"), "win.save-preset");
  g_menu_append (rest, _ ("_Manage Presets"), "win.presets");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));

  return G_MENU_MODEL (menu);
}

/**
 * sonde_preset_actions_begin:
 * @context: the services
 * @conversation: a new conversation
 *
 * Applies the preset that new conversations begin with, where there is one. The presets are
 * not read where there is none.
 */
void
sonde_preset_actions_begin (SondeChatContext *context, SondeConversation *conversation)
{
  SondePreset *preset;

  if (*sonde_settings_get_default_preset (sonde_chat_context_get_settings (context)) == '\0')
    return;
  preset = sonde_preset_list_get_default (sonde_chat_context_get_presets (context));
  if (preset != NULL)
    sonde_preset_apply (preset, conversation);
}
