/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-database.h"

G_BEGIN_DECLS

typedef struct _SondeStatement SondeStatement;

SondeStatement *sonde_statement_get (SondeDatabase *database, const char *sql, GError **error);
void sonde_statement_release (SondeStatement *self);
void sonde_statement_free (SondeStatement *self);

void sonde_statement_bind_null (SondeStatement *self, int index);
void sonde_statement_bind_int64 (SondeStatement *self, int index, gint64 value);
void sonde_statement_bind_double (SondeStatement *self, int index, double value);
void sonde_statement_bind_string (SondeStatement *self, int index, const char *string);
void sonde_statement_bind_text (SondeStatement *self, int index, const GString *text);
void sonde_statement_bind_utf8 (SondeStatement *self, int index, GBytes *text);
void sonde_statement_bind_blob (SondeStatement *self, int index, GBytes *blob);
gboolean sonde_statement_next (SondeStatement *self, GError **error);
gboolean sonde_statement_run (SondeStatement *self, GError **error);

int sonde_statement_get_n_columns (SondeStatement *self);
gboolean sonde_statement_is_null (SondeStatement *self, int column);
gint64 sonde_statement_get_int64 (SondeStatement *self, int column);
double sonde_statement_get_double (SondeStatement *self, int column);
const char *sonde_statement_get_string (SondeStatement *self, int column);
GString *sonde_statement_dup_text (SondeStatement *self, int column);
GBytes *sonde_statement_dup_bytes (SondeStatement *self, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeStatement, sonde_statement_release)

G_END_DECLS
