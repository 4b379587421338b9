/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-model-list.h"

#include "sonde-model-file.h"

/**
 * SondeModelList:
 *
 * The models that can be chosen: those that Sonde knows where the service is
 * DeepSeek's, and behind them whatever the service lists (contract.md sections 2 and
 * 11). A list of SondeModelInfo.
 */
struct _SondeModelList {
  GObject parent_instance;

  GListStore *models;
  GPtrArray
    *prices; /* (element-type SondeModelInfo): what is used in place of those known, or NULL */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeModelList,
                               sonde_model_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static SondeModelInfo *
find (GPtrArray *models, const char *id)
{
  for (guint i = 0; i < models->len; i++)
    if (sonde_model_info_has_id (models->pdata[i], id))
      return models->pdata[i];

  return NULL;
}

static void
take_over (SondeModelInfo *model, SondeModelInfo *served)
{
  gint64 window = sonde_model_info_get_context_window (served);
  gint64 max_output_tokens = sonde_model_info_get_max_output_tokens (served);

  if (sonde_model_info_get_subtitle (served) != NULL)
    sonde_model_info_set_subtitle (model, sonde_model_info_get_subtitle (served));
  if (window > 0)
    sonde_model_info_set_context_window (model, window);
  if (max_output_tokens > 0)
    sonde_model_info_set_max_output_tokens (model, max_output_tokens);
  sonde_model_info_set_takes_images (model, sonde_model_info_get_takes_images (served));
  for (int level = SONDE_THINKING_OFF; level <= SONDE_THINKING_MAX; level++)
    sonde_model_info_set_supports_thinking (
      model, (SondeThinking) level,
      sonde_model_info_supports_thinking (served, (SondeThinking) level));
}

/* The prices of a model are those of the person's table, where there is one for it. */
static void
take_prices (SondeModelList *self, SondeModelInfo *model)
{
  SondeModelInfo *priced =
    self->prices != NULL ? find (self->prices, sonde_model_info_get_id (model)) : NULL;

  if (priced != NULL)
    sonde_model_info_copy_prices (model, priced);
}

static GPtrArray *
read_known (SondeModelList *self)
{
  GPtrArray *known = sonde_model_file_read_builtin ();

  for (guint i = 0; i < known->len; i++)
    take_prices (self, g_ptr_array_index (known, i));

  return known;
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
  g_clear_pointer (&self->prices, g_ptr_array_unref);

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
  g_autoptr (GPtrArray) builtin = sonde_model_file_read_builtin ();

  self->models = g_list_store_new (SONDE_TYPE_MODEL_INFO);
  g_list_store_splice (self->models, 0, 0, builtin->pdata, builtin->len);
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
 * sonde_model_list_set_served:
 * @self: a list
 * @own: whether the service is DeepSeek's, so that its models are known unlisted
 * @served: (nullable) (element-type SondeModelInfo): what the service lists; %NULL where
 *   it has not been asked yet
 *
 * Takes over what the service says of the models that Sonde knows, and puts the
 * others behind them. Ids of one family are one entry, which keeps its name; it
 * sends its own id unless the service lists only another of the family's.
 */
void
sonde_model_list_set_served (SondeModelList *self, gboolean own, GPtrArray *served)
{
  g_autoptr (GPtrArray) known = read_known (self);
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (SONDE_IS_MODEL_LIST (self));

  for (guint i = 0; own && i < known->len; i++)
    g_ptr_array_add (models, g_object_ref (g_ptr_array_index (known, i)));
  for (guint i = 0; served != NULL && i < served->len; i++) {
    SondeModelInfo *info = g_ptr_array_index (served, i);
    SondeModelInfo *family = find (known, sonde_model_info_get_id (info));

    if (family != NULL) {
      take_over (family, info);
      sonde_model_info_set_wire_id (family, sonde_model_info_get_id (info));
      info = family;
    }
    if (find (models, sonde_model_info_get_id (info)) == NULL)
      g_ptr_array_add (models, g_object_ref (info));
  }

  /* A family's own id goes before its other names, wherever it stands in the list. */
  for (guint i = 0; served != NULL && i < served->len; i++) {
    const char *id = sonde_model_info_get_id (g_ptr_array_index (served, i));
    SondeModelInfo *family = find (known, id);

    if (family != NULL && g_str_equal (sonde_model_info_get_id (family), id))
      sonde_model_info_set_wire_id (family, NULL);
  }

  g_list_store_splice (self->models, 0, get_n_items (G_LIST_MODEL (self)), models->pdata,
                       models->len);
}

/**
 * sonde_model_list_set_prices:
 * @self: a list
 * @models: (nullable) (element-type SondeModelInfo): the models of a table of rates; %NULL for
 *   the one that comes with the program
 *
 * What was asked for before keeps its rates.
 */
void
sonde_model_list_set_prices (SondeModelList *self, GPtrArray *models)
{
  g_autoptr (GPtrArray) known = sonde_model_file_read_builtin ();

  g_return_if_fail (SONDE_IS_MODEL_LIST (self));

  g_clear_pointer (&self->prices, g_ptr_array_unref);
  self->prices = models != NULL ? g_ptr_array_ref (models) : NULL;
  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++) {
    g_autoptr (SondeModelInfo) model = get_item (G_LIST_MODEL (self), i);
    SondeModelInfo *builtin = find (known, sonde_model_info_get_id (model));

    if (builtin != NULL)
      sonde_model_info_copy_prices (model, builtin);
    take_prices (self, model);
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
  guint n;

  g_return_val_if_fail (SONDE_IS_MODEL_LIST (self), NULL);

  n = get_n_items (G_LIST_MODEL (self));
  for (guint i = 0; i < n; i++) {
    /* The list keeps its own reference. */
    g_autoptr (SondeModelInfo) model = get_item (G_LIST_MODEL (self), i);

    if (sonde_model_info_has_id (model, id))
      return model;
  }

  return NULL;
}
