/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-service-list.h"

#define KEY  "services"
#define TYPE "a(sssasb)" /* id, name, base URL, capabilities by nick, plain http allowed */

/**
 * SondeServiceList:
 *
 * The services in the order that they were added in, kept in the settings. What a
 * newer or a clumsy hand wrote there is read as far as it makes sense; where nothing
 * does, DeepSeek's own service stands in.
 */
struct _SondeServiceList {
  GObject parent_instance;

  GSettings *settings; /* NULL where nothing is kept */
  GListStore *services;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeServiceList,
                               sonde_service_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static SondeServiceFlags
read_capabilities (GVariantIter *nicks)
{
  g_autoptr (GFlagsClass) flags = g_type_class_ref (SONDE_TYPE_SERVICE_FLAGS);
  guint capabilities = 0;
  const char *nick;

  while (g_variant_iter_next (nicks, "&s", &nick)) {
    GFlagsValue *value = g_flags_get_value_by_nick (flags, nick);

    if (value != NULL)
      capabilities |= value->value;
  }

  return (SondeServiceFlags) capabilities;
}

static GVariant *
write_capabilities (SondeServiceFlags capabilities)
{
  g_autoptr (GFlagsClass) flags = g_type_class_ref (SONDE_TYPE_SERVICE_FLAGS);
  g_auto (GVariantBuilder) nicks = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_STRING_ARRAY);

  for (guint i = 0; i < flags->n_values; i++)
    if ((capabilities & flags->values[i].value) != 0)
      g_variant_builder_add (&nicks, "s", flags->values[i].value_nick);

  return g_variant_builder_end (&nicks);
}

static GPtrArray *
read_services (GVariant *value)
{
  GPtrArray *services = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  GVariantIter iter;
  GVariantIter *nicks;
  const char *id, *name, *base_url;
  gboolean allow_plain;

  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "(&s&s&sasb)", &id, &name, &base_url, &nicks, &allow_plain)) {
    if (*id != '\0' && *base_url != '\0' && g_hash_table_add (ids, (gpointer) id))
      g_ptr_array_add (services, sonde_service_info_new (id, name, base_url,
                                                         read_capabilities (nicks), allow_plain));
    g_variant_iter_free (nicks);
  }
  if (services->len == 0)
    g_ptr_array_add (services, sonde_service_info_new_deepseek ());

  return services;
}

static gboolean
is_shown (SondeServiceList *self, GPtrArray *services)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->services)) != services->len)
    return FALSE;
  for (guint i = 0; i < services->len; i++)
    if (!sonde_service_info_equal (sonde_service_list_get (self, i), services->pdata[i]))
      return FALSE;

  return TRUE;
}

static void
load (SondeServiceList *self)
{
  g_autoptr (GVariant) value = g_settings_get_value (self->settings, KEY);
  g_autoptr (GPtrArray) services = read_services (value);

  if (!is_shown (self, services))
    g_list_store_splice (self->services, 0,
                         g_list_model_get_n_items (G_LIST_MODEL (self->services)), services->pdata,
                         services->len);
}

static void
save (SondeServiceList *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (TYPE));
  SondeServiceInfo *service;

  if (self->settings == NULL)
    return;

  for (guint i = 0; (service = sonde_service_list_get (self, i)) != NULL; i++)
    g_variant_builder_add (&builder, "(sss@asb)", sonde_service_info_get_id (service),
                           sonde_service_info_get_name (service),
                           sonde_service_info_get_base_url (service),
                           write_capabilities (sonde_service_info_get_flags (service)),
                           sonde_service_info_get_allow_plain (service));
  g_settings_set_value (self->settings, KEY, g_variant_builder_end (&builder));
}

static gboolean
find_position (SondeServiceList *self, const char *id, guint *position)
{
  SondeServiceInfo *service;

  for (guint i = 0; (service = sonde_service_list_get (self, i)) != NULL; i++) {
    if (g_strcmp0 (sonde_service_info_get_id (service), id) == 0) {
      *position = i;
      return TRUE;
    }
  }

  return FALSE;
}

static void
items_changed_cb (SondeServiceList *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static GType
get_item_type (GListModel *model)
{
  return SONDE_TYPE_SERVICE_INFO;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (SONDE_SERVICE_LIST (model)->services));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (SONDE_SERVICE_LIST (model)->services), position);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
sonde_service_list_finalize (GObject *object)
{
  SondeServiceList *self = SONDE_SERVICE_LIST (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->services);

  G_OBJECT_CLASS (sonde_service_list_parent_class)->finalize (object);
}

static void
sonde_service_list_class_init (SondeServiceListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_service_list_finalize;
}

static void
sonde_service_list_init (SondeServiceList *self)
{
  g_autoptr (SondeServiceInfo) deepseek = sonde_service_info_new_deepseek ();

  self->services = g_list_store_new (SONDE_TYPE_SERVICE_INFO);
  g_list_store_append (self->services, deepseek);
  g_signal_connect_object (self->services, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * sonde_service_list_new:
 * @settings: (nullable): where it is kept; %NULL or without the key: nowhere
 *
 * Returns: (transfer full): the services that @settings know
 */
SondeServiceList *
sonde_service_list_new (GSettings *settings)
{
  SondeServiceList *self = g_object_new (SONDE_TYPE_SERVICE_LIST, NULL);
  g_autoptr (GSettingsSchema) schema = NULL;

  if (settings != NULL)
    g_object_get (settings, "settings-schema", &schema, NULL);
  /* An older schema may be installed beside a program that was not. */
  if (schema == NULL || !g_settings_schema_has_key (schema, KEY))
    return self;

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);

  return self;
}

/**
 * sonde_service_list_get:
 * @self: a list
 * @position: a position
 *
 * Returns: (transfer none) (nullable): the service there
 */
SondeServiceInfo *
sonde_service_list_get (SondeServiceList *self, guint position)
{
  g_autoptr (SondeServiceInfo) service = NULL;

  g_return_val_if_fail (SONDE_IS_SERVICE_LIST (self), NULL);

  /* The list keeps its own reference. */
  service = g_list_model_get_item (G_LIST_MODEL (self->services), position);
  return service;
}

/**
 * sonde_service_list_find:
 * @self: a list
 * @id: (nullable): an id
 *
 * Returns: (transfer none) (nullable): the service of that id
 */
SondeServiceInfo *
sonde_service_list_find (SondeServiceList *self, const char *id)
{
  guint position;

  g_return_val_if_fail (SONDE_IS_SERVICE_LIST (self), NULL);

  return find_position (self, id, &position) ? sonde_service_list_get (self, position) : NULL;
}

/**
 * sonde_service_list_find_by_url:
 * @self: a list
 * @base_url: an address as it was typed
 *
 * Returns: (transfer none) (nullable): the service at that address
 */
SondeServiceInfo *
sonde_service_list_find_by_url (SondeServiceList *self, const char *base_url)
{
  g_autofree char *normalized = NULL;
  SondeServiceInfo *service;

  g_return_val_if_fail (SONDE_IS_SERVICE_LIST (self), NULL);
  g_return_val_if_fail (base_url != NULL, NULL);

  normalized = sonde_service_info_normalize (base_url);
  for (guint i = 0; (service = sonde_service_list_get (self, i)) != NULL; i++)
    if (g_str_equal (sonde_service_info_get_base_url (service), normalized))
      return service;

  return NULL;
}

/**
 * sonde_service_list_put:
 * @self: a list
 * @service: a service
 *
 * Puts @service where the one of its id was, or behind the last.
 */
void
sonde_service_list_put (SondeServiceList *self, SondeServiceInfo *service)
{
  guint position;

  g_return_if_fail (SONDE_IS_SERVICE_LIST (self));
  g_return_if_fail (SONDE_IS_SERVICE_INFO (service));

  if (find_position (self, sonde_service_info_get_id (service), &position))
    g_list_store_splice (self->services, position, 1, (gpointer *) &service, 1);
  else
    g_list_store_append (self->services, service);
  save (self);
}

/**
 * sonde_service_list_remove:
 * @self: a list
 * @id: an id
 *
 * Returns: whether the service was removed: the last one stays
 */
gboolean
sonde_service_list_remove (SondeServiceList *self, const char *id)
{
  guint position;

  g_return_val_if_fail (SONDE_IS_SERVICE_LIST (self), FALSE);

  if (get_n_items (G_LIST_MODEL (self)) <= 1 || !find_position (self, id, &position))
    return FALSE;

  g_list_store_remove (self->services, position);
  save (self);
  return TRUE;
}
