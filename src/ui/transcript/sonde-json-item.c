/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-json-item.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_TEXT 2000 /* bytes of a value that a row shows */

/**
 * SondeJsonItem:
 *
 * A value of a tree that outlives it, as the item of a list.
 */
struct _SondeJsonItem {
  GObject parent_instance;

  const SondeJsonValue *value;
  guint position; /* in what it is in */
};

G_DEFINE_FINAL_TYPE (SondeJsonItem, sonde_json_item, G_TYPE_OBJECT)

static void
sonde_json_item_class_init (SondeJsonItemClass *klass)
{
}

static void
sonde_json_item_init (SondeJsonItem *self)
{
}

/**
 * sonde_json_item_new:
 * @value: a value of a tree that is kept for as long as the item
 * @position: which one it is in what it is in, from 0
 *
 * Returns: (transfer full): an item
 */
SondeJsonItem *
sonde_json_item_new (const SondeJsonValue *value, guint position)
{
  SondeJsonItem *self = g_object_new (SONDE_TYPE_JSON_ITEM, NULL);

  self->value = value;
  self->position = position;

  return self;
}

/**
 * sonde_json_item_dup_name:
 * @self: an item
 *
 * Returns: (transfer full): its name in an object, or its number in an array
 */
char *
sonde_json_item_dup_name (SondeJsonItem *self)
{
  g_return_val_if_fail (SONDE_IS_JSON_ITEM (self), NULL);

  return self->value->key != NULL ? g_strdup (self->value->key)
                                  : g_strdup_printf ("%u", self->position);
}

/**
 * sonde_json_item_dup_text:
 * @self: an item
 *
 * Returns: (transfer full): the value, or how much is in it
 */
char *
sonde_json_item_dup_text (SondeJsonItem *self)
{
  const SondeJsonValue *value;

  g_return_val_if_fail (SONDE_IS_JSON_ITEM (self), NULL);

  value = self->value;
  if (value->children != NULL) {
    g_autofree char *count = g_strdup_printf (
      g_dngettext (NULL, "%u item", "%u items", value->children->len), value->children->len);

    return g_strdup_printf (value->kind == SONDE_JSON_OBJECT ? "{ %s }" : "[ %s ]", count);
  }
  if (strlen (value->text) > MAX_TEXT) {
    g_autofree char *cut = g_utf8_make_valid (value->text, MAX_TEXT);

    return g_strconcat (cut, "…", NULL);
  }

  return value->kind == SONDE_JSON_STRING ? g_strdup_printf ("“%s”", value->text)
                                          : g_strdup (value->text);
}

/**
 * sonde_json_item_dup_children:
 * @self: an item
 *
 * Returns: (transfer full) (nullable): what is in it, as a list of SondeJsonItem
 */
GListModel *
sonde_json_item_dup_children (SondeJsonItem *self)
{
  GListStore *list;
  GPtrArray *children;

  g_return_val_if_fail (SONDE_IS_JSON_ITEM (self), NULL);

  children = self->value->children;
  if (children == NULL || children->len == 0)
    return NULL;

  list = g_list_store_new (SONDE_TYPE_JSON_ITEM);
  for (guint i = 0; i < children->len; i++) {
    g_autoptr (SondeJsonItem) child = sonde_json_item_new (g_ptr_array_index (children, i), i);

    g_list_store_append (list, child);
  }

  return G_LIST_MODEL (list);
}
