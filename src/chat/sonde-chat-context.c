/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-chat-context.h"

#include "sonde-account-private.h"
#include "sonde-demo-service.h"
#include "sonde-library-private.h"
#include "sonde-secret-keyring.h"

#define DEFAULT_BASE_URL "https://api.deepseek.com"
#define DATABASE_NAME    "sonde.db"

/**
 * SondeChatContext:
 *
 * The composition root: builds the services from the options, hands them to who
 * works with them, and ends them in order. It is handed down; there is no global one.
 */
struct _SondeChatContext {
  GObject parent_instance;

  char *base_url; /* what the options say, or NULL */
  SondeSettings *settings;
  SondeKeyring *keyring;
  SondeServices services;
  SondeLibrary *library;
  SondeDemoService *demo_service;
  gboolean demo;
  GCancellable *refreshing;
};

enum { PROP_DEMO = 1, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondeChatContext, sonde_chat_context, G_TYPE_OBJECT)

static void
models_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeChatContext) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) served =
    sonde_client_list_models_finish (SONDE_CLIENT (source), result, &error);

  if (served != NULL)
    sonde_model_list_merge (self->services.models, served);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_info ("The models could not be listed: %s", error->message);
}

static void
account_state_changed_cb (SondeChatContext *self)
{
  SondeClient *client = sonde_account_get_client (self->services.account, NULL);

  if (client == NULL || sonde_account_get_state (self->services.account) != SONDE_ACCOUNT_READY)
    return;

  g_cancellable_cancel (self->refreshing);
  g_clear_object (&self->refreshing);
  self->refreshing = g_cancellable_new ();
  sonde_client_list_models_async (client, self->refreshing, models_listed_cb, g_object_ref (self));
}

static const char *
get_real_base_url (SondeChatContext *self)
{
  const char *base_url = self->base_url;

  if (base_url == NULL && self->settings != NULL)
    base_url = sonde_settings_get_base_url (self->settings);

  return base_url != NULL && *base_url != '\0' ? base_url : DEFAULT_BASE_URL;
}

static void
apply_service (SondeChatContext *self)
{
  g_autoptr (GError) error = NULL;

  if (!self->demo) {
    sonde_account_set_service (self->services.account, get_real_base_url (self), FALSE);
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
  sonde_account_set_service (self->services.account,
                             sonde_demo_service_get_base_url (self->demo_service), TRUE);
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

  g_cancellable_cancel (self->refreshing);
  g_clear_object (&self->refreshing);
  g_clear_object (&self->library);
  g_clear_object (&self->services.account);
  g_clear_object (&self->services.store);
  g_clear_object (&self->services.models);
  g_clear_object (&self->services.clock);
  if (self->demo_service != NULL)
    sonde_demo_service_stop (self->demo_service);
  g_clear_object (&self->demo_service);
  g_clear_object (&self->keyring);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (sonde_chat_context_parent_class)->dispose (object);
}

static void
sonde_chat_context_finalize (GObject *object)
{
  g_free (SONDE_CHAT_CONTEXT (object)->base_url);

  G_OBJECT_CLASS (sonde_chat_context_parent_class)->finalize (object);
}

static void
sonde_chat_context_class_init (SondeChatContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sonde_chat_context_get_property;
  object_class->dispose = sonde_chat_context_dispose;
  object_class->finalize = sonde_chat_context_finalize;

  properties[PROP_DEMO] =
    g_param_spec_boolean ("demo", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sonde_chat_context_init (SondeChatContext *self)
{
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
  g_autofree char *path = NULL;

  if (data_dir == NULL)
    data_dir = g_build_filename (g_get_user_data_dir (), "sonde", NULL);
  path = g_build_filename (data_dir, DATABASE_NAME, NULL);

  self->base_url = g_strdup (options->base_url);
  g_set_object (&self->settings, options->settings);
  self->keyring =
    options->keyring != NULL ? g_object_ref (options->keyring) : sonde_secret_keyring_new (0);
  self->demo = options->demo || (options->base_url == NULL && options->settings != NULL &&
                                 sonde_settings_get_use_demo (options->settings));

  services->clock = options->clock != NULL ? g_object_ref (options->clock) : sonde_clock_new ();
  services->store = sonde_store_new (path);
  services->models = sonde_model_list_new ();
  services->account = sonde_account_new (self->keyring);
  sonde_account_set_stall_timeout (services->account, options->stall_timeout);
  self->library = sonde_library_new (services, self->settings);

  return self;
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

  g_signal_connect_object (self->services.account, "notify::state",
                           G_CALLBACK (account_state_changed_cb), self, G_CONNECT_SWAPPED);
  sonde_library_start (self->library);
  apply_service (self);
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
  g_cancellable_cancel (self->refreshing);
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
