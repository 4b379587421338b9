/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-stop-list.h"

#include <glib/gi18n.h>

#include "sonde-parameter.h"

/**
 * SondeStopList:
 *
 * One entry for each text, and a row that adds one. Line breaks and tabs are written `\n` and
 * `\t`. A text that is left empty goes with the keyboard.
 */
struct _SondeStopList {
  AdwBin parent_instance;

  GtkListBox *list;
  GtkWidget *add;
  gboolean updating;
};

enum { EDITED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeStopList, sonde_stop_list, ADW_TYPE_BIN)

static GtkListBoxRow *
get_row (SondeStopList *self, int position)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, position);

  return GTK_WIDGET (row) != self->add ? row : NULL;
}

static int
count (SondeStopList *self)
{
  int n = 0;

  while (get_row (self, n) != NULL)
    n++;

  return n;
}

static void
edited (SondeStopList *self)
{
  gtk_widget_set_visible (self->add, count (self) < SONDE_MAX_STOPS);
  if (!self->updating)
    g_signal_emit (self, signals[EDITED], 0);
}

static void
remove_cb (GtkWidget *button, gpointer user_data)
{
  SondeStopList *self = user_data;
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ENTRY_ROW);

  gtk_widget_grab_focus (self->add);
  gtk_list_box_remove (self->list, row);
  edited (self);
}

static AdwEntryRow *
add_row (SondeStopList *self, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("edit-delete-symbolic");
  g_autofree char *escaped = sonde_stop_list_escape (text);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Stop Before"));
  gtk_editable_set_text (GTK_EDITABLE (row), escaped);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _ ("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove Stop Sequence"), -1);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), remove);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (row, "changed", G_CALLBACK (edited), self, G_CONNECT_SWAPPED);
  gtk_list_box_insert (self->list, row, count (self));

  return ADW_ENTRY_ROW (row);
}

static void
add_cb (SondeStopList *self)
{
  AdwEntryRow *row = add_row (self, "");

  gtk_widget_grab_focus (GTK_WIDGET (row));
  edited (self);
}

static void
sonde_stop_list_class_init (SondeStopListClass *klass)
{
  /**
   * SondeStopList::edited:
   * @self: the list
   *
   * Somebody changed a text, added or removed one.
   */
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
sonde_stop_list_init (SondeStopList *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Stop Sequences"), -1);
  self->add = adw_button_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->add), _ ("Add Stop Sequence"));
  adw_button_row_set_start_icon_name (ADW_BUTTON_ROW (self->add), "list-add-symbolic");
  g_signal_connect_swapped (self->add, "activated", G_CALLBACK (add_cb), self);
  gtk_list_box_append (self->list, self->add);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

/**
 * sonde_stop_list_new:
 *
 * Returns: (transfer floating): a list without texts
 */
GtkWidget *
sonde_stop_list_new (void)
{
  return g_object_new (SONDE_TYPE_STOP_LIST, NULL);
}

/**
 * sonde_stop_list_get_texts:
 * @self: a list
 *
 * Returns: (transfer full): the texts, as they are sent; none is empty
 */
GStrv
sonde_stop_list_get_texts (SondeStopList *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GtkListBoxRow *row;

  g_return_val_if_fail (SONDE_IS_STOP_LIST (self), NULL);

  for (int i = 0; (row = get_row (self, i)) != NULL; i++) {
    const char *text = gtk_editable_get_text (GTK_EDITABLE (row));

    if (*text != '\0')
      g_strv_builder_take (builder, sonde_stop_list_unescape (text));
  }

  return g_strv_builder_end (builder);
}

/**
 * sonde_stop_list_set_texts:
 * @self: a list
 * @texts: (array zero-terminated=1): the texts
 *
 * Rows that say the same already are left alone, also what is being typed in them.
 */
void
sonde_stop_list_set_texts (SondeStopList *self, const char *const *texts)
{
  g_auto (GStrv) shown = sonde_stop_list_get_texts (self);
  GtkListBoxRow *row;

  g_return_if_fail (SONDE_IS_STOP_LIST (self));

  if (g_strv_equal ((const char *const *) shown, texts))
    return;

  self->updating = TRUE;
  while ((row = get_row (self, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; texts[i] != NULL; i++)
    add_row (self, texts[i]);
  edited (self);
  self->updating = FALSE;
}

/**
 * sonde_stop_list_escape:
 * @text: a text
 *
 * Returns: (transfer full): @text in one line
 */
char *
sonde_stop_list_escape (const char *text)
{
  GString *escaped = g_string_new (NULL);

  for (; *text != '\0'; text++) {
    if (*text == '\n')
      g_string_append (escaped, "\\n");
    else if (*text == '\t')
      g_string_append (escaped, "\\t");
    else if (*text == '\\')
      g_string_append (escaped, "\\\\");
    else
      g_string_append_c (escaped, *text);
  }

  return g_string_free_and_steal (escaped);
}

/**
 * sonde_stop_list_unescape:
 * @text: what somebody typed
 *
 * Returns: (transfer full): what is meant
 */
char *
sonde_stop_list_unescape (const char *text)
{
  GString *meant = g_string_new (NULL);

  for (; *text != '\0'; text++) {
    if (text[0] == '\\' && (text[1] == 'n' || text[1] == 't' || text[1] == '\\')) {
      text++;
      g_string_append_c (meant, *text == 'n' ? '\n' : *text == 't' ? '\t' : '\\');
    } else {
      g_string_append_c (meant, *text);
    }
  }

  return g_string_free_and_steal (meant);
}
