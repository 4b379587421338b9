/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-chat-context.h"

#include <glib/gstdio.h>

#include "sonde-account-private.h"
#include "sonde-caretaker.h"
#include "sonde-demo-service.h"
#include "sonde-library-private.h"
#include "sonde-model-updater.h"
#include "sonde-secret-keyring.h"

#define DATABASE_NAME "sonde.db"

/**
 * SondeChatContext:
 *
 * The composition root: builds the services from the options, hands them to who
 * works with them, and ends them in order. It is handed down; there is no global one.
 */
struct _SondeChatContext {
  GObject parent_instance;

  SondeServiceInfo *named_service; /* what the options say, or NULL */
  SondeSettings *settings;
  SondeKeyring *keyring;
  SondeServices services;
  SondeLibrary *library;
  SondeCaretaker *caretaker;
  SondeDemoService *demo_service;
  gboolean demo;
  gboolean opened; /* the library */
  SondeModelUpdater *updater;
  char *data_dir;
  SondePresetList *presets; /* NULL until it is asked for */
  SondeRateFile *rates;
  SondeBudget *budget;  /* NULL until it is asked for */
  GHashTable *replaced; /* the retired ids that were found */
};

enum { PROP_DEMO = 1, N_PROPS };
enum { MODEL_REPLACED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeChatContext, sonde_chat_context, G_TYPE_OBJECT)

/* A service that only the command line names is taken for one that speaks the whole
 * protocol, unless the settings know better. */
static SondeServiceInfo *
find_named_service (SondeSettings *settings, const char *base_url)
{
  SondeServiceInfo *known =
    settings != NULL
      ? sonde_service_list_find_by_url (sonde_settings_get_services (settings), base_url)
      : NULL;

  return sonde_service_info_new (
    SONDE_COMMAND_LINE_ID, known != NULL ? sonde_service_info_get_name (known) : "", base_url,
    known != NULL ? sonde_service_info_get_flags (known) : SONDE_SERVICE_FLAGS_DEEPSEEK,
    known != NULL && sonde_service_info_get_allow_plain (known));
}

/* Retired ids are migrated where they are met (contract.md section 11). */
static void
replace_in_settings (SondeChatContext *self)
{
  const char *id = sonde_settings_get_model_id (self->settings);
  SondeThinking thinking;
  const char *current_id = sonde_model_info_resolve_alias (id, &thinking);

  if (current_id == NULL)
    return;

  g_hash_table_add (self->replaced, g_strdup (id));
  sonde_settings_set_model_id (self->settings, current_id);
  sonde_settings_set_thinking (self->settings, sonde_thinking_to_string (thinking));
}

static void
announce_replaced (SondeChatContext *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->replaced);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_signal_emit (self, signals[MODEL_REPLACED], 0, id, sonde_model_info_resolve_alias (id, NULL));
}

static void
replace_in_conversation (SondeChatContext *self, SondeConversation *conversation)
{
  g_autofree char *id = NULL;
  SondeThinking thinking;
  const char *current_id =
    sonde_model_info_resolve_alias (sonde_conversation_get_model_id (conversation), &thinking);

  if (current_id == NULL)
    return;

  id = g_strdup (sonde_conversation_get_model_id (conversation));
  sonde_conversation_set_model_id (conversation, current_id);
  sonde_conversation_set_thinking (conversation, thinking);
  sonde_store_save_conversation (self->services.store, conversation);
  if (!g_hash_table_contains (self->replaced, id)) {
    g_hash_table_add (self->replaced, g_strdup (id));
    g_signal_emit (self, signals[MODEL_REPLACED], 0, id, current_id);
  }
}

static void
library_changed_cb (SondeChatContext *self,
                    guint position,
                    guint removed,
                    guint added,
                    GListModel *library)
{
  for (guint i = 0; i < added; i++) {
    g_autoptr (SondeConversation) conversation = g_list_model_get_item (library, position + i);

    replace_in_conversation (self, conversation);
  }
}

static SondeServiceInfo *
get_real_service (SondeChatContext *self)
{
  if (self->named_service != NULL)
    return g_object_ref (self->named_service);
  if (self->settings != NULL)
    return g_object_ref (sonde_settings_get_service (self->settings));

  return sonde_service_info_new_deepseek ();
}

static void
apply_service (SondeChatContext *self)
{
  g_autoptr (SondeServiceInfo) service = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->demo) {
    service = get_real_service (self);
    sonde_account_set_service (self->services.account, service, FALSE);
    return;
  }

  if (self->demo_service == NULL) {
    self->demo_service = sonde_demo_service_new ();
    if (!sonde_demo_service_start (self->demo_service, 0, &error)) {
      g_warning ("The demo service could not be started: %s", error->message);
      g_clear_object (&self->demo_service);
      self->demo = FALSE;
      apply_service (self);
      return;
    }
  }
  service = sonde_service_info_new (SONDE_DEMO_ID, "Demo",
                                    sonde_demo_service_get_base_url (self->demo_service),
                                    SONDE_SERVICE_FLAGS_DEEPSEEK, FALSE);
  sonde_account_set_service (self->services.account, service, TRUE);
}

static void
services_changed_cb (SondeChatContext *self)
{
  g_autoptr (SondeServiceInfo) service = get_real_service (self);

  if (!self->demo &&
      !sonde_service_info_equal (service, sonde_account_get_service (self->services.account)))
    apply_service (self);
}

static void
library_shut_down_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (sonde_library_shutdown_finish (SONDE_LIBRARY (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
sonde_chat_context_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_DEMO:
    g_value_set_boolean (value, SONDE_CHAT_CONTEXT (object)->demo);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_chat_context_dispose (GObject *object)
{
  SondeChatContext *self = SONDE_CHAT_CONTEXT (object);

  if (self->updater != NULL)
    sonde_model_updater_stop (self->updater);
  g_clear_object (&self->updater);
  g_clear_object (&self->presets);
  g_clear_object (&self->rates);
  g_clear_object (&self->budget);
  g_clear_pointer (&self->data_dir, g_free);
  g_clear_object (&self->named_service);
  g_clear_pointer (&self->caretaker, sonde_caretaker_free);
  g_clear_object (&self->library);
  g_clear_object (&self->services.network);
  g_clear_object (&self->services.account);
  g_clear_object (&self->services.store);
  g_clear_object (&self->services.models);
  g_clear_object (&self->services.clock);
  if (self->demo_service != NULL)
    sonde_demo_service_stop (self->demo_service);
  g_clear_object (&self->demo_service);
  g_clear_object (&self->keyring);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->replaced, g_hash_table_unref);

  G_OBJECT_CLASS (sonde_chat_context_parent_class)->dispose (object);
}

static void
sonde_chat_context_class_init (SondeChatContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sonde_chat_context_get_property;
  object_class->dispose = sonde_chat_context_dispose;

  properties[PROP_DEMO] =
    g_param_spec_boolean ("demo", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeChatContext::model-replaced:
   * @self: a context
   * @retired_id: an id that the service has given up
   * @current_id: the id that took its place
   *
   * The settings or a conversation had a model that is no more. Emitted once for each.
   */
  signals[MODEL_REPLACED] =
    g_signal_new ("model-replaced", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
sonde_chat_context_init (SondeChatContext *self)
{
  self->replaced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * sonde_chat_context_new:
 * @options: what it is made from
 *
 * Returns: (transfer full): a context in which nothing has been opened or asked yet
 */
SondeChatContext *
sonde_chat_context_new (const SondeChatOptions *options)
{
  SondeChatContext *self = g_object_new (SONDE_TYPE_CHAT_CONTEXT, NULL);
  SondeServices *services = &self->services;
  g_autofree char *data_dir = g_strdup (options->data_dir);
  g_autofree char *cache_dir = g_strdup (options->cache_dir);
  g_autofree char *path = NULL;
  g_autofree char *rates_path = NULL;

  if (cache_dir == NULL)
    cache_dir = g_build_filename (g_get_user_cache_dir (), "sonde", NULL);
  if (data_dir == NULL)
    data_dir = g_build_filename (g_get_user_data_dir (), "sonde", NULL);
  path = g_build_filename (data_dir, DATABASE_NAME, NULL);

  g_set_object (&self->settings, options->settings);
  if (self->settings != NULL)
    replace_in_settings (self);
  if (options->base_url != NULL && *options->base_url != '\0')
    self->named_service = find_named_service (options->settings, options->base_url);
  self->keyring =
    options->keyring != NULL ? g_object_ref (options->keyring) : sonde_secret_keyring_new (0);
  self->demo = options->demo || (options->base_url == NULL && options->settings != NULL &&
                                 sonde_settings_get_use_demo (options->settings));

  services->clock = options->clock != NULL ? g_object_ref (options->clock) : sonde_clock_new ();
  services->settings = self->settings;
  services->store = sonde_store_new (path);
  services->models = sonde_model_list_new ();
  services->account = sonde_account_new (self->keyring);
  sonde_account_set_stall_timeout (services->account, options->stall_timeout);
  services->network = sonde_network_new (services->account, options->network);
  self->updater = sonde_model_updater_new (services->models, services->account, cache_dir);
  self->library = sonde_library_new (services, self->settings);
  rates_path = g_build_filename (data_dir, "rates.json", NULL);
  self->rates = sonde_rate_file_new (rates_path, services->models);
  self->data_dir = g_steal_pointer (&data_dir);

  return self;
}

/**
 * sonde_chat_context_open:
 * @self: a context
 *
 * Begins to open the store and to list what is in it: meanwhile the window can be made.
 * [method@ChatContext.start] does the rest, and this too where it was not done.
 */
void
sonde_chat_context_open (SondeChatContext *self)
{
  g_return_if_fail (SONDE_IS_CHAT_CONTEXT (self));

  if (!self->opened)
    sonde_library_start (self->library);
  self->opened = TRUE;
}

/**
 * sonde_chat_context_start:
 * @self: a context
 *
 * Opens the store, looks for the key and lists the models, all without waiting.
 */
void
sonde_chat_context_start (SondeChatContext *self)
{
  g_return_if_fail (SONDE_IS_CHAT_CONTEXT (self));

  if (self->settings != NULL && self->named_service == NULL) {
    g_signal_connect_object (self->settings, "notify::service-id", G_CALLBACK (services_changed_cb),
                             self, G_CONNECT_SWAPPED);
    g_signal_connect_object (sonde_settings_get_services (self->settings), "items-changed",
                             G_CALLBACK (services_changed_cb), self, G_CONNECT_SWAPPED);
  }
  announce_replaced (self);
  g_signal_connect_object (self->library, "items-changed", G_CALLBACK (library_changed_cb), self,
                           G_CONNECT_SWAPPED);
  sonde_rate_file_start (self->rates);
  sonde_model_updater_start (self->updater);
  sonde_chat_context_open (self);
  self->caretaker = sonde_caretaker_new (self->library);
  apply_service (self);
  sonde_network_start (self->services.network);
}

/**
 * sonde_chat_context_connect:
 * @self: a context
 *
 * Looks for the key, as [method@ChatContext.start] does, and leaves all else alone:
 * for who asks one thing and keeps nothing.
 */
void
sonde_chat_context_connect (SondeChatContext *self)
{
  g_return_if_fail (SONDE_IS_CHAT_CONTEXT (self));

  apply_service (self);
}

/**
 * sonde_chat_context_shutdown_async:
 * @self: a context
 * @callback: called when all is on disk
 * @user_data: for @callback
 *
 * Interrupts the answers on their way and closes the store.
 */
void
sonde_chat_context_shutdown_async (SondeChatContext *self,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SONDE_IS_CHAT_CONTEXT (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, sonde_chat_context_shutdown_async);
  sonde_model_updater_stop (self->updater);
  g_clear_pointer (&self->caretaker, sonde_caretaker_free);
  sonde_library_shutdown_async (self->library, library_shut_down_cb, task);
}

/**
 * sonde_chat_context_shutdown_finish:
 * @self: a context
 * @result: the result
 * @error: what could not be written
 *
 * Returns: whether all is on disk
 */
gboolean
sonde_chat_context_shutdown_finish (SondeChatContext *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sonde_chat_context_get_library:
 * @self: a context
 *
 * Returns: (transfer none): the conversations
 */
SondeLibrary *
sonde_chat_context_get_library (SondeChatContext *self)
{
  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (self), NULL);

  return self->library;
}

/**
 * sonde_chat_context_get_account:
 * @self: a context
 *
 * Returns: (transfer none): the service and its key
 */
SondeAccount *
sonde_chat_context_get_account (SondeChatContext *self)
{
  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (self), NULL);

  return self->services.account;
}

/**
 * sonde_chat_context_get_network:
 * @self: a context
 *
 * Returns: (transfer none): the way to the service
 */
SondeNetwork *
sonde_chat_context_get_network (SondeChatContext *self)
{
  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (self), NULL);

  return self->services.network;
}

/**
 * sonde_chat_context_get_clock:
 * @self: a context
 *
 * Returns: (transfer none): the time
 */
SondeClock *
sonde_chat_context_get_clock (SondeChatContext *self)
{
  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (self), NULL);

  return self->services.clock;
}

/**
 * sonde_chat_context_get_settings:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): the settings
 */
SondeSettings *
sonde_chat_context_get_settings (SondeChatContext *self)
{
  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (self), NULL);

  return self->settings;
}

/**
 * sonde_chat_context_get_models:
 * @self: a context
 *
 * Returns: (transfer none): the models that can be chosen, as a list of SondeModelInfo
 */
GListModel *
sonde_chat_context_get_models (SondeChatContext *self)
{
  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (self), NULL);

  return G_LIST_MODEL (self->services.models);
}

/**
 * sonde_chat_context_get_presets:
 * @self: a context
 *
 * Returns: (transfer none): the presets, read when they are asked for
 */
SondePresetList *
sonde_chat_context_get_presets (SondeChatContext *self)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (self), NULL);

  if (self->presets == NULL) {
    path = g_build_filename (self->data_dir, "presets.json", NULL);
    self->presets = sonde_preset_list_new (path, self->settings);
  }

  return self->presets;
}

static void
answer_ended_cb (SondeChatContext *self, SondeConversation *conversation, SondeMessage *answer)
{
  sonde_budget_add (self->budget, answer);
}

/* The part of an answer that is continued was counted when it ended. */
static void
charged_cb (SondeChatContext *self, const char *purpose, SondeMessage *answer)
{
  if (!g_str_equal (purpose, "continued"))
    sonde_budget_add (self->budget, answer);
}

/**
 * sonde_chat_context_get_budget:
 * @self: a context with settings
 *
 * Returns: (transfer none): what the month has cost against what it may cost
 */
SondeBudget *
sonde_chat_context_get_budget (SondeChatContext *self)
{
  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (self), NULL);
  g_return_val_if_fail (self->settings != NULL, NULL);

  if (self->budget == NULL) {
    self->budget = sonde_budget_new (self->library, self->settings, self->services.clock);
    g_signal_connect_object (self->library, "answer-ended", G_CALLBACK (answer_ended_cb), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->services.store, "charged", G_CALLBACK (charged_cb), self,
                             G_CONNECT_SWAPPED);
  }

  return self->budget;
}

/**
 * sonde_chat_context_get_rates:
 * @self: a context
 *
 * Returns: (transfer none): the table of what tokens cost
 */
SondeRateFile *
sonde_chat_context_get_rates (SondeChatContext *self)
{
  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (self), NULL);

  return self->rates;
}

/**
 * sonde_chat_context_get_data_size:
 * @self: a context
 *
 * Returns: how many bytes the database has on disk, with what is not merged into it yet
 */
gint64
sonde_chat_context_get_data_size (SondeChatContext *self)
{
  static const char *const names[] = { DATABASE_NAME, DATABASE_NAME "-wal" };
  gint64 size = 0;

  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (self), 0);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (self->data_dir, names[i], NULL);
    GStatBuf status;

    if (g_stat (path, &status) == 0)
      size += status.st_size;
  }

  return size;
}

static void
models_updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (sonde_model_updater_update_finish (SONDE_MODEL_UPDATER (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * sonde_chat_context_update_models_async:
 * @self: a context
 * @callback: called when the service has answered
 * @user_data: for @callback
 *
 * Asks the service for its models once more.
 */
void
sonde_chat_context_update_models_async (SondeChatContext *self,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SONDE_IS_CHAT_CONTEXT (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, sonde_chat_context_update_models_async);
  sonde_model_updater_update_async (self->updater, models_updated_cb, task);
}

/**
 * sonde_chat_context_update_models_finish:
 * @self: a context
 * @result: the result
 * @error: why there is no list; %G_IO_ERROR_CANCELLED where it was asked again meanwhile
 *
 * Returns: whether the models are what the service lists now
 */
gboolean
sonde_chat_context_update_models_finish (SondeChatContext *self,
                                         GAsyncResult *result,
                                         GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sonde_chat_context_get_demo:
 * @self: a context
 *
 * Returns: whether answers come from the demo service
 */
gboolean
sonde_chat_context_get_demo (SondeChatContext *self)
{
  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (self), FALSE);

  return self->demo;
}

/**
 * sonde_chat_context_set_demo:
 * @self: a context
 * @demo: whether answers come from the demo service
 *
 * Answers on their way go on where they began. The choice is remembered.
 */
void
sonde_chat_context_set_demo (SondeChatContext *self, gboolean demo)
{
  g_return_if_fail (SONDE_IS_CHAT_CONTEXT (self));

  demo = !!demo;
  if (self->settings != NULL)
    sonde_settings_set_use_demo (self->settings, demo);
  if (self->demo == demo)
    return;

  self->demo = demo;
  apply_service (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEMO]);
}
