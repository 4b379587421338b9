/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SondeStallTimer SondeStallTimer;

/**
 * SondeStallFunc:
 * @user_data: the caller's
 *
 * Returns: whether the operation may go on
 */
typedef gboolean (*SondeStallFunc) (gpointer user_data);

SondeStallTimer *sonde_stall_timer_new (GMainContext *context, GCancellable *cancellable);
void sonde_stall_timer_set_func (SondeStallTimer *self, SondeStallFunc func, gpointer user_data);
void sonde_stall_timer_arm (SondeStallTimer *self, guint milliseconds);
void sonde_stall_timer_touch (SondeStallTimer *self);
gboolean sonde_stall_timer_has_expired (SondeStallTimer *self);
void sonde_stall_timer_free (SondeStallTimer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeStallTimer, sonde_stall_timer_free)

G_END_DECLS
