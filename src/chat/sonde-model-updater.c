/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-model-updater.h"

#include <string.h>

#include "sonde-account-private.h"
#include "sonde-model-file.h"

/**
 * SondeModelUpdater:
 *
 * Keeps the list of models as the service has it: what the service listed the last
 * time at once, from the disk, and what it lists now as soon as it can be asked. Where
 * neither is to be had, the models that Sonde knows by itself stay.
 */
struct _SondeModelUpdater {
  GObject parent_instance;

  SondeModelList *models;
  SondeAccount *account;
  char *cache_dir; /* NULL where nothing is kept */
  GCancellable *reading;
  GCancellable *updating;
  SondeClient *asked; /* by the update under way */
  GPtrArray *waiting; /* the tasks that wait for it */
};

G_DEFINE_FINAL_TYPE (SondeModelUpdater, sonde_model_updater, G_TYPE_OBJECT)

static void
cancel (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

/* The demo service has another port each time, and lists what it always lists. */
static GFile *
get_cache_file (SondeModelUpdater *self)
{
  SondeServiceInfo *service = sonde_account_get_service (self->account);
  g_autofree char *sum = NULL;
  g_autofree char *name = NULL;

  if (self->cache_dir == NULL || g_str_equal (sonde_service_info_get_id (service), SONDE_DEMO_ID))
    return NULL;

  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sonde_service_info_get_base_url (service),
                                       -1);
  name = g_strconcat ("models-", sum, ".json", NULL);
  return g_file_new_build_filename (self->cache_dir, name, NULL);
}

static void
cache_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeModelUpdater) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  if (g_file_load_contents_finish (G_FILE (source), result, &contents, &length, NULL, &error))
    models = sonde_model_file_read (contents, length, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->reading);
  if (models != NULL)
    sonde_model_list_set_served (self->models, sonde_account_is_own (self->account), models);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_info ("The models of the last time could not be read: %s", error->message);
}

static void
cache_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_info ("The models could not be kept for the next time: %s", error->message);
}

static void
write_cache (SondeModelUpdater *self, GPtrArray *models)
{
  g_autoptr (GFile) file = get_cache_file (self);
  g_autoptr (GBytes) bytes = NULL;
  char *json;

  if (file == NULL || g_mkdir_with_parents (self->cache_dir, 0700) != 0)
    return;

  json = sonde_model_file_write (models);
  bytes = g_bytes_new_take (json, strlen (json));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                       cache_written_cb, NULL);
}

/* The next update asks anew. */
static void
forget_update (SondeModelUpdater *self)
{
  g_clear_object (&self->updating);
  g_clear_object (&self->asked);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
}

static void
cancel_update (SondeModelUpdater *self)
{
  g_cancellable_cancel (self->updating);
  forget_update (self);
}

static void
models_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GPtrArray) waiting = user_data;
  GTask *first = g_ptr_array_index (waiting, 0);
  SondeModelUpdater *self = g_task_get_source_object (first);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) served =
    sonde_client_list_models_finish (SONDE_CLIENT (source), result, &error);
  gboolean cancelled = g_cancellable_is_cancelled (g_task_get_cancellable (first));

  if (self->waiting == waiting)
    forget_update (self);
  if (!cancelled && served != NULL) {
    cancel (&self->reading);
    sonde_model_list_set_served (self->models, sonde_account_is_own (self->account), served);
    write_cache (self, served);
  } else if (!cancelled) {
    g_info ("The models could not be listed: %s", error->message);
  }

  for (guint i = 0; i < waiting->len; i++) {
    GTask *task = g_ptr_array_index (waiting, i);

    if (g_task_return_error_if_cancelled (task))
      continue;
    if (served != NULL)
      g_task_return_boolean (task, TRUE);
    else
      g_task_return_error (task, g_error_copy (error));
  }
}

static void
service_changed_cb (SondeModelUpdater *self)
{
  g_autoptr (GFile) file = get_cache_file (self);

  cancel_update (self);
  cancel (&self->reading);
  sonde_model_list_set_served (self->models, sonde_account_is_own (self->account), NULL);
  if (file == NULL)
    return;

  self->reading = g_cancellable_new ();
  g_file_load_contents_async (file, self->reading, cache_read_cb, g_object_ref (self));
}

static void
state_changed_cb (SondeModelUpdater *self)
{
  if (sonde_account_get_state (self->account) == SONDE_ACCOUNT_READY)
    sonde_model_updater_update_async (self, NULL, NULL);
}

static void
sonde_model_updater_dispose (GObject *object)
{
  SondeModelUpdater *self = SONDE_MODEL_UPDATER (object);

  sonde_model_updater_stop (self);
  g_clear_object (&self->models);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (sonde_model_updater_parent_class)->dispose (object);
}

static void
sonde_model_updater_finalize (GObject *object)
{
  g_free (SONDE_MODEL_UPDATER (object)->cache_dir);

  G_OBJECT_CLASS (sonde_model_updater_parent_class)->finalize (object);
}

static void
sonde_model_updater_class_init (SondeModelUpdaterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sonde_model_updater_dispose;
  G_OBJECT_CLASS (klass)->finalize = sonde_model_updater_finalize;
}

static void
sonde_model_updater_init (SondeModelUpdater *self)
{
}

/**
 * sonde_model_updater_new:
 * @models: the list to keep
 * @account: the service that is asked
 * @cache_dir: (nullable): the folder that lists are kept in; %NULL for none
 *
 * Returns: (transfer full): an updater that does nothing yet
 */
SondeModelUpdater *
sonde_model_updater_new (SondeModelList *models, SondeAccount *account, const char *cache_dir)
{
  SondeModelUpdater *self = g_object_new (SONDE_TYPE_MODEL_UPDATER, NULL);

  self->models = g_object_ref (models);
  self->account = g_object_ref (account);
  self->cache_dir = g_strdup (cache_dir);

  return self;
}

/**
 * sonde_model_updater_start:
 * @self: an updater
 *
 * Follows the account from now on: a new service and a new key are reasons to ask.
 */
void
sonde_model_updater_start (SondeModelUpdater *self)
{
  g_return_if_fail (SONDE_IS_MODEL_UPDATER (self));

  g_signal_connect_object (self->account, "notify::service", G_CALLBACK (service_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->account, "notify::state", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * sonde_model_updater_stop:
 * @self: an updater
 *
 * Asks nothing any more and waits for no answer.
 */
void
sonde_model_updater_stop (SondeModelUpdater *self)
{
  g_return_if_fail (SONDE_IS_MODEL_UPDATER (self));

  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
  cancel (&self->reading);
  cancel_update (self);
}

/**
 * sonde_model_updater_update_async:
 * @self: an updater
 * @callback: (nullable): called when the service has answered
 * @user_data: for @callback
 *
 * Asks the service for its models, which is free of charge (contract.md section 2.2). Who
 * asks while the same service is being asked waits for that answer.
 */
void
sonde_model_updater_update_async (SondeModelUpdater *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  SondeClient *client;
  GTask *task;

  g_return_if_fail (SONDE_IS_MODEL_UPDATER (self));

  client = sonde_account_get_client (self->account, &error);
  if (self->waiting != NULL && client != self->asked)
    cancel_update (self);
  if (self->updating == NULL)
    self->updating = g_cancellable_new ();
  task = g_task_new (self, self->updating, callback, user_data);
  g_task_set_source_tag (task, sonde_model_updater_update_async);
  if (client == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    g_object_unref (task);
  } else if (self->waiting != NULL) {
    g_ptr_array_add (self->waiting, task);
  } else {
    self->asked = g_object_ref (client);
    self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
    g_ptr_array_add (self->waiting, task);
    sonde_client_list_models_async (client, self->updating, models_listed_cb,
                                    g_ptr_array_ref (self->waiting));
  }
}

/**
 * sonde_model_updater_update_finish:
 * @self: an updater
 * @result: the result
 * @error: why there is no list
 *
 * Returns: whether the list is what the service has now
 */
gboolean
sonde_model_updater_update_finish (SondeModelUpdater *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
