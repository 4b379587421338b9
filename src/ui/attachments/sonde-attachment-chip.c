/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-attachment-chip.h"

#include <glib/gi18n.h>

#include "sonde-attachment-preview.h"
#include "sonde-attachment-words.h"

/**
 * SondeAttachmentChip:
 *
 * A file that goes with a question: what it is called, how large it is and about how many
 * tokens it makes, or why it could not be read. It opens what is sent of it; where it can be
 * removed, its button and the Delete key do so.
 */
struct _SondeAttachmentChip {
  GtkWidget parent_instance;

  GtkWidget *open;
  GtkStack *stack;
  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *caption;
  GtkWidget *remove;

  SondeAttachment *attachment;
};

enum { REMOVE, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeAttachmentChip, sonde_attachment_chip, GTK_TYPE_WIDGET)

static const char *
get_icon_name (SondeAttachment *attachment)
{
  const char *media_type = sonde_attachment_get_media_type (attachment);

  if (sonde_attachment_get_state (attachment) == SONDE_ATTACHMENT_FAILED)
    return "dialog-warning-symbolic";
  if (sonde_attachment_is_image (attachment))
    return "image-x-generic-symbolic";
  if (media_type != NULL && g_str_has_prefix (media_type, "application/"))
    return "x-office-document-symbolic";

  return "text-x-generic-symbolic";
}

static void
update (SondeAttachmentChip *self)
{
  SondeAttachmentState state = sonde_attachment_get_state (self->attachment);
  g_autofree char *caption = sonde_attachment_words_dup_caption (self->attachment);

  gtk_image_set_from_icon_name (self->icon, get_icon_name (self->attachment));
  gtk_stack_set_visible_child_name (self->stack,
                                    state == SONDE_ATTACHMENT_LOADING ? "reading" : "icon");
  gtk_label_set_label (self->caption, caption);
  if (state == SONDE_ATTACHMENT_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (self), "failed");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  caption, -1);
  if (state == SONDE_ATTACHMENT_FAILED)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), caption,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
open_cb (SondeAttachmentChip *self)
{
  if (sonde_attachment_get_state (self->attachment) == SONDE_ATTACHMENT_READY)
    adw_dialog_present (sonde_attachment_preview_new (self->attachment), GTK_WIDGET (self));
}

static void
remove_cb (SondeAttachmentChip *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static gboolean
key_pressed_cb (SondeAttachmentChip *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (!gtk_widget_get_visible (self->remove) ||
      (keyval != GDK_KEY_Delete && keyval != GDK_KEY_KP_Delete && keyval != GDK_KEY_BackSpace))
    return GDK_EVENT_PROPAGATE;

  remove_cb (self);

  return GDK_EVENT_STOP;
}

static void
sonde_attachment_chip_dispose (GObject *object)
{
  g_clear_object (&SONDE_ATTACHMENT_CHIP (object)->attachment);
  gtk_widget_dispose_template (GTK_WIDGET (object), SONDE_TYPE_ATTACHMENT_CHIP);

  G_OBJECT_CLASS (sonde_attachment_chip_parent_class)->dispose (object);
}

static void
sonde_attachment_chip_class_init (SondeAttachmentChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_attachment_chip_dispose;

  /**
   * SondeAttachmentChip::remove:
   * @self: the chip
   *
   * The person does not want the file any more.
   */
  signals[REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "attachment");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/attachments/sonde-attachment-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeAttachmentChip, caption);
  gtk_widget_class_bind_template_child (widget_class, SondeAttachmentChip, icon);
  gtk_widget_class_bind_template_child (widget_class, SondeAttachmentChip, name);
  gtk_widget_class_bind_template_child (widget_class, SondeAttachmentChip, open);
  gtk_widget_class_bind_template_child (widget_class, SondeAttachmentChip, remove);
  gtk_widget_class_bind_template_child (widget_class, SondeAttachmentChip, stack);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
sonde_attachment_chip_init (SondeAttachmentChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sonde_attachment_chip_new:
 * @attachment: a file
 * @removable: whether the person may take it away
 *
 * Returns: (transfer floating): a chip
 */
GtkWidget *
sonde_attachment_chip_new (SondeAttachment *attachment, gboolean removable)
{
  SondeAttachmentChip *self = g_object_new (SONDE_TYPE_ATTACHMENT_CHIP, NULL);
  const char *name = sonde_attachment_get_name (attachment);
  /* Translators: %s is the name of a file that is attached */
  g_autofree char *remove = g_strdup_printf (_ ("Remove %s"), name);

  self->attachment = g_object_ref (attachment);
  gtk_label_set_label (self->name, name);
  gtk_widget_set_tooltip_text (self->open, name);
  gtk_widget_set_tooltip_text (self->remove, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  remove, -1);
  gtk_widget_set_visible (self->remove, removable);
  update (self);
  g_signal_connect_object (attachment, "notify::state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * sonde_attachment_chip_get_attachment:
 * @self: a chip
 *
 * Returns: (transfer none): its file
 */
SondeAttachment *
sonde_attachment_chip_get_attachment (SondeAttachmentChip *self)
{
  g_return_val_if_fail (SONDE_IS_ATTACHMENT_CHIP (self), NULL);

  return self->attachment;
}
