/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-opener.h"

static GQuark
hit_quark (void)
{
  return g_quark_from_static_string ("sonde-opener-hit");
}

static SondeConversation *
find_conversation (SondeLibrary *library, gint64 id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (library));

  for (guint i = 0; i < n; i++) {
    g_autoptr (SondeConversation) conversation = g_list_model_get_item (G_LIST_MODEL (library), i);

    if (sonde_conversation_get_id (conversation) == id)
      return g_steal_pointer (&conversation);
  }

  return NULL;
}

/* The latest hit counts. */
static void
open_hit (SondeLibrary *library, GParamSpec *pspec, SondeWindow *window)
{
  g_autoptr (SondeConversation) conversation = NULL;
  g_autoptr (SondeSearchHit) hit = NULL;

  if (sonde_library_get_state (library) == SONDE_LIBRARY_LOADING)
    return;

  g_signal_handlers_disconnect_by_func (library, open_hit, window);
  hit = g_object_steal_qdata (G_OBJECT (window), hit_quark ());
  if (hit == NULL)
    return;
  conversation = find_conversation (library, sonde_search_hit_get_conversation_id (hit));
  sonde_search_hit_set_conversation (hit, conversation);
  sonde_window_open_hit (window, hit);
}

/**
 * sonde_opener_open:
 * @window: a window
 * @library: its conversations
 * @conversation_id: the conversation to open; one that is not there any more is not opened
 * @message_id: the message to show, or 0
 *
 * Opens a conversation by its number, which may have come from outside and before the list of
 * conversations is there.
 */
void
sonde_opener_open (SondeWindow *window,
                   SondeLibrary *library,
                   gint64 conversation_id,
                   gint64 message_id)
{
  SondeSearchHit *hit =
    sonde_search_hit_new (conversation_id, message_id, SONDE_TEXT_CONTENT, 0, "", NULL, 0);

  g_object_set_qdata_full (G_OBJECT (window), hit_quark (), hit, g_object_unref);
  g_signal_connect_object (library, "notify::state", G_CALLBACK (open_hit), window,
                           G_CONNECT_DEFAULT);
  open_hit (library, NULL, window);
}
