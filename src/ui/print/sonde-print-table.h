/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-print-text.h"

G_BEGIN_DECLS

GPtrArray *sonde_print_table_cut (PangoContext *context,
                                  const SondeMarkdownBlock *block,
                                  double x,
                                  double width,
                                  double page_height);

G_END_DECLS
