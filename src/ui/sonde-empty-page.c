/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-empty-page.h"

#include <glib/gi18n.h>

/**
 * SondeEmptyPage:
 *
 * A greeting and a few questions to begin with.
 */
struct _SondeEmptyPage {
  AdwBin parent_instance;

  AdwWrapBox *starters;
};

enum { STARTER, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeEmptyPage, sonde_empty_page, ADW_TYPE_BIN)

static const struct {
  const char *label;
  const char *question;
} starters[] = {
  { N_ ("Prove something"), N_ ("Prove that the square root of 2 is irrational.") },
  { N_ ("Explain an idea"), N_ ("Explain public-key cryptography to a curious twelve-year-old.") },
  { N_ ("Write some code"),
    N_ ("Write a Python function that merges overlapping intervals, with tests.") },
  { N_ ("Compare options"),
    N_ ("Compare SQLite and PostgreSQL for a small web shop. Answer with a table.") },
};

static void
clicked_cb (SondeEmptyPage *self, GtkButton *button)
{
  g_signal_emit (self, signals[STARTER], 0, g_object_get_data (G_OBJECT (button), "question"));
}

static void
sonde_empty_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SONDE_TYPE_EMPTY_PAGE);

  G_OBJECT_CLASS (sonde_empty_page_parent_class)->dispose (object);
}

static void
sonde_empty_page_class_init (SondeEmptyPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_empty_page_dispose;

  /**
   * SondeEmptyPage::starter:
   * @self: the page
   * @question: the question
   *
   * Somebody picked a question to begin with.
   */
  signals[STARTER] = g_signal_new ("starter", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/sondechat/Sonde/sonde-empty-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeEmptyPage, starters);
}

static void
sonde_empty_page_init (SondeEmptyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (gsize i = 0; i < G_N_ELEMENTS (starters); i++) {
    GtkWidget *button = gtk_button_new_with_label (_ (starters[i].label));

    gtk_widget_add_css_class (button, "pill");
    gtk_widget_add_css_class (button, "starter");
    gtk_widget_set_tooltip_text (button, _ (starters[i].question));
    g_object_set_data (G_OBJECT (button), "question", (gpointer) _ (starters[i].question));
    g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
    adw_wrap_box_append (self->starters, button);
  }
}
