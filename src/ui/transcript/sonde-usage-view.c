/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* All that is known of what an answer used, and what it cost. */

#include "sonde-usage-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sonde-cost.h"
#include "sonde-model-info.h"

#define NOTE_CHARS 34

static void
add_row (GtkGrid *grid, int *row, const char *title, const char *value, gboolean part)
{
  GtkWidget *title_label = gtk_label_new (title);
  GtkWidget *value_label = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (title_label), 0);
  gtk_widget_add_css_class (title_label, "dimmed");
  if (part)
    gtk_widget_set_margin_start (title_label, 12);
  gtk_label_set_xalign (GTK_LABEL (value_label), 1);
  gtk_label_set_selectable (GTK_LABEL (value_label), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (value_label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (value_label), NOTE_CHARS / 2);
  gtk_widget_set_tooltip_text (value_label, value);
  gtk_widget_set_hexpand (value_label, TRUE);
  gtk_widget_add_css_class (value_label, "numeric");
  gtk_grid_attach (grid, title_label, 0, *row, 1, 1);
  gtk_grid_attach (grid, value_label, 1, *row, 1, 1);
  (*row)++;
}

static void
add_count (GtkGrid *grid, int *row, const char *title, gint64 count, gboolean part)
{
  g_autofree char *value = NULL;

  if (count < 0)
    return;
  value = g_strdup_printf ("%'" G_GINT64_FORMAT, count);
  add_row (grid, row, title, value, part);
}

static void
add_tokens (GtkGrid *grid, int *row, const SondeUsage *usage)
{
  add_count (grid, row, _ ("Request"), usage->prompt_tokens, FALSE);
  add_count (grid, row, _ ("From the cache"), usage->cache_hit_tokens, TRUE);
  add_count (grid, row, _ ("Not in the cache"), usage->cache_miss_tokens, TRUE);
  add_count (grid, row, _ ("Reasoning and answer"), usage->completion_tokens, FALSE);
  add_count (grid, row, _ ("Reasoning"), usage->reasoning_tokens, TRUE);
  if (usage->reasoning_tokens >= 0)
    add_count (grid, row, _ ("Answer"), sonde_usage_get_answer_tokens (usage), TRUE);
}

static void
add_times (GtkGrid *grid, int *row, const SondeUsage *usage, const SondeMessageDetails *details)
{
  gint64 streamed = details->duration - details->first_token_delay;

  if (details->first_token_delay >= 0) {
    /* Translators: a time in seconds */
    g_autofree char *value =
      g_strdup_printf (_ ("%.1f s"), (double) details->first_token_delay / 1000);

    add_row (grid, row, _ ("Time to first token"), value, FALSE);
  }
  if (details->first_token_delay >= 0 && streamed > 0 && usage->completion_tokens > 0) {
    g_autofree char *value =
      g_strdup_printf ("%.1f", (double) usage->completion_tokens * 1000 / (double) streamed);

    add_row (grid, row, _ ("Tokens per second"), value, FALSE);
  }
}

static void
add_note (GtkBox *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), NOTE_CHARS);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_box_append (box, label);
}

static char *
format_rate (double rate)
{
  g_autofree char *text = sonde_cost_to_string (llround (rate * 1e12), -1);

  return sonde_cost_localize (text);
}

/* The rates that were kept with it. */
static char *
format_rates (const SondeMessageDetails *details)
{
  g_autofree char *hit = format_rate (details->rates.hit);
  g_autofree char *miss = format_rate (details->rates.miss);
  g_autofree char *output = format_rate (details->rates.output);

  /* Translators: what a million tokens cost. %1$s is a currency; the others are amounts. */
  return g_strdup_printf (_ ("Estimated at %1$s %2$s from the cache, %3$s not in it and %4$s for "
                             "the answer, each for a million tokens"),
                          details->currency, hit, miss, output);
}

/**
 * sonde_usage_view_new:
 * @message: an answer with usage
 *
 * Returns: (transfer floating): a table of what it used, as it is now
 */
GtkWidget *
sonde_usage_view_new (SondeMessage *message)
{
  const SondeUsage *usage = sonde_message_get_usage (message);
  const SondeMessageDetails *details = sonde_message_get_details (message);
  g_autoptr (SondeModelInfo) model = NULL;
  g_autofree char *cost = sonde_usage_view_format_cost (message);
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  int row = 0;

  g_return_val_if_fail (usage != NULL, NULL);

  gtk_grid_set_column_spacing (grid, 18);
  gtk_grid_set_row_spacing (grid, 4);
  gtk_box_append (box, GTK_WIDGET (grid));
  gtk_widget_add_css_class (GTK_WIDGET (box), "usage-view");
  if (cost != NULL) {
    /* Translators: “about” and an amount */
    g_autofree char *about = g_strdup_printf (_ ("≈ %s"), cost);

    add_row (grid, &row, _ ("Cost"), about, FALSE);
  }
  add_tokens (grid, &row, usage);
  if (details != NULL)
    add_times (grid, &row, usage, details);
  if (sonde_message_get_model_id (message) != NULL) {
    model = sonde_model_info_new_builtin (sonde_message_get_model_id (message));
    add_row (grid, &row, _ ("Model"), sonde_model_info_get_display_name (model), FALSE);
  }
  if (details != NULL && details->system_fingerprint != NULL)
    add_row (grid, &row, _ ("Fingerprint"), details->system_fingerprint, FALSE);
  if (sonde_message_get_finish_reason (message) != NULL)
    add_row (grid, &row, _ ("Ended with"), sonde_message_get_finish_reason (message), FALSE);

  if (!sonde_usage_is_consistent (usage))
    add_note (box, _ ("The figures of the service contradict each other"));
  if (cost != NULL) {
    g_autofree char *rates = format_rates (details);

    add_note (box, rates);
  }

  return GTK_WIDGET (box);
}

/**
 * sonde_usage_view_format_cost:
 * @message: a message
 *
 * Returns: (transfer full) (nullable): what it cost at the rates that were kept with it
 */
char *
sonde_usage_view_format_cost (SondeMessage *message)
{
  const SondeUsage *usage = sonde_message_get_usage (message);
  const SondeMessageDetails *details = sonde_message_get_details (message);
  gint64 cost;

  if (usage == NULL || details == NULL || details->currency == NULL ||
      !sonde_cost_compute (usage, &details->rates, &cost))
    return NULL;

  return sonde_cost_format (cost, details->currency);
}
