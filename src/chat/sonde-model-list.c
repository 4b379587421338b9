/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-model-list.h"

/**
 * SondeModelList:
 *
 * The models that can be chosen: those that Sonde knows, and behind them whatever
 * the service lists (contract.md sections 2 and 11). A list of SondeModelInfo.
 */
struct _SondeModelList {
  GObject parent_instance;

  GListStore *models;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeModelList,
                               sonde_model_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* The names that one family goes by on the wire; the first is its id here. */
static const char *const families[][3] = {
  { "deepseek-v4-flash", "deepseek-flash", "deepseek-v4-flash-vision-exp" },
  { "deepseek-v4-pro" },
};

static const char *
family_of (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (families[i]) && families[i][j] != NULL; j++)
      if (g_strcmp0 (families[i][j], id) == 0)
        return families[i][0];

  return id;
}

static void
take_over (SondeModelInfo *model, SondeModelInfo *served)
{
  gint64 window = sonde_model_info_get_context_window (served);

  if (sonde_model_info_get_subtitle (served) != NULL)
    sonde_model_info_set_subtitle (model, sonde_model_info_get_subtitle (served));
  if (window > 0)
    sonde_model_info_set_context_window (model, window);
  for (int level = SONDE_THINKING_OFF; level <= SONDE_THINKING_MAX; level++)
    sonde_model_info_set_supports_thinking (
      model, (SondeThinking) level,
      sonde_model_info_supports_thinking (served, (SondeThinking) level));
}

static void
items_changed_cb (SondeModelList *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static GType
get_item_type (GListModel *model)
{
  return SONDE_TYPE_MODEL_INFO;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (SONDE_MODEL_LIST (model)->models));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (SONDE_MODEL_LIST (model)->models), position);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
sonde_model_list_finalize (GObject *object)
{
  SondeModelList *self = SONDE_MODEL_LIST (object);

  g_clear_object (&self->models);

  G_OBJECT_CLASS (sonde_model_list_parent_class)->finalize (object);
}

static void
sonde_model_list_class_init (SondeModelListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_model_list_finalize;
}

static void
sonde_model_list_init (SondeModelList *self)
{
  self->models = g_list_store_new (SONDE_TYPE_MODEL_INFO);
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++) {
    g_autoptr (SondeModelInfo) model = sonde_model_info_new_builtin (families[i][0]);

    g_list_store_append (self->models, model);
  }
  g_signal_connect_object (self->models, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * sonde_model_list_new:
 *
 * Returns: (transfer full): a list of the models that Sonde knows
 */
SondeModelList *
sonde_model_list_new (void)
{
  return g_object_new (SONDE_TYPE_MODEL_LIST, NULL);
}

/**
 * sonde_model_list_merge:
 * @self: a list
 * @served: (element-type SondeModelInfo): what the service lists
 *
 * Takes over what the service says of the models that Sonde knows, and puts the
 * others behind them. Ids of one family are one entry, which keeps its name; it
 * sends its own id unless the service lists only another of the family's.
 */
void
sonde_model_list_merge (SondeModelList *self, GPtrArray *served)
{
  g_return_if_fail (SONDE_IS_MODEL_LIST (self));
  g_return_if_fail (served != NULL);

  for (guint i = 0; i < served->len; i++) {
    SondeModelInfo *info = g_ptr_array_index (served, i);
    const char *id = sonde_model_info_get_id (info);
    const char *family = family_of (id);
    SondeModelInfo *known = sonde_model_list_find (self, family);

    if (known == NULL) {
      g_list_store_append (self->models, info);
      continue;
    }
    take_over (known, info);
    sonde_model_info_set_wire_id (known, id);
  }

  /* A family's own id goes before its other names, wherever it stands in the list. */
  for (guint i = 0; i < served->len; i++) {
    const char *id = sonde_model_info_get_id (g_ptr_array_index (served, i));

    if (g_str_equal (family_of (id), id))
      sonde_model_info_set_wire_id (sonde_model_list_find (self, id), NULL);
  }
}

/**
 * sonde_model_list_find:
 * @self: a list
 * @id: (nullable): a model's id, or another id of its family
 *
 * Returns: (transfer none) (nullable): the model
 */
SondeModelInfo *
sonde_model_list_find (SondeModelList *self, const char *id)
{
  const char *family = family_of (id);
  guint n;

  g_return_val_if_fail (SONDE_IS_MODEL_LIST (self), NULL);

  n = get_n_items (G_LIST_MODEL (self));
  for (guint i = 0; i < n; i++) {
    /* The list keeps its own reference. */
    g_autoptr (SondeModelInfo) model = get_item (G_LIST_MODEL (self), i);

    if (g_strcmp0 (sonde_model_info_get_id (model), family) == 0)
      return model;
  }

  return NULL;
}
