/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-rate-file.h"

#include "sonde-json.h"
#include "sonde-model-file.h"

/**
 * SondeRateFile:
 *
 * The table of what tokens cost: the one that comes with the program, or a copy of it that the
 * person has changed. A changed copy is taken over as soon as it is saved; one that cannot be
 * read leaves the rates as they are, and says why.
 *
 * Properties, read only: "as-of" (string: the date of the table), "own" (boolean: whether it is
 * the person's), "problem" (string, nullable).
 */
struct _SondeRateFile {
  GObject parent_instance;

  GFile *file;
  SondeModelList *models;
  GFileMonitor *monitor;
  GCancellable *cancellable;
  char *as_of;
  gboolean own;
  char *problem;
};

enum { PROP_AS_OF = 1, PROP_OWN, PROP_PROBLEM, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondeRateFile, sonde_rate_file, G_TYPE_OBJECT)

static char *
read_as_of (const char *json, gsize length)
{
  g_autoptr (JsonNode) root = sonde_json_parse (json, length, NULL);

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  return g_strdup (sonde_json_get_string (json_node_get_object (root), "as-of"));
}

static void
set (SondeRateFile *self, const char *as_of, gboolean own, const char *problem)
{
  if (g_set_str (&self->as_of, as_of))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AS_OF]);
  if (self->own != own) {
    self->own = own;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OWN]);
  }
  if (g_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
use_builtin (SondeRateFile *self)
{
  g_autoptr (GBytes) bytes = sonde_model_file_get_builtin ();
  g_autofree char *as_of = read_as_of (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  sonde_model_list_set_prices (self->models, NULL);
  set (self, as_of, FALSE, NULL);
}

static void
take (SondeRateFile *self, const char *json, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models = sonde_model_file_read (json, length, &error);
  g_autofree char *as_of = NULL;

  if (models == NULL) {
    set (self, self->as_of, TRUE, error->message);
    return;
  }
  as_of = read_as_of (json, length);
  sonde_model_list_set_prices (self->models, models);
  set (self, as_of, TRUE, NULL);
}

static void load (SondeRateFile *self);

static void
changed_cb (SondeRateFile *self, GFile *file, GFile *other, GFileMonitorEvent event)
{
  if (event == G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT || event == G_FILE_MONITOR_EVENT_DELETED ||
      event == G_FILE_MONITOR_EVENT_CREATED || event == G_FILE_MONITOR_EVENT_RENAMED)
    load (self);
}

/* Only a file that is there is watched. */
static void
watch (SondeRateFile *self)
{
  if (self->monitor != NULL)
    return;
  self->monitor = g_file_monitor_file (self->file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (changed_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeRateFile) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  gsize length;

  if (g_file_load_contents_finish (G_FILE (source), result, &json, &length, NULL, &error)) {
    watch (self);
    take (self, json, length);
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) {
    use_builtin (self);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    set (self, self->as_of, TRUE, error->message);
  }
}

static void
load (SondeRateFile *self)
{
  g_file_load_contents_async (self->file, self->cancellable, loaded_cb, g_object_ref (self));
}

static void
sonde_rate_file_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeRateFile *self = SONDE_RATE_FILE (object);

  switch (id) {
  case PROP_AS_OF:
    g_value_set_string (value, self->as_of);
    break;
  case PROP_OWN:
    g_value_set_boolean (value, self->own);
    break;
  case PROP_PROBLEM:
    g_value_set_string (value, self->problem);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_rate_file_dispose (GObject *object)
{
  SondeRateFile *self = SONDE_RATE_FILE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_object (&self->models);
  g_clear_pointer (&self->as_of, g_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (sonde_rate_file_parent_class)->dispose (object);
}

static void
sonde_rate_file_class_init (SondeRateFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_rate_file_get_property;
  object_class->dispose = sonde_rate_file_dispose;

  properties[PROP_AS_OF] = g_param_spec_string ("as-of", NULL, NULL, NULL, flags);
  properties[PROP_OWN] = g_param_spec_boolean ("own", NULL, NULL, FALSE, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sonde_rate_file_init (SondeRateFile *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * sonde_rate_file_new:
 * @path: (type filename): where the person's copy is, or would be
 * @models: whose prices it sets
 *
 * Returns: (transfer full): the table that comes with the program
 */
SondeRateFile *
sonde_rate_file_new (const char *path, SondeModelList *models)
{
  SondeRateFile *self = g_object_new (SONDE_TYPE_RATE_FILE, NULL);
  g_autoptr (GBytes) bytes = sonde_model_file_get_builtin ();

  self->file = g_file_new_for_path (path);
  self->models = g_object_ref (models);
  self->as_of = read_as_of (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return self;
}

/**
 * sonde_rate_file_start:
 * @self: a table
 *
 * Looks for the person's copy, without waiting.
 */
void
sonde_rate_file_start (SondeRateFile *self)
{
  g_return_if_fail (SONDE_IS_RATE_FILE (self));

  load (self);
}

/**
 * sonde_rate_file_edit:
 * @self: a table
 * @error: why there can be no copy
 *
 * Makes the person's copy, where there is none yet.
 *
 * Returns: (transfer none) (nullable): the file, for an editor
 */
GFile *
sonde_rate_file_edit (SondeRateFile *self, GError **error)
{
  g_return_val_if_fail (SONDE_IS_RATE_FILE (self), NULL);

  if (!g_file_query_exists (self->file, NULL)) {
    g_autoptr (GBytes) bytes = sonde_model_file_get_builtin ();

    if (!g_file_replace_contents (self->file, g_bytes_get_data (bytes, NULL),
                                  g_bytes_get_size (bytes), NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                  NULL, NULL, error))
      return NULL;
  }
  watch (self);
  load (self);

  return self->file;
}

/**
 * sonde_rate_file_reset:
 * @self: a table
 * @error: why the copy stays
 *
 * Removes the person's copy.
 *
 * Returns: whether the rates are those of the program again
 */
gboolean
sonde_rate_file_reset (SondeRateFile *self, GError **error)
{
  GError *local_error = NULL;

  g_return_val_if_fail (SONDE_IS_RATE_FILE (self), FALSE);

  if (!g_file_delete (self->file, NULL, &local_error) &&
      !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) {
    g_propagate_error (error, local_error);
    return FALSE;
  }
  g_clear_error (&local_error);
  use_builtin (self);

  return TRUE;
}

/**
 * sonde_rate_file_get_as_of:
 * @self: a table
 *
 * Returns: (nullable): the date of the table, as `2026-11-22`
 */
const char *
sonde_rate_file_get_as_of (SondeRateFile *self)
{
  g_return_val_if_fail (SONDE_IS_RATE_FILE (self), NULL);

  return self->as_of;
}

/**
 * sonde_rate_file_get_own:
 * @self: a table
 *
 * Returns: whether it is the person's copy
 */
gboolean
sonde_rate_file_get_own (SondeRateFile *self)
{
  g_return_val_if_fail (SONDE_IS_RATE_FILE (self), FALSE);

  return self->own;
}

/**
 * sonde_rate_file_get_problem:
 * @self: a table
 *
 * Returns: (nullable): why the copy cannot be read
 */
const char *
sonde_rate_file_get_problem (SondeRateFile *self)
{
  g_return_val_if_fail (SONDE_IS_RATE_FILE (self), NULL);

  return self->problem;
}
