/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-stall-timer.h"

/**
 * SondeStallTimer:
 *
 * Cancels an operation in which nothing has happened for a while, unless a function
 * that is asked first says that it may go on. Every sign of life puts it off
 * (contract.md section 5.2).
 */
struct _SondeStallTimer {
  GSource *source;
  GCancellable *cancellable;
  SondeStallFunc func;
  gpointer func_data;
  guint milliseconds;
  gboolean expired;
};

static gboolean
expired_cb (gpointer user_data)
{
  SondeStallTimer *self = user_data;

  if (self->func != NULL && self->func (self->func_data)) {
    sonde_stall_timer_touch (self); /* and is told again after as long a silence */
  } else {
    g_source_set_ready_time (self->source, -1);
    self->expired = TRUE;
    g_cancellable_cancel (self->cancellable);
  }

  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_cb (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs source_funcs = { .dispatch = dispatch_cb };

/**
 * sonde_stall_timer_new:
 * @context: (nullable): where it runs
 * @cancellable: what it cancels
 *
 * Returns: (transfer full): a timer that is not armed
 */
SondeStallTimer *
sonde_stall_timer_new (GMainContext *context, GCancellable *cancellable)
{
  SondeStallTimer *self;

  g_return_val_if_fail (G_IS_CANCELLABLE (cancellable), NULL);

  self = g_new0 (SondeStallTimer, 1);
  self->cancellable = g_object_ref (cancellable);
  self->source = g_source_new (&source_funcs, sizeof (GSource));
  g_source_set_static_name (self->source, "sonde-stall-timer");
  g_source_set_callback (self->source, expired_cb, self, NULL);
  g_source_attach (self->source, context);

  return self;
}

/**
 * sonde_stall_timer_set_func:
 * @self: a timer
 * @func: (nullable) (scope notified): is asked before the operation is cancelled; where it may
 *   go on, the next sign of life starts the next wait
 * @user_data: for @func
 */
void
sonde_stall_timer_set_func (SondeStallTimer *self, SondeStallFunc func, gpointer user_data)
{
  self->func = func;
  self->func_data = user_data;
}

/**
 * sonde_stall_timer_arm:
 * @self: a timer
 * @milliseconds: how long nothing may happen from now on, or 0 for as long as it likes
 */
void
sonde_stall_timer_arm (SondeStallTimer *self, guint milliseconds)
{
  self->milliseconds = milliseconds;
  sonde_stall_timer_touch (self);
}

/**
 * sonde_stall_timer_touch:
 * @self: a timer
 *
 * Starts the wait anew: something has happened. Costs no allocation.
 */
void
sonde_stall_timer_touch (SondeStallTimer *self)
{
  gint64 ready_time = -1;

  if (self->milliseconds > 0)
    ready_time = g_get_monotonic_time () + self->milliseconds * (gint64) 1000;
  g_source_set_ready_time (self->source, ready_time);
}

/**
 * sonde_stall_timer_has_expired:
 * @self: a timer
 *
 * Returns: whether it was this timer that cancelled the operation
 */
gboolean
sonde_stall_timer_has_expired (SondeStallTimer *self)
{
  return self->expired;
}

/**
 * sonde_stall_timer_free:
 * @self: (transfer full): a timer
 */
void
sonde_stall_timer_free (SondeStallTimer *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_object_unref (self->cancellable);
  g_free (self);
}
