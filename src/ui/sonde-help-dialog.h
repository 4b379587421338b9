/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * SondeHelpPage:
 * @SONDE_HELP_GUIDE: the user's guide
 * @SONDE_HELP_NEWS: what is new in each version
 *
 * What there is to read.
 */
typedef enum {
  SONDE_HELP_GUIDE,
  SONDE_HELP_NEWS,
} SondeHelpPage;

AdwDialog *sonde_help_dialog_new (SondeHelpPage page);

G_END_DECLS
