/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-markdown.h"

#include <string.h>

#include "sonde-markdown-reader.h"

/* A top-level block longer than this is cut: the bound of what one more token costs. */
#define MAX_SECTION 65536

/* Link reference definitions beyond these are not heeded: a new one reads the whole document again.
 */
#define MAX_DEFINITIONS       64
#define MAX_DEFINITIONS_BYTES 8192

/**
 * SondeMarkdown:
 *
 * A Markdown document that grows at its end: text in, blocks out.
 *
 * The document is a row of sections, one for each top-level block. A section is
 * settled when a complete line has begun a later one: from then on nothing that
 * follows can change it, and it is not read again. Every section is read by
 * itself, so that a text gives the same blocks in whatever pieces it came.
 * (A late link definition does change what is before it; then all is read anew.)
 *
 * While the document is open, which is while an answer streams, its end is read
 * so that the picture is steady: emphasis, code, formulas, links and tables are
 * what they are about to become, and marks that mean nothing yet are held back.
 */
struct _SondeMarkdown {
  GObject parent_instance;

  GString *text;
  gboolean open;
  gboolean after_cr; /* the text ended in a carriage return */
  GPtrArray *blocks; /* of type SondeMarkdownBlock */
  guint64 last_serial;

  gsize settled;          /* where the section that is still open begins */
  guint n_settled;        /* blocks before it */
  gsize searched;         /* complete lines up to here were searched for sections */
  char *prefix;           /* the fence that was open where a section had to be cut; or NULL */
  gboolean cut;           /* whether the open section begins at a cut */
  GString *definitions;   /* of the settled sections */
  guint n_definitions;    /* how many */
  char *used_definitions; /* those that the blocks were read with */
};

G_DEFINE_FINAL_TYPE (SondeMarkdown, sonde_markdown, G_TYPE_OBJECT)

static void
sonde_markdown_finalize (GObject *object)
{
  SondeMarkdown *self = SONDE_MARKDOWN (object);

  g_string_free (self->text, TRUE);
  g_string_free (self->definitions, TRUE);
  g_ptr_array_unref (self->blocks);
  g_free (self->prefix);
  g_free (self->used_definitions);

  G_OBJECT_CLASS (sonde_markdown_parent_class)->finalize (object);
}

static void
sonde_markdown_class_init (SondeMarkdownClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = sonde_markdown_finalize;
}

static void
sonde_markdown_init (SondeMarkdown *self)
{
  self->text = g_string_new (NULL);
  self->definitions = g_string_new (NULL);
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_markdown_block_unref);
  self->used_definitions = g_strdup ("");
}

/* --- text --------------------------------------------------------------------- */

/* Line ends become "\n", and control characters are made visible. */
static void
add_clean (SondeMarkdown *self, const char *text, gsize length)
{
  for (const char *p = text; p < text + length; p++) {
    guchar c = (guchar) *p;
    gboolean after_cr = self->after_cr;

    self->after_cr = c == '\r';
    if (c == '\n' && after_cr)
      continue;
    if (c == '\r')
      g_string_append_c (self->text, '\n');
    else if (c == 0)
      g_string_append_unichar (self->text, 0xFFFD);
    else if (c == 0x7F)
      g_string_append_unichar (self->text, 0x2421);
    else if (c < 0x20 && c != '\n' && c != '\t')
      g_string_append_unichar (self->text, 0x2400 + (gunichar) c);
    else
      g_string_append_c (self->text, (char) c);
  }
}

static void
add_text (SondeMarkdown *self, const char *text, gssize length)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;

  for (;;) {
    const char *end;

    if (g_utf8_validate_len (text, n, &end)) {
      add_clean (self, text, n);
      return;
    }
    add_clean (self, text, end - text);
    add_clean (self, *end == '\0' ? "" : "\357\277\275", *end == '\0' ? 1 : 3);
    n -= end + 1 - text;
    text = end + 1;
  }
}

/* --- sections ----------------------------------------------------------------- */

static SondeMarkdownSource *
read_source (SondeMarkdown *self, gsize end, SondeMarkdownSourceFlags flags)
{
  g_autofree char *text = NULL;

  if (self->prefix == NULL)
    return sonde_markdown_source_new (self->text->str + self->settled, end - self->settled, flags);

  text = g_strdup_printf ("%s\n%.*s", self->prefix, (int) (end - self->settled),
                          self->text->str + self->settled);

  return sonde_markdown_source_new (text, strlen (text), flags);
}

/* Adds the definitions in @source to @definitions; those of one document are few. */
static void
collect_definitions (GString *definitions, guint *n_definitions, const SondeMarkdownSource *source)
{
  for (guint i = 0; i < source->definitions->len && *n_definitions < MAX_DEFINITIONS; i++) {
    const char *line = g_ptr_array_index (source->definitions, i);

    if (definitions->len + strlen (line) < MAX_DEFINITIONS_BYTES &&
        sonde_markdown_is_definition (line)) {
      g_string_append_printf (definitions, "%s\n", line);
      (*n_definitions)++;
    }
  }
}

/* Puts the blocks of @source in from @position on. Those that read as they did stay. */
static guint
put_blocks (SondeMarkdown *self, const SondeMarkdownSource *source, guint position, guint *first)
{
  g_autofree char *definitions = NULL;
  g_autoptr (GPtrArray) blocks = NULL;

  if (*self->used_definitions != '\0' && strchr (source->text->str, '[') != NULL)
    definitions = g_strconcat (self->used_definitions, "\n", NULL);
  blocks = sonde_markdown_read (source, definitions);

  for (guint i = 0; i < blocks->len; i++, position++) {
    SondeMarkdownBlock *block = g_ptr_array_index (blocks, i);

    if (i == 0 && self->cut)
      block->continues =
        block->kind == SONDE_MARKDOWN_CODE || block->kind == SONDE_MARKDOWN_PARAGRAPH;
    if (i + 1 == blocks->len && source->fence != NULL && block->kind == SONDE_MARKDOWN_CODE)
      block->closed = FALSE;

    if (position < self->blocks->len) {
      SondeMarkdownBlock *old = g_ptr_array_index (self->blocks, position);

      if (sonde_markdown_block_equal (old, block))
        continue;
      sonde_markdown_block_unref (old);
      self->blocks->pdata[position] = sonde_markdown_block_ref (block);
    } else {
      g_ptr_array_add (self->blocks, sonde_markdown_block_ref (block));
    }
    block->serial = ++self->last_serial;
    *first = MIN (*first, position);
  }

  return position;
}

static void
settle (SondeMarkdown *self, gsize end, gboolean cut, guint *first)
{
  g_autoptr (SondeMarkdownSource) source = read_source (self, end, 0);

  collect_definitions (self->definitions, &self->n_definitions, source);
  self->n_settled = put_blocks (self, source, self->n_settled, first);
  self->settled = end;
  self->cut = cut;
  g_free (self->prefix);
  self->prefix = cut ? g_strdup (source->fence) : NULL;
}

/* Where a section that has grown too long is cut: behind its last line that is not. */
static gsize
find_cut (SondeMarkdown *self)
{
  const char *begin = self->text->str + self->settled;
  const char *newline = g_strrstr_len (begin, MAX_SECTION, "\n");

  if (newline != NULL)
    return newline + 1 - self->text->str;

  return g_utf8_find_prev_char (begin, begin + MAX_SECTION) - self->text->str;
}

/* Settles what can be settled. Only complete lines tell: "#" may become "#tag". */
static void
settle_sections (SondeMarkdown *self, guint *first)
{
  const char *newline = strrchr (self->text->str + self->settled, '\n');
  gsize complete = newline != NULL ? (gsize) (newline + 1 - self->text->str) : self->settled;

  while (complete > self->searched || self->text->len - self->settled > MAX_SECTION) {
    gboolean long_one = self->text->len - self->settled > MAX_SECTION;
    gsize end = long_one ? find_cut (self) : complete;
    g_autoptr (SondeMarkdownSource) source =
      read_source (self, end, SONDE_MARKDOWN_SOURCE_UNFINISHED);
    g_autoptr (GArray) offsets = sonde_markdown_find_sections (source);
    gsize shift = self->prefix != NULL ? strlen (self->prefix) + 1 : 0;
    gsize base = self->settled;

    for (guint i = 1; i < offsets->len; i++)
      settle (self, base + g_array_index (offsets, gsize, i) - shift, FALSE, first);
    if (offsets->len < 2 && long_one)
      settle (self, end, TRUE, first);
    self->searched = end;
  }
}

/* Brings the blocks up to date with the text. Returns the first that may have changed. */
static guint
update (SondeMarkdown *self)
{
  const SondeMarkdownSourceFlags flags =
    self->open ? SONDE_MARKDOWN_SOURCE_UNFINISHED | SONDE_MARKDOWN_SOURCE_CLOSE : 0;
  guint first = G_MAXUINT;
  guint n_blocks;

  for (;;) {
    g_autoptr (SondeMarkdownSource) source = NULL;
    g_autoptr (GString) definitions = NULL;
    guint n_definitions;

    settle_sections (self, &first);
    source = read_source (self, self->text->len, flags);
    definitions = g_string_new (self->definitions->str);
    n_definitions = self->n_definitions;
    collect_definitions (definitions, &n_definitions, source);
    if (g_set_str (&self->used_definitions, definitions->str)) {
      self->settled = self->n_settled = self->n_definitions = 0;
      self->searched = 0;
      self->cut = FALSE;
      g_clear_pointer (&self->prefix, g_free);
      g_string_truncate (self->definitions, 0);
      continue;
    }
    n_blocks = put_blocks (self, source, self->n_settled, &first);
    break;
  }

  if (n_blocks < self->blocks->len) {
    first = MIN (first, n_blocks);
    g_ptr_array_set_size (self->blocks, (int) n_blocks);
  }

  return MIN (first, n_blocks);
}

/* --- public ------------------------------------------------------------------- */

/**
 * sonde_markdown_new:
 *
 * Returns: (transfer full): an empty document that is not open
 */
SondeMarkdown *
sonde_markdown_new (void)
{
  return g_object_new (SONDE_TYPE_MARKDOWN, NULL);
}

/**
 * sonde_markdown_set_text:
 * @self: a document
 * @text: the whole text; what is not UTF-8 in it is replaced
 * @length: its length in bytes, or -1 where it ends with a zero byte
 *
 * Blocks that read as before keep their serials.
 *
 * Returns: the position of the first block that changed; all before it stayed
 */
guint
sonde_markdown_set_text (SondeMarkdown *self, const char *text, gssize length)
{
  g_return_val_if_fail (SONDE_IS_MARKDOWN (self), 0);
  g_return_val_if_fail (text != NULL, 0);

  g_string_truncate (self->text, 0);
  g_string_truncate (self->definitions, 0);
  g_clear_pointer (&self->prefix, g_free);
  self->after_cr = FALSE;
  self->cut = FALSE;
  self->settled = self->searched = 0;
  self->n_settled = self->n_definitions = 0;
  add_text (self, text, length);

  return update (self);
}

/**
 * sonde_markdown_append:
 * @self: a document
 * @text: what to put behind its text, whole characters of UTF-8
 * @length: its length in bytes, or -1 where it ends with a zero byte
 *
 * What this costs does not depend on what is settled.
 *
 * Returns: the position of the first block that changed; all before it stayed
 */
guint
sonde_markdown_append (SondeMarkdown *self, const char *text, gssize length)
{
  g_return_val_if_fail (SONDE_IS_MARKDOWN (self), 0);
  g_return_val_if_fail (text != NULL, 0);

  add_text (self, text, length);

  return update (self);
}

/**
 * sonde_markdown_get_open:
 * @self: a document
 *
 * Returns: whether more text is on its way
 */
gboolean
sonde_markdown_get_open (SondeMarkdown *self)
{
  g_return_val_if_fail (SONDE_IS_MARKDOWN (self), FALSE);

  return self->open;
}

/**
 * sonde_markdown_set_open:
 * @self: a document
 * @open: whether more text is on its way
 *
 * Returns: the position of the first block that changed; all before it stayed
 */
guint
sonde_markdown_set_open (SondeMarkdown *self, gboolean open)
{
  g_return_val_if_fail (SONDE_IS_MARKDOWN (self), 0);

  open = !!open;
  if (self->open == open)
    return self->blocks->len;

  self->open = open;

  return update (self);
}

/**
 * sonde_markdown_get_n_blocks:
 * @self: a document
 *
 * Returns: how many blocks it has
 */
guint
sonde_markdown_get_n_blocks (SondeMarkdown *self)
{
  g_return_val_if_fail (SONDE_IS_MARKDOWN (self), 0);

  return self->blocks->len;
}

/**
 * sonde_markdown_get_block:
 * @self: a document
 * @position: from 0 on
 *
 * Returns: (transfer none): a block; hold a reference to keep it when the text changes
 */
const SondeMarkdownBlock *
sonde_markdown_get_block (SondeMarkdown *self, guint position)
{
  g_return_val_if_fail (SONDE_IS_MARKDOWN (self), NULL);
  g_return_val_if_fail (position < self->blocks->len, NULL);

  return g_ptr_array_index (self->blocks, position);
}
