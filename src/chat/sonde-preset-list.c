/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-preset-list.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sonde-chat-resources.h"
#include "sonde-json.h"

#define BUILTIN_PATH "/io/github/sondechat/Sonde/chat/presets.json"
#define MAX_NAME     200 /* bytes of a name that is read */

/**
 * SondePresetList:
 *
 * The presets: those that come with the program, and a file of one's own. One that comes with
 * the program and was changed is in the file under the same id; one that was removed is hidden,
 * which the settings remember.
 */
struct _SondePresetList {
  GObject parent_instance;

  char *path;
  SondeSettings *settings; /* NULL: nothing is hidden, and there is no default */
  GPtrArray *builtin;      /* (element-type SondePreset) */
  GPtrArray *own;          /* (element-type SondePreset) */
  GListStore *shown;
  gboolean damaged; /* the file could not be read, and is kept aside before it is replaced */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SondePresetList,
                               sonde_preset_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* --- JSON --------------------------------------------------------------------------- */

static SondePreset *
read_preset (JsonObject *object)
{
  const char *id = sonde_json_get_string (object, "id");
  const char *name = sonde_json_get_string (object, "name");
  JsonObject *parameters = sonde_json_get_object (object, "parameters");
  SondePreset *preset;

  if (id == NULL || *id == '\0' || name == NULL || *name == '\0' || strlen (name) > MAX_NAME)
    return NULL;

  preset = sonde_preset_new (id, name);
  g_object_set (preset, "icon", sonde_json_get_string (object, "icon"), "system-prompt",
                sonde_json_get_string (object, "system_prompt"), "model-id",
                sonde_json_get_string (object, "model"), "thinking",
                sonde_json_get_string (object, "thinking"), "json-output",
                json_object_get_boolean_member_with_default (object, "json_output", FALSE), NULL);
  if (parameters != NULL && json_object_get_size (parameters) > 0) {
    g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), parameters);
    g_autofree char *text = json_to_string (node, FALSE);

    g_object_set (preset, "parameters", text, NULL);
  }

  return preset;
}

static GPtrArray *
read_presets (const char *json, gsize length, GError **error)
{
  g_autoptr (GPtrArray) presets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) root = sonde_json_parse (json, length, error);
  JsonArray *array;

  if (root == NULL)
    return NULL;
  array = JSON_NODE_HOLDS_OBJECT (root)
            ? sonde_json_get_array (json_node_get_object (root), "presets")
            : NULL;
  if (array == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "“presets” is missing");
    return NULL;
  }
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    SondePreset *preset =
      JSON_NODE_HOLDS_OBJECT (node) ? read_preset (json_node_get_object (node)) : NULL;

    if (preset != NULL)
      g_ptr_array_add (presets, preset);
  }

  return g_steal_pointer (&presets);
}

static void
write_string (JsonBuilder *builder, const char *name, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
write_preset (JsonBuilder *builder, SondePreset *preset)
{
  const char *parameters = sonde_preset_get_parameters (preset);
  JsonNode *node = parameters != NULL ? json_from_string (parameters, NULL) : NULL;

  json_builder_begin_object (builder);
  write_string (builder, "id", sonde_preset_get_id (preset));
  write_string (builder, "name", sonde_preset_get_name (preset));
  write_string (builder, "icon", sonde_preset_get_icon (preset));
  write_string (builder, "system_prompt", sonde_preset_get_system_prompt (preset));
  write_string (builder, "model", sonde_preset_get_model_id (preset));
  write_string (builder, "thinking", sonde_preset_get_thinking (preset));
  if (node != NULL) {
    json_builder_set_member_name (builder, "parameters");
    json_builder_add_value (builder, node);
  }
  if (sonde_preset_get_json_output (preset)) {
    json_builder_set_member_name (builder, "json_output");
    json_builder_add_boolean_value (builder, TRUE);
  }
  json_builder_end_object (builder);
}

/* --- the list ------------------------------------------------------------------------- */

static SondePreset *
find_in (GPtrArray *presets, const char *id)
{
  for (guint i = 0; i < presets->len; i++)
    if (g_strcmp0 (sonde_preset_get_id (g_ptr_array_index (presets, i)), id) == 0)
      return g_ptr_array_index (presets, i);

  return NULL;
}

static GStrv
get_hidden (SondePresetList *self)
{
  g_autofree char *hidden = NULL;

  if (self->settings == NULL)
    return g_new0 (char *, 1);
  g_object_get (self->settings, "hidden-presets", &hidden, NULL);

  return g_strsplit_set (hidden, " ", -1);
}

static gboolean
is_hidden (SondePresetList *self, const char *id)
{
  g_auto (GStrv) hidden = get_hidden (self);

  return g_strv_contains ((const char *const *) hidden, id);
}

static void
update (SondePresetList *self)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  for (guint i = 0; i < self->builtin->len; i++) {
    SondePreset *preset = g_ptr_array_index (self->builtin, i);
    SondePreset *changed = find_in (self->own, sonde_preset_get_id (preset));

    if (!is_hidden (self, sonde_preset_get_id (preset)))
      g_ptr_array_add (shown, changed != NULL ? changed : preset);
  }
  for (guint i = 0; i < self->own->len; i++) {
    SondePreset *preset = g_ptr_array_index (self->own, i);

    if (find_in (self->builtin, sonde_preset_get_id (preset)) == NULL)
      g_ptr_array_add (shown, preset);
  }
  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)),
                       shown->pdata, shown->len);
}

static gboolean
save (SondePresetList *self, GError **error)
{
  g_autofree char *json = sonde_preset_list_export (self->own);
  g_autofree char *folder = g_path_get_dirname (self->path);

  g_mkdir_with_parents (folder, 0700);
  if (self->damaged) {
    g_autofree char *aside = g_strconcat (self->path, ".damaged", NULL);

    g_rename (self->path, aside);
    self->damaged = FALSE;
  }

  return g_file_set_contents (self->path, json, -1, error);
}

/* The file is small, and read when presets are first asked for. */
static void
load (SondePresetList *self)
{
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *own;
  gsize length;

  if (!g_file_get_contents (self->path, &json, &length, &error)) {
    if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
      g_message ("The presets cannot be read: %s", error->message);
    return;
  }
  own = read_presets (json, length, &error);
  if (own == NULL) {
    self->damaged = TRUE;
    g_message ("The presets cannot be read: %s", error->message);
    return;
  }
  g_ptr_array_unref (self->own);
  self->own = own;
}

static void
items_changed_cb (SondePresetList *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static GType
get_item_type (GListModel *model)
{
  return SONDE_TYPE_PRESET;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (SONDE_PRESET_LIST (model)->shown));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (SONDE_PRESET_LIST (model)->shown), position);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
sonde_preset_list_finalize (GObject *object)
{
  SondePresetList *self = SONDE_PRESET_LIST (object);

  g_free (self->path);
  g_clear_object (&self->settings);
  g_ptr_array_unref (self->builtin);
  g_ptr_array_unref (self->own);
  g_clear_object (&self->shown);

  G_OBJECT_CLASS (sonde_preset_list_parent_class)->finalize (object);
}

static void
sonde_preset_list_class_init (SondePresetListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_preset_list_finalize;
}

static void
sonde_preset_list_init (SondePresetList *self)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (sonde_chat_get_resource (), BUILTIN_PATH,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;

  self->builtin = read_presets (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_assert_no_error (error); /* it is part of the program */
  self->own = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown = g_list_store_new (SONDE_TYPE_PRESET);
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * sonde_preset_list_new:
 * @path: (type filename): the file of one's own presets, which need not exist
 * @settings: (nullable): the settings
 *
 * Returns: (transfer full): the presets
 */
SondePresetList *
sonde_preset_list_new (const char *path, SondeSettings *settings)
{
  SondePresetList *self = g_object_new (SONDE_TYPE_PRESET_LIST, NULL);

  self->path = g_strdup (path);
  if (settings != NULL) {
    self->settings = g_object_ref (settings);
    g_signal_connect_object (settings, "notify::hidden-presets", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  }
  load (self);
  update (self);

  return self;
}

/**
 * sonde_preset_list_find:
 * @self: the presets
 * @id: (nullable): an id
 *
 * Returns: (transfer none) (nullable): the preset that is shown under it
 */
SondePreset *
sonde_preset_list_find (SondePresetList *self, const char *id)
{
  g_return_val_if_fail (SONDE_IS_PRESET_LIST (self), NULL);

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++) {
    g_autoptr (SondePreset) preset = get_item (G_LIST_MODEL (self), i);

    if (g_strcmp0 (sonde_preset_get_id (preset), id) == 0)
      return preset; /* the list keeps it */
  }

  return NULL;
}

/**
 * sonde_preset_list_is_builtin:
 * @self: the presets
 * @id: an id
 *
 * Returns: whether it comes with the program, changed or not
 */
gboolean
sonde_preset_list_is_builtin (SondePresetList *self, const char *id)
{
  g_return_val_if_fail (SONDE_IS_PRESET_LIST (self), FALSE);

  return find_in (self->builtin, id) != NULL;
}

/**
 * sonde_preset_list_make_id:
 * @self: the presets
 *
 * Returns: (transfer full): an id that no preset has
 */
char *
sonde_preset_list_make_id (SondePresetList *self)
{
  return g_uuid_string_random ();
}

/**
 * sonde_preset_list_put:
 * @self: the presets
 * @preset: a preset that was made or changed
 * @error: why it could not be stored
 *
 * Stores @preset in place of the one with its id, or behind the others.
 *
 * Returns: whether it is on disk
 */
gboolean
sonde_preset_list_put (SondePresetList *self, SondePreset *preset, GError **error)
{
  guint position;
  SondePreset *before;
  gboolean saved;

  g_return_val_if_fail (SONDE_IS_PRESET_LIST (self), FALSE);
  g_return_val_if_fail (SONDE_IS_PRESET (preset), FALSE);

  before = find_in (self->own, sonde_preset_get_id (preset));
  if (before != NULL && g_ptr_array_find (self->own, before, &position)) {
    g_ptr_array_remove_index (self->own, position);
    g_ptr_array_insert (self->own, (int) position, g_object_ref (preset));
  } else {
    g_ptr_array_add (self->own, g_object_ref (preset));
  }
  saved = save (self, error);
  update (self);

  return saved;
}

/**
 * sonde_preset_list_remove:
 * @self: the presets
 * @preset: a preset
 * @error: why it could not be stored
 *
 * Removes @preset, or hides it where it comes with the program.
 *
 * Returns: whether it is on disk
 */
gboolean
sonde_preset_list_remove (SondePresetList *self, SondePreset *preset, GError **error)
{
  const char *id;
  SondePreset *own;
  gboolean saved = TRUE;

  g_return_val_if_fail (SONDE_IS_PRESET_LIST (self), FALSE);
  g_return_val_if_fail (SONDE_IS_PRESET (preset), FALSE);

  id = sonde_preset_get_id (preset);
  if (self->settings != NULL &&
      g_strcmp0 (sonde_settings_get_default_preset (self->settings), id) == 0)
    g_object_set (self->settings, "default-preset", "", NULL);
  if (sonde_preset_list_is_builtin (self, id)) {
    g_autofree char *hidden = NULL;
    g_autofree char *all = NULL;

    if (self->settings == NULL || is_hidden (self, id))
      return TRUE;
    g_object_get (self->settings, "hidden-presets", &hidden, NULL);
    all = g_strconcat (hidden, *hidden != '\0' ? " " : "", id, NULL);
    g_object_set (self->settings, "hidden-presets", all, NULL);
  } else {
    own = find_in (self->own, id);
    if (own != NULL)
      g_ptr_array_remove (self->own, own);
    saved = save (self, error);
    update (self);
  }

  return saved;
}

/**
 * sonde_preset_list_get_n_hidden:
 * @self: the presets
 *
 * Returns: how many of those that come with the program are hidden
 */
guint
sonde_preset_list_get_n_hidden (SondePresetList *self)
{
  guint n = 0;

  g_return_val_if_fail (SONDE_IS_PRESET_LIST (self), 0);

  for (guint i = 0; i < self->builtin->len; i++)
    n += is_hidden (self, sonde_preset_get_id (g_ptr_array_index (self->builtin, i)));

  return n;
}

/**
 * sonde_preset_list_show_hidden:
 * @self: the presets
 *
 * Shows all that come with the program.
 */
void
sonde_preset_list_show_hidden (SondePresetList *self)
{
  g_return_if_fail (SONDE_IS_PRESET_LIST (self));

  if (self->settings != NULL)
    g_object_set (self->settings, "hidden-presets", "", NULL);
}

/**
 * sonde_preset_list_get_default:
 * @self: the presets
 *
 * Returns: (transfer none) (nullable): the preset that new conversations begin with
 */
SondePreset *
sonde_preset_list_get_default (SondePresetList *self)
{
  g_return_val_if_fail (SONDE_IS_PRESET_LIST (self), NULL);

  if (self->settings == NULL)
    return NULL;

  return sonde_preset_list_find (self, sonde_settings_get_default_preset (self->settings));
}

/**
 * sonde_preset_list_set_default:
 * @self: the presets
 * @preset: (nullable): the preset that new conversations begin with
 */
void
sonde_preset_list_set_default (SondePresetList *self, SondePreset *preset)
{
  g_return_if_fail (SONDE_IS_PRESET_LIST (self));

  if (self->settings != NULL)
    g_object_set (self->settings, "default-preset",
                  preset != NULL ? sonde_preset_get_id (preset) : "", NULL);
}

/**
 * sonde_preset_list_export:
 * @presets: (element-type SondePreset): presets
 *
 * Returns: (transfer full): JSON that [method@PresetList.import] reads
 */
char *
sonde_preset_list_export (GPtrArray *presets)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "presets");
  json_builder_begin_array (builder);
  for (guint i = 0; i < presets->len; i++)
    write_preset (builder, g_ptr_array_index (presets, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, TRUE);
}

/* Whether there is one already that is called so and does the same. */
static gboolean
is_known (SondePresetList *self, SondePreset *preset)
{
  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++) {
    g_autoptr (SondePreset) known = get_item (G_LIST_MODEL (self), i);

    if (sonde_preset_equal (known, preset))
      return TRUE;
  }

  return FALSE;
}

/**
 * sonde_preset_list_import:
 * @self: the presets
 * @json: (array length=length): what [func@PresetList.export] wrote
 * @length: its length in bytes
 * @error: why it cannot be read or stored
 *
 * Adds presets; none that is there is touched, and the same is not added twice.
 *
 * Returns: how many are new, or -1
 */
int
sonde_preset_list_import (SondePresetList *self, const char *json, gsize length, GError **error)
{
  g_autoptr (GPtrArray) presets = NULL;
  int n = 0;

  g_return_val_if_fail (SONDE_IS_PRESET_LIST (self), -1);

  presets = read_presets (json, length, error);
  if (presets == NULL)
    return -1;
  for (guint i = 0; i < presets->len; i++) {
    SondePreset *preset = g_ptr_array_index (presets, i);
    g_autofree char *id = sonde_preset_list_make_id (self);

    if (is_known (self, preset))
      continue;
    g_ptr_array_add (self->own, sonde_preset_copy (preset, id, sonde_preset_get_name (preset)));
    n++;
  }
  if (n > 0 && !save (self, error))
    return -1;
  update (self);

  return n;
}
