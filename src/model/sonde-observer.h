/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SondeObserverFunc:
 * @object: what has changed
 * @pspec: the property that has changed
 * @user_data: the data of the observer
 */
typedef void (*SondeObserverFunc) (gpointer object, GParamSpec *pspec, gpointer user_data);

typedef struct _SondeObserver SondeObserver;

SondeObserver *sonde_observer_new (SondeObserverFunc func, gpointer user_data);
SondeObserver *sonde_observer_ref (SondeObserver *self);
void sonde_observer_unref (SondeObserver *self);
void sonde_observer_end (SondeObserver *self);
void sonde_observer_tell (SondeObserver *self, gpointer object, GParamSpec *pspec);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeObserver, sonde_observer_unref)

G_END_DECLS
