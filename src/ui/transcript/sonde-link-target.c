/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-link-target.h"

#include "sonde-link.h"
#include "sonde-text-link.h"

/**
 * SondeLinkTarget:
 *
 * Says where the link leads that has the keyboard; with the mouse it is a tooltip that does.
 * Assistive technology has it as the link's description.
 */
struct _SondeLinkTarget {
  GtkWidget parent_instance;

  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (SondeLinkTarget, sonde_link_target, GTK_TYPE_WIDGET)

static void
update (SondeLinkTarget *self, GtkWidget *focus)
{
  const char *target = SONDE_IS_TEXT_LINK (focus) &&
                           gtk_window_get_focus_visible (GTK_WINDOW (gtk_widget_get_root (focus)))
                         ? sonde_text_link_get_target (SONDE_TEXT_LINK (focus))
                         : NULL;
  g_autofree char *shown = target != NULL ? sonde_link_dup_shown (target) : NULL;

  gtk_label_set_label (GTK_LABEL (self->label), shown != NULL ? shown : "");
  gtk_widget_set_visible (GTK_WIDGET (self), shown != NULL);
}

static void
notify_focus_cb (SondeLinkTarget *self, GParamSpec *pspec, GtkWindow *window)
{
  update (self, gtk_window_get_focus (window));
}

static void
sonde_link_target_root (GtkWidget *widget)
{
  GtkRoot *root;

  GTK_WIDGET_CLASS (sonde_link_target_parent_class)->root (widget);

  root = gtk_widget_get_root (widget);
  if (!GTK_IS_WINDOW (root))
    return;
  g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (notify_focus_cb), widget,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (root, "notify::focus-visible", G_CALLBACK (notify_focus_cb), widget,
                           G_CONNECT_SWAPPED);
}

static void
sonde_link_target_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), notify_focus_cb, widget);

  GTK_WIDGET_CLASS (sonde_link_target_parent_class)->unroot (widget);
}

static void
sonde_link_target_dispose (GObject *object)
{
  g_clear_pointer (&SONDE_LINK_TARGET (object)->label, gtk_widget_unparent);

  G_OBJECT_CLASS (sonde_link_target_parent_class)->dispose (object);
}

static void
sonde_link_target_class_init (SondeLinkTargetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_link_target_dispose;
  widget_class->root = sonde_link_target_root;
  widget_class->unroot = sonde_link_target_unroot;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "linktarget");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
sonde_link_target_init (SondeLinkTarget *self)
{
  self->label = g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}
