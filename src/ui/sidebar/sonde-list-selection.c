/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-list-selection.h"

/**
 * SondeListSelection:
 *
 * What is selected in the list at the side: the conversation that is open, or several to
 * do something with. It turns from one to the other when somebody selects beside what is
 * selected: with Ctrl or Shift and a click, or with Ctrl+A.
 *
 * It keeps conversations and not positions: they stay selected when they move. Folders
 * cannot be selected.
 */
struct _SondeListSelection {
  GObject parent_instance;

  SondeConversationList *list;
  SondeConversation *open;
  gboolean multiple;
  GHashTable *chosen; /* set of SondeConversation, where it is multiple */
};

enum { PROP_OPEN = 1, PROP_MULTIPLE, PROP_N_SELECTED, N_PROPS };

static GParamSpec *properties[N_PROPS];

static void list_model_iface_init (GListModelInterface *iface);
static void section_model_iface_init (GtkSectionModelInterface *iface);
static void selection_model_iface_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeListSelection,
                               sonde_list_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL,
                                                        section_model_iface_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          selection_model_iface_init))

static void
tell (SondeListSelection *self, guint position, guint n)
{
  if (n > 0 && position != GTK_INVALID_LIST_POSITION)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, n);
  if (self->multiple)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
}

static void
tell_all (SondeListSelection *self)
{
  tell (self, 0, g_list_model_get_n_items (G_LIST_MODEL (self->list)));
}

static void
items_changed_cb (SondeListSelection *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (self->multiple)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
}

/* --- interfaces ---------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
get_n_items (GListModel *model)
{
  SondeListSelection *self = SONDE_LIST_SELECTION (model);

  return self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
}

static gpointer
get_item (GListModel *model, guint position)
{
  SondeListSelection *self = SONDE_LIST_SELECTION (model);

  return self->list != NULL ? g_list_model_get_item (G_LIST_MODEL (self->list), position) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
get_section (GtkSectionModel *model, guint position, guint *start, guint *end)
{
  SondeListSelection *self = SONDE_LIST_SELECTION (model);

  gtk_section_model_get_section (GTK_SECTION_MODEL (self->list), position, start, end);
}

static void
section_model_iface_init (GtkSectionModelInterface *iface)
{
  iface->get_section = get_section;
}

static gboolean
is_chosen (SondeListSelection *self, gpointer item)
{
  return self->multiple ? g_hash_table_contains (self->chosen, item) : item == self->open;
}

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  g_autoptr (GObject) item = get_item (G_LIST_MODEL (model), position);

  return item != NULL && is_chosen (SONDE_LIST_SELECTION (model), item);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  SondeListSelection *self = SONDE_LIST_SELECTION (model);
  guint n = get_n_items (G_LIST_MODEL (model));
  GtkBitset *selected = gtk_bitset_new_empty ();

  if (!self->multiple) {
    guint at = sonde_conversation_list_find (self->list, self->open);

    if (at != GTK_INVALID_LIST_POSITION)
      gtk_bitset_add (selected, at);
  } else if (position < n) {
    guint end = position + MIN (n_items, n - position);

    for (guint i = position; i < end; i++)
      if (is_selected (model, i))
        gtk_bitset_add (selected, i);
  }

  return selected;
}

static gboolean
select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  SondeListSelection *self = SONDE_LIST_SELECTION (model);
  g_autoptr (GObject) item = get_item (G_LIST_MODEL (model), position);

  if (!SONDE_IS_CONVERSATION (item))
    return FALSE;

  if (!self->multiple && unselect_rest) {
    sonde_list_selection_set_open (self, SONDE_CONVERSATION (item));
    return TRUE;
  }

  sonde_list_selection_set_multiple (self, TRUE);
  if (unselect_rest)
    g_hash_table_remove_all (self->chosen);
  g_hash_table_add (self->chosen, g_object_ref (item));
  if (unselect_rest)
    tell_all (self);
  else
    tell (self, position, 1);

  return TRUE;
}

static gboolean
unselect_item (GtkSelectionModel *model, guint position)
{
  SondeListSelection *self = SONDE_LIST_SELECTION (model);
  g_autoptr (GObject) item = get_item (G_LIST_MODEL (model), position);

  if (!SONDE_IS_CONVERSATION (item))
    return FALSE;

  /* With Ctrl on what is open: it is the first one of several. */
  if (!self->multiple) {
    sonde_list_selection_set_multiple (self, TRUE);
    return TRUE;
  }

  g_hash_table_remove (self->chosen, item);
  tell (self, position, 1);

  return TRUE;
}

static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  SondeListSelection *self = SONDE_LIST_SELECTION (model);
  GtkBitsetIter iter;
  guint position;

  sonde_list_selection_set_multiple (self, TRUE);
  for (gboolean valid = gtk_bitset_iter_init_first (&iter, mask, &position); valid;
       valid = gtk_bitset_iter_next (&iter, &position)) {
    g_autoptr (GObject) item = get_item (G_LIST_MODEL (model), position);

    if (!SONDE_IS_CONVERSATION (item))
      continue;
    if (gtk_bitset_contains (selected, position))
      g_hash_table_add (self->chosen, g_object_ref (item));
    else
      g_hash_table_remove (self->chosen, item);
  }
  tell_all (self);

  return TRUE;
}

static gboolean
unselect_all (GtkSelectionModel *model)
{
  SondeListSelection *self = SONDE_LIST_SELECTION (model);

  if (!self->multiple)
    return FALSE;

  g_hash_table_remove_all (self->chosen);
  tell_all (self);

  return TRUE;
}

static void
selection_model_iface_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
  iface->unselect_item = unselect_item;
  iface->set_selection = set_selection;
  iface->unselect_all = unselect_all;
}

static guint
count_selected (SondeListSelection *self)
{
  GHashTableIter iter;
  gpointer conversation;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, &conversation, NULL))
    n += sonde_conversation_list_contains (self->list, conversation);

  return n;
}

static int
compare_by_last_said (gconstpointer a, gconstpointer b)
{
  gint64 time_a = sonde_conversation_get_updated_at (*(SondeConversation **) a);
  gint64 time_b = sonde_conversation_get_updated_at (*(SondeConversation **) b);

  return (time_b > time_a) - (time_b < time_a);
}

static void
sonde_list_selection_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeListSelection *self = SONDE_LIST_SELECTION (object);

  switch (id) {
  case PROP_OPEN:
    g_value_set_object (value, self->open);
    break;
  case PROP_MULTIPLE:
    g_value_set_boolean (value, self->multiple);
    break;
  case PROP_N_SELECTED:
    g_value_set_uint (value, count_selected (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_list_selection_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  SondeListSelection *self = SONDE_LIST_SELECTION (object);

  switch (id) {
  case PROP_OPEN:
    sonde_list_selection_set_open (self, g_value_get_object (value));
    break;
  case PROP_MULTIPLE:
    sonde_list_selection_set_multiple (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_list_selection_dispose (GObject *object)
{
  SondeListSelection *self = SONDE_LIST_SELECTION (object);

  g_clear_object (&self->list);
  g_clear_object (&self->open);
  g_hash_table_remove_all (self->chosen);

  G_OBJECT_CLASS (sonde_list_selection_parent_class)->dispose (object);
}

static void
sonde_list_selection_finalize (GObject *object)
{
  g_hash_table_unref (SONDE_LIST_SELECTION (object)->chosen);

  G_OBJECT_CLASS (sonde_list_selection_parent_class)->finalize (object);
}

static void
sonde_list_selection_class_init (SondeListSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_list_selection_get_property;
  object_class->set_property = sonde_list_selection_set_property;
  object_class->dispose = sonde_list_selection_dispose;
  object_class->finalize = sonde_list_selection_finalize;

  /**
   * SondeListSelection:open:
   *
   * The conversation that is open; it need not be in the list.
   */
  properties[PROP_OPEN] = g_param_spec_object ("open", NULL, NULL, SONDE_TYPE_CONVERSATION, flags);
  /**
   * SondeListSelection:multiple:
   *
   * Whether several can be selected, and what is open is not shown.
   */
  properties[PROP_MULTIPLE] = g_param_spec_boolean ("multiple", NULL, NULL, FALSE, flags);
  properties[PROP_N_SELECTED] =
    g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sonde_list_selection_init (SondeListSelection *self)
{
  self->chosen = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

/**
 * sonde_list_selection_new:
 * @list: what is selected in
 *
 * Returns: (transfer full): a selection of nothing
 */
SondeListSelection *
sonde_list_selection_new (SondeConversationList *list)
{
  SondeListSelection *self;

  g_return_val_if_fail (SONDE_IS_CONVERSATION_LIST (list), NULL);

  self = g_object_new (SONDE_TYPE_LIST_SELECTION, NULL);
  self->list = g_object_ref (list);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * sonde_list_selection_get_open:
 * @self: a selection
 *
 * Returns: (transfer none) (nullable): the conversation that is open
 */
SondeConversation *
sonde_list_selection_get_open (SondeListSelection *self)
{
  g_return_val_if_fail (SONDE_IS_LIST_SELECTION (self), NULL);

  return self->open;
}

/**
 * sonde_list_selection_set_open:
 * @self: a selection
 * @conversation: (nullable): the conversation that is open
 */
void
sonde_list_selection_set_open (SondeListSelection *self, SondeConversation *conversation)
{
  guint before;

  g_return_if_fail (SONDE_IS_LIST_SELECTION (self));

  before = sonde_conversation_list_find (self->list, self->open);
  if (!g_set_object (&self->open, conversation))
    return;

  if (!self->multiple) {
    tell (self, before, 1);
    tell (self, sonde_conversation_list_find (self->list, conversation), 1);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPEN]);
}

/**
 * sonde_list_selection_get_multiple:
 * @self: a selection
 *
 * Returns: whether several can be selected
 */
gboolean
sonde_list_selection_get_multiple (SondeListSelection *self)
{
  g_return_val_if_fail (SONDE_IS_LIST_SELECTION (self), FALSE);

  return self->multiple;
}

/**
 * sonde_list_selection_set_multiple:
 * @self: a selection
 * @multiple: whether several can be selected
 *
 * The conversation that is open is the first one of them, where it is in the list.
 */
void
sonde_list_selection_set_multiple (SondeListSelection *self, gboolean multiple)
{
  g_return_if_fail (SONDE_IS_LIST_SELECTION (self));

  multiple = !!multiple;
  if (self->multiple == multiple)
    return;

  self->multiple = multiple;
  g_hash_table_remove_all (self->chosen);
  if (multiple &&
      sonde_conversation_list_find (self->list, self->open) != GTK_INVALID_LIST_POSITION)
    g_hash_table_add (self->chosen, g_object_ref (self->open));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MULTIPLE]);
  tell_all (self);
}

/**
 * sonde_list_selection_toggle:
 * @self: a selection of several
 * @conversation: a conversation of the list
 *
 * Selects it, or no longer.
 */
void
sonde_list_selection_toggle (SondeListSelection *self, SondeConversation *conversation)
{
  guint position;

  g_return_if_fail (SONDE_IS_LIST_SELECTION (self));
  g_return_if_fail (self->multiple);

  position = sonde_conversation_list_find (self->list, conversation);
  if (g_hash_table_contains (self->chosen, conversation))
    gtk_selection_model_unselect_item (GTK_SELECTION_MODEL (self), position);
  else
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self), position, FALSE);
}

/**
 * sonde_list_selection_dup_selected:
 * @self: a selection
 *
 * Returns: (transfer full) (element-type SondeConversation): what of several is
 *   selected and in the list, the latest said first
 */
GPtrArray *
sonde_list_selection_dup_selected (SondeListSelection *self)
{
  GPtrArray *selected = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer conversation;

  g_return_val_if_fail (SONDE_IS_LIST_SELECTION (self), selected);

  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, &conversation, NULL))
    if (sonde_conversation_list_contains (self->list, conversation))
      g_ptr_array_add (selected, g_object_ref (conversation));
  g_ptr_array_sort (selected, compare_by_last_said);

  return selected;
}
