/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-message.h"

G_BEGIN_DECLS

#define SONDE_TYPE_DOCUMENT (sonde_document_get_type ())
G_DECLARE_FINAL_TYPE (SondeDocument, sonde_document, SONDE, DOCUMENT, GtkWidget)

GtkWidget *sonde_document_new (void);
void sonde_document_show_message (SondeDocument *self,
                                  SondeMessage *message,
                                  SondeTextKind kind,
                                  gsize changed_from);
void sonde_document_set_view (SondeDocument *self, double top, double bottom);
char *sonde_document_dup_plain_text (SondeDocument *self, gsize max_length);

G_END_DECLS
