/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-request.h"

G_BEGIN_DECLS

void sonde_parameters_apply (const char *parameters, SondeRequest *request);

G_END_DECLS
