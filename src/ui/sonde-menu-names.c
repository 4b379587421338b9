/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The items of menus have names. GTK 4.18 draws their labels and gives them no accessible
 * name, so a screen reader says "menu item" and no more. Their widget is GTK's own: it is known
 * by its role and asked for its text. */

#include "sonde-menu-names.h"

#include <gtk/gtk.h>

static gboolean
is_item (GtkWidget *widget)
{
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));

  return (role == GTK_ACCESSIBLE_ROLE_MENU_ITEM || role == GTK_ACCESSIBLE_ROLE_MENU_ITEM_CHECKBOX ||
          role == GTK_ACCESSIBLE_ROLE_MENU_ITEM_RADIO) &&
         g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "text") != NULL;
}

/* A label without the underline that marks its letter. */
static char *
strip_mnemonic (const char *label)
{
  GString *name = g_string_new (NULL);

  for (const char *c = label; *c != '\0'; c++) {
    if (*c == '_' && c[1] != '\0')
      c++;
    g_string_append_c (name, *c);
  }

  return g_string_free_and_steal (name);
}

static void
name_items (GtkWidget *widget)
{
  if (is_item (widget)) {
    g_autofree char *label = NULL;

    g_object_get (widget, "text", &label, NULL);
    if (label != NULL) {
      g_autofree char *name = strip_mnemonic (label);

      /* It is labelled by a label that assistive technology does not get to see. */
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
    }
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_items (child);
}

static gboolean
shown_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  GObject *shown = g_value_get_object (&values[0]);

  if (GTK_IS_POPOVER_MENU (shown))
    name_items (GTK_WIDGET (shown));

  return G_SOURCE_CONTINUE;
}

/**
 * sonde_menu_names_init:
 *
 * Names the items of every menu of this process when it opens. To be called once, after GTK
 * has been initialized.
 */
void
sonde_menu_names_init (void)
{
  /* The signal is there once its class is. */
  g_type_class_unref (g_type_class_ref (GTK_TYPE_WIDGET));
  g_signal_add_emission_hook (g_signal_lookup ("show", GTK_TYPE_WIDGET), 0, shown_cb, NULL, NULL);
}
