/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-attachment.h"

G_BEGIN_DECLS

AdwDialog *sonde_attachment_preview_new (SondeAttachment *attachment);

G_END_DECLS
