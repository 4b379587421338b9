/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-selection.h"

G_BEGIN_DECLS

/**
 * SondeClipboardFormat:
 *
 * How a selection is written.
 */
typedef enum {
  SONDE_CLIPBOARD_PLAIN,
  SONDE_CLIPBOARD_MARKDOWN,
  SONDE_CLIPBOARD_HTML,
} SondeClipboardFormat;

char *sonde_clipboard_dup_text (SondeSelection *selection, SondeClipboardFormat format);
GdkContentProvider *sonde_clipboard_create_content (SondeSelection *selection);

G_END_DECLS
