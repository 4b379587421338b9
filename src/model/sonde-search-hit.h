/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-conversation.h"

G_BEGIN_DECLS

/**
 * SondeSearchRange:
 * @start: where a match begins, in bytes
 * @end: where it ends
 *
 * A match in the snippet of a hit.
 */
typedef struct {
  guint start;
  guint end;
} SondeSearchRange;

/* Properties: "conversation" (SondeConversation, nullable). */
#define SONDE_TYPE_SEARCH_HIT (sonde_search_hit_get_type ())
G_DECLARE_FINAL_TYPE (SondeSearchHit, sonde_search_hit, SONDE, SEARCH_HIT, GObject)

SondeSearchHit *sonde_search_hit_new (gint64 conversation_id,
                                      gint64 message_id,
                                      SondeTextKind kind,
                                      gint64 time,
                                      const char *snippet,
                                      const SondeSearchRange *ranges,
                                      guint n_ranges);
gint64 sonde_search_hit_get_conversation_id (SondeSearchHit *self);
gint64 sonde_search_hit_get_message_id (SondeSearchHit *self);
SondeTextKind sonde_search_hit_get_kind (SondeSearchHit *self);
gint64 sonde_search_hit_get_time (SondeSearchHit *self);
const char *sonde_search_hit_get_snippet (SondeSearchHit *self);
const SondeSearchRange *sonde_search_hit_get_ranges (SondeSearchHit *self, guint *n_ranges);
char **sonde_search_hit_dup_words (SondeSearchHit *self);
SondeConversation *sonde_search_hit_get_conversation (SondeSearchHit *self);
void sonde_search_hit_set_conversation (SondeSearchHit *self, SondeConversation *conversation);

G_END_DECLS
