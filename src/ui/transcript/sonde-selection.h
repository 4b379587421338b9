/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-message.h"
#include "sonde-transcript-position.h"

G_BEGIN_DECLS

typedef struct _SondeTextBlock SondeTextBlock;

#define SONDE_TYPE_SELECTION (sonde_selection_get_type ())
G_DECLARE_FINAL_TYPE (SondeSelection, sonde_selection, SONDE, SELECTION, GObject)

SondeSelection *sonde_selection_new (void);
SondeSelection *sonde_selection_dup (SondeSelection *self);
void sonde_selection_install (SondeSelection *self, GtkWidget *widget);
SondeSelection *sonde_selection_find (GtkWidget *widget);
void sonde_selection_set_messages (SondeSelection *self, GListModel *messages);
GListModel *sonde_selection_get_messages (SondeSelection *self);
SondeMessage *sonde_selection_find_message (SondeSelection *self, gint64 id);

void sonde_selection_attach (SondeSelection *self, SondeTextBlock *block);
void sonde_selection_detach (SondeSelection *self, SondeTextBlock *block);
void sonde_selection_refresh (SondeSelection *self, SondeTextBlock *block);
GPtrArray *sonde_selection_dup_blocks (SondeSelection *self);
SondeTextBlock *
sonde_selection_find_block (SondeSelection *self, const SondeTranscriptPosition *position);

int sonde_selection_compare (SondeSelection *self,
                             const SondeTranscriptPosition *a,
                             const SondeTranscriptPosition *b);
gboolean sonde_selection_has_caret (SondeSelection *self);
gboolean sonde_selection_is_empty (SondeSelection *self);
void sonde_selection_get (SondeSelection *self,
                          SondeTranscriptPosition *anchor,
                          SondeTranscriptPosition *focus);
void sonde_selection_get_bounds (SondeSelection *self,
                                 SondeTranscriptPosition *start,
                                 SondeTranscriptPosition *end);
gboolean sonde_selection_get_messages_between (SondeSelection *self, guint *first, guint *last);
void sonde_selection_set (SondeSelection *self,
                          const SondeTranscriptPosition *anchor,
                          const SondeTranscriptPosition *focus);
void sonde_selection_clear (SondeSelection *self);
gboolean sonde_selection_select_message (SondeSelection *self);
void sonde_selection_select_all (SondeSelection *self);

G_END_DECLS
