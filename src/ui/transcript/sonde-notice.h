/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-message.h"

G_BEGIN_DECLS

#define SONDE_TYPE_NOTICE (sonde_notice_get_type ())
G_DECLARE_FINAL_TYPE (SondeNotice, sonde_notice, SONDE, NOTICE, GtkWidget)

GtkWidget *sonde_notice_new_for_message (SondeMessage *message);
void sonde_notice_set_last (SondeNotice *self, gboolean last);
char *sonde_notice_describe (SondeMessage *message);
char *sonde_notice_dup_detail (const char *detail);
const char *sonde_notice_describe_failure (const SondeFailure *failure);
const char *sonde_notice_get_sentence (SondeNotice *self);

G_END_DECLS
