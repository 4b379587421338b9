/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the tests of the sidebar and the window share: the services, on a folder, a
 * keyring and a demo service of their own. */

#pragma once

#include "sonde-chat-context.h"
#include "sonde-display-test.h"
#include "sonde-memory-keyring.h"

G_BEGIN_DECLS

static inline SondeChatContext *
sonde_make_context (const char *folder, SondeKeyring *keyring, const char *base_url)
{
  g_autoptr (SondeSettings) settings = sonde_settings_new ();
  SondeChatOptions options = {
    .data_dir = folder,
    .base_url = base_url,
    .demo = base_url == NULL,
    .settings = settings,
    .keyring = keyring,
  };

  return sonde_chat_context_new (&options);
}

static inline void
sonde_shut_down_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  sonde_chat_context_shutdown_finish (SONDE_CHAT_CONTEXT (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static inline void
sonde_end_context (SondeChatContext *context)
{
  gboolean done = FALSE;

  sonde_chat_context_shutdown_async (context, sonde_shut_down_cb, &done);
  sonde_test_wait (done);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

G_END_DECLS
