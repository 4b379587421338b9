/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-print-operation.h"

#include <glib/gi18n.h>

#define SLICE 8000 /* µs for which the window may wait */

/* Margins are the layout's own, so that they do not depend on what a printer says. */
static void
begin_cb (GtkPrintOperation *operation, GtkPrintContext *context, SondePrintLayout *layout)
{
  PangoContext *text = gtk_print_context_create_pango_context (context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");

  pango_context_set_font_description (text, font);
  sonde_print_layout_begin (layout, text, gtk_print_context_get_width (context),
                            gtk_print_context_get_height (context));
  g_object_unref (text);
}

/* It is called again, from the main loop, until it says that it is done. */
static gboolean
paginate_cb (GtkPrintOperation *operation, GtkPrintContext *context, SondePrintLayout *layout)
{
  const gint64 end = g_get_monotonic_time () + SLICE;

  while (sonde_print_layout_step (layout)) {
    if (g_get_monotonic_time () >= end)
      return FALSE;
  }
  gtk_print_operation_set_n_pages (operation, (int) sonde_print_layout_get_n_pages (layout));

  return TRUE;
}

static void
draw_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, SondePrintLayout *layout)
{
  sonde_print_layout_draw_page (layout, gtk_print_context_get_cairo_context (context),
                                (guint) page);
}

/* The page of the dialog that is the program's; a portal's dialog has none. */
static GObject *
make_choices_cb (GtkPrintOperation *operation, SondePrintLayout *layout)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *check = gtk_check_button_new_with_mnemonic (_ ("Print the _reasoning, too"));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), sonde_print_layout_get_reasoning (layout));
  gtk_widget_set_sensitive (check, sonde_print_layout_has_reasoning (layout));
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), check);

  return G_OBJECT (box);
}

static void
apply_choices_cb (GtkPrintOperation *operation, GtkWidget *box, SondePrintLayout *layout)
{
  GtkWidget *check = gtk_widget_get_first_child (box);

  sonde_print_layout_set_reasoning (layout, gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
}

/**
 * sonde_print_operation_new:
 * @layout: a conversation
 *
 * Returns: (transfer full): what prints it, or writes it to a file, without stopping the window
 */
GtkPrintOperation *
sonde_print_operation_new (SondePrintLayout *layout)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();

  g_return_val_if_fail (SONDE_IS_PRINT_LAYOUT (layout), operation);

  gtk_print_operation_set_job_name (operation, sonde_print_layout_get_title (layout));
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_show_progress (operation, TRUE);
  gtk_print_operation_set_custom_tab_label (operation, _ ("Conversation"));
  g_signal_connect_object (operation, "begin-print", G_CALLBACK (begin_cb), layout,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (operation, "paginate", G_CALLBACK (paginate_cb), layout,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (operation, "draw-page", G_CALLBACK (draw_cb), layout, G_CONNECT_DEFAULT);
  g_signal_connect_object (operation, "create-custom-widget", G_CALLBACK (make_choices_cb), layout,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (operation, "custom-widget-apply", G_CALLBACK (apply_choices_cb), layout,
                           G_CONNECT_DEFAULT);
  g_object_set_data_full (G_OBJECT (operation), "layout", g_object_ref (layout), g_object_unref);

  return operation;
}
