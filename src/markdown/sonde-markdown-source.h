/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Noncharacters and a cuneiform word divider stand in for what is cut out of the
 * source and for what is put into it; the same characters in an answer are cut
 * out as well, so that none can be forged. */
#define SONDE_MARKDOWN_CUT_BEGIN "\357\267\220"     /* U+FDD0, then the cut's index in digits */
#define SONDE_MARKDOWN_CUT_END   "\357\267\221"     /* U+FDD1 */
#define SONDE_MARKDOWN_HINGE     "\360\222\221\260" /* U+12470, punctuation to cmark */

/* How long the label of a footnote may be, with its bracket. */
#define SONDE_MARKDOWN_MAX_LABEL 64

/**
 * SondeMarkdownCut:
 * @source: what was cut out, as it was written
 * @formula: (nullable): TeX without its delimiters; %NULL where it is plain text
 * @display: whether the formula stands on lines of its own
 * @label: (nullable): the label of a footnote that is pointed to or begins
 * @definition: whether the footnote begins
 *
 * What cmark must not see.
 */
typedef struct {
  char *source;
  char *formula;
  gboolean display;
  char *label;
  gboolean definition;
} SondeMarkdownCut;

/**
 * SondeMarkdownSource:
 * @text: what cmark reads
 * @lines: (element-type gsize): where each line of @text begins in the original, in bytes
 * @cuts: (element-type SondeMarkdownCut): by the index in their stand-ins
 * @definitions: (element-type utf8): lines that look like link reference definitions
 * @footnotes: (element-type utf8): the labels of the footnotes in it
 * @n_footnote_refs: how often it points to a footnote
 * @fence_begin: where @fence begins in the original, in bytes
 * @fence: (nullable): the opening line of a code fence that is still open at the end
 *
 * Markdown made ready for cmark.
 */
typedef struct {
  GString *text;
  GArray *lines;
  GPtrArray *cuts;
  GPtrArray *definitions;
  GPtrArray *footnotes;
  guint n_footnote_refs;
  gsize fence_begin;
  char *fence;
} SondeMarkdownSource;

/**
 * SondeMarkdownSourceFlags:
 * @SONDE_MARKDOWN_SOURCE_UNFINISHED: more may follow: a formula that is open at the end is one
 * @SONDE_MARKDOWN_SOURCE_CLOSE: close at the end what is open, for a steady picture
 *
 * How to read the end of a text.
 */
typedef enum {
  SONDE_MARKDOWN_SOURCE_UNFINISHED = 1 << 0,
  SONDE_MARKDOWN_SOURCE_CLOSE = 1 << 1,
} SondeMarkdownSourceFlags;

SondeMarkdownSource *
sonde_markdown_source_new (const char *text, gsize length, SondeMarkdownSourceFlags flags);
const char *sonde_markdown_skip_label (const char *p, const char *stop);
void sonde_markdown_source_free (SondeMarkdownSource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeMarkdownSource, sonde_markdown_source_free)

G_END_DECLS
