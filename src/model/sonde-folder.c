/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-folder.h"

/**
 * SondeFolder:
 *
 * A folder for conversations. A conversation is in one at most, by its number.
 */
struct _SondeFolder {
  GObject parent_instance;

  gint64 id;
  char *name;
  int position;
};

enum { PROP_ID = 1, PROP_NAME, PROP_POSITION, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondeFolder, sonde_folder, G_TYPE_OBJECT)

static void
sonde_folder_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeFolder *self = SONDE_FOLDER (object);

  switch (id) {
  case PROP_ID:
    g_value_set_int64 (value, self->id);
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_POSITION:
    g_value_set_int (value, self->position);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_folder_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeFolder *self = SONDE_FOLDER (object);

  switch (id) {
  case PROP_NAME:
    sonde_folder_set_name (self, g_value_get_string (value));
    break;
  case PROP_POSITION:
    sonde_folder_set_position (self, g_value_get_int (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_folder_finalize (GObject *object)
{
  g_free (SONDE_FOLDER (object)->name);

  G_OBJECT_CLASS (sonde_folder_parent_class)->finalize (object);
}

static void
sonde_folder_class_init (SondeFolderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_folder_get_property;
  object_class->set_property = sonde_folder_set_property;
  object_class->finalize = sonde_folder_finalize;

  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_POSITION] =
    g_param_spec_int ("position", NULL, NULL, G_MININT, G_MAXINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sonde_folder_init (SondeFolder *self)
{
}

/**
 * sonde_folder_new:
 * @id: its number in the store, above 0
 * @name: its name
 * @position: where it is shown among the others
 *
 * Returns: (transfer full): a folder
 */
SondeFolder *
sonde_folder_new (gint64 id, const char *name, int position)
{
  SondeFolder *self = g_object_new (SONDE_TYPE_FOLDER, NULL);

  self->id = id;
  self->name = g_strdup (name);
  self->position = position;

  return self;
}

/**
 * sonde_folder_get_id:
 * @self: a folder
 *
 * Returns: its number in the store
 */
gint64
sonde_folder_get_id (SondeFolder *self)
{
  g_return_val_if_fail (SONDE_IS_FOLDER (self), 0);

  return self->id;
}

/**
 * sonde_folder_get_name:
 * @self: a folder
 *
 * Returns: its name
 */
const char *
sonde_folder_get_name (SondeFolder *self)
{
  g_return_val_if_fail (SONDE_IS_FOLDER (self), NULL);

  return self->name;
}

/**
 * sonde_folder_set_name:
 * @self: a folder
 * @name: its name
 */
void
sonde_folder_set_name (SondeFolder *self, const char *name)
{
  g_return_if_fail (SONDE_IS_FOLDER (self));
  g_return_if_fail (name != NULL);

  if (g_set_str (&self->name, name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

/**
 * sonde_folder_get_position:
 * @self: a folder
 *
 * Returns: where it is shown among the others
 */
int
sonde_folder_get_position (SondeFolder *self)
{
  g_return_val_if_fail (SONDE_IS_FOLDER (self), 0);

  return self->position;
}

/**
 * sonde_folder_set_position:
 * @self: a folder
 * @position: where it is shown among the others
 */
void
sonde_folder_set_position (SondeFolder *self, int position)
{
  g_return_if_fail (SONDE_IS_FOLDER (self));

  if (self->position == position)
    return;

  self->position = position;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
}
