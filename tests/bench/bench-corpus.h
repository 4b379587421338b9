/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SEED 20260

char *bench_corpus_dup_words (GRand *random, guint n);
char *bench_corpus_dup_markdown (GRand *random, guint n_words);
char *bench_corpus_dup_tokens (const char *kind, guint32 seed, guint n);
const char *bench_corpus_skip_tokens (const char *kind, const char *text, guint n);

G_END_DECLS
