/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-opener.h"

/* What is to be opened in a window; the latest one counts. */
typedef struct {
  gint64 conversation_id;
  gint64 message_id;
} Request;

static GQuark
request_quark (void)
{
  return g_quark_from_static_string ("sonde-open-request");
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

static void
open_requested (SondeLibrary *library, GParamSpec *pspec, SondeWindow *window)
{
  g_autoptr (SondeConversation) conversation = NULL;
  g_autofree Request *request = NULL;

  if (sonde_library_get_state (library) == SONDE_LIBRARY_LOADING)
    return;

  g_signal_handlers_disconnect_by_func (library, open_requested, window);
  request = g_object_steal_qdata (G_OBJECT (window), request_quark ());
  if (request != NULL)
    conversation = find_conversation (library, request->conversation_id);
  /* It may have been deleted since it was found. */
  if (conversation != NULL)
    sonde_window_set_conversation (window, conversation);
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
  Request *request = g_new (Request, 1);

  *request = (Request) { .conversation_id = conversation_id, .message_id = message_id };
  g_object_set_qdata_full (G_OBJECT (window), request_quark (), request, g_free);
  g_signal_connect_object (library, "notify::state", G_CALLBACK (open_requested), window,
                           G_CONNECT_DEFAULT);
  open_requested (library, NULL, window);
}
