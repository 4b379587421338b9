/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-code-colours.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

#include "sonde-code-scheme.h"
#include "sonde-contrast.h"
#include "sonde-text.h"

/**
 * SondeCodeColours:
 *
 * Colours code by GtkSourceView's engine, in a buffer that is never shown. Code that
 * grows is only read from where it has grown.
 */
struct _SondeCodeColours {
  GObject parent_instance;

  GtkSourceLanguage *language; /* or NULL: plain */
  GtkSourceBuffer *buffer;     /* or NULL: not yet needed */
  GString *text;               /* that is in the buffer */
};

G_DEFINE_FINAL_TYPE (SondeCodeColours, sonde_code_colours, G_TYPE_OBJECT)

/* How people call languages, and what GtkSourceView does. */
static const struct {
  const char *name;
  const char *id;
} aliases[] = {
  { "bash", "sh" },
  { "c#", "c-sharp" },
  { "c++", "cpp" },
  { "cc", "cpp" },
  { "console", "sh" },
  { "cs", "c-sharp" },
  { "csharp", "c-sharp" },
  { "cxx", "cpp" },
  { "docker", "dockerfile" },
  { "f#", "fsharp" },
  { "golang", "go" },
  { "h", "c" },
  { "hpp", "cpp" },
  { "hs", "haskell" },
  { "javascript", "js" },
  { "jsonc", "json" },
  { "jsx", "jsx" },
  { "kt", "kotlin" },
  { "make", "makefile" },
  { "md", "markdown" },
  { "mjs", "js" },
  { "node", "js" },
  { "objective-c", "objc" },
  { "patch", "diff" },
  { "pl", "perl" },
  { "ps1", "powershell" },
  { "py", "python3" },
  { "python", "python3" },
  { "rb", "ruby" },
  { "rs", "rust" },
  { "shell", "sh" },
  { "svg", "xml" },
  { "tex", "latex" },
  { "ts", "typescript" },
  { "tsx", "typescript-jsx" },
  { "vue", "html" },
  { "yml", "yaml" },
  { "zsh", "sh" },
};

static GtkSourceLanguage *
find_language (const char *name)
{
  GtkSourceLanguageManager *manager = gtk_source_language_manager_get_default ();
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autofree char *file_name = NULL;
  GtkSourceLanguage *language;
  const char *id = lower;

  for (gsize i = 0; i < G_N_ELEMENTS (aliases); i++) {
    if (g_str_equal (aliases[i].name, lower))
      id = aliases[i].id;
  }
  language = gtk_source_language_manager_get_language (manager, id);
  if (language == NULL && strlen (id) < 16 && strchr (id, '/') == NULL) {
    file_name = g_strconcat ("file.", id, NULL);
    language = gtk_source_language_manager_guess_language (manager, file_name, NULL);
  }

  return language;
}

/* --- reading the colours -------------------------------------------------------- */

static void
insert (PangoAttrList *list, PangoAttribute *attribute, guint start, guint end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (list, attribute);
}

/* Schemes are made for a background of their own; here code lies on the window's. */
static void
make_legible (GdkRGBA *colour)
{
  static const GdkRGBA light = { 0.93f, 0.93f, 0.93f, 1 };
  static const GdkRGBA dark = { 0.2f, 0.2f, 0.2f, 1 };

  sonde_contrast_raise (
    colour, adw_style_manager_get_dark (adw_style_manager_get_default ()) ? &dark : &light,
    SONDE_CONTRAST_OF_TEXT);
}

static void
add_tag (PangoAttrList *list, GtkTextTag *tag, guint start, guint end)
{
  g_autoptr (GdkRGBA) colour = NULL;
  gboolean coloured;
  gboolean weighted;
  gboolean slanted;
  int weight;
  PangoStyle style;

  g_object_get (tag, "foreground-set", &coloured, "foreground-rgba", &colour, "weight-set",
                &weighted, "weight", &weight, "style-set", &slanted, "style", &style, NULL);
  if (coloured && colour != NULL) {
    make_legible (colour);
    sonde_text_add_foreground (list, colour, start, end);
  }
  if (weighted)
    insert (list, pango_attr_weight_new ((PangoWeight) weight), start, end);
  if (slanted)
    insert (list, pango_attr_style_new (style), start, end);
}

/* The tags of one stretch of text. The later ones have priority, as in Pango. */
static void
add_tags (PangoAttrList *list, const GtkTextIter *at, guint start, guint end)
{
  g_autoptr (GSList) tags = gtk_text_iter_get_tags (at);

  for (GSList *tag = tags; tag != NULL; tag = tag->next)
    add_tag (list, tag->data, start, end);
}

static PangoAttrList *
read_colours (SondeCodeColours *self, gsize skip)
{
  PangoAttrList *list = pango_attr_list_new ();
  GtkTextIter iter;
  const char *p = self->text->str + skip;

  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), &iter,
                                      (int) g_utf8_pointer_to_offset (self->text->str, p));
  while (!gtk_text_iter_is_end (&iter)) {
    GtkTextIter next = iter;
    const char *q;

    gtk_text_iter_forward_to_tag_toggle (&next, NULL);
    q = g_utf8_offset_to_pointer (p, gtk_text_iter_get_offset (&next) -
                                       gtk_text_iter_get_offset (&iter));
    add_tags (list, &iter, (guint) (p - self->text->str - (gssize) skip),
              (guint) (q - self->text->str - (gssize) skip));
    iter = next;
    p = q;
  }

  return list;
}

/* --- the buffer ---------------------------------------------------------------- */

static gsize
find_common (const char *a, const char *b)
{
  gsize n = 0;

  while (a[n] != '\0' && a[n] == b[n])
    n++;
  while (n > 0 && (((guchar) a[n] & 0xC0) == 0x80 || ((guchar) b[n] & 0xC0) == 0x80))
    n--;

  return n;
}

/* Changes the buffer from the first letter on that is different. */
static void
set_text (SondeCodeColours *self, const char *text)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  gsize common = find_common (self->text->str, text);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_iter_at_offset (
    buffer, &start, (int) g_utf8_pointer_to_offset (self->text->str, self->text->str + common));
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &end, text + common, -1);
  g_string_truncate (self->text, common);
  g_string_append (self->text, text + common);
}

static void
ensure_buffer (SondeCodeColours *self)
{
  if (self->buffer != NULL)
    return;

  self->buffer = gtk_source_buffer_new_with_language (self->language);
  gtk_text_buffer_set_enable_undo (GTK_TEXT_BUFFER (self->buffer), FALSE);
  gtk_source_buffer_set_highlight_matching_brackets (self->buffer, FALSE);
  g_string_truncate (self->text, 0);
}

/* --- object ------------------------------------------------------------------- */

static void
sonde_code_colours_finalize (GObject *object)
{
  SondeCodeColours *self = SONDE_CODE_COLOURS (object);

  g_clear_object (&self->buffer);
  g_string_free (self->text, TRUE);

  G_OBJECT_CLASS (sonde_code_colours_parent_class)->finalize (object);
}

static void
sonde_code_colours_class_init (SondeCodeColoursClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_code_colours_finalize;

  gtk_source_init ();
}

static void
sonde_code_colours_init (SondeCodeColours *self)
{
  self->text = g_string_new (NULL);
}

/**
 * sonde_code_colours_new:
 *
 * Returns: (transfer full): colours for code without a language
 */
SondeCodeColours *
sonde_code_colours_new (void)
{
  return g_object_new (SONDE_TYPE_CODE_COLOURS, NULL);
}

/**
 * sonde_code_colours_set_language:
 * @self: colours
 * @name: (nullable): a language as people write it: "py", "c++", "sh"
 */
void
sonde_code_colours_set_language (SondeCodeColours *self, const char *name)
{
  GtkSourceLanguage *language;

  g_return_if_fail (SONDE_IS_CODE_COLOURS (self));

  language = name != NULL && *name != '\0' ? find_language (name) : NULL;
  if (language == self->language)
    return;

  self->language = language;
  g_clear_object (&self->buffer);
}

/**
 * sonde_code_colours_get_language_name:
 * @self: colours
 *
 * Returns: (transfer none) (nullable): the language's name for people, where it is known
 */
const char *
sonde_code_colours_get_language_name (SondeCodeColours *self)
{
  g_return_val_if_fail (SONDE_IS_CODE_COLOURS (self), NULL);

  return self->language != NULL ? gtk_source_language_get_name (self->language) : NULL;
}

/**
 * sonde_code_colours_get_extension:
 * @self: colours
 *
 * Returns: (transfer none): what the name of a file in that language ends with, without a dot
 */
const char *
sonde_code_colours_get_extension (SondeCodeColours *self)
{
  static const struct {
    const char *id;
    const char *extension;
  } known[] = {
    { "c", "c" },           { "c-sharp", "cs" },  { "cpp", "cpp" },     { "css", "css" },
    { "diff", "diff" },     { "go", "go" },       { "html", "html" },   { "java", "java" },
    { "js", "js" },         { "json", "json" },   { "kotlin", "kt" },   { "latex", "tex" },
    { "lua", "lua" },       { "markdown", "md" }, { "perl", "pl" },     { "php", "php" },
    { "python3", "py" },    { "r", "r" },         { "ruby", "rb" },     { "rust", "rs" },
    { "sh", "sh" },         { "sql", "sql" },     { "swift", "swift" }, { "toml", "toml" },
    { "typescript", "ts" }, { "xml", "xml" },     { "yaml", "yaml" },
  };

  g_return_val_if_fail (SONDE_IS_CODE_COLOURS (self), NULL);

  for (gsize i = 0; self->language != NULL && i < G_N_ELEMENTS (known); i++) {
    if (g_str_equal (known[i].id, gtk_source_language_get_id (self->language)))
      return known[i].extension;
  }

  return "txt";
}

/**
 * sonde_code_colours_paint:
 * @self: colours
 * @scheme: (nullable): by which of [func@code_scheme_list]
 * @before: (nullable): what stands before the code in the same program, ends with its line
 * @code: the code
 *
 * Returns: (transfer full) (nullable): the colours of @code in the present style, light or
 *   dark; %NULL where its language is not known
 */
PangoAttrList *
sonde_code_colours_paint (SondeCodeColours *self,
                          const char *scheme,
                          const char *before,
                          const char *code)
{
  g_autofree char *whole = NULL;
  GtkTextIter start;
  GtkTextIter end;

  g_return_val_if_fail (SONDE_IS_CODE_COLOURS (self), NULL);

  if (self->language == NULL)
    return NULL;

  ensure_buffer (self);
  gtk_source_buffer_set_style_scheme (
    self->buffer,
    sonde_code_scheme_find (scheme, adw_style_manager_get_dark (adw_style_manager_get_default ())));
  whole = before != NULL ? g_strconcat (before, "\n", code, NULL) : g_strdup (code);
  set_text (self, whole);
  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  gtk_source_buffer_ensure_highlight (self->buffer, &start, &end);

  return read_colours (self, strlen (whole) - strlen (code));
}
