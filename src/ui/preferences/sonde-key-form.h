/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-account.h"

G_BEGIN_DECLS

/* Where an API key is entered, checked, kept and removed. Properties: "account"
 * (SondeAccount, nullable) and "status" (string: what is known of its key). Signals
 * "added" (string, nullable: the balance) and "removed". */
#define SONDE_TYPE_KEY_FORM (sonde_key_form_get_type ())
G_DECLARE_FINAL_TYPE (SondeKeyForm, sonde_key_form, SONDE, KEY_FORM, AdwBin)

GtkWidget *sonde_key_form_new (void);
char *sonde_key_form_dup_key (SondeKeyForm *self);
char *sonde_key_form_describe_failure (const SondeFailure *failure);

G_END_DECLS
