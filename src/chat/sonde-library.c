/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-library-private.h"

/**
 * SondeLibrary:
 *
 * All conversations, the latest said first, as a list of SondeConversation; and
 * their sessions. A conversation joins the list with its first question.
 */
struct _SondeLibrary {
  GObject parent_instance;

  const SondeServices *services;
  SondeSettings *settings;
  SondeLibraryState state;
  SondeLibraryProblem problem;
  char *problem_detail;
  GListStore *conversations;
  GHashTable *sessions;       /* SondeConversation -> SondeSession */
  SondeConversation *current; /* the one on the screen */
  GTask *shutdown;
};

enum { PROP_STATE = 1, PROP_PROBLEM, PROP_PROBLEM_DETAIL, N_PROPS };

static GParamSpec *properties[N_PROPS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeLibrary,
                               sonde_library,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

G_DEFINE_ENUM_TYPE (SondeLibraryState,
                    sonde_library_state,
                    G_DEFINE_ENUM_VALUE (SONDE_LIBRARY_LOADING, "loading"),
                    G_DEFINE_ENUM_VALUE (SONDE_LIBRARY_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (SONDE_LIBRARY_FAILED, "failed"))

G_DEFINE_ENUM_TYPE (SondeLibraryProblem,
                    sonde_library_problem,
                    G_DEFINE_ENUM_VALUE (SONDE_LIBRARY_PROBLEM_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (SONDE_LIBRARY_PROBLEM_SET_ASIDE, "set-aside"),
                    G_DEFINE_ENUM_VALUE (SONDE_LIBRARY_PROBLEM_NEWER, "newer"),
                    G_DEFINE_ENUM_VALUE (SONDE_LIBRARY_PROBLEM_FULL, "full"),
                    G_DEFINE_ENUM_VALUE (SONDE_LIBRARY_PROBLEM_READ_ONLY, "read-only"),
                    G_DEFINE_ENUM_VALUE (SONDE_LIBRARY_PROBLEM_BUSY, "busy"),
                    G_DEFINE_ENUM_VALUE (SONDE_LIBRARY_PROBLEM_FAILED, "failed"))

static void
set_state (SondeLibrary *self, SondeLibraryState state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_problem (SondeLibrary *self, SondeLibraryProblem problem, const char *detail)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_str (&self->problem_detail, detail))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM_DETAIL]);
  if (self->problem != problem) {
    self->problem = problem;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
  }
  g_object_thaw_notify (G_OBJECT (self));
}

static SondeLibraryProblem
problem_of (const GError *error)
{
  static const SondeLibraryProblem problems[] = {
    [SONDE_STORE_ERROR_NEWER] = SONDE_LIBRARY_PROBLEM_NEWER,
    [SONDE_STORE_ERROR_FULL] = SONDE_LIBRARY_PROBLEM_FULL,
    [SONDE_STORE_ERROR_READ_ONLY] = SONDE_LIBRARY_PROBLEM_READ_ONLY,
    [SONDE_STORE_ERROR_BUSY] = SONDE_LIBRARY_PROBLEM_BUSY,
    [SONDE_STORE_ERROR_FAILED] = SONDE_LIBRARY_PROBLEM_FAILED,
  };

  if (error->domain != SONDE_STORE_ERROR || error->code < 0 ||
      (gsize) error->code >= G_N_ELEMENTS (problems))
    return SONDE_LIBRARY_PROBLEM_FAILED;

  return problems[error->code];
}

static int
compare_by_last_said (gconstpointer a, gconstpointer b, gpointer user_data)
{
  gint64 time_a = sonde_conversation_get_updated_at ((SondeConversation *) a);
  gint64 time_b = sonde_conversation_get_updated_at ((SondeConversation *) b);

  return (time_b > time_a) - (time_b < time_a);
}

/* Puts a conversation in which something was said where it belongs now. */
static void
place_conversation (SondeLibrary *self, SondeConversation *conversation)
{
  guint position;

  g_object_ref (conversation);
  if (g_list_store_find (self->conversations, conversation, &position))
    g_list_store_remove (self->conversations, position);
  g_list_store_insert_sorted (self->conversations, conversation, compare_by_last_said, NULL);
  g_object_unref (conversation);
}

static void
conversation_said_cb (SondeLibrary *self, GParamSpec *pspec, SondeConversation *conversation)
{
  guint position;

  if (sonde_conversation_get_id (conversation) == 0)
    return;
  /* Nothing to move where it is the first one already. */
  if (g_list_store_find (self->conversations, conversation, &position) && position == 0)
    return;

  place_conversation (self, conversation);
}

static gboolean
any_session_busy (SondeLibrary *self)
{
  GHashTableIter iter;
  gpointer session;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &session))
    if (sonde_session_get_busy (session))
      return TRUE;

  return FALSE;
}

static void
store_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (sonde_store_close_finish (SONDE_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
close_when_idle (SondeLibrary *self)
{
  if (self->shutdown == NULL || any_session_busy (self))
    return;

  sonde_store_close_async (self->services->store, store_closed_cb,
                           g_steal_pointer (&self->shutdown));
}

static void
session_finished_cb (SondeLibrary *self, SondeSession *session)
{
  SondeConversation *conversation = sonde_session_get_conversation (session);

  if (conversation != self->current) {
    sonde_conversation_set_unread (conversation, TRUE);
    sonde_store_save_conversation (self->services->store, conversation);
  }
  close_when_idle (self);
}

static void
start_session (gpointer conversation, gpointer session, gpointer user_data)
{
  sonde_session_start (session);
}

static void
store_write_failed_cb (SondeLibrary *self, const GError *error)
{
  set_problem (self, problem_of (error), error->message);
}

static void
store_write_recovered_cb (SondeLibrary *self)
{
  set_problem (self, SONDE_LIBRARY_PROBLEM_NONE, NULL);
}

static void
store_failed (SondeLibrary *self, const GError *error)
{
  set_problem (self, problem_of (error), error->message);
  set_state (self, SONDE_LIBRARY_FAILED);
  g_hash_table_foreach (self->sessions, start_session, NULL);
}

static void
conversations_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeLibrary) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conversations =
    sonde_store_list_conversations_finish (SONDE_STORE (source), result, &error);

  if (conversations == NULL) {
    store_failed (self, error);
    return;
  }

  for (guint i = 0; i < conversations->len; i++)
    g_signal_connect_object (g_ptr_array_index (conversations, i), "notify::updated-at",
                             G_CALLBACK (conversation_said_cb), self, G_CONNECT_SWAPPED);
  g_list_store_splice (self->conversations, 0, 0, conversations->pdata, conversations->len);
  set_state (self, SONDE_LIBRARY_READY);
  g_hash_table_foreach (self->sessions, start_session, NULL);
}

static void
store_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeLibrary) self = user_data;
  g_autofree char *set_aside_path = NULL;
  g_autoptr (GError) error = NULL;

  if (!sonde_store_open_finish (SONDE_STORE (source), result, &set_aside_path, &error)) {
    store_failed (self, error);
    return;
  }

  if (set_aside_path != NULL)
    set_problem (self, SONDE_LIBRARY_PROBLEM_SET_ASIDE, set_aside_path);
  sonde_store_list_conversations_async (SONDE_STORE (source), NULL, conversations_listed_cb,
                                        g_steal_pointer (&self));
}

/* The path from the first message to the leaf; the newest message is the leaf
 * where the one that was chosen is not there. */
static GPtrArray *
find_path (GPtrArray *tree, gint64 leaf_id)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree gint64 *ids = g_new (gint64, tree->len);
  GPtrArray *path = g_ptr_array_new_with_free_func (g_object_unref);
  SondeMessage *message;

  for (guint i = 0; i < tree->len; i++) {
    ids[i] = sonde_message_get_id (g_ptr_array_index (tree, i));
    g_hash_table_insert (by_id, &ids[i], g_ptr_array_index (tree, i));
  }

  message = g_hash_table_lookup (by_id, &leaf_id);
  if (message == NULL && tree->len > 0)
    message = g_ptr_array_index (tree, tree->len - 1);
  while (message != NULL && path->len <= tree->len) {
    gint64 parent_id = sonde_message_get_parent_id (message);

    g_ptr_array_add (path, g_object_ref (message));
    message = g_hash_table_lookup (by_id, &parent_id);
  }
  for (guint i = 0; i < path->len / 2; i++) {
    gpointer first = path->pdata[i];

    path->pdata[i] = path->pdata[path->len - 1 - i];
    path->pdata[path->len - 1 - i] = first;
  }

  return path;
}

typedef struct {
  SondeLibrary *library;
  SondeConversation *conversation;
} Loading;

static void
messages_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Loading *loading = user_data;
  g_autoptr (SondeLibrary) self = loading->library;
  g_autoptr (SondeConversation) conversation = loading->conversation;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tree =
    sonde_store_load_messages_finish (SONDE_STORE (source), result, &error);
  g_autoptr (GPtrArray) path = NULL;

  if (tree == NULL) {
    set_problem (self, problem_of (error), error->message);
    return;
  }
  if (sonde_conversation_get_loaded (conversation))
    return;

  path = find_path (tree, sonde_conversation_get_leaf_id (conversation));
  sonde_conversation_set_messages (conversation, path);
}

static GType
get_item_type (GListModel *model)
{
  return SONDE_TYPE_CONVERSATION;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (SONDE_LIBRARY (model)->conversations));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (SONDE_LIBRARY (model)->conversations), position);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
sonde_library_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeLibrary *self = SONDE_LIBRARY (object);

  switch (id) {
  case PROP_STATE:
    g_value_set_enum (value, (int) self->state);
    break;
  case PROP_PROBLEM:
    g_value_set_enum (value, (int) self->problem);
    break;
  case PROP_PROBLEM_DETAIL:
    g_value_set_string (value, self->problem_detail);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_library_dispose (GObject *object)
{
  SondeLibrary *self = SONDE_LIBRARY (object);

  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_object (&self->conversations);
  g_clear_object (&self->current);
  g_clear_object (&self->settings);
  g_clear_object (&self->shutdown);

  G_OBJECT_CLASS (sonde_library_parent_class)->dispose (object);
}

static void
sonde_library_finalize (GObject *object)
{
  g_free (SONDE_LIBRARY (object)->problem_detail);

  G_OBJECT_CLASS (sonde_library_parent_class)->finalize (object);
}

static void
sonde_library_class_init (SondeLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_library_get_property;
  object_class->dispose = sonde_library_dispose;
  object_class->finalize = sonde_library_finalize;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, SONDE_TYPE_LIBRARY_STATE, SONDE_LIBRARY_LOADING, flags);
  properties[PROP_PROBLEM] = g_param_spec_enum ("problem", NULL, NULL, SONDE_TYPE_LIBRARY_PROBLEM,
                                                SONDE_LIBRARY_PROBLEM_NONE, flags);
  properties[PROP_PROBLEM_DETAIL] = g_param_spec_string ("problem-detail", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
items_changed_cb (SondeLibrary *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
sonde_library_init (SondeLibrary *self)
{
  self->conversations = g_list_store_new (SONDE_TYPE_CONVERSATION);
  self->sessions = g_hash_table_new_full (NULL, NULL, g_object_unref, g_object_unref);
  g_signal_connect_object (self->conversations, "items-changed", G_CALLBACK (items_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

/**
 * sonde_library_new:
 * @services: what it works with; outlives the library
 * @settings: (nullable): the model and the thinking of new conversations
 *
 * Returns: (transfer full): an empty library, LOADING
 */
SondeLibrary *
sonde_library_new (const SondeServices *services, SondeSettings *settings)
{
  SondeLibrary *self = g_object_new (SONDE_TYPE_LIBRARY, NULL);

  self->services = services;
  g_set_object (&self->settings, settings);
  g_signal_connect_object (services->store, "write-failed", G_CALLBACK (store_write_failed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (services->store, "write-recovered",
                           G_CALLBACK (store_write_recovered_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * sonde_library_start:
 * @self: a library
 *
 * Opens the store and lists what is in it.
 */
void
sonde_library_start (SondeLibrary *self)
{
  g_return_if_fail (SONDE_IS_LIBRARY (self));

  sonde_store_open_async (self->services->store, NULL, store_opened_cb, g_object_ref (self));
}

/**
 * sonde_library_shutdown_async:
 * @self: a library
 * @callback: called when all is on disk
 * @user_data: for @callback
 *
 * Interrupts the answers on their way and closes the store.
 */
void
sonde_library_shutdown_async (SondeLibrary *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GPtrArray) sessions = NULL;

  g_return_if_fail (SONDE_IS_LIBRARY (self));
  g_return_if_fail (self->shutdown == NULL);

  self->shutdown = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->shutdown, sonde_library_shutdown_async);
  sessions = g_hash_table_get_values_as_ptr_array (self->sessions);
  for (guint i = 0; i < sessions->len; i++)
    sonde_session_interrupt (g_ptr_array_index (sessions, i));
  close_when_idle (self);
}

/**
 * sonde_library_shutdown_finish:
 * @self: a library
 * @result: the result
 * @error: what could not be written
 *
 * Returns: whether all is on disk
 */
gboolean
sonde_library_shutdown_finish (SondeLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sonde_library_get_state:
 * @self: a library
 *
 * Returns: how the list stands
 */
SondeLibraryState
sonde_library_get_state (SondeLibrary *self)
{
  g_return_val_if_fail (SONDE_IS_LIBRARY (self), SONDE_LIBRARY_LOADING);

  return self->state;
}

/**
 * sonde_library_get_problem:
 * @self: a library
 *
 * Returns: what is wrong with the store
 */
SondeLibraryProblem
sonde_library_get_problem (SondeLibrary *self)
{
  g_return_val_if_fail (SONDE_IS_LIBRARY (self), SONDE_LIBRARY_PROBLEM_NONE);

  return self->problem;
}

/**
 * sonde_library_get_problem_detail:
 * @self: a library
 *
 * Returns: (nullable): the path of the database that was set aside, or the database's own words
 */
const char *
sonde_library_get_problem_detail (SondeLibrary *self)
{
  g_return_val_if_fail (SONDE_IS_LIBRARY (self), NULL);

  return self->problem_detail;
}

/**
 * sonde_library_create:
 * @self: a library
 *
 * Returns: (transfer full): a new conversation with the model and the thinking of
 *   the settings; it joins the list and the store with its first question
 */
SondeConversation *
sonde_library_create (SondeLibrary *self)
{
  g_autoptr (GPtrArray) no_messages = g_ptr_array_new ();
  SondeConversation *conversation;
  const char *model_id = NULL;
  SondeThinking thinking = SONDE_THINKING_HIGH;

  g_return_val_if_fail (SONDE_IS_LIBRARY (self), NULL);

  if (self->settings != NULL) {
    model_id = sonde_settings_get_model_id (self->settings);
    sonde_thinking_from_string (sonde_settings_get_thinking (self->settings), &thinking);
  }

  conversation = sonde_conversation_new (0, sonde_clock_get_real_time (self->services->clock));
  sonde_conversation_set_model_id (
    conversation, model_id != NULL && *model_id != '\0' ? model_id : "deepseek-v4-flash");
  sonde_conversation_set_thinking (conversation, thinking);
  sonde_conversation_set_messages (conversation, no_messages);
  g_signal_connect_object (conversation, "notify::id", G_CALLBACK (conversation_said_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (conversation, "notify::updated-at", G_CALLBACK (conversation_said_cb),
                           self, G_CONNECT_SWAPPED);

  return conversation;
}

/**
 * sonde_library_open:
 * @self: a library
 * @conversation: (nullable): the conversation that is on the screen from now on
 *
 * Loads the conversation's messages where they are not here yet, and marks it as read.
 */
void
sonde_library_open (SondeLibrary *self, SondeConversation *conversation)
{
  g_return_if_fail (SONDE_IS_LIBRARY (self));

  g_set_object (&self->current, conversation);
  if (conversation == NULL)
    return;

  if (sonde_conversation_get_unread (conversation)) {
    sonde_conversation_set_unread (conversation, FALSE);
    sonde_store_save_conversation (self->services->store, conversation);
  }
  if (!sonde_conversation_get_loaded (conversation)) {
    Loading *loading = g_new (Loading, 1);

    loading->library = g_object_ref (self);
    loading->conversation = g_object_ref (conversation);
    sonde_store_load_messages_async (self->services->store,
                                     sonde_conversation_get_id (conversation), NULL,
                                     messages_loaded_cb, loading);
  }
}

/**
 * sonde_library_get_session:
 * @self: a library
 * @conversation: a conversation
 *
 * Returns: (transfer none): what goes on in it; the same one each time
 */
SondeSession *
sonde_library_get_session (SondeLibrary *self, SondeConversation *conversation)
{
  SondeSession *session;

  g_return_val_if_fail (SONDE_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (SONDE_IS_CONVERSATION (conversation), NULL);

  session = g_hash_table_lookup (self->sessions, conversation);
  if (session == NULL) {
    session = sonde_session_new (self->services, conversation);
    g_hash_table_insert (self->sessions, g_object_ref (conversation), session);
    g_signal_connect_object (session, "finished", G_CALLBACK (session_finished_cb), self,
                             G_CONNECT_SWAPPED);
    if (self->state != SONDE_LIBRARY_LOADING)
      sonde_session_start (session);
  }

  return session;
}
