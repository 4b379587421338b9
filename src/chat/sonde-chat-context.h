/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-account.h"
#include "sonde-budget.h"
#include "sonde-clock.h"
#include "sonde-keyring.h"
#include "sonde-library.h"
#include "sonde-network.h"
#include "sonde-preset-list.h"
#include "sonde-rate-file.h"
#include "sonde-settings.h"

G_BEGIN_DECLS

/**
 * SondeChatOptions:
 * @data_dir: (nullable): the folder of the database; %NULL for the user's own
 * @cache_dir: (nullable): the folder of what can be had again; %NULL for the user's own
 * @base_url: (nullable): the service to talk to; %NULL for the one in the settings
 * @demo: answers come from the demo service, whatever the settings say
 * @settings: (nullable): the settings; %NULL where nothing is remembered
 * @keyring: (nullable): where the key is kept; %NULL for the Secret Service
 * @network: (nullable): what watches the network; %NULL for the system's
 * @clock: (nullable): the time; %NULL for the system's
 * @stall_timeout: milliseconds without a byte until an answer counts as stalled; 0 for 120 s
 *
 * What a context is made from.
 */
typedef struct {
  const char *data_dir;
  const char *cache_dir;
  const char *base_url;
  gboolean demo;
  SondeSettings *settings;
  SondeKeyring *keyring;
  GNetworkMonitor *network;
  SondeClock *clock;
  guint stall_timeout;
} SondeChatOptions;

#define SONDE_TYPE_CHAT_CONTEXT (sonde_chat_context_get_type ())
G_DECLARE_FINAL_TYPE (SondeChatContext, sonde_chat_context, SONDE, CHAT_CONTEXT, GObject)

SondeChatContext *sonde_chat_context_new (const SondeChatOptions *options);
void sonde_chat_context_open (SondeChatContext *self);
void sonde_chat_context_start (SondeChatContext *self);
void sonde_chat_context_connect (SondeChatContext *self);
void sonde_chat_context_shutdown_async (SondeChatContext *self,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean
sonde_chat_context_shutdown_finish (SondeChatContext *self, GAsyncResult *result, GError **error);

SondeLibrary *sonde_chat_context_get_library (SondeChatContext *self);
SondeAccount *sonde_chat_context_get_account (SondeChatContext *self);
SondeNetwork *sonde_chat_context_get_network (SondeChatContext *self);
SondeClock *sonde_chat_context_get_clock (SondeChatContext *self);
SondeSettings *sonde_chat_context_get_settings (SondeChatContext *self);
GListModel *sonde_chat_context_get_models (SondeChatContext *self);
SondePresetList *sonde_chat_context_get_presets (SondeChatContext *self);
SondeBudget *sonde_chat_context_get_budget (SondeChatContext *self);
SondeRateFile *sonde_chat_context_get_rates (SondeChatContext *self);
gint64 sonde_chat_context_get_data_size (SondeChatContext *self);
void sonde_chat_context_update_models_async (SondeChatContext *self,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
gboolean sonde_chat_context_update_models_finish (SondeChatContext *self,
                                                  GAsyncResult *result,
                                                  GError **error);
gboolean sonde_chat_context_get_demo (SondeChatContext *self);
void sonde_chat_context_set_demo (SondeChatContext *self, gboolean demo);

G_END_DECLS
