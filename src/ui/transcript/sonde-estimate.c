/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-estimate.h"

/* All of these are parts of the font's size. A letter of Latin text is half as wide
 * as one of Chinese, and takes a third of its bytes or a little more. */
#define BYTES_PER_EM   2.2
#define LINE_HEIGHT    1.65
#define CODE_HEIGHT    1.4
#define CODE_FRAME     3.4
#define ROW_HEIGHT     2.4
#define PARAGRAPH_GAP  0.85
#define NESTING_INDENT 1.5
#define RULE_HEIGHT    1.6
#define HEADING_SCALE  1.3

/* Of messages */
#define FURNITURE      2.4 /* the footer, and nearly as much the button of the reasoning */
#define BUBBLE_PADDING 1.1
#define MARKDOWN_AIR   1.3 /* how much more room text takes that has paragraphs and lists in it */

static int
count_newlines (const SondeMarkdownText *text)
{
  int n = 0;

  for (gsize i = 0; i < text->length; i++)
    n += text->text[i] == '\n';

  return n;
}

static double
estimate_lines (gsize length, double width_in_em)
{
  return (double) (gsize) ((double) length / (MAX (width_in_em, 4) * BYTES_PER_EM)) + 1;
}

/**
 * sonde_estimate_block:
 * @block: a block
 * @width: how wide it is to be, in pixels
 * @em: the size of the font, in pixels
 *
 * Returns: about how high its row is, with the space above it, without laying it out
 */
int
sonde_estimate_block (const SondeMarkdownBlock *block, int width, double em)
{
  double room = width / em - NESTING_INDENT * block->n_nesting;
  double height = 0;

  switch (block->kind) {
  case SONDE_MARKDOWN_HEADING:
    height =
      HEADING_SCALE * LINE_HEIGHT * estimate_lines (block->text.length, room) + PARAGRAPH_GAP;
    break;
  case SONDE_MARKDOWN_CODE:
  case SONDE_MARKDOWN_MATH:
    height = CODE_HEIGHT * (count_newlines (&block->text) + 1) +
             (block->continues ? 0 : CODE_FRAME + PARAGRAPH_GAP);
    break;
  case SONDE_MARKDOWN_TABLE:
    height = ROW_HEIGHT * block->n_rows + PARAGRAPH_GAP;
    break;
  case SONDE_MARKDOWN_RULE:
    height = RULE_HEIGHT;
    break;
  case SONDE_MARKDOWN_PARAGRAPH:
  case SONDE_MARKDOWN_HTML:
  case SONDE_MARKDOWN_FOOTNOTE:
    height = LINE_HEIGHT * estimate_lines (block->text.length, room) + PARAGRAPH_GAP;
    break;
  }

  return (int) (height * em);
}

/**
 * sonde_estimate_message:
 * @message: a message
 * @width: how wide its turn is to be, in pixels
 * @em: the size of the font, in pixels
 *
 * Does not read the text: ten thousand messages are estimated at once.
 *
 * Returns: about how high its turn is, without building it
 */
int
sonde_estimate_message (SondeMessage *message, int width, double em)
{
  gsize length = sonde_message_get_text_length (message, SONDE_TEXT_CONTENT);
  double height = LINE_HEIGHT * estimate_lines (length, width / em);

  if (sonde_message_get_role (message) == SONDE_ROLE_USER)
    return (int) ((height + BUBBLE_PADDING + FURNITURE) * em);

  height = height * MARKDOWN_AIR + FURNITURE;
  if (sonde_message_get_text_length (message, SONDE_TEXT_REASONING) > 0)
    height += FURNITURE;

  return (int) (height * em);
}
