/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-account.h"
#include "sonde-clock.h"
#include "sonde-details-builder.h"
#include "sonde-model-list.h"
#include "sonde-network.h"
#include "sonde-session.h"
#include "sonde-settings.h"
#include "sonde-store.h"

G_BEGIN_DECLS

/**
 * SondeServices:
 * @account: the service and its key
 * @network: the way to it
 * @store: where conversations are kept
 * @models: the models that can be chosen
 * @clock: the time
 * @settings: (nullable): the settings
 *
 * What sessions and the library work with. Owned by the context.
 */
typedef struct {
  SondeAccount *account;
  SondeNetwork *network;
  SondeStore *store;
  SondeModelList *models;
  SondeClock *clock;
  SondeSettings *settings;
} SondeServices;

struct _SondeSession {
  GObject parent_instance;

  const SondeServices *services;
  SondeConversation *conversation;
  gboolean started;       /* numbers can be had: the store is open, or has failed */
  char *pending_question; /* sent before that */
  GPtrArray *pending_attachments;
  char *beginning; /* what the answer that is asked for next starts with */
  SondeMessage *answer;
  GCancellable *cancellable;
  GRand *random;
  gulong waiting_for_key;
  guint waiting_to_retry;
  gulong waiting_for_network;
  gboolean got_delta;      /* in this try */
  gboolean continuing;     /* the answer is being continued, not begun */
  gboolean without_prefix; /* and the service lacks prefix completion */
  gboolean interrupted;
  gboolean retry_when_stopped;
  SondePhase phase_before_stall;
  SondeDetailsBuilder *details; /* of the answer on its way */
  gint64 asked_at;              /* real time: of the request that is under way */
  guint details_source;         /* stores the tool calls that have come */
  GPtrArray *deleted;           /* (element-type SondeMessage): what was deleted last */
  SondeMessage *deleted_leaf;   /* where the chosen path ended before that */
  gint64 wanted_id;             /* a message to show as soon as all are loaded, or 0 */
  GCancellable *summarising;    /* NULL: no note is being written */
  SondeMessage *summarised;     /* whose note it is */
  SondeSummary *summary_before; /* its note before that, or NULL */
  GPtrArray *unused;            /* (element-type SondeMessage): whose notes were taken back last */
};

void sonde_session_note_rates (const SondeServices *services,
                               SondeModelInfo *model,
                               SondeMessageDetails *details);
void sonde_session_save_message (SondeSession *self, SondeMessage *message);
void sonde_session_ask (SondeSession *self, gint64 parent_id, const char *model_id);
void sonde_session_ask_question (SondeSession *self,
                                 gint64 parent_id,
                                 const char *text,
                                 GPtrArray *attachments);
void sonde_session_forget_deleted (SondeSession *self);
void sonde_session_notify_summarising (SondeSession *self);
void sonde_session_emit_summarised (SondeSession *self);
void sonde_session_add_answer (SondeSession *self,
                               gint64 parent_id,
                               SondeMessage *answer,
                               const char *text);

SondeSession *sonde_session_new (const SondeServices *services, SondeConversation *conversation);
void sonde_session_start (SondeSession *self);
void sonde_session_interrupt (SondeSession *self);

G_END_DECLS
