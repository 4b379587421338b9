/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-markdown.h"

#include <string.h>

#include "sonde-markdown-outline.h"
#include "sonde-markdown-reader.h"

/* A block that cannot be parted and is longer than this is cut: the bound of what
 * one more token costs. */
#define MAX_SECTION 16384

/* How much more text there is at least before seams are looked for again. */
#define STEP 512

/* Link reference definitions beyond these are not heeded: a new one reads the whole document again.
 */
#define MAX_DEFINITIONS       64
#define MAX_DEFINITIONS_BYTES 8192

/**
 * SondeMarkdown:
 *
 * A Markdown document that grows at its end: text in, blocks out.
 *
 * The document is a row of sections. They are parted at seams: where a complete
 * line has begun another block, another item of a list, another row of a table or
 * another piece of long code, so that nothing that follows can change what is
 * before. What is before the last seam is settled and not read again; the context
 * of the seam says what is open there (quotes, items, a fence, a table), and the
 * open section is read with a few lines before it that open the same again. Every
 * section is read by itself, so that a text gives the same blocks in whatever
 * pieces it came.
 *
 * Two things do change settled blocks: a list that turns loose, of which just the
 * blocks are made anew; and a late link or footnote, for which all is read
 * again. Blocks that read as they did keep their serials.
 *
 * While the document is open, which is while an answer streams, its end is read
 * so that the picture is steady: emphasis, code, formulas, links, footnotes and
 * tables are what they are about to become, and marks that mean nothing yet are
 * held back.
 */
struct _SondeMarkdown {
  GObject parent_instance;

  GString *text;
  char pending[4]; /* the beginning of a character that is not whole yet */
  guint n_pending;
  gboolean open;
  gboolean after_cr; /* the text ended in a carriage return */
  GPtrArray *blocks; /* of type SondeMarkdownBlock */
  guint64 last_serial;
  guint64 work;

  gsize step;                   /* how much more there is before seams are looked for again */
  gsize settled;                /* where the section that is still open begins */
  SondeMarkdownContext context; /* what is open there */
  guint n_settled;              /* blocks before it */
  gsize searched;               /* complete lines up to here were searched for seams */
  GString *definitions;         /* of the settled sections */
  guint n_definitions;          /* how many */
  char *used_definitions;       /* those that the blocks were read with */
  GHashTable *footnotes;        /* labels of footnotes in the settled sections */
  GHashTable *used_footnotes;   /* those that the blocks were read with */
  guint n_footnote_refs;        /* in the settled sections */
};

G_DEFINE_FINAL_TYPE (SondeMarkdown, sonde_markdown, G_TYPE_OBJECT)

static void
sonde_markdown_finalize (GObject *object)
{
  SondeMarkdown *self = SONDE_MARKDOWN (object);

  g_string_free (self->text, TRUE);
  g_string_free (self->definitions, TRUE);
  g_ptr_array_unref (self->blocks);
  g_free (self->used_definitions);
  g_hash_table_unref (self->footnotes);
  g_hash_table_unref (self->used_footnotes);
  sonde_markdown_context_clear (&self->context);

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
  self->step = STEP;
  self->text = g_string_new (NULL);
  self->definitions = g_string_new (NULL);
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_markdown_block_unref);
  self->used_definitions = g_strdup ("");
  self->footnotes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->used_footnotes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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

/* How many bytes at the end may be the beginning of a character. */
static gsize
count_unfinished (const char *text, gsize length)
{
  for (gsize n = 1; n <= MIN (length, 3); n++) {
    if (((guchar) text[length - n] & 0xC0) != 0x80)
      return g_utf8_get_char_validated (text + length - n, (gssize) n) == (gunichar) -2 ? n : 0;
  }

  return 0;
}

static void
add_valid (SondeMarkdown *self, const char *text, gsize n)
{
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

/* A character that came in parts is taken up when it is whole. */
static void
add_text (SondeMarkdown *self, const char *text, gssize length)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  g_autofree char *joined = NULL;
  gsize rest;

  if (n == 0)
    return;
  if (self->n_pending > 0) {
    joined = g_malloc (self->n_pending + n);
    memcpy (joined, self->pending, self->n_pending);
    memcpy (joined + self->n_pending, text, n);
    text = joined;
    n += self->n_pending;
  }
  rest = count_unfinished (text, n);
  memcpy (self->pending, text + n - rest, rest);
  self->n_pending = (guint) rest;
  add_valid (self, text, n - rest);
}

/* --- sections ----------------------------------------------------------------- */

static char *
dup_section (SondeMarkdown *self, gsize end)
{
  const char *prefix = self->context.prefix != NULL ? self->context.prefix : "";
  const gsize length = strlen (prefix);
  char *text = g_malloc (length + (end - self->settled) + 1);

  memcpy (text, prefix, length);
  memcpy (text + length, self->text->str + self->settled, end - self->settled);
  text[length + (end - self->settled)] = '\0';

  return text;
}

static SondeMarkdownSource *
read_source (SondeMarkdown *self, const char *section, SondeMarkdownSourceFlags flags)
{
  SondeMarkdownSource *source = sonde_markdown_source_new (section, strlen (section), flags);

  self->work += source->text->len;

  return source;
}

/* Adds the definitions in @source to @definitions; those of one document are few. */
static void
collect_definitions (GString *definitions, guint *n_definitions, const SondeMarkdownSource *source)
{
  for (guint i = 0; i < source->definitions->len && *n_definitions < MAX_DEFINITIONS; i++) {
    const char *line = g_ptr_array_index (source->definitions, i);

    if (definitions->len + strlen (line) < MAX_DEFINITIONS_BYTES &&
        strstr (definitions->str, line) == NULL) {
      g_string_append_printf (definitions, "%s\n", line);
      (*n_definitions)++;
    }
  }
}

static void
collect_footnotes (GHashTable *labels, const SondeMarkdownSource *source)
{
  for (guint i = 0; i < source->footnotes->len; i++)
    g_hash_table_add (labels, g_strdup (g_ptr_array_index (source->footnotes, i)));
}

/* Puts @block at a position, unless what is there reads the same. */
static void
put_block (SondeMarkdown *self, SondeMarkdownBlock *block, guint position, guint *first)
{
  if (position < self->blocks->len) {
    SondeMarkdownBlock *old = g_ptr_array_index (self->blocks, position);

    if (sonde_markdown_block_equal (old, block))
      return;
    sonde_markdown_block_unref (old);
    self->blocks->pdata[position] = sonde_markdown_block_ref (block);
  } else {
    g_ptr_array_add (self->blocks, sonde_markdown_block_ref (block));
  }
  block->serial = ++self->last_serial;
  *first = MIN (*first, position);
}

static SondeMarkdownBlock *
copy_block (const SondeMarkdownBlock *block)
{
  SondeMarkdownBlock *copy = sonde_markdown_block_new (block->kind);
  const guint n_cells = block->n_columns * block->n_rows;

  *copy = *block;
  sonde_markdown_text_copy (&copy->text, &block->text);
  copy->language = g_strdup (block->language);
  copy->alignments = g_memdup2 (block->alignments, block->n_columns * sizeof *block->alignments);
  copy->cells = g_new0 (SondeMarkdownText, n_cells);
  for (guint i = 0; i < n_cells; i++)
    sonde_markdown_text_copy (&copy->cells[i], &block->cells[i]);

  return copy;
}

/* Makes the settled blocks of a list tight or loose. */
static void
show_loose (SondeMarkdown *self, guint depth, gboolean loose, guint *first)
{
  SondeMarkdownLevel *level = &self->context.levels[depth];

  if (level->kind != SONDE_MARKDOWN_LIST || level->shown_loose == loose ||
      depth >= SONDE_MARKDOWN_MAX_NESTING)
    return;
  level->shown_loose = loose;

  for (guint i = level->first_block; i < self->n_settled; i++) {
    const SondeMarkdownBlock *block = g_ptr_array_index (self->blocks, i);

    if (i > level->first_block && block->n_shared <= depth)
      break;
    /* What is nested too deep is shown, and is loose, as its outermost list that is. */
    if (block->n_nesting == depth + 1 && block->tight == loose) {
      g_autoptr (SondeMarkdownBlock) copy = copy_block (block);

      copy->tight = !loose;
      put_block (self, copy, i, first);
    }
  }
}

/* Reads a section and puts its blocks in behind those that are settled. */
static guint
put_blocks (SondeMarkdown *self,
            const SondeMarkdownSource *source,
            const SondeMarkdownContext *after,
            guint *first)
{
  g_autofree char *definitions = NULL;
  g_autoptr (GPtrArray) blocks = NULL;
  SondeMarkdownReading reading = { .before = &self->context, .after = after };

  if (*self->used_definitions != '\0' && strchr (source->text->str, '[') != NULL)
    definitions = g_strconcat (self->used_definitions, "\n", NULL);
  reading.definitions = definitions;
  reading.footnotes = self->open ? NULL : self->used_footnotes;
  self->work += source->text->len + (definitions != NULL ? strlen (definitions) : 0);
  blocks = sonde_markdown_read (source, &reading);

  for (guint i = 0; i < blocks->len; i++)
    put_block (self, g_ptr_array_index (blocks, i), self->n_settled + i, first);
  for (guint i = 0; i < self->context.n_levels; i++) {
    SondeMarkdownLevel *level = &self->context.levels[i];
    gboolean loose = level->loose || reading.loose[i];

    if (after != NULL && i < after->n_levels && !after->levels[i].fresh)
      loose = loose || after->levels[i].loose;
    show_loose (self, i, loose, first);
  }

  return self->n_settled + blocks->len;
}

/* Where the list or quote begins that the last settled block is in at that depth. */
static guint
find_first_block (SondeMarkdown *self, guint depth)
{
  guint i = self->n_settled;

  while (i > 0) {
    const SondeMarkdownBlock *block = g_ptr_array_index (self->blocks, --i);

    if (block->n_shared <= depth)
      break;
  }

  return i;
}

/* Rows that are settled are kept as a table, to which the open ones are added. */
static void
keep_rows (SondeMarkdown *self, SondeMarkdownContext *context, guint first_settled)
{
  const guint last = self->n_settled - 1;
  const SondeMarkdownBlock *table = g_ptr_array_index (self->blocks, last);
  const guint most = MAX (SONDE_MARKDOWN_TABLE_CHUNK / MAX (table->n_columns, 1), 2);

  if (self->n_settled <= first_settled || table->kind != SONDE_MARKDOWN_TABLE) {
    context->in_rows = FALSE;
    return;
  }
  context->rows = copy_block (table);
  if (table->n_rows - 1 < most) {
    self->n_settled--;
    return;
  }
  for (guint i = table->n_columns; i < table->n_columns * table->n_rows; i++) {
    for (guint s = 0; s < context->rows->cells[i].n_spans; s++)
      g_free (context->rows->cells[i].spans[s].target);
    g_free (context->rows->cells[i].spans);
    g_free (context->rows->cells[i].text);
  }
  context->rows->n_rows = 1;
  context->rows->continues = TRUE;
  context->rows->marker = SONDE_MARKDOWN_MARKER_NONE;
  context->rows->number = 0;
  context->rows->n_shared = context->rows->n_nesting;
}

/* Settles what is before @end. Takes @after, what is open there. */
static void
settle (SondeMarkdown *self, gsize end, SondeMarkdownContext *after, guint *first)
{
  g_autofree char *section = dup_section (self, end);
  g_autoptr (SondeMarkdownSource) source = read_source (self, section, 0);
  const guint n_before = self->n_settled;

  collect_definitions (self->definitions, &self->n_definitions, source);
  collect_footnotes (self->footnotes, source);
  self->n_footnote_refs += source->n_footnote_refs;
  self->n_settled = put_blocks (self, source, after, first);
  for (guint i = 0; i < after->n_levels; i++) {
    SondeMarkdownLevel *level = &after->levels[i];

    if (level->fresh || i >= self->context.n_levels) {
      level->first_block = find_first_block (self, i);
      level->shown_loose = level->loose;
    } else {
      level->first_block = self->context.levels[i].first_block;
      level->shown_loose = self->context.levels[i].shown_loose;
    }
    level->fresh = FALSE;
  }
  if (after->in_rows)
    keep_rows (self, after, n_before);
  sonde_markdown_context_clear (&self->context);
  self->context = *after;
  memset (after, 0, sizeof *after);
  self->settled = end;
}

/* Where a section that has grown too long is cut: behind its last line that is not. */
static gsize
find_cut (SondeMarkdown *self)
{
  const char *begin = self->text->str + self->settled;
  const char *newline = g_strrstr_len (begin, MAX_SECTION, "\n");
  const char *space = g_strrstr_len (begin, MAX_SECTION, " ");

  if (newline == NULL)
    newline = space;
  if (newline != NULL)
    return newline + 1 - self->text->str;

  return g_utf8_find_prev_char (begin, begin + MAX_SECTION) - self->text->str;
}

/* Cuts a block that cannot be parted. What it was nested in is left. */
static void
cut_section (SondeMarkdown *self, const SondeMarkdownSource *source, gsize end, guint *first)
{
  SondeMarkdownContext after = { .cut = TRUE };

  if (source->fence != NULL) {
    const char *fence = source->fence + strcspn (source->fence, "`~");

    after.prefix = g_strconcat (fence, "\n", NULL);
    after.n_prefix_lines = 1;
  }
  settle (self, end, &after, first);
}

/* Up to where seams are looked for next, 0 where it is not known yet; @cut is set where the text is
 * to be cut there if it has none. It depends on the text alone and not on the pieces it comes in,
 * and so do the seams. Only complete lines tell: "#" may become "#tag". */
static gsize
find_stop (SondeMarkdown *self, gboolean *cut)
{
  const gsize most = self->settled + MAX_SECTION;
  const gsize least = self->searched + MAX (self->step, (self->searched - self->settled) / 2);
  const char *newline = self->text->len > least ? strchr (self->text->str + least, '\n') : NULL;

  *cut = newline == NULL || newline + 1 > self->text->str + most;
  if (!*cut)
    return (gsize) (newline + 1 - self->text->str);

  return self->text->len > most ? find_cut (self) : 0;
}

/* Settles what can be settled. */
static void
settle_sections (SondeMarkdown *self, guint *first)
{
  gboolean cut;
  gsize end;

  while ((end = find_stop (self, &cut)) > 0) {
    gsize shift = self->context.prefix != NULL ? strlen (self->context.prefix) : 0;
    gsize base = self->settled;
    g_autofree char *section = dup_section (self, end);
    g_autoptr (SondeMarkdownSource) source =
      read_source (self, section, SONDE_MARKDOWN_SOURCE_UNFINISHED);
    g_autoptr (GArray) seams = sonde_markdown_find_seams (source, section, &self->context);

    self->work += source->text->len;
    for (guint i = 0; i < seams->len; i++) {
      SondeMarkdownSeam *seam = &g_array_index (seams, SondeMarkdownSeam, i);

      settle (self, base + seam->offset - shift, &seam->context, first);
    }
    if (seams->len == 0 && cut)
      cut_section (self, source, end, first);
    self->searched = end;
  }
}

/* Begins with the text anew; blocks that turn out the same stay. */
static void
restart (SondeMarkdown *self)
{
  self->settled = self->searched = 0;
  self->n_settled = self->n_definitions = self->n_footnote_refs = 0;
  sonde_markdown_context_clear (&self->context);
  g_string_truncate (self->definitions, 0);
  g_hash_table_remove_all (self->footnotes);
}

/* Whether @text may begin with that label. What is not ASCII may be equal to a letter that is,
 * and blanks are equal to each other: they are taken for the label. */
static gboolean
may_be_label (const char *text, const char *label)
{
  while (*label != ']' && *label != '\\' && g_ascii_isgraph (*label) && g_ascii_isprint (*text)) {
    if (g_ascii_tolower (*text++) != g_ascii_tolower (*label++))
      return FALSE;
  }

  return *label == ']' || *label == '\\' || !g_ascii_isgraph (*label) || (guchar) *text >= 0x80;
}

/* Whether "[" with the label of that definition may be in what is settled. */
static gboolean
may_refer (SondeMarkdown *self, const char *definition, gsize n_settled)
{
  const char *stop = self->text->str + n_settled;
  const char *label = definition + 1 + strspn (definition + 1, " \t\n>");

  /* Marks of a quote may stand before a label that begins on the line before. */
  for (const char *p = self->text->str; (p = memchr (p, '[', stop - p)) != NULL; p++) {
    if (may_be_label (p + 1 + strspn (p + 1, " \t\n>"), label))
      return TRUE;
  }

  return FALSE;
}

/* Whether @line, with the newline at its end, is one of @lines. */
static gboolean
has_line (const char *lines, const char *line)
{
  for (const char *p = lines; (p = strstr (p, line)) != NULL; p++) {
    if (p == lines || p[-1] == '\n')
      return TRUE;
  }

  return FALSE;
}

/* Whether a line of @lines that is not in @others may change what is settled. */
static gboolean
changes_settled (SondeMarkdown *self, const char *lines, const char *others, gsize n_settled)
{
  for (const char *p = lines; *p != '\0'; p = strchr (p, '\n') + 1) {
    g_autofree char *line = g_strndup (p, strchr (p, '\n') + 1 - p);

    if (!has_line (others, line) && may_refer (self, line, n_settled))
      return TRUE;
  }

  return FALSE;
}

/* Notes the link definitions of the whole text. Returns whether settled blocks may read
 * otherwise with them. */
static gboolean
note_definitions (SondeMarkdown *self, const char *definitions)
{
  g_autofree char *before = g_steal_pointer (&self->used_definitions);

  self->used_definitions = g_strdup (definitions);
  if (strcmp (before, definitions) == 0)
    return FALSE;

  return changes_settled (self, definitions, before, self->settled) ||
         changes_settled (self, before, definitions, self->settled);
}

/* Notes the labels of all footnotes. Returns whether settled blocks may read otherwise
 * with them: in a finished text, what has no footnote points to none. */
static gboolean
note_footnotes (SondeMarkdown *self, const SondeMarkdownSource *source)
{
  g_autoptr (GHashTable) labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean same;
  GHashTableIter iter;
  gpointer label;

  collect_footnotes (labels, source);
  g_hash_table_iter_init (&iter, self->footnotes);
  while (g_hash_table_iter_next (&iter, &label, NULL))
    g_hash_table_add (labels, g_strdup (label));

  same = g_hash_table_size (labels) == g_hash_table_size (self->used_footnotes);
  g_hash_table_iter_init (&iter, labels);
  while (same && g_hash_table_iter_next (&iter, &label, NULL))
    same = g_hash_table_contains (self->used_footnotes, label);
  if (same)
    return FALSE;
  g_hash_table_unref (self->used_footnotes);
  self->used_footnotes = g_steal_pointer (&labels);

  return !self->open && self->n_footnote_refs > 0;
}

/* Brings the blocks up to date with the text. Returns the first that may have changed. */
static guint
update (SondeMarkdown *self)
{
  const SondeMarkdownSourceFlags flags =
    self->open ? SONDE_MARKDOWN_SOURCE_UNFINISHED | SONDE_MARKDOWN_SOURCE_CLOSE : 0;
  const gsize length = self->text->len;
  guint first = G_MAXUINT;
  guint n_blocks;

  for (;;) {
    g_autofree char *section = NULL;
    g_autoptr (SondeMarkdownSource) source = NULL;
    g_autoptr (GString) definitions = NULL;
    guint n_definitions;

    settle_sections (self, &first);
    /* Half a character at the end of a finished text is none. */
    for (guint i = 0; i < self->n_pending && !self->open; i++)
      g_string_append (self->text, "\357\277\275");
    section = dup_section (self, self->text->len);
    g_string_truncate (self->text, length);
    source = read_source (self, section, flags);
    definitions = g_string_new (self->definitions->str);
    n_definitions = self->n_definitions;
    collect_definitions (definitions, &n_definitions, source);
    if (note_definitions (self, definitions->str) || note_footnotes (self, source)) {
      restart (self);
      continue;
    }
    n_blocks = put_blocks (self, source, NULL, &first);
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
  self->after_cr = FALSE;
  self->n_pending = 0;
  restart (self);
  add_text (self, text, length);

  return update (self);
}

/**
 * sonde_markdown_append:
 * @self: a document
 * @text: what to put behind its text; a character may come in parts
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
  if (self->n_footnote_refs > 0)
    restart (self);

  return update (self);
}

/**
 * sonde_markdown_set_step:
 * @self: an empty document
 * @step: in bytes; 0 for every line
 *
 * For tests: how much more text there is at least before it is looked where the text can be parted.
 */
void
sonde_markdown_set_step (SondeMarkdown *self, gsize step)
{
  g_return_if_fail (SONDE_IS_MARKDOWN (self));
  g_return_if_fail (self->text->len == 0);

  self->step = step;
}

/**
 * sonde_markdown_get_work:
 * @self: a document
 *
 * For tests: what an appended piece costs is shown by what it adds to this.
 *
 * Returns: how many bytes were scanned or handed to cmark so far
 */
guint64
sonde_markdown_get_work (SondeMarkdown *self)
{
  g_return_val_if_fail (SONDE_IS_MARKDOWN (self), 0);

  return self->work;
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
