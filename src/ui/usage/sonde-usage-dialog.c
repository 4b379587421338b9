/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-usage-dialog.h"

#include <glib/gi18n.h>

#include "sonde-cost.h"
#include "sonde-model-info.h"
#include "sonde-usage-csv.h"
#include "sonde-usage-entry.h"
#include "sonde-usage-plot.h"

#define MAX_BARS  31
#define MIN_CHARS 16 /* of the first column */

/**
 * SondeUsageDialog:
 *
 * What all conversations used and cost, as a plot and as a table of the same rows, with what is
 * left at the service and of the month's budget.
 */
struct _SondeUsageDialog {
  AdwDialog parent_instance;

  GtkWidget *export;
  GtkStack *stack;
  AdwStatusPage *empty_page;
  AdwActionRow *month;
  GtkLabel *spent;
  GtkWidget *balance;
  GtkLabel *amount;
  AdwToggleGroup *measure;
  AdwToggleGroup *division;
  GtkLabel *current;
  SondeUsagePlot *plot;
  GtkColumnView *table;

  SondeChatContext *context;
  GCancellable *cancellable;
  GPtrArray *entries; /* (element-type SondeUsageEntry) */
  GHashTable *titles; /* (element-type gint64 utf8) */
  GListStore *lines;  /* of GtkStringObject: cells, parted by tabs */
};

enum { MEASURE_COST, MEASURE_TOKENS, MEASURE_CACHE };

G_DEFINE_FINAL_TYPE (SondeUsageDialog, sonde_usage_dialog, ADW_TYPE_DIALOG)

static SondeSettings *
get_settings (SondeUsageDialog *self)
{
  return sonde_chat_context_get_settings (self->context);
}

/* --- rows --------------------------------------------------------------------------- */

static SondeUsageGrouping
get_grouping (SondeUsageDialog *self)
{
  guint division = adw_toggle_group_get_active (self->division);

  return division <= SONDE_USAGE_MONTH       ? SONDE_USAGE_BY_TIME
         : division == SONDE_USAGE_MONTH + 1 ? SONDE_USAGE_BY_MODEL
                                             : SONDE_USAGE_BY_CONVERSATION;
}

static SondeUsagePeriod
get_period (SondeUsageDialog *self)
{
  guint division = adw_toggle_group_get_active (self->division);

  return division <= SONDE_USAGE_MONTH ? (SondeUsagePeriod) division : SONDE_USAGE_DAY;
}

static GDateTime *
parse_day (const char *day)
{
  g_autofree char *time = g_strconcat (day, "T00:00:00Z", NULL);

  return g_date_time_new_from_iso8601 (time, NULL);
}

static char *
name_row (SondeUsageDialog *self, const SondeUsageRow *row, gboolean brief)
{
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (SondeModelInfo) model = NULL;
  const char *title;

  switch (get_grouping (self)) {
  case SONDE_USAGE_BY_TIME:
    day = parse_day (row->key);
    if (day == NULL)
      return g_strdup (row->key);
    if (get_period (self) == SONDE_USAGE_MONTH)
      return g_date_time_format (day, brief
                                        /* Translators: a month, brief, below a bar of a chart */
                                        ? C_ ("month", "%Ob")
                                        /* Translators: a month and its year; see strftime() */
                                        : C_ ("month and year", "%OB %Y"));
    return g_date_time_format (day, brief
                                      /* Translators: a day and its month, brief; see strftime().
                                       * xgettext:no-c-format */
                                      ? _ ("%-d %b")
                                      /* Translators: a day with its year; see strftime() */
                                      : _ ("%-d %B %Y"));
  case SONDE_USAGE_BY_MODEL:
    model = sonde_model_info_new_builtin (row->key);
    return g_strdup (*row->key != '\0' ? sonde_model_info_get_display_name (model) : _ ("Unknown"));
  case SONDE_USAGE_BY_CONVERSATION:
    if (row->conversation_id == 0)
      return g_strdup (_ ("Deleted conversations"));
    title = g_hash_table_lookup (self->titles, &row->conversation_id);
    return g_strdup (title != NULL ? title : _ ("Untitled"));
  }

  return NULL;
}

static char *
format_money (const SondeUsageRow *row)
{
  g_autofree char *usd = sonde_cost_format (row->usd, "USD");
  g_autofree char *cny = sonde_cost_format (row->cny, "CNY");

  if (row->n_unpriced == row->n_requests)
    return g_strdup ("–");
  if (row->cny == 0)
    return g_steal_pointer (&usd);

  return row->usd == 0 ? g_steal_pointer (&cny) : g_strdup_printf ("%s + %s", usd, cny);
}

static char *
format_share (const SondeUsageRow *row)
{
  int share = sonde_usage_row_get_cache_share (row);

  return share >= 0 ? g_strdup_printf (_ ("%d %%"), share) : g_strdup ("–");
}

static char *
format_measure (SondeUsageDialog *self, const SondeUsageRow *row)
{
  g_autofree char *count = NULL;

  switch (adw_toggle_group_get_active (self->measure)) {
  case MEASURE_TOKENS:
    count = g_strdup_printf ("%'" G_GINT64_FORMAT, row->usage.total_tokens);
    return g_strdup_printf (
      g_dngettext (NULL, "%s token", "%s tokens", (gulong) row->usage.total_tokens), count);
  case MEASURE_CACHE:
    return format_share (row);
  default:
    return format_money (row);
  }
}

/* Bars of two currencies cannot be compared: those of the one that is wished for are shown. */
static double
measure (SondeUsageDialog *self, const SondeUsageRow *row)
{
  switch (adw_toggle_group_get_active (self->measure)) {
  case MEASURE_TOKENS:
    return (double) row->usage.total_tokens;
  case MEASURE_CACHE:
    return MAX (0, sonde_usage_row_get_cache_share (row));
  default:
    return g_str_equal (sonde_settings_get_currency (get_settings (self)), "CNY")
             ? (double) row->cny
             : (double) row->usd;
  }
}

static void
show_plot (SondeUsageDialog *self, GPtrArray *rows)
{
  const gboolean by_time = get_grouping (self) == SONDE_USAGE_BY_TIME;
  guint n = MIN (rows->len, MAX_BARS);
  guint first = by_time ? rows->len - n : 0;
  g_autofree double *values = g_new0 (double, MAX (1, n));
  g_auto (GStrv) names = g_new0 (char *, n + 1);
  g_autofree char *top = NULL;
  const SondeUsageRow *highest = NULL;

  for (guint i = 0; i < n; i++) {
    const SondeUsageRow *row = g_ptr_array_index (rows, first + i);

    values[i] = measure (self, row);
    names[i] = name_row (self, row, TRUE);
    if (highest == NULL || measure (self, row) > measure (self, highest))
      highest = row;
  }
  if (highest != NULL)
    top = format_measure (self, highest);
  g_object_set_data_full (G_OBJECT (self->plot), "rows", g_ptr_array_ref (rows),
                          (GDestroyNotify) g_ptr_array_unref);
  g_object_set_data (G_OBJECT (self->plot), "first", GUINT_TO_POINTER (first));
  sonde_usage_plot_set_bars (self->plot, values, (const char *const *) names, n, top);
}

static void
current_changed_cb (SondeUsageDialog *self)
{
  GPtrArray *rows = g_object_get_data (G_OBJECT (self->plot), "rows");
  guint first = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (self->plot), "first"));
  int current = sonde_usage_plot_get_current (self->plot);
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;
  g_autofree char *text = NULL;

  if (rows == NULL || current < 0 || first + (guint) current >= rows->len) {
    gtk_label_set_label (self->current, "");
    return;
  }

  name = name_row (self, g_ptr_array_index (rows, first + (guint) current), FALSE);
  value = format_measure (self, g_ptr_array_index (rows, first + (guint) current));
  text = g_strdup_printf ("%s: %s", name, value);
  gtk_label_set_label (self->current, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->plot), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
}

/* The same rows in words; the latest come first. */
static void
show_table (SondeUsageDialog *self, GPtrArray *rows)
{
  const gboolean by_time = get_grouping (self) == SONDE_USAGE_BY_TIME;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < rows->len; i++) {
    const SondeUsageRow *row = g_ptr_array_index (rows, by_time ? rows->len - 1 - i : i);
    g_autofree char *name = g_strdelimit (name_row (self, row, FALSE), "\t\n", ' ');
    g_autofree char *money = format_money (row);
    g_autofree char *share = format_share (row);
    g_autofree char *line = g_strdup_printf (
      "%s\t%s\t%'" G_GINT64_FORMAT "\t%'" G_GINT64_FORMAT "\t%s\t%'" G_GINT64_FORMAT, name, money,
      row->usage.prompt_tokens, row->usage.completion_tokens, share, row->n_answers);

    g_ptr_array_add (lines, gtk_string_object_new (line));
  }
  g_list_store_splice (self->lines, 0, g_list_model_get_n_items (G_LIST_MODEL (self->lines)),
                       lines->pdata, lines->len);
}

static void
show_report (SondeUsageDialog *self)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (self->entries == NULL)
    return;

  rows = sonde_usage_report_new (self->entries, get_period (self), get_grouping (self));
  show_plot (self, rows);
  show_table (self, rows);
}

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const gboolean first = GPOINTER_TO_INT (user_data) == 0;
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), first ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), first ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  if (first)
    gtk_label_set_width_chars (GTK_LABEL (label), MIN_CHARS);
  else
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkStringObject *line = gtk_list_item_get_item (item);
  g_auto (GStrv) cells = g_strsplit (gtk_string_object_get_string (line), "\t", -1);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       cells[GPOINTER_TO_INT (user_data)]);
}

static void
make_columns (SondeUsageDialog *self)
{
  static const char *const titles[] = {
    /* Translators: a day, a month, a model or the title of a conversation */
    NC_ ("column", "What"),
    NC_ ("column", "Cost"),
    /* Translators: the tokens that were sent */
    NC_ ("column", "Prompt"),
    /* Translators: the tokens that the model wrote */
    NC_ ("column", "Output"),
    NC_ ("column", "Cache Hits"),
    NC_ ("column", "Answers"),
  };

  for (int i = 0; i < (int) G_N_ELEMENTS (titles); i++) {
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
    g_autoptr (GtkColumnViewColumn) column = NULL;

    g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), GINT_TO_POINTER (i));
    g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), GINT_TO_POINTER (i));
    column = gtk_column_view_column_new (g_dpgettext2 (NULL, "column", titles[i]), factory);
    gtk_column_view_column_set_expand (column, i == 0);
    gtk_column_view_append_column (self->table, column);
  }
}

/* --- what is around ------------------------------------------------------------------ */

static void
show_month (SondeUsageDialog *self)
{
  const char *currency = sonde_settings_get_currency (get_settings (self));
  gint64 budget = sonde_cost_parse (sonde_settings_get_budget (get_settings (self)));
  gint64 now = sonde_clock_get_real_time (sonde_chat_context_get_clock (self->context));
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (now);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *first = g_date_time_format (local, "%Y-%m-01");
  gint64 sum = sonde_usage_report_sum (self->entries, currency, first);
  g_autofree char *spent = sonde_cost_format (sum, currency);
  /* Translators: “about” and an amount */
  g_autofree char *about = g_strdup_printf (_ ("≈ %s"), spent);

  gtk_label_set_label (self->spent, about);
  if (budget > 0) {
    g_autofree char *all = sonde_cost_format (budget, currency);
    g_autofree char *text =
      /* Translators: how much of the budget is used; %2$s is an amount */
      g_strdup_printf (_ ("%1$d %% of the budget of %2$s"), (int) (sum / (budget / 100 + 1)), all);

    adw_action_row_set_subtitle (self->month, text);
  } else {
    adw_action_row_set_subtitle (self->month, _ ("Set a budget in the preferences"));
  }
}

static void
collect_titles (SondeUsageDialog *self)
{
  GListModel *library = G_LIST_MODEL (sonde_chat_context_get_library (self->context));

  for (guint i = 0; i < g_list_model_get_n_items (library); i++) {
    g_autoptr (SondeConversation) conversation = g_list_model_get_item (library, i);
    gint64 id = sonde_conversation_get_id (conversation);

    if (sonde_conversation_get_title (conversation) != NULL)
      g_hash_table_insert (self->titles, g_memdup2 (&id, sizeof id),
                           g_strdup (sonde_conversation_get_title (conversation)));
  }
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeUsageDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = sonde_library_list_usage_finish (SONDE_LIBRARY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (entries == NULL) {
    adw_status_page_set_title (self->empty_page, _ ("Usage Cannot Be Read"));
    adw_status_page_set_description (self->empty_page, error->message);
    gtk_stack_set_visible_child_name (self->stack, "empty");
    return;
  }

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = entries;
  collect_titles (self);
  show_month (self);
  show_report (self);
  gtk_widget_set_sensitive (self->export, entries->len > 0);
  gtk_stack_set_visible_child_name (self->stack, entries->len > 0 ? "report" : "empty");
}

static void
balance_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeUsageDialog) self = user_data;
  g_autofree char *balance = NULL;

  sonde_account_check_key_finish (SONDE_ACCOUNT (source), result, &balance, NULL, NULL);
  if (balance == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  gtk_label_set_label (self->amount, balance);
  gtk_widget_set_visible (self->balance, TRUE);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeUsageDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    AdwDialog *dialog = adw_alert_dialog_new (_ ("The File Cannot Be Written"), error->message);

    adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
    adw_dialog_present (dialog, GTK_WIDGET (self));
  }
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeUsageDialog) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GBytes) bytes = NULL;
  char *csv;

  if (file == NULL || self->entries == NULL)
    return;

  csv = sonde_usage_csv_write (self->entries, self->titles);
  bytes = g_bytes_new_take (csv, strlen (csv));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE,
                                       self->cancellable, written_cb, g_object_ref (self));
}

static void
export_cb (SondeUsageDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_file_dialog_set_title (dialog, _ ("Export Usage"));
  gtk_file_dialog_set_initial_name (dialog, "sonde-usage.csv");
  gtk_file_dialog_save (dialog, window, self->cancellable, chosen_cb, g_object_ref (self));
}

static void
sonde_usage_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (SONDE_USAGE_DIALOG (dialog)->cancellable);
}

static void
sonde_usage_dialog_dispose (GObject *object)
{
  SondeUsageDialog *self = SONDE_USAGE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_USAGE_DIALOG);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->titles, g_hash_table_unref);
  g_clear_object (&self->lines);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (sonde_usage_dialog_parent_class)->dispose (object);
}

static void
sonde_usage_dialog_class_init (SondeUsageDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_usage_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = sonde_usage_dialog_closed;

  g_type_ensure (SONDE_TYPE_USAGE_PLOT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/usage/sonde-usage-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeUsageDialog, amount);
  gtk_widget_class_bind_template_child (widget_class, SondeUsageDialog, balance);
  gtk_widget_class_bind_template_child (widget_class, SondeUsageDialog, current);
  gtk_widget_class_bind_template_child (widget_class, SondeUsageDialog, division);
  gtk_widget_class_bind_template_child (widget_class, SondeUsageDialog, empty_page);
  gtk_widget_class_bind_template_child (widget_class, SondeUsageDialog, export);
  gtk_widget_class_bind_template_child (widget_class, SondeUsageDialog, measure);
  gtk_widget_class_bind_template_child (widget_class, SondeUsageDialog, month);
  gtk_widget_class_bind_template_child (widget_class, SondeUsageDialog, plot);
  gtk_widget_class_bind_template_child (widget_class, SondeUsageDialog, spent);
  gtk_widget_class_bind_template_child (widget_class, SondeUsageDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, SondeUsageDialog, table);
  gtk_widget_class_bind_template_callback (widget_class, current_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_report);
}

static void
sonde_usage_dialog_init (SondeUsageDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->titles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->lines = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  gtk_widget_init_template (GTK_WIDGET (self));
  make_columns (self);
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (gtk_no_selection_new (
                                            G_LIST_MODEL (g_object_ref (self->lines)))));
}

/**
 * sonde_usage_dialog_new:
 * @context: the services, with settings
 *
 * Returns: (transfer floating): a dialog that reads what was used
 */
SondeUsageDialog *
sonde_usage_dialog_new (SondeChatContext *context)
{
  SondeUsageDialog *self;
  SondeAccount *account;

  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (context), NULL);

  self = g_object_new (SONDE_TYPE_USAGE_DIALOG, NULL);
  self->context = g_object_ref (context);
  sonde_library_list_usage_async (sonde_chat_context_get_library (context), 0, self->cancellable,
                                  listed_cb, g_object_ref (self));
  account = sonde_chat_context_get_account (context);
  if (sonde_account_get_state (account) == SONDE_ACCOUNT_READY)
    sonde_account_check_key_async (account, NULL, self->cancellable, balance_cb,
                                   g_object_ref (self));

  return self;
}
