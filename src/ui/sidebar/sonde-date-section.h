/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int sonde_date_section_get (gint64 real_time, GDateTime *now);
gint64 sonde_date_section_get_start (int section, GDateTime *now);
char *sonde_date_section_get_title (int section, GDateTime *now);

G_END_DECLS
