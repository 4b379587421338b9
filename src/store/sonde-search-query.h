/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SondeSearchScope:
 * @SONDE_SEARCH_USUAL: everything but the trash
 * @SONDE_SEARCH_ARCHIVE: what is archived
 * @SONDE_SEARCH_TRASH: what is in the trash
 *
 * Where is searched.
 */
typedef enum {
  SONDE_SEARCH_USUAL,
  SONDE_SEARCH_ARCHIVE,
  SONDE_SEARCH_TRASH,
} SondeSearchScope;

/**
 * SondeSearchQuery:
 * @match: (nullable): the words as an expression of FTS5; %NULL where there are none
 * @phrases: the words, each on a line, for the marks in what is found
 * @prefix_match: (nullable): @match with the last word as the beginning of one; %NULL where it
 *   is whole
 * @prefix_phrases: (nullable): @phrases likewise
 * @exclude: (nullable): words that must not be there, as an expression
 * @model: (nullable): a part of the model's id
 * @folder: (nullable): the folder's name
 * @before: real time, microseconds: what was said earlier; %G_MAXINT64: any
 * @after: real time, microseconds: what was said then or later; %G_MININT64: any
 * @has_code: only what has a block of code
 * @has_reasoning: only what was thought about
 * @has_file: only what has files with it
 * @pinned: only in pinned conversations
 * @unread: only in unread conversations
 * @scope: where
 *
 * What somebody looks for, understood.
 */
typedef struct {
  char *match;
  char *phrases;
  char *prefix_match;
  char *prefix_phrases;
  char *exclude;
  char *model;
  char *folder;
  gint64 before;
  gint64 after;
  gboolean has_code;
  gboolean has_reasoning;
  gboolean has_file;
  gboolean pinned;
  gboolean unread;
  SondeSearchScope scope;
} SondeSearchQuery;

SondeSearchQuery *sonde_search_query_parse (const char *text);
void sonde_search_query_free (SondeSearchQuery *self);
gboolean sonde_search_query_is_empty (const SondeSearchQuery *self);
gboolean sonde_search_query_is_about_messages (const SondeSearchQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeSearchQuery, sonde_search_query_free)

G_END_DECLS
