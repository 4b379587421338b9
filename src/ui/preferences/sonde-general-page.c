/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-general-page.h"

#include "sonde-code-scheme.h"

/**
 * SondeGeneralPage:
 *
 * The page of the preferences of how conversations look, how messages are written, and what
 * happens while nobody looks. Every choice holds at once.
 */
struct _SondeGeneralPage {
  AdwPreferencesPage parent_instance;

  AdwSwitchRow *check_spelling;
  AdwComboRow *code_scheme;
  AdwComboRow *density;
  AdwSwitchRow *enter_sends;
  AdwSwitchRow *notifications;
  AdwSwitchRow *run_in_background;
  AdwComboRow *titles;
  AdwSpinRow *zoom;
};

G_DEFINE_FINAL_TYPE (SondeGeneralPage, sonde_general_page, ADW_TYPE_PREFERENCES_PAGE)

static gboolean
zoom_to_percent (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_double (to, g_value_get_double (from) * 100);

  return TRUE;
}

static gboolean
percent_to_zoom (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_double (to, g_value_get_double (from) / 100);

  return TRUE;
}

static gboolean
id_to_selected (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  GStrv ids = user_data;

  g_value_set_uint (to, 0);
  for (guint i = 0; ids[i] != NULL; i++)
    if (g_strcmp0 (g_value_get_string (from), ids[i]) == 0)
      g_value_set_uint (to, i);

  return TRUE;
}

static gboolean
selected_to_id (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  GStrv ids = user_data;
  guint selected = g_value_get_uint (from);

  if (selected >= g_strv_length (ids))
    return FALSE;

  g_value_set_string (to, ids[selected]);
  return TRUE;
}

/* Lets @row choose one of the strings of a setting: @ids in the order of the row's list. */
static void
bind_choice (SondeSettings *settings, const char *setting, AdwComboRow *row, const char *const *ids)
{
  g_object_bind_property_full (
    settings, setting, row, "selected", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL,
    id_to_selected, selected_to_id, g_strdupv ((GStrv) ids), (GDestroyNotify) g_strfreev);
}

static void
bind_switch (SondeSettings *settings, const char *setting, AdwSwitchRow *row)
{
  g_object_bind_property (settings, setting, row, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

static void
sonde_general_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SONDE_TYPE_GENERAL_PAGE);

  G_OBJECT_CLASS (sonde_general_page_parent_class)->dispose (object);
}

static void
sonde_general_page_class_init (SondeGeneralPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_general_page_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/preferences/sonde-general-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeGeneralPage, check_spelling);
  gtk_widget_class_bind_template_child (widget_class, SondeGeneralPage, code_scheme);
  gtk_widget_class_bind_template_child (widget_class, SondeGeneralPage, density);
  gtk_widget_class_bind_template_child (widget_class, SondeGeneralPage, enter_sends);
  gtk_widget_class_bind_template_child (widget_class, SondeGeneralPage, notifications);
  gtk_widget_class_bind_template_child (widget_class, SondeGeneralPage, run_in_background);
  gtk_widget_class_bind_template_child (widget_class, SondeGeneralPage, titles);
  gtk_widget_class_bind_template_child (widget_class, SondeGeneralPage, zoom);
}

static void
sonde_general_page_init (SondeGeneralPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sonde_general_page_new:
 * @settings: what is chosen
 *
 * Returns: (transfer floating): the page
 */
SondeGeneralPage *
sonde_general_page_new (SondeSettings *settings)
{
  static const char *const densities[] = { "comfortable", "compact", NULL };
  static const char *const titles[] = { "automatic", "first-words", "off", NULL };
  SondeGeneralPage *self = g_object_new (SONDE_TYPE_GENERAL_PAGE, NULL);
  g_autoptr (GtkStringList) names = NULL;
  g_auto (GStrv) schemes = NULL;
  g_auto (GStrv) scheme_names = NULL;

  sonde_code_scheme_list (&schemes, &scheme_names);
  names = gtk_string_list_new ((const char *const *) scheme_names);
  adw_combo_row_set_model (self->code_scheme, G_LIST_MODEL (names));
  bind_choice (settings, "code-scheme", self->code_scheme, (const char *const *) schemes);
  bind_choice (settings, "density", self->density, densities);
  bind_choice (settings, "titles", self->titles, titles);
  bind_switch (settings, "check-spelling", self->check_spelling);
  bind_switch (settings, "enter-sends", self->enter_sends);
  bind_switch (settings, "notifications", self->notifications);
  bind_switch (settings, "run-in-background", self->run_in_background);
  g_object_bind_property_full (settings, "zoom", self->zoom, "value",
                               G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL, zoom_to_percent,
                               percent_to_zoom, NULL, NULL);

  return self;
}
