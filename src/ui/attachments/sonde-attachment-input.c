/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The ways by which files come to a draft: a dialog, the clipboard, and dropping. */

#include "sonde-attachment-input.h"

#include <glib/gi18n.h>

#include "sonde-attachment-reader.h"

static void
add_texture (GListStore *list, GdkTexture *texture)
{
  g_autoptr (GBytes) png = gdk_texture_save_to_png_bytes (texture);

  /* Translators: what an image is called that was copied and is in no file */
  sonde_attachment_add_image (list, _ ("Image.png"), png);
}

/**
 * sonde_attachment_input_take:
 * @list: the list of SondeAttachment that is added to
 * @value: what was dropped or pasted: files or an image
 *
 * Returns: whether it was something to attach
 */
gboolean
sonde_attachment_input_take (GListStore *list, const GValue *value)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST)) {
    for (GSList *file = g_value_get_boxed (value); file != NULL; file = file->next)
      sonde_attachment_add_file (list, file->data);
    return TRUE;
  }
  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE)) {
    add_texture (list, g_value_get_object (value));
    return TRUE;
  }

  return FALSE;
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GListStore) list = user_data;
  g_autoptr (GListModel) files =
    gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, NULL);

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++) {
    g_autoptr (GFile) file = g_list_model_get_item (files, i);

    sonde_attachment_add_file (list, file);
  }
}

/**
 * sonde_attachment_input_choose:
 * @parent: a widget of the window
 * @list: the list of SondeAttachment that is added to
 *
 * Lets the person choose files.
 */
void
sonde_attachment_input_choose (GtkWidget *parent, GListStore *list)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Attach Files"));
  gtk_file_dialog_set_accept_label (dialog, _ ("_Attach"));
  gtk_file_dialog_open_multiple (dialog, GTK_WINDOW (gtk_widget_get_root (parent)), NULL, chosen_cb,
                                 g_object_ref (list));
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GListStore) list = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value != NULL)
    sonde_attachment_input_take (list, value);
}

/**
 * sonde_attachment_input_paste:
 * @widget: where somebody pastes
 * @list: the list of SondeAttachment that is added to
 *
 * Takes files from the clipboard, or an image that does not come with a text: what programs
 * copy out of a text is often both.
 *
 * Returns: whether there was something to attach
 */
gboolean
sonde_attachment_input_paste (GtkWidget *widget, GListStore *list)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  GType type = GDK_TYPE_FILE_LIST;

  if (!gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST)) {
    if (!gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) ||
        gdk_content_formats_contain_gtype (formats, G_TYPE_STRING))
      return FALSE;
    type = GDK_TYPE_TEXTURE;
  }
  gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, NULL, pasted_cb,
                                  g_object_ref (list));

  return TRUE;
}

/**
 * sonde_attachment_input_new_drop_target:
 *
 * Returns: (transfer full): a controller that takes what [func@attachment_input_take] takes
 */
GtkDropTarget *
sonde_attachment_input_new_drop_target (void)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));

  return target;
}
