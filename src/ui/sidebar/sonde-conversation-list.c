/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-conversation-list.h"

#include <glib/gi18n.h>

#include "sonde-date-section.h"

/* Changes of more conversations than this at once are told as one. */
#define MANY 16

/* Where a section stands; the dates follow, see sonde_date_section_get(). */
enum { SECTION_PINNED = -2, SECTION_FOLDERS = -1 };

/**
 * SondeConversationList:
 *
 * What the list at the side shows, in the order in which it shows it: the pinned
 * conversations, the folders with what is in them, and the rest by date, the latest said
 * first. A folder is a row of its own, so that an empty one is there, too; the conversations
 * of a folded one are not.
 *
 * It holds pointers to conversations that are there anyway, and makes nothing per row.
 */
struct _SondeConversationList {
  GObject parent_instance;

  GListModel *conversations;
  GListModel *folders;
  SondeListView view;
  GDateTime *now;
  GPtrArray *source;   /* what @conversations has, to know what was taken from it */
  GPtrArray *groups;   /* of Group, in order */
  GHashTable *members; /* SondeConversation -> the Group that it is in, or NULL */
  GHashTable *folded;  /* set of the numbers of folders */

  /* The section that was asked for last: the times from @since to @until are in it. */
  int section;
  gint64 since;
  gint64 until;
};

enum { PROP_VIEW = 1, PROP_FOLDED, PROP_N_ITEMS, N_PROPS };
enum { FOLDERS_CHANGED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);
static void section_model_iface_init (GtkSectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeConversationList,
                               sonde_conversation_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL,
                                                        section_model_iface_init))

/* The conversations that stand together: the pinned ones, those of a folder, or a date's. */
typedef struct {
  int section;
  guint rank;          /* of a folder among the folders */
  SondeFolder *folder; /* NULL for any other group */
  gboolean folded;
  GPtrArray *rows;
} Group;

static void
group_free (Group *group)
{
  g_clear_object (&group->folder);
  g_ptr_array_unref (group->rows);
  g_free (group);
}

static guint
count_rows (const Group *group)
{
  return (group->folder != NULL) + (group->folded ? 0 : group->rows->len);
}

static void
tell (SondeConversationList *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (removed != added)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static guint
get_group_position (SondeConversationList *self, const Group *group)
{
  guint position = 0;

  for (guint i = 0; i < self->groups->len && g_ptr_array_index (self->groups, i) != group; i++)
    position += count_rows (g_ptr_array_index (self->groups, i));

  return position;
}

/* The group of that place, made where there is none yet. */
static Group *
get_group (SondeConversationList *self, int section, guint rank)
{
  Group *group;
  guint low = 0, high = self->groups->len;

  while (low < high) {
    guint middle = (low + high) / 2;
    Group *other = g_ptr_array_index (self->groups, middle);

    if (other->section == section && other->rank == rank)
      return other;
    if (other->section < section || (other->section == section && other->rank < rank))
      low = middle + 1;
    else
      high = middle;
  }

  group = g_new0 (Group, 1);
  group->section = section;
  group->rank = rank;
  group->rows = g_ptr_array_new ();
  g_ptr_array_insert (self->groups, (int) low, group);

  return group;
}

static Group *
find_folder_group (SondeConversationList *self, gint64 folder_id)
{
  for (guint i = 0; folder_id != 0 && i < self->groups->len; i++) {
    Group *group = g_ptr_array_index (self->groups, i);

    if (group->section > SECTION_FOLDERS)
      break;
    if (group->folder != NULL && sonde_folder_get_id (group->folder) == folder_id)
      return group;
  }

  return NULL;
}

static gboolean
is_listed (SondeConversationList *self, SondeConversation *conversation)
{
  gboolean trashed = sonde_conversation_get_trashed_at (conversation) != 0;

  switch (self->view) {
  case SONDE_LIST_VIEW_CHATS:
    return !trashed && !sonde_conversation_get_archived (conversation);
  case SONDE_LIST_VIEW_ARCHIVE:
    return !trashed && sonde_conversation_get_archived (conversation);
  case SONDE_LIST_VIEW_TRASH:
    return trashed;
  }

  g_return_val_if_reached (FALSE);
}

static Group *
find_date_group (SondeConversationList *self, SondeConversation *conversation)
{
  gint64 time = sonde_conversation_get_updated_at (conversation);

  /* They come sorted, thousands of them: the calendar is asked once a section. */
  if (time < self->since || time > self->until) {
    self->section = sonde_date_section_get (time, self->now);
    self->since = sonde_date_section_get_start (self->section, self->now);
    self->until = time;
  }

  return get_group (self, self->section, 0);
}

/* The group that a conversation belongs to now, or NULL where it is not listed. */
static Group *
choose_group (SondeConversationList *self, SondeConversation *conversation)
{
  Group *group;

  if (!is_listed (self, conversation))
    return NULL;
  if (self->view != SONDE_LIST_VIEW_CHATS)
    return find_date_group (self, conversation);
  if (sonde_conversation_get_pinned (conversation))
    return get_group (self, SECTION_PINNED, 0);

  group = find_folder_group (self, sonde_conversation_get_folder_id (conversation));

  return group != NULL ? group : find_date_group (self, conversation);
}

/* Where it belongs in its group: the latest said first. */
static guint
find_place (Group *group, SondeConversation *conversation)
{
  gint64 time = sonde_conversation_get_updated_at (conversation);
  guint low = 0, high = group->rows->len;

  /* The last place is the right one where many are put in. */
  if (high > 0 && sonde_conversation_get_updated_at (group->rows->pdata[high - 1]) >= time)
    return high;

  while (low < high) {
    guint middle = (low + high) / 2;

    if (sonde_conversation_get_updated_at (group->rows->pdata[middle]) >= time)
      low = middle + 1;
    else
      high = middle;
  }

  return low;
}

static void
put_in (SondeConversationList *self, SondeConversation *conversation, gboolean tell_others)
{
  Group *group = choose_group (self, conversation);
  guint place;

  g_hash_table_insert (self->members, conversation, group);
  if (group == NULL)
    return;

  place = find_place (group, conversation);
  g_ptr_array_insert (group->rows, (int) place, conversation);
  if (tell_others && !group->folded)
    tell (self, get_group_position (self, group) + (group->folder != NULL) + place, 0, 1);
  if (tell_others && group->folder != NULL)
    g_signal_emit (self, signals[FOLDERS_CHANGED], 0);
}

/* Puts in what was added behind everything else, and tells of it at once where it can. */
static void
append_many (SondeConversationList *self, guint first)
{
  guint n_pending = 0;

  for (guint i = first; i < self->source->len; i++) {
    SondeConversation *conversation = g_ptr_array_index (self->source, i);
    Group *group = choose_group (self, conversation);

    if (group != NULL && group == g_ptr_array_index (self->groups, self->groups->len - 1) &&
        !group->folded && find_place (group, conversation) == group->rows->len) {
      put_in (self, conversation, FALSE);
      n_pending++;
      continue;
    }

    if (n_pending > 0)
      tell (self, g_list_model_get_n_items (G_LIST_MODEL (self)) - n_pending, 0, n_pending);
    n_pending = 0;
    put_in (self, conversation, TRUE);
  }

  if (n_pending > 0)
    tell (self, g_list_model_get_n_items (G_LIST_MODEL (self)) - n_pending, 0, n_pending);
}

static void
take_out (SondeConversationList *self, SondeConversation *conversation)
{
  Group *group = g_hash_table_lookup (self->members, conversation);
  guint position, place;

  if (group == NULL || !g_ptr_array_find (group->rows, conversation, &place))
    return;

  position = get_group_position (self, group) + (group->folder != NULL) + place;
  g_ptr_array_remove_index (group->rows, place);
  g_hash_table_insert (self->members, conversation, NULL);
  if (group->folder != NULL)
    g_signal_emit (self, signals[FOLDERS_CHANGED], 0);
  if (group->folded)
    return;
  if (group->rows->len == 0 && group->folder == NULL)
    g_ptr_array_remove (self->groups, group);

  tell (self, position, 1, 0);
}

static void
fill (SondeConversationList *self)
{
  g_ptr_array_set_size (self->groups, 0);
  g_hash_table_remove_all (self->members);
  self->since = G_MAXINT64;
  self->until = G_MININT64;

  if (self->view == SONDE_LIST_VIEW_CHATS && self->folders != NULL) {
    guint n = g_list_model_get_n_items (self->folders);

    for (guint i = 0; i < n; i++) {
      Group *group = get_group (self, SECTION_FOLDERS, i);
      gint64 id;

      group->folder = g_list_model_get_item (self->folders, i);
      id = sonde_folder_get_id (group->folder);
      group->folded = sonde_conversation_list_get_folded (self, id);
    }
  }
  for (guint i = 0; i < self->source->len; i++)
    put_in (self, g_ptr_array_index (self->source, i), FALSE);
}

static void
refill (SondeConversationList *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self));

  fill (self);
  tell (self, 0, n, g_list_model_get_n_items (G_LIST_MODEL (self)));
  g_signal_emit (self, signals[FOLDERS_CHANGED], 0);
}

/* --- callbacks ----------------------------------------------------------------- */

static void
conversations_changed_cb (SondeConversationList *self, guint position, guint removed, guint added)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean many = removed > MANY || added > MANY;
  gboolean behind = removed == 0 && position == self->source->len;

  for (guint i = position; i < position + removed; i++) {
    g_ptr_array_add (gone, g_object_ref (g_ptr_array_index (self->source, i)));
  }
  if (removed > 0)
    g_ptr_array_remove_range (self->source, position, removed);

  if (added > 0) {
    guint old = self->source->len;

    g_ptr_array_set_size (self->source, (int) (old + added));
    memmove (self->source->pdata + position + added, self->source->pdata + position,
             (old - position) * sizeof (gpointer));
    for (guint i = position; i < position + added; i++)
      self->source->pdata[i] = g_list_model_get_item (self->conversations, i);
  }

  if (many && behind && position > 0) {
    append_many (self, position);
    return;
  }
  if (many) {
    refill (self);
    return;
  }
  for (guint i = 0; i < gone->len; i++) {
    take_out (self, g_ptr_array_index (gone, i));
    g_hash_table_remove (self->members, g_ptr_array_index (gone, i));
  }
  for (guint i = position; i < position + added; i++)
    put_in (self, g_ptr_array_index (self->source, i), TRUE);
}

static void
forget_source (SondeConversationList *self)
{
  g_ptr_array_set_size (self->source, 0);
  if (self->conversations != NULL)
    g_signal_handlers_disconnect_by_data (self->conversations, self);
  if (self->folders != NULL)
    g_signal_handlers_disconnect_by_data (self->folders, self);
  g_clear_object (&self->conversations);
  g_clear_object (&self->folders);
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
  SondeConversationList *self = SONDE_CONVERSATION_LIST (model);
  guint n = 0;

  for (guint i = 0; i < self->groups->len; i++)
    n += count_rows (g_ptr_array_index (self->groups, i));

  return n;
}

/* The group that a row is in, and in @position which row of it. */
static Group *
find_group_at (SondeConversationList *self, guint *position)
{
  for (guint i = 0; i < self->groups->len; i++) {
    Group *group = g_ptr_array_index (self->groups, i);
    guint n = count_rows (group);

    if (*position < n)
      return group;
    *position -= n;
  }

  return NULL;
}

static gpointer
get_item (GListModel *model, guint position)
{
  Group *group = find_group_at (SONDE_CONVERSATION_LIST (model), &position);

  if (group == NULL)
    return NULL;
  if (group->folder != NULL && position-- == 0)
    return g_object_ref (group->folder);

  return g_object_ref (g_ptr_array_index (group->rows, position));
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
  SondeConversationList *self = SONDE_CONVERSATION_LIST (model);
  guint row = position;
  const Group *at = find_group_at (self, &row);
  guint first = 0, n = 0;

  /* Beyond the end is a section, too. */
  if (at == NULL) {
    *start = get_n_items (G_LIST_MODEL (self));
    *end = G_MAXUINT;
    return;
  }

  for (guint i = 0; i < self->groups->len; i++) {
    const Group *group = g_ptr_array_index (self->groups, i);

    if (group->section < at->section)
      first += count_rows (group);
    else if (group->section == at->section)
      n += count_rows (group);
  }
  *start = first;
  *end = first + n;
}

static void
section_model_iface_init (GtkSectionModelInterface *iface)
{
  iface->get_section = get_section;
}

static void
sonde_conversation_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeConversationList *self = SONDE_CONVERSATION_LIST (object);

  switch (id) {
  case PROP_VIEW:
    g_value_set_int (value, (int) self->view);
    break;
  case PROP_FOLDED:
    g_value_take_string (value, sonde_conversation_list_dup_folded (self));
    break;
  case PROP_N_ITEMS:
    g_value_set_uint (value, get_n_items (G_LIST_MODEL (self)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_conversation_list_set_property (GObject *object,
                                      guint id,
                                      const GValue *value,
                                      GParamSpec *pspec)
{
  SondeConversationList *self = SONDE_CONVERSATION_LIST (object);

  switch (id) {
  case PROP_VIEW:
    sonde_conversation_list_set_view (self, (SondeListView) g_value_get_int (value));
    break;
  case PROP_FOLDED:
    sonde_conversation_list_set_all_folded (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_conversation_list_dispose (GObject *object)
{
  SondeConversationList *self = SONDE_CONVERSATION_LIST (object);

  forget_source (self);
  g_ptr_array_set_size (self->groups, 0);
  g_hash_table_remove_all (self->members);

  G_OBJECT_CLASS (sonde_conversation_list_parent_class)->dispose (object);
}

static void
sonde_conversation_list_finalize (GObject *object)
{
  SondeConversationList *self = SONDE_CONVERSATION_LIST (object);

  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->source);
  g_hash_table_unref (self->members);
  g_hash_table_unref (self->folded);
  g_date_time_unref (self->now);

  G_OBJECT_CLASS (sonde_conversation_list_parent_class)->finalize (object);
}

static void
sonde_conversation_list_class_init (SondeConversationListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_conversation_list_get_property;
  object_class->set_property = sonde_conversation_list_set_property;
  object_class->dispose = sonde_conversation_list_dispose;
  object_class->finalize = sonde_conversation_list_finalize;

  /**
   * SondeConversationList:view:
   *
   * Which conversations are listed: a SondeListView.
   */
  properties[PROP_VIEW] = g_param_spec_int ("view", NULL, NULL, SONDE_LIST_VIEW_CHATS,
                                            SONDE_LIST_VIEW_TRASH, SONDE_LIST_VIEW_CHATS, flags);
  /**
   * SondeConversationList:folded:
   *
   * The numbers of the folders that are folded, parted by spaces, for the settings.
   */
  properties[PROP_FOLDED] = g_param_spec_string ("folded", NULL, NULL, NULL, flags);
  properties[PROP_N_ITEMS] =
    g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeConversationList::folders-changed:
   * @self: the list
   *
   * How many are in a folder, or whether it is folded, may have changed.
   */
  signals[FOLDERS_CHANGED] = g_signal_new ("folders-changed", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sonde_conversation_list_init (SondeConversationList *self)
{
  self->source = g_ptr_array_new_with_free_func (g_object_unref);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  self->members = g_hash_table_new (NULL, NULL);
  self->folded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->now = g_date_time_new_now_local ();
  self->since = G_MAXINT64;
  self->until = G_MININT64;
}

/**
 * sonde_conversation_list_new:
 *
 * Returns: (transfer full): an empty list
 */
SondeConversationList *
sonde_conversation_list_new (void)
{
  return g_object_new (SONDE_TYPE_CONVERSATION_LIST, NULL);
}

/**
 * sonde_conversation_list_set_source:
 * @self: a list
 * @conversations: (nullable): a list of SondeConversation, the latest said first
 * @folders: (nullable): a list of SondeFolder
 *
 * Lists those from now on, and has to be told when something about one changes:
 * [method@ConversationList.update].
 */
void
sonde_conversation_list_set_source (SondeConversationList *self,
                                    GListModel *conversations,
                                    GListModel *folders)
{
  guint n_before;

  g_return_if_fail (SONDE_IS_CONVERSATION_LIST (self));

  n_before = g_list_model_get_n_items (G_LIST_MODEL (self));
  g_hash_table_remove_all (self->members);
  forget_source (self);
  g_set_object (&self->conversations, conversations);
  g_set_object (&self->folders, folders);
  if (folders != NULL)
    g_signal_connect_swapped (folders, "items-changed", G_CALLBACK (refill), self);
  if (conversations != NULL) {
    guint n = g_list_model_get_n_items (conversations);

    g_signal_connect_swapped (conversations, "items-changed", G_CALLBACK (conversations_changed_cb),
                              self);
    for (guint i = 0; i < n; i++)
      g_ptr_array_add (self->source, g_list_model_get_item (conversations, i));
  }
  fill (self);
  tell (self, 0, n_before, g_list_model_get_n_items (G_LIST_MODEL (self)));
}

/**
 * sonde_conversation_list_update:
 * @self: a list
 * @conversation: a conversation, which may be none of its source
 *
 * Puts it where it belongs after it was pinned, archived, put into a folder or thrown away.
 * What was said in one last is told by the source, which moves it.
 */
void
sonde_conversation_list_update (SondeConversationList *self, SondeConversation *conversation)
{
  gpointer group;

  g_return_if_fail (SONDE_IS_CONVERSATION_LIST (self));

  if (!g_hash_table_lookup_extended (self->members, conversation, NULL, &group) ||
      choose_group (self, conversation) == group)
    return;

  take_out (self, conversation);
  put_in (self, conversation, TRUE);
}

/**
 * sonde_conversation_list_get_view:
 * @self: a list
 *
 * Returns: which conversations are listed
 */
SondeListView
sonde_conversation_list_get_view (SondeConversationList *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION_LIST (self), SONDE_LIST_VIEW_CHATS);

  return self->view;
}

/**
 * sonde_conversation_list_set_view:
 * @self: a list
 * @view: which conversations are listed
 */
void
sonde_conversation_list_set_view (SondeConversationList *self, SondeListView view)
{
  g_return_if_fail (SONDE_IS_CONVERSATION_LIST (self));

  if (self->view == view)
    return;

  self->view = view;
  refill (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW]);
}

/**
 * sonde_conversation_list_set_now:
 * @self: a list
 * @now: the day that the sections are for
 */
void
sonde_conversation_list_set_now (SondeConversationList *self, GDateTime *now)
{
  g_return_if_fail (SONDE_IS_CONVERSATION_LIST (self));
  g_return_if_fail (now != NULL);

  g_date_time_unref (self->now);
  self->now = g_date_time_ref (now);
  refill (self);
}

/**
 * sonde_conversation_list_get_folded:
 * @self: a list
 * @folder_id: the number of a folder
 *
 * Returns: whether what is in it is not listed
 */
gboolean
sonde_conversation_list_get_folded (SondeConversationList *self, gint64 folder_id)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION_LIST (self), FALSE);

  return g_hash_table_contains (self->folded, &folder_id);
}

/**
 * sonde_conversation_list_set_folded:
 * @self: a list
 * @folder_id: the number of a folder
 * @folded: whether what is in it is not to be listed
 */
void
sonde_conversation_list_set_folded (SondeConversationList *self, gint64 folder_id, gboolean folded)
{
  Group *group;

  g_return_if_fail (SONDE_IS_CONVERSATION_LIST (self));

  if (sonde_conversation_list_get_folded (self, folder_id) == folded)
    return;

  if (folded)
    g_hash_table_add (self->folded, g_memdup2 (&folder_id, sizeof folder_id));
  else
    g_hash_table_remove (self->folded, &folder_id);

  group = find_folder_group (self, folder_id);
  if (group != NULL) {
    guint first = get_group_position (self, group) + 1;

    group->folded = folded;
    if (group->rows->len > 0)
      tell (self, first, folded ? group->rows->len : 0, folded ? 0 : group->rows->len);
    g_signal_emit (self, signals[FOLDERS_CHANGED], 0);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 id_a = **(const gint64 *const *) a;
  gint64 id_b = **(const gint64 *const *) b;

  return (id_a > id_b) - (id_a < id_b);
}

/**
 * sonde_conversation_list_dup_folded:
 * @self: a list
 *
 * Returns: (transfer full): the numbers of the folders that are folded, parted by spaces
 */
char *
sonde_conversation_list_dup_folded (SondeConversationList *self)
{
  g_autoptr (GPtrArray) ids = NULL;
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (SONDE_IS_CONVERSATION_LIST (self), NULL);

  ids = g_hash_table_get_keys_as_ptr_array (self->folded);
  g_ptr_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            *(gint64 *) g_ptr_array_index (ids, i));

  return g_string_free_and_steal (text);
}

/**
 * sonde_conversation_list_set_all_folded:
 * @self: a list
 * @folder_ids: (nullable): the numbers of the folders that are folded, parted by spaces
 */
void
sonde_conversation_list_set_all_folded (SondeConversationList *self, const char *folder_ids)
{
  g_autofree char *before = NULL;
  g_auto (GStrv) old_ids = NULL;
  g_auto (GStrv) new_ids = NULL;

  g_return_if_fail (SONDE_IS_CONVERSATION_LIST (self));

  before = sonde_conversation_list_dup_folded (self);
  old_ids = g_strsplit (before, " ", -1);
  new_ids = g_strsplit (folder_ids != NULL ? folder_ids : "", " ", -1);
  for (guint i = 0; old_ids[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) new_ids, old_ids[i]))
      sonde_conversation_list_set_folded (self, g_ascii_strtoll (old_ids[i], NULL, 10), FALSE);
  for (guint i = 0; new_ids[i] != NULL; i++)
    if (*new_ids[i] != '\0')
      sonde_conversation_list_set_folded (self, g_ascii_strtoll (new_ids[i], NULL, 10), TRUE);
}

/**
 * sonde_conversation_list_contains:
 * @self: a list
 * @conversation: a conversation
 *
 * Returns: whether it belongs to the list, be it in a folder that is folded
 */
gboolean
sonde_conversation_list_contains (SondeConversationList *self, SondeConversation *conversation)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION_LIST (self), FALSE);

  return g_hash_table_lookup (self->members, conversation) != NULL;
}

/**
 * sonde_conversation_list_is_in_folder:
 * @self: a list
 * @conversation: a conversation
 *
 * Returns: whether it stands below a folder; a pinned one does not
 */
gboolean
sonde_conversation_list_is_in_folder (SondeConversationList *self, SondeConversation *conversation)
{
  Group *group;

  g_return_val_if_fail (SONDE_IS_CONVERSATION_LIST (self), FALSE);

  group = g_hash_table_lookup (self->members, conversation);

  return group != NULL && group->folder != NULL;
}

/**
 * sonde_conversation_list_find:
 * @self: a list
 * @item: (nullable): a conversation or a folder
 *
 * Returns: where it is listed, or %GTK_INVALID_LIST_POSITION
 */
guint
sonde_conversation_list_find (SondeConversationList *self, gpointer item)
{
  Group *group;
  guint place;

  g_return_val_if_fail (SONDE_IS_CONVERSATION_LIST (self), GTK_INVALID_LIST_POSITION);

  if (SONDE_IS_FOLDER (item)) {
    group = find_folder_group (self, sonde_folder_get_id (item));
    return group != NULL ? get_group_position (self, group) : GTK_INVALID_LIST_POSITION;
  }

  group = item != NULL ? g_hash_table_lookup (self->members, item) : NULL;
  if (group == NULL || group->folded || !g_ptr_array_find (group->rows, item, &place))
    return GTK_INVALID_LIST_POSITION;

  return get_group_position (self, group) + (group->folder != NULL) + place;
}

/**
 * sonde_conversation_list_count_in_folder:
 * @self: a list
 * @folder: a folder
 *
 * Returns: how many conversations stand in it
 */
guint
sonde_conversation_list_count_in_folder (SondeConversationList *self, SondeFolder *folder)
{
  Group *group;

  g_return_val_if_fail (SONDE_IS_CONVERSATION_LIST (self), 0);
  g_return_val_if_fail (SONDE_IS_FOLDER (folder), 0);

  group = find_folder_group (self, sonde_folder_get_id (folder));

  return group != NULL ? group->rows->len : 0;
}

/**
 * sonde_conversation_list_dup_heading:
 * @self: a list
 * @item: an item of it
 *
 * Returns: (transfer full): the heading of the section that it is in
 */
char *
sonde_conversation_list_dup_heading (SondeConversationList *self, gpointer item)
{
  Group *group;

  g_return_val_if_fail (SONDE_IS_CONVERSATION_LIST (self), NULL);

  if (SONDE_IS_FOLDER (item))
    return g_strdup (_ ("Folders"));
  group = item != NULL ? g_hash_table_lookup (self->members, item) : NULL;
  /* GTK asks once more for one that is on its way out. */
  if (group == NULL && item != NULL)
    return sonde_date_section_get_title (
      sonde_date_section_get (sonde_conversation_get_updated_at (item), self->now), self->now);
  if (group == NULL)
    return g_strdup ("");
  if (group->section == SECTION_PINNED)
    return g_strdup (_ ("Pinned"));

  return sonde_date_section_get_title (group->section, self->now);
}
