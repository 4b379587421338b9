/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-observer.h"

/**
 * SondeObserver:
 *
 * Who is told of the changes of a hundred thousand objects. It costs each of them a pointer,
 * where a signal handler costs a quarter of a KiB, and can end before they do.
 */
struct _SondeObserver {
  SondeObserverFunc func;
  gpointer user_data;
};

/**
 * sonde_observer_new:
 * @func: called with each change, in the thread that changes
 * @user_data: for @func
 *
 * Returns: (transfer full): an observer
 */
SondeObserver *
sonde_observer_new (SondeObserverFunc func, gpointer user_data)
{
  SondeObserver *self = g_atomic_rc_box_new (SondeObserver);

  self->func = func;
  self->user_data = user_data;

  return self;
}

/**
 * sonde_observer_ref:
 * @self: an observer
 *
 * Returns: (transfer full): the same
 */
SondeObserver *
sonde_observer_ref (SondeObserver *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * sonde_observer_unref:
 * @self: (transfer full): an observer
 */
void
sonde_observer_unref (SondeObserver *self)
{
  g_atomic_rc_box_release (self);
}

/**
 * sonde_observer_end:
 * @self: an observer
 *
 * It is told nothing any more, whoever still has it.
 */
void
sonde_observer_end (SondeObserver *self)
{
  self->func = NULL;
}

/**
 * sonde_observer_tell:
 * @self: (nullable): an observer
 * @object: what has changed
 * @pspec: the property that has changed
 */
void
sonde_observer_tell (SondeObserver *self, gpointer object, GParamSpec *pspec)
{
  if (self != NULL && self->func != NULL)
    self->func (object, pspec, self->user_data);
}
