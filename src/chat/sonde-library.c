/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-library-private.h"

#include "sonde-titler.h"

/**
 * SondeLibrary:
 *
 * All conversations, the latest said first, as a list of SondeConversation; and
 * their sessions. A conversation joins the list with its first question, or with its
 * draft once another one is on the screen. What is set on a conversation is stored.
 */

enum { PROP_STATE = 1, PROP_PROBLEM, PROP_PROBLEM_DETAIL, N_PROPS };

enum { ANSWER_ENDED, CONVERSATION_CHANGED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

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
                    G_DEFINE_ENUM_VALUE (SONDE_LIBRARY_PROBLEM_DAMAGED, "damaged"),
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
    [SONDE_STORE_ERROR_DAMAGED] = SONDE_LIBRARY_PROBLEM_DAMAGED,
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

static gboolean
is_first (SondeLibrary *self, SondeConversation *conversation)
{
  g_autoptr (SondeConversation) first =
    g_list_model_get_item (G_LIST_MODEL (self->conversations), 0);

  return first == conversation;
}

/* Puts a conversation in which something was said where it belongs now. */
void
sonde_library_place (SondeLibrary *self, SondeConversation *conversation)
{
  guint position;

  if (is_first (self, conversation))
    return;

  g_object_ref (conversation);
  if (g_list_store_find (self->conversations, conversation, &position))
    g_list_store_remove (self->conversations, position);
  g_list_store_insert_sorted (self->conversations, conversation, compare_by_last_said, NULL);
  g_object_unref (conversation);
}

void
sonde_library_remove (SondeLibrary *self, SondeConversation *conversation)
{
  guint position;

  if (!g_list_store_find (self->conversations, conversation, &position))
    return;

  g_list_store_remove (self->conversations, position);
}

static gboolean
has_draft (SondeConversation *conversation)
{
  const char *draft = sonde_conversation_get_draft (conversation);

  return (draft != NULL && *draft != '\0') || sonde_conversation_has_attachments (conversation);
}

/* A conversation that has a draft alone gets a number with it, and is stored. */
static void
save_changed (SondeLibrary *self, SondeConversation *conversation)
{
  if (sonde_conversation_get_id (conversation) == 0) {
    if (!has_draft (conversation))
      return;
    sonde_conversation_set_id (conversation, sonde_store_allocate_id (self->services->store));
  }
  sonde_store_save_conversation (self->services->store, conversation);
  if (g_hash_table_remove (self->unsaved_drafts, conversation)) {
    g_autoptr (GPtrArray) attachments = sonde_conversation_dup_attachments (conversation);

    sonde_store_save_draft (self->services->store, sonde_conversation_get_id (conversation),
                            attachments);
  }
}

static void
save_all_changed (SondeLibrary *self)
{
  GHashTableIter iter;
  gpointer conversation;

  g_clear_handle_id (&self->save_source, g_source_remove);
  if (self->state == SONDE_LIBRARY_LOADING)
    return;

  g_hash_table_iter_init (&iter, self->unsaved);
  while (g_hash_table_iter_next (&iter, &conversation, NULL))
    save_changed (self, conversation);
  g_hash_table_remove_all (self->unsaved);
}

static void
save_cb (gpointer user_data)
{
  SondeLibrary *self = user_data;

  self->save_source = 0;
  save_all_changed (self);
}

static gboolean
is_stored (const char *name)
{
  static const char *const names[] = {
    "archived", "attachments", "draft",        "folder-id",  "json-output", "leaf-id",
    "model-id", "origin",      "parameters",   "pinned",     "spelling",    "system-prompt",
    "thinking", "title",       "title-manual", "trashed-at", "unread",      NULL
  };

  return g_strv_contains (names, name);
}

/* Something was said: it comes first, unless it has no more than a draft and is on the
 * screen, where a row for it would be in the way. */
static void
conversation_said (SondeLibrary *self, SondeConversation *conversation)
{
  if (sonde_conversation_get_id (conversation) != 0 &&
      (sonde_conversation_get_leaf_id (conversation) != 0 || conversation != self->current))
    sonde_library_place (self, conversation);
}

static void
conversation_changed_cb (gpointer object, GParamSpec *pspec, gpointer user_data)
{
  SondeConversation *conversation = object;
  SondeLibrary *self = user_data;
  const char *name = g_param_spec_get_name (pspec);

  g_signal_emit (self, signals[CONVERSATION_CHANGED], g_param_spec_get_name_quark (pspec),
                 conversation);
  if (g_str_equal (name, "updated-at"))
    conversation_said (self, conversation);
  if (sonde_conversation_get_temporary (conversation) || !is_stored (name))
    return;

  g_hash_table_add (self->unsaved, g_object_ref (conversation));
  if (g_str_equal (name, "attachments"))
    g_hash_table_add (self->unsaved_drafts, g_object_ref (conversation));
  if (self->save_source == 0)
    self->save_source = g_idle_add_once (save_cb, self);
}

/* Stores what is set on the conversation from now on. */
void
sonde_library_watch (SondeLibrary *self, SondeConversation *conversation)
{
  sonde_conversation_set_observer (conversation, self->observer);
}

/**
 * sonde_library_get_busy:
 * @self: a library
 *
 * Returns: whether an answer is on its way in one of its conversations
 */
gboolean
sonde_library_get_busy (SondeLibrary *self)
{
  GHashTableIter iter;
  gpointer session;

  g_return_val_if_fail (SONDE_IS_LIBRARY (self), FALSE);

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
  if (self->shutdown == NULL || sonde_library_get_busy (self))
    return;

  save_all_changed (self);
  sonde_store_close_async (self->services->store, store_closed_cb,
                           g_steal_pointer (&self->shutdown));
}

static void
session_finished_cb (SondeLibrary *self, SondeMessage *answer, SondeSession *session)
{
  SondeConversation *conversation = sonde_session_get_conversation (session);

  if (conversation != self->current)
    sonde_conversation_set_unread (conversation, TRUE);
  sonde_titler_run (self->services, conversation, answer, self->titling);
  g_signal_emit (self, signals[ANSWER_ENDED], 0, conversation, answer);
  close_when_idle (self);
}

static void
start_session (gpointer conversation, gpointer session, gpointer user_data)
{
  sonde_session_start (session);
}

void
sonde_library_tell_problem (SondeLibrary *self, const GError *error)
{
  set_problem (self, problem_of (error), error->message);
}

static void
store_write_recovered_cb (SondeLibrary *self)
{
  set_problem (self, SONDE_LIBRARY_PROBLEM_NONE, NULL);
}

void
sonde_library_begin (SondeLibrary *self, SondeLibraryState state)
{
  set_state (self, state);
  g_hash_table_foreach (self->sessions, start_session, NULL);
  save_all_changed (self);
}

void
sonde_library_fail (SondeLibrary *self, const GError *error)
{
  set_problem (self, problem_of (error), error->message);
  sonde_library_begin (self, SONDE_LIBRARY_FAILED);
}

static void
store_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeLibrary) self = user_data;
  g_autofree char *set_aside_path = NULL;
  g_autoptr (GError) error = NULL;

  if (!sonde_store_open_finish (SONDE_STORE (source), result, &set_aside_path, &error)) {
    sonde_library_fail (self, error);
    return;
  }

  if (set_aside_path != NULL)
    set_problem (self, SONDE_LIBRARY_PROBLEM_SET_ASIDE, set_aside_path);
  sonde_library_list (self);
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

  g_clear_handle_id (&self->save_source, g_source_remove);
  g_clear_handle_id (&self->list_source, g_source_remove);
  g_clear_handle_id (&self->sweep_source, g_source_remove);
  if (self->observer != NULL)
    sonde_observer_end (self->observer);
  g_clear_pointer (&self->observer, sonde_observer_unref);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_pointer (&self->left, g_ptr_array_unref);
  g_clear_pointer (&self->unsaved, g_hash_table_unref);
  g_clear_pointer (&self->unsaved_drafts, g_hash_table_unref);
  g_clear_pointer (&self->loading, g_hash_table_unref);
  g_clear_pointer (&self->rest, g_ptr_array_unref);
  g_clear_object (&self->conversations);
  g_clear_object (&self->folders);
  g_clear_object (&self->current);
  g_clear_object (&self->settings);
  g_cancellable_cancel (self->titling);
  g_clear_object (&self->titling);
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

  /**
   * SondeLibrary::answer-ended:
   * @self: the library
   * @conversation: where
   * @answer: what its session has finished, in whatever state
   */
  signals[ANSWER_ENDED] =
    g_signal_new ("answer-ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, SONDE_TYPE_CONVERSATION, SONDE_TYPE_MESSAGE);

  /**
   * SondeLibrary::conversation-changed:
   * @self: the library
   * @conversation: one of its conversations, be it listed or not
   *
   * A property of it has changed, whose name is the detail.
   */
  signals[CONVERSATION_CHANGED] = g_signal_new (
    "conversation-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0,
    NULL, NULL, NULL, G_TYPE_NONE, 1, SONDE_TYPE_CONVERSATION);
}

static void
items_changed_cb (SondeLibrary *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
sonde_library_init (SondeLibrary *self)
{
  self->observer = sonde_observer_new (conversation_changed_cb, self);
  self->conversations = g_list_store_new (SONDE_TYPE_CONVERSATION);
  self->folders = g_list_store_new (SONDE_TYPE_FOLDER);
  self->unsaved = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->unsaved_drafts = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->loading = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->left = g_ptr_array_new_with_free_func (g_object_unref);
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
  self->titling = g_cancellable_new ();
  g_signal_connect_object (services->store, "write-failed", G_CALLBACK (sonde_library_tell_problem),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (services->store, "write-recovered",
                           G_CALLBACK (store_write_recovered_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * sonde_library_report:
 * @self: a library
 * @error: what is wrong with the store
 */
void
sonde_library_report (SondeLibrary *self, const GError *error)
{
  g_return_if_fail (SONDE_IS_LIBRARY (self));

  set_problem (self, problem_of (error), error->message);
}

/**
 * sonde_library_get_store:
 * @self: a library
 *
 * Returns: (transfer none): what it stores in, for the parts of the library
 */
SondeStore *
sonde_library_get_store (SondeLibrary *self)
{
  g_return_val_if_fail (SONDE_IS_LIBRARY (self), NULL);

  return self->services->store;
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
  g_cancellable_cancel (self->titling);
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

/* A conversation that has no more than a draft is in the list while another one is on the
 * screen, to be found again; one that has nothing any more goes. */
static void
leave (SondeLibrary *self, SondeConversation *conversation)
{
  if (sonde_conversation_get_leaf_id (conversation) != 0 ||
      !sonde_conversation_get_loaded (conversation))
    return;

  if (!has_draft (conversation)) {
    sonde_library_remove (self, conversation);
  } else {
    save_all_changed (self);
    if (sonde_conversation_get_id (conversation) != 0)
      sonde_library_place (self, conversation);
  }
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
  g_autoptr (SondeConversation) left = NULL;

  g_return_if_fail (SONDE_IS_LIBRARY (self));

  left = self->current;
  self->current = conversation != NULL ? g_object_ref (conversation) : NULL;
  if (left != NULL && left != conversation && !sonde_conversation_get_temporary (left))
    leave (self, left);
  sonde_library_keep_some (self, left);
  if (conversation == NULL)
    return;

  sonde_conversation_set_unread (conversation, FALSE);
  sonde_library_load (self, conversation);
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
