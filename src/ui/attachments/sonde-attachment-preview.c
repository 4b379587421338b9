/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is sent of a file, in a dialog. */

#include "sonde-attachment-preview.h"

#include <glib/gi18n.h>

#include "sonde-attachment-words.h"

#define WIDTH    720
#define HEIGHT   640
#define MAX_TEXT (512 * 1024) /* bytes: more would keep the window waiting */

static GtkWidget *
make_text (SondeAttachment *attachment, gboolean *whole)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start;
  gsize length;
  const char *text = sonde_attachment_get_text (attachment, &length);
  const char *end = text + length;

  *whole = length <= MAX_TEXT;
  if (!*whole)
    g_utf8_validate_len (text, MAX_TEXT, &end);
  gtk_text_buffer_set_text (buffer, text, (int) (end - text));
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 18);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 18);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 18);
  gtk_widget_add_css_class (view, "inline");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Text of the File"), -1);

  return view;
}

static GtkWidget *
make_image (SondeAttachment *attachment)
{
  g_autoptr (GdkTexture) texture =
    gdk_texture_new_from_bytes (sonde_attachment_get_content (attachment), NULL);
  GtkWidget *picture;

  if (texture == NULL)
    return g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "image-x-generic-symbolic", "title",
                         _ ("This Image Cannot Be Shown"), NULL);

  picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), sonde_attachment_get_name (attachment));
  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_SCALE_DOWN);

  return picture;
}

/**
 * sonde_attachment_preview_new:
 * @attachment: a file that is ready
 *
 * Returns: (transfer floating): a dialog that shows what is sent of it
 */
AdwDialog *
sonde_attachment_preview_new (SondeAttachment *attachment)
{
  gboolean whole = TRUE;
  GtkWidget *content = sonde_attachment_is_image (attachment) ? make_image (attachment)
                                                              : make_text (attachment, &whole);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  g_autofree char *caption = sonde_attachment_words_dup_caption (attachment);
  AdwDialog *dialog = adw_dialog_new ();

  adw_header_bar_set_title_widget (
    ADW_HEADER_BAR (header),
    adw_window_title_new (sonde_attachment_get_name (attachment), caption));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  if (!whole) {
    GtkWidget *banner = adw_banner_new (_ ("This is the beginning. All of the file is sent."));

    adw_banner_set_revealed (ADW_BANNER (banner), TRUE);
    adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), banner);
  }
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view),
                                g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", content,
                                              "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand",
                                              TRUE, NULL));
  adw_dialog_set_title (dialog, sonde_attachment_get_name (attachment));
  adw_dialog_set_content_width (dialog, WIDTH);
  adw_dialog_set_content_height (dialog, HEIGHT);
  adw_dialog_set_child (dialog, view);
  adw_dialog_set_focus (dialog, content);

  return dialog;
}
