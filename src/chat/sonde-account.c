/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-account-private.h"

#include "sonde-api-error.h"

#define DEMO_KEY "demo" /* what the demo service is given for a key */

/**
 * SondeAccount:
 *
 * The service that is talked to and the key for it: in the environment, in the
 * keyring or entered for this session. The key is handed to the client and to the
 * keyring, and to nothing else.
 */
struct _SondeAccount {
  GObject parent_instance;

  SondeKeyring *keyring;
  SondeClient *client;  /* NULL where the base URL cannot be used */
  GError *client_error; /* then why */
  SondeServiceInfo *service;
  gboolean demo;
  GHashTable *session_keys; /* base URL to key, shared with the accounts beside this one */
  guint stall_timeout;
  SondeAccountState state;
  SondeKeySource key_source;
  char *problem;
  GCancellable *loading;
};

enum { PROP_STATE = 1, PROP_KEY_SOURCE, PROP_SERVICE, PROP_PROBLEM, N_PROPS };

static GParamSpec *properties[N_PROPS];
static char *environment_key;

G_DEFINE_FINAL_TYPE (SondeAccount, sonde_account, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (SondeAccountState,
                    sonde_account_state,
                    G_DEFINE_ENUM_VALUE (SONDE_ACCOUNT_LOADING, "loading"),
                    G_DEFINE_ENUM_VALUE (SONDE_ACCOUNT_NO_KEY, "no-key"),
                    G_DEFINE_ENUM_VALUE (SONDE_ACCOUNT_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (SONDE_ACCOUNT_LOCKED, "locked"),
                    G_DEFINE_ENUM_VALUE (SONDE_ACCOUNT_UNAVAILABLE, "unavailable"))

G_DEFINE_ENUM_TYPE (SondeKeySource,
                    sonde_key_source,
                    G_DEFINE_ENUM_VALUE (SONDE_KEY_SOURCE_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (SONDE_KEY_SOURCE_KEYRING, "keyring"),
                    G_DEFINE_ENUM_VALUE (SONDE_KEY_SOURCE_ENVIRONMENT, "environment"),
                    G_DEFINE_ENUM_VALUE (SONDE_KEY_SOURCE_SESSION, "session"),
                    G_DEFINE_ENUM_VALUE (SONDE_KEY_SOURCE_DEMO, "demo"))

typedef struct {
  SondeClient *client;
  SondeServiceFlags flags;
  GPtrArray *models;
  char *balance;
  SondeFailure *failure;
} KeyCheck;

static void
key_check_free (KeyCheck *check)
{
  g_clear_object (&check->client);
  g_clear_pointer (&check->models, g_ptr_array_unref);
  g_free (check->balance);
  g_clear_pointer (&check->failure, sonde_failure_free);
  g_free (check);
}

static const char *
get_base_url (SondeAccount *self)
{
  return sonde_service_info_get_base_url (self->service);
}

static gboolean
needs_key (SondeAccount *self)
{
  return (sonde_service_info_get_flags (self->service) & SONDE_SERVICE_KEYLESS) == 0;
}

/* The key of the environment is DeepSeek's: nobody else is given it unasked. */
static gboolean
takes_environment_key (SondeAccount *self)
{
  return environment_key != NULL && sonde_account_is_own (self);
}

typedef struct {
  char *base_url;
  char *key;
} KeyChange;

static void
key_change_free (KeyChange *change)
{
  g_free (change->base_url);
  sonde_keyring_free_key (change->key);
  g_free (change);
}

static SondeClient *
make_client (SondeAccount *self, GError **error)
{
  SondeClient *client = sonde_client_new (get_base_url (self), error);

  if (client != NULL && self->stall_timeout > 0)
    sonde_client_set_stall_timeout (client, self->stall_timeout);

  return client;
}

/* Everything that says how the account stands changes here, at once. */
static void
set_state (SondeAccount *self,
           SondeAccountState state,
           SondeKeySource source,
           const char *key,
           const char *problem)
{
  GObject *object = G_OBJECT (self);

  if (self->client != NULL)
    sonde_client_set_key (self->client, key);

  g_object_freeze_notify (object);
  if (self->key_source != source) {
    self->key_source = source;
    g_object_notify_by_pspec (object, properties[PROP_KEY_SOURCE]);
  }
  if (g_set_str (&self->problem, problem))
    g_object_notify_by_pspec (object, properties[PROP_PROBLEM]);
  if (self->state != state) {
    self->state = state;
    g_object_notify_by_pspec (object, properties[PROP_STATE]);
  }
  g_object_thaw_notify (object);
}

static void
cancel_loading (SondeAccount *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeAccount) self = user_data;
  g_autoptr (GError) error = NULL;
  char *key = sonde_keyring_lookup_finish (SONDE_KEYRING (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* something newer has been asked for */

  g_clear_object (&self->loading);
  if (key != NULL)
    set_state (self, SONDE_ACCOUNT_READY, SONDE_KEY_SOURCE_KEYRING, key, NULL);
  else if (!needs_key (self))
    set_state (self, SONDE_ACCOUNT_READY, SONDE_KEY_SOURCE_NONE, NULL, NULL);
  else if (error == NULL)
    set_state (self, SONDE_ACCOUNT_NO_KEY, SONDE_KEY_SOURCE_NONE, NULL, NULL);
  else if (g_error_matches (error, SONDE_KEYRING_ERROR, SONDE_KEYRING_ERROR_LOCKED))
    set_state (self, SONDE_ACCOUNT_LOCKED, SONDE_KEY_SOURCE_NONE, NULL, error->message);
  else
    set_state (self, SONDE_ACCOUNT_UNAVAILABLE, SONDE_KEY_SOURCE_NONE, NULL, error->message);
  sonde_keyring_free_key (key);
}

static void
check_balance_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  KeyCheck *check = g_task_get_task_data (task);
  g_autoptr (GPtrArray) balances = NULL;
  gboolean is_available;

  /* The key has been accepted already: a balance that cannot be had is no failure. */
  if (sonde_client_get_balance_finish (SONDE_CLIENT (source), result, &is_available, &balances,
                                       NULL) &&
      balances != NULL && balances->len > 0) {
    g_autoptr (GString) text = g_string_new (NULL);

    for (guint i = 0; i < balances->len; i++) {
      const SondeBalance *balance = g_ptr_array_index (balances, i);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", balance->total,
                              balance->currency);
    }
    check->balance = g_string_free_and_steal (g_steal_pointer (&text));
  }
  g_task_return_boolean (task, TRUE);
}

static void
check_models_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  KeyCheck *check = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  check->models = sonde_client_list_models_finish (SONDE_CLIENT (source), result, &error);
  if (check->models == NULL) {
    check->failure = sonde_api_error_to_failure (error);
    g_task_return_boolean (task, FALSE);
    return;
  }
  if ((check->flags & SONDE_SERVICE_BALANCE) == 0) {
    g_task_return_boolean (task, TRUE);
    return;
  }

  sonde_client_get_balance_async (SONDE_CLIENT (source), g_task_get_cancellable (task),
                                  check_balance_cb, g_object_ref (task));
}

static void
store_key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SondeAccount *self = g_task_get_source_object (task);
  const KeyChange *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (!sonde_keyring_store_finish (SONDE_KEYRING (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }

  g_hash_table_remove (self->session_keys, change->base_url);
  /* The service may be another by now, and is not to get the key. */
  if (g_str_equal (change->base_url, get_base_url (self))) {
    cancel_loading (self);
    set_state (self, SONDE_ACCOUNT_READY, SONDE_KEY_SOURCE_KEYRING, change->key, NULL);
  }
  g_task_return_boolean (task, TRUE);
}

static void
clear_key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SondeAccount *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!sonde_keyring_clear_finish (SONDE_KEYRING (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }

  sonde_account_load (self, FALSE);
  g_task_return_boolean (task, TRUE);
}

static void
sonde_account_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeAccount *self = SONDE_ACCOUNT (object);

  switch (id) {
  case PROP_STATE:
    g_value_set_enum (value, (int) self->state);
    break;
  case PROP_KEY_SOURCE:
    g_value_set_enum (value, (int) self->key_source);
    break;
  case PROP_SERVICE:
    g_value_set_object (value, self->service);
    break;
  case PROP_PROBLEM:
    g_value_set_string (value, self->problem);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_account_dispose (GObject *object)
{
  SondeAccount *self = SONDE_ACCOUNT (object);

  cancel_loading (self);
  g_clear_object (&self->client);
  g_clear_object (&self->keyring);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (sonde_account_parent_class)->dispose (object);
}

static void
sonde_account_finalize (GObject *object)
{
  SondeAccount *self = SONDE_ACCOUNT (object);

  g_clear_error (&self->client_error);
  g_clear_pointer (&self->session_keys, g_hash_table_unref);
  g_free (self->problem);

  G_OBJECT_CLASS (sonde_account_parent_class)->finalize (object);
}

static void
sonde_account_class_init (SondeAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_account_get_property;
  object_class->dispose = sonde_account_dispose;
  object_class->finalize = sonde_account_finalize;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, SONDE_TYPE_ACCOUNT_STATE, SONDE_ACCOUNT_LOADING, flags);
  properties[PROP_KEY_SOURCE] = g_param_spec_enum ("key-source", NULL, NULL, SONDE_TYPE_KEY_SOURCE,
                                                   SONDE_KEY_SOURCE_NONE, flags);
  properties[PROP_SERVICE] =
    g_param_spec_object ("service", NULL, NULL, SONDE_TYPE_SERVICE_INFO, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sonde_account_init (SondeAccount *self)
{
}

/**
 * sonde_account_take_environment_key:
 *
 * Takes `DEEPSEEK_API_KEY` out of the environment, so that no child process
 * inherits it. To be called first thing in main(), before there is a thread.
 */
void
sonde_account_take_environment_key (void)
{
  const char *key = g_getenv ("DEEPSEEK_API_KEY");

  sonde_keyring_free_key (environment_key);
  environment_key = key != NULL && *key != '\0' ? g_strstrip (g_strdup (key)) : NULL;
  g_unsetenv ("DEEPSEEK_API_KEY");
}

/**
 * sonde_account_new:
 * @keyring: where keys are kept
 *
 * Returns: (transfer full): an account of no service yet
 */
SondeAccount *
sonde_account_new (SondeKeyring *keyring)
{
  SondeAccount *self = g_object_new (SONDE_TYPE_ACCOUNT, NULL);

  self->keyring = g_object_ref (keyring);
  self->session_keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              (GDestroyNotify) sonde_keyring_free_key);

  return self;
}

/**
 * sonde_account_new_beside:
 * @self: an account
 *
 * For who tries another service, or changes its key, while @self goes on as it is.
 *
 * Returns: (transfer full): an account of no service yet, with the keys of @self
 */
SondeAccount *
sonde_account_new_beside (SondeAccount *self)
{
  SondeAccount *beside;

  g_return_val_if_fail (SONDE_IS_ACCOUNT (self), NULL);

  beside = g_object_new (SONDE_TYPE_ACCOUNT, NULL);
  beside->keyring = g_object_ref (self->keyring);
  beside->session_keys = g_hash_table_ref (self->session_keys);
  beside->stall_timeout = self->stall_timeout;

  return beside;
}

/**
 * sonde_account_set_service:
 * @self: an account
 * @service: the service
 * @demo: whether it is the demo service, which needs no key
 *
 * Changes the service and looks for its key.
 */
void
sonde_account_set_service (SondeAccount *self, SondeServiceInfo *service, gboolean demo)
{
  g_return_if_fail (SONDE_IS_ACCOUNT (self));
  g_return_if_fail (SONDE_IS_SERVICE_INFO (service));

  g_clear_object (&self->client);
  g_clear_error (&self->client_error);
  self->demo = demo;
  if (g_set_object (&self->service, service))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVICE]);
  self->client = make_client (self, &self->client_error);
  sonde_account_load (self, FALSE);
}

/**
 * sonde_account_set_stall_timeout:
 * @self: an account
 * @milliseconds: without a byte until an answer counts as stalled; 0 for the client's own
 *
 * To be called before the service is set.
 */
void
sonde_account_set_stall_timeout (SondeAccount *self, guint milliseconds)
{
  g_return_if_fail (SONDE_IS_ACCOUNT (self));

  self->stall_timeout = milliseconds;
}

/**
 * sonde_account_get_client:
 * @self: an account
 * @error: why the base URL cannot be used
 *
 * Returns: (transfer none) (nullable): the client of the service, which holds the key
 */
SondeClient *
sonde_account_get_client (SondeAccount *self, GError **error)
{
  g_return_val_if_fail (SONDE_IS_ACCOUNT (self), NULL);

  if (self->client == NULL && self->client_error != NULL)
    g_propagate_error (error, g_error_copy (self->client_error));

  return self->client;
}

/**
 * sonde_account_is_own:
 * @self: an account
 *
 * Returns: whether the service is DeepSeek's, or one that was put in its place
 */
gboolean
sonde_account_is_own (SondeAccount *self)
{
  const char *id;

  g_return_val_if_fail (SONDE_IS_ACCOUNT (self), FALSE);

  id = sonde_service_info_get_id (self->service);
  return sonde_service_info_is_deepseek (self->service) ||
         g_str_equal (id, SONDE_COMMAND_LINE_ID) || g_str_equal (id, SONDE_DEMO_ID);
}

/**
 * sonde_account_get_state:
 * @self: an account
 *
 * Returns: whether the service can be asked
 */
SondeAccountState
sonde_account_get_state (SondeAccount *self)
{
  g_return_val_if_fail (SONDE_IS_ACCOUNT (self), SONDE_ACCOUNT_NO_KEY);

  return self->state;
}

/**
 * sonde_account_get_key_source:
 * @self: an account
 *
 * Returns: where the key comes from
 */
SondeKeySource
sonde_account_get_key_source (SondeAccount *self)
{
  g_return_val_if_fail (SONDE_IS_ACCOUNT (self), SONDE_KEY_SOURCE_NONE);

  return self->key_source;
}

/**
 * sonde_account_get_service:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): the service and what it can do
 */
SondeServiceInfo *
sonde_account_get_service (SondeAccount *self)
{
  g_return_val_if_fail (SONDE_IS_ACCOUNT (self), NULL);

  return self->service;
}

/**
 * sonde_account_get_problem:
 * @self: an account
 *
 * Returns: (nullable): the keyring's own words for what is wrong
 */
const char *
sonde_account_get_problem (SondeAccount *self)
{
  g_return_val_if_fail (SONDE_IS_ACCOUNT (self), NULL);

  return self->problem;
}

/**
 * sonde_account_load:
 * @self: an account
 * @interactive: whether the keyring may ask the person to unlock it
 *
 * Looks for the key, in this order: the environment, this session, the keyring.
 * The state is LOADING until the keyring has answered.
 */
void
sonde_account_load (SondeAccount *self, gboolean interactive)
{
  const char *session_key;

  g_return_if_fail (SONDE_IS_ACCOUNT (self));
  g_return_if_fail (self->service != NULL);

  session_key = g_hash_table_lookup (self->session_keys, get_base_url (self));
  cancel_loading (self);
  if (self->demo) {
    set_state (self, SONDE_ACCOUNT_READY, SONDE_KEY_SOURCE_DEMO, DEMO_KEY, NULL);
  } else if (takes_environment_key (self)) {
    set_state (self, SONDE_ACCOUNT_READY, SONDE_KEY_SOURCE_ENVIRONMENT, environment_key, NULL);
  } else if (session_key != NULL) {
    set_state (self, SONDE_ACCOUNT_READY, SONDE_KEY_SOURCE_SESSION, session_key, NULL);
  } else {
    set_state (self, SONDE_ACCOUNT_LOADING, SONDE_KEY_SOURCE_NONE, NULL, NULL);
    self->loading = g_cancellable_new ();
    sonde_keyring_lookup_async (self->keyring, get_base_url (self), interactive, self->loading,
                                lookup_cb, g_object_ref (self));
  }
}

/**
 * sonde_account_check_key_async:
 * @self: an account
 * @key: (nullable): a key to try; %NULL for the one that the account has, or none
 * @cancellable: (nullable): a cancellable
 * @callback: called when the service has answered
 * @user_data: for @callback
 *
 * Asks the service for its models and the balance with @key; both are free of
 * charge (contract.md section 2). Nothing is kept.
 */
void
sonde_account_check_key_async (SondeAccount *self,
                               const char *key,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  KeyCheck *check = g_new0 (KeyCheck, 1);

  g_return_if_fail (SONDE_IS_ACCOUNT (self));
  g_return_if_fail (self->service != NULL);

  g_task_set_source_tag (task, sonde_account_check_key_async);
  g_task_set_task_data (task, check, (GDestroyNotify) key_check_free);
  check->flags = sonde_service_info_get_flags (self->service);
  if (key == NULL)
    g_set_object (&check->client, sonde_account_get_client (self, &error));
  else
    check->client = make_client (self, &error);
  if (check->client == NULL) {
    check->failure = sonde_api_error_to_failure (error);
    g_task_return_boolean (task, FALSE);
    return;
  }

  if (key != NULL)
    sonde_client_set_key (check->client, key);
  sonde_client_list_models_async (check->client, cancellable, check_models_cb, g_object_ref (task));
}

/**
 * sonde_account_check_key_finish:
 * @self: an account
 * @result: the result
 * @balance: (out) (optional) (nullable): what is left, like `110.00 CNY`
 * @models: (out) (optional) (nullable) (element-type SondeModelInfo): the models that it lists
 * @failure: (out) (optional) (nullable): why not; %NULL when it was cancelled
 *
 * Returns: whether the service accepts the key
 */
gboolean
sonde_account_check_key_finish (SondeAccount *self,
                                GAsyncResult *result,
                                char **balance,
                                GPtrArray **models,
                                SondeFailure **failure)
{
  KeyCheck *check;
  gboolean accepted;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  check = g_task_get_task_data (G_TASK (result));
  accepted = g_task_propagate_boolean (G_TASK (result), NULL);
  if (balance != NULL)
    *balance = g_steal_pointer (&check->balance);
  if (models != NULL)
    *models = g_steal_pointer (&check->models);
  if (failure != NULL)
    *failure = g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)))
                 ? NULL
                 : g_steal_pointer (&check->failure);

  return accepted;
}

/**
 * sonde_account_set_key_async:
 * @self: an account
 * @key: the key
 * @remember: whether the keyring keeps it; else it is kept until the program ends
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept
 * @user_data: for @callback
 */
void
sonde_account_set_key_async (SondeAccount *self,
                             const char *key,
                             gboolean remember,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  KeyChange *change;

  g_return_if_fail (SONDE_IS_ACCOUNT (self));
  g_return_if_fail (self->service != NULL);
  g_return_if_fail (key != NULL);

  g_task_set_source_tag (task, sonde_account_set_key_async);
  if (!remember) {
    cancel_loading (self);
    g_hash_table_insert (self->session_keys, g_strdup (get_base_url (self)), g_strdup (key));
    set_state (self, SONDE_ACCOUNT_READY, SONDE_KEY_SOURCE_SESSION, key, NULL);
    g_task_return_boolean (task, TRUE);
    return;
  }

  change = g_new0 (KeyChange, 1);
  change->base_url = g_strdup (get_base_url (self));
  change->key = g_strdup (key);
  g_task_set_task_data (task, change, (GDestroyNotify) key_change_free);
  sonde_keyring_store_async (self->keyring, get_base_url (self), key, cancellable, store_key_cb,
                             g_object_ref (task));
}

/**
 * sonde_account_set_key_finish:
 * @self: an account
 * @result: the result
 * @error: why the keyring did not take the key; nothing has changed then
 *
 * Returns: whether the key is kept
 */
gboolean
sonde_account_set_key_finish (SondeAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sonde_account_clear_key_async:
 * @self: an account
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is gone
 * @user_data: for @callback
 *
 * Forgets the key, in the keyring and in this session.
 */
void
sonde_account_clear_key_async (SondeAccount *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SONDE_IS_ACCOUNT (self));

  g_task_set_source_tag (task, sonde_account_clear_key_async);
  g_hash_table_remove (self->session_keys, get_base_url (self));
  sonde_keyring_clear_async (self->keyring, get_base_url (self), cancellable, clear_key_cb,
                             g_object_ref (task));
}

/**
 * sonde_account_clear_key_finish:
 * @self: an account
 * @result: the result
 * @error: why the keyring did not forget it
 *
 * Returns: whether the key is gone
 */
gboolean
sonde_account_clear_key_finish (SondeAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
