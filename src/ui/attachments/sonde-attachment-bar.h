/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Files side by side. Signal "emptied": the person has removed the last one. */
#define SONDE_TYPE_ATTACHMENT_BAR (sonde_attachment_bar_get_type ())
G_DECLARE_FINAL_TYPE (SondeAttachmentBar, sonde_attachment_bar, SONDE, ATTACHMENT_BAR, GtkWidget)

GtkWidget *sonde_attachment_bar_new (void);
GtkWidget *sonde_attachment_bar_new_for_message (GPtrArray *attachments);
void sonde_attachment_bar_set_list (SondeAttachmentBar *self, GListStore *list);

G_END_DECLS
