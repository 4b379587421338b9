/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-code-block.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "sonde-code-colours.h"
#include "sonde-document.h"
#include "sonde-side-scroller.h"
#include "sonde-text-block.h"
#include "sonde-transcript.h"

#define CODE_LINE 1.55 /* from line to line, as a part of the font's size */

/**
 * SondeCodeBlock:
 *
 * Code on a ground of its own, coloured, with its language and buttons that copy it,
 * save it and break its lines. Long lines scroll sideways.
 *
 * Very long code comes in several blocks from the markdown room, so that only what
 * is near the eye is laid out, and a line more at its end costs one of them.
 */
struct _SondeCodeBlock {
  GtkWidget parent_instance;

  GtkWidget *header;
  GtkLabel *language;
  GtkWidget *scroller;
  SondeTextBlock *text;
  GtkToggleButton *wrap;
  SondeCodeColours *colours;
  char *before;              /* what stands before it in the same program, or NULL */
  SondeMarkdownBlock *block; /* that is shown */
  GWeakRef transcript;       /* while it is in one */
};

G_DEFINE_FINAL_TYPE (SondeCodeBlock, sonde_code_block, GTK_TYPE_WIDGET)

static SondeDocument *
find_document (SondeCodeBlock *self)
{
  GtkWidget *document = gtk_widget_get_ancestor (GTK_WIDGET (self), SONDE_TYPE_DOCUMENT);

  return document != NULL ? SONDE_DOCUMENT (document) : NULL;
}

static char *
dup_code (SondeCodeBlock *self)
{
  SondeDocument *document = find_document (self);

  return document != NULL ? sonde_document_dup_code (document, self->block)
                          : g_strdup (sonde_text_block_get_text (self->text));
}

static void
copy_cb (SondeCodeBlock *self)
{
  g_autofree char *code = dup_code (self);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.copy-text", "s", code);
}

/* --- saving ------------------------------------------------------------------- */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  g_autoptr (GError) error = NULL;
  AdwDialog *dialog;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    return;

  dialog = adw_alert_dialog_new (_ ("Could Not Save the Code"), error->message);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, window);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GBytes) bytes = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  GtkWidget *window = g_object_get_data (source, "window");

  if (file != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                         written_cb, g_object_ref (window));
}

static void
save_cb (SondeCodeBlock *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = NULL;
  char *code = dup_code (self);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  gsize length = strlen (code);

  /* A file ends with a line. */
  if (length > 0 && code[length - 1] != '\n') {
    char *ended = g_strconcat (code, "\n", NULL);

    g_free (code);
    code = ended;
    length++;
  }
  name = g_strdup_printf ("%s.%s", _ ("code"), sonde_code_colours_get_extension (self->colours));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_set_title (dialog, _ ("Save Code"));
  g_object_set_data_full (G_OBJECT (dialog), "window", g_object_ref (window), g_object_unref);
  gtk_file_dialog_save (dialog, window, NULL, chosen_cb, g_bytes_new_take (code, length));
}

/* --- lines and colours ---------------------------------------------------------- */

static void
wrap_cb (SondeCodeBlock *self)
{
  gboolean wraps = gtk_toggle_button_get_active (self->wrap);
  SondeDocument *document = find_document (self);

  sonde_text_block_set_wraps (self->text, wraps);
  /* The rest of the same code may be in other blocks, and out of sight. */
  if (document != NULL)
    sonde_document_set_wraps (document, self->block, wraps);
}

/* Spaces take the font of what is behind them, and that of other scripts may have no fixed width:
 * what stands before them in a line is laid out by itself, so that an indent is one. */
static void
part_indents (PangoAttrList *attributes, const char *text)
{
  const char *line = text;

  while (*line != '\0') {
    const char *end = line + strspn (line, " ");

    if (end > line && (guchar) *end >= 0x80) {
      PangoAttribute *attribute = pango_attr_letter_spacing_new (0);

      attribute->start_index = (guint) (line - text);
      attribute->end_index = (guint) (end - text);
      pango_attr_list_insert (attributes, attribute);
    }
    line = end + strcspn (end, "\n");
    line += *line == '\n';
  }
}

static void
update_colours (SondeCodeBlock *self)
{
  g_autoptr (SondeTranscript) transcript = g_weak_ref_get (&self->transcript);
  const char *scheme = transcript != NULL ? sonde_transcript_get_code_scheme (transcript) : NULL;
  const char *text = sonde_text_block_get_text (self->text);
  g_autoptr (PangoAttrList) colours =
    sonde_code_colours_paint (self->colours, scheme, self->before, text);

  if (colours == NULL)
    colours = pango_attr_list_new ();
  part_indents (colours, text);
  sonde_text_block_set_colours (self->text, colours);
}

/* The scheme is the transcript's, which is known only when the block is in it. */
static void
sonde_code_block_root (GtkWidget *widget)
{
  SondeCodeBlock *self = SONDE_CODE_BLOCK (widget);
  GtkWidget *transcript = gtk_widget_get_ancestor (widget, SONDE_TYPE_TRANSCRIPT);

  GTK_WIDGET_CLASS (sonde_code_block_parent_class)->root (widget);

  if (transcript == NULL)
    return;
  g_weak_ref_set (&self->transcript, transcript);
  g_signal_connect_object (transcript, "notify::code-scheme", G_CALLBACK (update_colours), self,
                           G_CONNECT_SWAPPED);
  if (self->block != NULL && *sonde_transcript_get_code_scheme (SONDE_TRANSCRIPT (transcript)))
    update_colours (self);
}

static void
sonde_code_block_unroot (GtkWidget *widget)
{
  SondeCodeBlock *self = SONDE_CODE_BLOCK (widget);
  g_autoptr (SondeTranscript) transcript = g_weak_ref_get (&self->transcript);

  if (transcript != NULL)
    g_signal_handlers_disconnect_by_func (transcript, update_colours, self);
  g_weak_ref_set (&self->transcript, NULL);

  GTK_WIDGET_CLASS (sonde_code_block_parent_class)->unroot (widget);
}

static void
sonde_code_block_dispose (GObject *object)
{
  SondeCodeBlock *self = SONDE_CODE_BLOCK (object);

  g_clear_pointer (&self->block, sonde_markdown_block_unref);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_CODE_BLOCK);

  G_OBJECT_CLASS (sonde_code_block_parent_class)->dispose (object);
}

static void
sonde_code_block_finalize (GObject *object)
{
  SondeCodeBlock *self = SONDE_CODE_BLOCK (object);

  g_weak_ref_clear (&self->transcript);
  g_object_unref (self->colours);
  g_free (self->before);

  G_OBJECT_CLASS (sonde_code_block_parent_class)->finalize (object);
}

static void
sonde_code_block_class_init (SondeCodeBlockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_code_block_dispose;
  object_class->finalize = sonde_code_block_finalize;
  widget_class->root = sonde_code_block_root;
  widget_class->unroot = sonde_code_block_unroot;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/transcript/sonde-code-block.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeCodeBlock, header);
  gtk_widget_class_bind_template_child (widget_class, SondeCodeBlock, language);
  gtk_widget_class_bind_template_child (widget_class, SondeCodeBlock, wrap);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, wrap_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "codeblock");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sonde_code_block_init (SondeCodeBlock *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_weak_ref_init (&self->transcript, NULL);
  self->colours = sonde_code_colours_new ();
  self->text = SONDE_TEXT_BLOCK (sonde_text_block_new (GTK_ACCESSIBLE_ROLE_PARAGRAPH));
  sonde_text_block_set_line_height (self->text, CODE_LINE);
  sonde_text_block_set_wraps (self->text, FALSE);
  sonde_text_block_set_code (self->text);
  gtk_widget_add_css_class (GTK_WIDGET (self->text), "code");
  self->scroller = sonde_side_scroller_new (GTK_WIDGET (self->text), FALSE);
  /* Code is read from the left in every language. */
  gtk_widget_set_direction (self->scroller, GTK_TEXT_DIR_LTR);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (update_colours), self, G_CONNECT_SWAPPED);
}

/**
 * sonde_code_block_new:
 *
 * Returns: (transfer floating): an empty code block
 */
GtkWidget *
sonde_code_block_new (void)
{
  return g_object_new (SONDE_TYPE_CODE_BLOCK, NULL);
}

/**
 * sonde_code_block_set_block:
 * @self: a code block
 * @block: code, or mathematics on lines of its own, which is shown as its source
 * @before: (nullable): the block before it
 */
void
sonde_code_block_set_block (SondeCodeBlock *self,
                            const SondeMarkdownBlock *block,
                            const SondeMarkdownBlock *before)
{
  const char *name = _ ("Code");
  g_autofree char *description = NULL;
  gboolean named = FALSE;

  g_return_if_fail (SONDE_IS_CODE_BLOCK (self));

  sonde_code_colours_set_language (self->colours,
                                   block->kind == SONDE_MARKDOWN_MATH ? "latex" : block->language);
  if (block->kind == SONDE_MARKDOWN_MATH) {
    name = _ ("Formula");
  } else if (block->language != NULL && *block->language != '\0') {
    const char *known = sonde_code_colours_get_language_name (self->colours);

    name = known != NULL ? known : block->language;
    named = TRUE;
  }
  gtk_label_set_label (self->language, name);
  if (named)
    /* Translators: a block of code in that language, to assistive technology */
    description = g_strdup_printf (_ ("Code, %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  named ? description : name, -1);
  gtk_widget_set_visible (self->header, !block->continues);
  if (block->continues)
    gtk_widget_add_css_class (GTK_WIDGET (self), "continues");

  g_clear_pointer (&self->block, sonde_markdown_block_unref);
  self->block = sonde_markdown_block_ref ((SondeMarkdownBlock *) block);
  /* What a piece means depends on what is before it: a comment may have begun there. */
  g_set_str (&self->before, block->continues && before != NULL ? before->text.text : NULL);
  sonde_text_block_set_text (self->text, &block->text);
  update_colours (self);
}

/**
 * sonde_code_block_set_wraps:
 * @self: a code block
 * @wraps: whether long lines are broken
 */
void
sonde_code_block_set_wraps (SondeCodeBlock *self, gboolean wraps)
{
  g_return_if_fail (SONDE_IS_CODE_BLOCK (self));

  sonde_text_block_set_wraps (self->text, wraps);
  gtk_toggle_button_set_active (self->wrap, wraps);
}

/**
 * sonde_code_block_set_place:
 * @self: a code block
 * @place: where it is in the transcript
 */
void
sonde_code_block_set_place (SondeCodeBlock *self, const SondeTranscriptPosition *place)
{
  g_return_if_fail (SONDE_IS_CODE_BLOCK (self));

  sonde_text_block_set_place (self->text, place);
}

/**
 * sonde_code_block_set_piece:
 * @self: a code block
 * @shared: (nullable): where the blocks of the same code are scrolled to, or %NULL where it
 *   is the only one
 * @continued: whether the next block goes on with the same code
 *
 * Very long code comes in several blocks. They look like one, move as one and are copied as one.
 */
void
sonde_code_block_set_piece (SondeCodeBlock *self, SondeSideways *shared, gboolean continued)
{
  g_return_if_fail (SONDE_IS_CODE_BLOCK (self));

  sonde_side_scroller_set_piece (SONDE_SIDE_SCROLLER (self->scroller), shared, !continued);
  if (continued)
    gtk_widget_add_css_class (GTK_WIDGET (self), "continued");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "continued");
}
