/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-network.h"

G_BEGIN_DECLS

void sonde_network_banner_set_up (AdwBanner *banner, SondeNetwork *network);

G_END_DECLS
