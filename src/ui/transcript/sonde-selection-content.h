/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-selection.h"

G_BEGIN_DECLS

#define SONDE_TYPE_SELECTION_CONTENT (sonde_selection_content_get_type ())
G_DECLARE_FINAL_TYPE (SondeSelectionContent,
                      sonde_selection_content,
                      SONDE,
                      SELECTION_CONTENT,
                      GdkContentProvider)

GdkContentProvider *sonde_selection_content_new (SondeSelection *selection);

G_END_DECLS
