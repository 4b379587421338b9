/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-attachment.h"

G_BEGIN_DECLS

/* A file as a chip. Signal "remove": the person does not want it any more. */
#define SONDE_TYPE_ATTACHMENT_CHIP (sonde_attachment_chip_get_type ())
G_DECLARE_FINAL_TYPE (SondeAttachmentChip, sonde_attachment_chip, SONDE, ATTACHMENT_CHIP, GtkWidget)

GtkWidget *sonde_attachment_chip_new (SondeAttachment *attachment, gboolean removable);
SondeAttachment *sonde_attachment_chip_get_attachment (SondeAttachmentChip *self);

G_END_DECLS
