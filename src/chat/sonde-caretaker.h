/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-library.h"

G_BEGIN_DECLS

typedef struct _SondeCaretaker SondeCaretaker;

SondeCaretaker *sonde_caretaker_new (SondeLibrary *library);
void sonde_caretaker_free (SondeCaretaker *self);

G_END_DECLS
