/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-folder-row.h"

/**
 * SondeFolderRow:
 *
 * A folder in the list: an arrow that says whether it is folded, its name, and how many
 * conversations are in it.
 */
struct _SondeFolderRow {
  GtkBox parent_instance;

  SondeFolder *folder;
  gboolean folded;
  guint count;
};

enum { PROP_FOLDER = 1, PROP_FOLDED, PROP_COUNT, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondeFolderRow, sonde_folder_row, GTK_TYPE_BOX)

static char *
get_icon (gpointer self, gboolean folded)
{
  return g_strdup (folded ? "pan-end-symbolic" : "pan-down-symbolic");
}

static char *
get_count_label (gpointer self, guint count)
{
  return count > 0 ? g_strdup_printf ("%u", count) : g_strdup ("");
}

static void
sonde_folder_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeFolderRow *self = SONDE_FOLDER_ROW (object);

  switch (id) {
  case PROP_FOLDER:
    g_value_set_object (value, self->folder);
    break;
  case PROP_FOLDED:
    g_value_set_boolean (value, self->folded);
    break;
  case PROP_COUNT:
    g_value_set_uint (value, self->count);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_folder_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeFolderRow *self = SONDE_FOLDER_ROW (object);

  switch (id) {
  case PROP_FOLDER:
    g_set_object (&self->folder, g_value_get_object (value));
    break;
  case PROP_FOLDED:
    self->folded = g_value_get_boolean (value);
    break;
  case PROP_COUNT:
    self->count = g_value_get_uint (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  g_object_notify_by_pspec (object, pspec);
}

static void
sonde_folder_row_dispose (GObject *object)
{
  SondeFolderRow *self = SONDE_FOLDER_ROW (object);

  g_clear_object (&self->folder);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_FOLDER_ROW);

  G_OBJECT_CLASS (sonde_folder_row_parent_class)->dispose (object);
}

static void
sonde_folder_row_class_init (SondeFolderRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_folder_row_get_property;
  object_class->set_property = sonde_folder_row_set_property;
  object_class->dispose = sonde_folder_row_dispose;

  properties[PROP_FOLDER] = g_param_spec_object ("folder", NULL, NULL, SONDE_TYPE_FOLDER, flags);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);
  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/sidebar/sonde-folder-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, get_count_label);
  gtk_widget_class_bind_template_callback (widget_class, get_icon);
}

static void
sonde_folder_row_init (SondeFolderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sonde_folder_row_get_folder:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the folder that it shows
 */
SondeFolder *
sonde_folder_row_get_folder (SondeFolderRow *self)
{
  g_return_val_if_fail (SONDE_IS_FOLDER_ROW (self), NULL);

  return self->folder;
}
