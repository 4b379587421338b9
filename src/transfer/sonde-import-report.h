/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SondeImportFormat:
 * @SONDE_IMPORT_UNKNOWN: not known (yet)
 * @SONDE_IMPORT_SONDE: docs/format.md
 * @SONDE_IMPORT_DEEPSEEK: the export of DeepSeek's web page
 * @SONDE_IMPORT_CHATGPT: the export of ChatGPT
 * @SONDE_IMPORT_CHERRY_STUDIO: a backup of Cherry Studio
 * @SONDE_IMPORT_CHATBOX: the export of Chatbox
 *
 * Which program wrote a file.
 */
typedef enum {
  SONDE_IMPORT_UNKNOWN,
  SONDE_IMPORT_SONDE,
  SONDE_IMPORT_DEEPSEEK,
  SONDE_IMPORT_CHATGPT,
  SONDE_IMPORT_CHERRY_STUDIO,
  SONDE_IMPORT_CHATBOX,
} SondeImportFormat;

/**
 * SondeImportSkipReason:
 * @SONDE_IMPORT_SKIP_UNKNOWN: it is not a conversation that Sonde understands
 * @SONDE_IMPORT_SKIP_EMPTY: it has no message with a text
 * @SONDE_IMPORT_SKIP_DUPLICATE: the file has it already
 * @SONDE_IMPORT_SKIP_TOO_LARGE: it is beyond a limit
 * @SONDE_IMPORT_SKIP_TOO_DEEP: it is nested beyond a limit
 * @SONDE_IMPORT_SKIP_DAMAGED: it is not valid JSON
 * @SONDE_IMPORT_SKIP_CIRCULAR: its messages are behind one another in a circle
 *
 * Why a conversation was left out.
 */
typedef enum {
  SONDE_IMPORT_SKIP_UNKNOWN,
  SONDE_IMPORT_SKIP_EMPTY,
  SONDE_IMPORT_SKIP_DUPLICATE,
  SONDE_IMPORT_SKIP_TOO_LARGE,
  SONDE_IMPORT_SKIP_TOO_DEEP,
  SONDE_IMPORT_SKIP_DAMAGED,
  SONDE_IMPORT_SKIP_CIRCULAR,
} SondeImportSkipReason;

#define SONDE_IMPORT_N_SKIP_REASONS 7

/**
 * SondeImportSkip:
 * @reason: why it was left out
 * @title: (nullable): its title, where it could be read
 *
 * A conversation that was left out.
 */
typedef struct {
  SondeImportSkipReason reason;
  char *title;
} SondeImportSkip;

/**
 * SondeImportReport:
 * @format: which program wrote the file
 * @n_conversations: conversations that came
 * @n_messages: messages in them
 * @n_omitted: parts of them that Sonde has no place for: images, files, tool calls, search
 *   results, messages that are not tied to the rest
 * @earliest: when the first message was written, in microseconds since 1970-01-01 UTC; 0
 *   where none tells
 * @latest: the same of the last one
 * @titles: (element-type utf8): the titles of the first conversations, at most 5
 * @n_skipped: conversations that were left out
 * @n_skipped_for: the same, by reason
 * @skips: (element-type SondeImportSkip): the first of them, at most 100
 *
 * What an import came to, or, when its conversations are thrown away, a preview of it.
 */
typedef struct {
  SondeImportFormat format;
  guint64 n_conversations;
  guint64 n_messages;
  guint64 n_omitted;
  gint64 earliest;
  gint64 latest;
  GPtrArray *titles;
  guint64 n_skipped;
  guint64 n_skipped_for[SONDE_IMPORT_N_SKIP_REASONS];
  GPtrArray *skips;
} SondeImportReport;

SondeImportReport *sonde_import_report_new (void);
void sonde_import_report_free (SondeImportReport *self);
void sonde_import_report_add_skip (SondeImportReport *self,
                                   SondeImportSkipReason reason,
                                   const char *title);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeImportReport, sonde_import_report_free)

G_END_DECLS
