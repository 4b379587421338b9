/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-markdown-block.h"
#include "sonde-text-link.h"
#include "sonde-transcript-position.h"

G_BEGIN_DECLS

#define SONDE_TYPE_TEXT_BLOCK (sonde_text_block_get_type ())
G_DECLARE_FINAL_TYPE (SondeTextBlock, sonde_text_block, SONDE, TEXT_BLOCK, GtkWidget)

/**
 * SondeTextMark:
 * @start: where it begins, in bytes of the text
 * @end: where it ends
 * @current: whether it stands out among the others
 *
 * A part of a text that was searched for.
 */
typedef struct {
  guint start;
  guint end;
  gboolean current;
} SondeTextMark;

GtkWidget *sonde_text_block_new (GtkAccessibleRole role);
void sonde_text_block_set_text (SondeTextBlock *self, const SondeMarkdownText *text);
void sonde_text_block_set_plain (SondeTextBlock *self, const char *text, gsize length);
const char *sonde_text_block_get_text (SondeTextBlock *self);
gsize sonde_text_block_get_length (SondeTextBlock *self);
void sonde_text_block_set_line_height (SondeTextBlock *self, double line_height);
void sonde_text_block_set_wraps (SondeTextBlock *self, gboolean wraps);
void sonde_text_block_set_fits (SondeTextBlock *self, double min_width, double max_width);
void sonde_text_block_set_alignment (SondeTextBlock *self, PangoAlignment alignment);
void sonde_text_block_set_code (SondeTextBlock *self);
void sonde_text_block_set_colours (SondeTextBlock *self, PangoAttrList *colours);

void sonde_text_block_set_place (SondeTextBlock *self, const SondeTranscriptPosition *place);
const SondeTranscriptPosition *sonde_text_block_get_place (SondeTextBlock *self);
void sonde_text_block_set_selection (SondeTextBlock *self, guint start, guint end);
gboolean sonde_text_block_get_selection (SondeTextBlock *self, guint *start, guint *end);
void sonde_text_block_set_caret (SondeTextBlock *self, int offset);
void sonde_text_block_set_marks (SondeTextBlock *self, const SondeTextMark *marks, guint n_marks);
gboolean sonde_text_block_has_current_mark (SondeTextBlock *self);

guint sonde_text_block_find_offset (SondeTextBlock *self, double x, double y);
void sonde_text_block_get_caret_area (SondeTextBlock *self, guint offset, graphene_rect_t *area);
gboolean sonde_text_block_move_line (SondeTextBlock *self, double x, int step, guint *offset);
void sonde_text_block_find_line (SondeTextBlock *self, guint offset, guint *start, guint *end);
guint sonde_text_block_move_visually (SondeTextBlock *self, guint offset, int step);
guint sonde_text_block_move_word (SondeTextBlock *self, guint offset, int step);
void sonde_text_block_find_word (SondeTextBlock *self, guint offset, guint *start, guint *end);
GtkWidget *sonde_text_block_get_link (SondeTextBlock *self, guint offset);
SondeTextLink *sonde_text_block_find_link (SondeTextBlock *self, double x, double y);

G_END_DECLS
