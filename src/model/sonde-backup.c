/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-backup.h"

/**
 * SondeBackup:
 *
 * A copy of all conversations as they were at a time, and what is in it.
 */
struct _SondeBackup {
  GObject parent_instance;

  char *path;
  gint64 time;
  gint64 n_conversations;
  gint64 n_messages;
  char **titles;
};

G_DEFINE_FINAL_TYPE (SondeBackup, sonde_backup, G_TYPE_OBJECT)

static void
sonde_backup_finalize (GObject *object)
{
  SondeBackup *self = SONDE_BACKUP (object);

  g_free (self->path);
  g_strfreev (self->titles);

  G_OBJECT_CLASS (sonde_backup_parent_class)->finalize (object);
}

static void
sonde_backup_class_init (SondeBackupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_backup_finalize;
}

static void
sonde_backup_init (SondeBackup *self)
{
}

/**
 * sonde_backup_new:
 * @path: (type filename): where it is
 * @time: when it was made: real time in microseconds
 * @n_conversations: how many conversations are in it
 * @n_messages: how many messages
 * @titles: (array zero-terminated=1): the titles of its newest conversations
 *
 * Returns: (transfer full): a backup
 */
SondeBackup *
sonde_backup_new (const char *path,
                  gint64 time,
                  gint64 n_conversations,
                  gint64 n_messages,
                  const char *const *titles)
{
  SondeBackup *self = g_object_new (SONDE_TYPE_BACKUP, NULL);

  self->path = g_strdup (path);
  self->time = time;
  self->n_conversations = n_conversations;
  self->n_messages = n_messages;
  self->titles = g_strdupv ((char **) titles);

  return self;
}

/**
 * sonde_backup_get_path:
 * @self: a backup
 *
 * Returns: (type filename): where it is
 */
const char *
sonde_backup_get_path (SondeBackup *self)
{
  g_return_val_if_fail (SONDE_IS_BACKUP (self), NULL);

  return self->path;
}

/**
 * sonde_backup_get_time:
 * @self: a backup
 *
 * Returns: when it was made: real time in microseconds
 */
gint64
sonde_backup_get_time (SondeBackup *self)
{
  g_return_val_if_fail (SONDE_IS_BACKUP (self), 0);

  return self->time;
}

/**
 * sonde_backup_get_n_conversations:
 * @self: a backup
 *
 * Returns: how many conversations are in it
 */
gint64
sonde_backup_get_n_conversations (SondeBackup *self)
{
  g_return_val_if_fail (SONDE_IS_BACKUP (self), 0);

  return self->n_conversations;
}

/**
 * sonde_backup_get_n_messages:
 * @self: a backup
 *
 * Returns: how many messages are in it
 */
gint64
sonde_backup_get_n_messages (SondeBackup *self)
{
  g_return_val_if_fail (SONDE_IS_BACKUP (self), 0);

  return self->n_messages;
}

/**
 * sonde_backup_get_titles:
 * @self: a backup
 *
 * Returns: (array zero-terminated=1): the titles of its newest conversations
 */
const char *const *
sonde_backup_get_titles (SondeBackup *self)
{
  g_return_val_if_fail (SONDE_IS_BACKUP (self), NULL);

  return (const char *const *) self->titles;
}
