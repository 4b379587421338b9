/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-attachment-bar.h"

#include <glib/gi18n.h>

#include "sonde-attachment-chip.h"

/**
 * SondeAttachmentBar:
 *
 * The files of a draft, which can be removed, or of a message, in their order and in as many
 * lines as they need.
 */
struct _SondeAttachmentBar {
  GtkWidget parent_instance;

  GtkWidget *box;
  GListStore *list;
  gboolean removable;
};

enum { EMPTIED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeAttachmentBar, sonde_attachment_bar, GTK_TYPE_WIDGET)

static GtkWidget *
get_chip (SondeAttachmentBar *self, guint position)
{
  GtkWidget *chip = gtk_widget_get_first_child (self->box);

  while (chip != NULL && position > 0) {
    chip = gtk_widget_get_next_sibling (chip);
    position--;
  }

  return chip;
}

/* The focus goes to the one that takes the place, or to the one before it. */
static void
remove_cb (SondeAttachmentBar *self, SondeAttachmentChip *chip)
{
  gboolean focused = gtk_widget_get_focus_child (self->box) == GTK_WIDGET (chip);
  GtkWidget *next;
  guint n, position;

  if (!g_list_store_find (self->list, sonde_attachment_chip_get_attachment (chip), &position))
    return;

  g_list_store_remove (self->list, position);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  next = n > 0 ? get_chip (self, MIN (position, n - 1)) : NULL;
  if (next == NULL)
    g_signal_emit (self, signals[EMPTIED], 0);
  else if (focused)
    gtk_widget_child_focus (next, GTK_DIR_TAB_FORWARD);
}

static void
items_changed_cb (SondeAttachmentBar *self, guint position, guint removed, guint added)
{
  GtkWidget *before;

  for (guint i = 0; i < removed; i++)
    adw_wrap_box_remove (ADW_WRAP_BOX (self->box), get_chip (self, position));
  before = position > 0 ? get_chip (self, position - 1) : NULL;
  for (guint i = 0; i < added; i++) {
    g_autoptr (SondeAttachment) attachment =
      g_list_model_get_item (G_LIST_MODEL (self->list), position + i);
    GtkWidget *chip = sonde_attachment_chip_new (attachment, self->removable);

    g_signal_connect_object (chip, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
    adw_wrap_box_insert_child_after (ADW_WRAP_BOX (self->box), chip, before);
    before = chip;
  }
  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->list != NULL &&
                            g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0);
}

static void
sonde_attachment_bar_dispose (GObject *object)
{
  SondeAttachmentBar *self = SONDE_ATTACHMENT_BAR (object);

  g_clear_object (&self->list);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (sonde_attachment_bar_parent_class)->dispose (object);
}

static void
sonde_attachment_bar_class_init (SondeAttachmentBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_attachment_bar_dispose;

  /**
   * SondeAttachmentBar::emptied:
   * @self: the bar
   *
   * The person has removed the last of the files, and with it what had the focus.
   */
  signals[EMPTIED] = g_signal_new ("emptied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "attachments");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sonde_attachment_bar_init (SondeAttachmentBar *self)
{
  self->removable = TRUE;
  self->box = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->box), 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Attachments"), -1);
}

/**
 * sonde_attachment_bar_new:
 *
 * Returns: (transfer floating): a bar without files
 */
GtkWidget *
sonde_attachment_bar_new (void)
{
  return g_object_new (SONDE_TYPE_ATTACHMENT_BAR, NULL);
}

/**
 * sonde_attachment_bar_new_for_message:
 * @attachments: (element-type SondeAttachment): the files of a message
 *
 * Returns: (transfer floating): a bar of files that stay
 */
GtkWidget *
sonde_attachment_bar_new_for_message (GPtrArray *attachments)
{
  g_autoptr (GListStore) list = g_list_store_new (SONDE_TYPE_ATTACHMENT);
  SondeAttachmentBar *self = g_object_new (SONDE_TYPE_ATTACHMENT_BAR, NULL);

  self->removable = FALSE;
  adw_wrap_box_set_align (ADW_WRAP_BOX (self->box), 1);
  g_list_store_splice (list, 0, 0, attachments->pdata, attachments->len);
  sonde_attachment_bar_set_list (self, list);

  return GTK_WIDGET (self);
}

/**
 * sonde_attachment_bar_set_list:
 * @self: a bar
 * @list: (nullable): a list of SondeAttachment
 *
 * Shows the files of the list, and follows it.
 */
void
sonde_attachment_bar_set_list (SondeAttachmentBar *self, GListStore *list)
{
  guint n_before = 0;

  g_return_if_fail (SONDE_IS_ATTACHMENT_BAR (self));

  if (self->list == list)
    return;

  if (self->list != NULL) {
    n_before = g_list_model_get_n_items (G_LIST_MODEL (self->list));
    g_signal_handlers_disconnect_by_func (self->list, items_changed_cb, self);
  }
  g_set_object (&self->list, list);
  if (list != NULL)
    g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), self,
                             G_CONNECT_SWAPPED);
  items_changed_cb (self, 0, n_before,
                    list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (list)) : 0);
}
