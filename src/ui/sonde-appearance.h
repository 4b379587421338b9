/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-settings.h"
#include "sonde-transcript.h"

G_BEGIN_DECLS

void
sonde_appearance_bind (GtkWidget *window, SondeTranscript *transcript, SondeSettings *settings);

G_END_DECLS
