/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-print-layout.h"

G_BEGIN_DECLS

GtkPrintOperation *sonde_print_operation_new (SondePrintLayout *layout);

G_END_DECLS
