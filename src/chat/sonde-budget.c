/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-budget.h"

#include "sonde-cost.h"
#include "sonde-usage-entry.h"

#define NEAR_PERCENT 80

/**
 * SondeBudget:
 *
 * What the month has cost so far, against what it may cost. The database is asked once a
 * month and when the budget changes; what answers cost after that is added. Without a budget
 * nothing is asked.
 */
struct _SondeBudget {
  GObject parent_instance;

  SondeLibrary *library;
  SondeSettings *settings;
  SondeClock *clock;
  GCancellable *cancellable;
  char *month; /* whose sum it is, as `2026-11-01`; NULL: not known yet */
  gint64 spent;
  SondeBudgetState state;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeBudget, sonde_budget, G_TYPE_OBJECT)

static gint64
get_limit (SondeBudget *self)
{
  return sonde_cost_parse (sonde_settings_get_budget (self->settings));
}

static GDateTime *
get_month (SondeBudget *self)
{
  g_autoptr (GDateTime) utc =
    g_date_time_new_from_unix_utc_usec (sonde_clock_get_real_time (self->clock));
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  return g_date_time_new_local (g_date_time_get_year (local), g_date_time_get_month (local), 1, 0,
                                0, 0);
}

static void
update (SondeBudget *self)
{
  gint64 limit = get_limit (self);
  SondeBudgetState state = SONDE_BUDGET_NONE;

  if (limit > 0 && self->month != NULL) {
    if (self->spent >= limit)
      state = SONDE_BUDGET_SPENT;
    else if (self->spent >= limit / 100 * NEAR_PERCENT)
      state = SONDE_BUDGET_NEAR;
    else
      state = SONDE_BUDGET_KEPT;
  }
  if (self->state == state)
    return;
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeBudget) self = user_data;
  g_autoptr (GPtrArray) entries =
    sonde_library_list_usage_finish (SONDE_LIBRARY (source), result, NULL);
  g_autoptr (GDateTime) month = NULL;

  if (entries == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;

  month = get_month (self);
  g_free (self->month);
  self->month = g_date_time_format (month, "%Y-%m-%d");
  self->spent =
    sonde_usage_report_sum (entries, sonde_settings_get_currency (self->settings), self->month);
  update (self);
}

static void
ask (SondeBudget *self)
{
  g_autoptr (GDateTime) month = get_month (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->month, g_free);
  update (self);
  if (get_limit (self) <= 0)
    return;

  self->cancellable = g_cancellable_new ();
  sonde_library_list_usage_async (self->library, g_date_time_to_unix_usec (month),
                                  self->cancellable, listed_cb, g_object_ref (self));
}

static void
sonde_budget_dispose (GObject *object)
{
  SondeBudget *self = SONDE_BUDGET (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->library);
  g_clear_object (&self->settings);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->month, g_free);

  G_OBJECT_CLASS (sonde_budget_parent_class)->dispose (object);
}

static void
sonde_budget_class_init (SondeBudgetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sonde_budget_dispose;

  /**
   * SondeBudget::changed:
   * @self: the budget
   *
   * [method@Budget.get_state] is another one.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
sonde_budget_init (SondeBudget *self)
{
}

/**
 * sonde_budget_new:
 * @library: the conversations
 * @settings: the settings
 * @clock: the time
 *
 * Returns: (transfer full): the budget of the settings
 */
SondeBudget *
sonde_budget_new (SondeLibrary *library, SondeSettings *settings, SondeClock *clock)
{
  SondeBudget *self = g_object_new (SONDE_TYPE_BUDGET, NULL);

  self->library = g_object_ref (library);
  self->settings = g_object_ref (settings);
  self->clock = g_object_ref (clock);
  g_signal_connect_object (settings, "notify::budget", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::currency", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  ask (self);

  return self;
}

/**
 * sonde_budget_get_state:
 * @self: a budget
 *
 * Returns: how this month stands
 */
SondeBudgetState
sonde_budget_get_state (SondeBudget *self)
{
  g_return_val_if_fail (SONDE_IS_BUDGET (self), SONDE_BUDGET_NONE);

  return self->state;
}

/**
 * sonde_budget_get_spent:
 * @self: a budget
 *
 * Returns: what this month has cost, in the currency of the settings
 */
gint64
sonde_budget_get_spent (SondeBudget *self)
{
  g_return_val_if_fail (SONDE_IS_BUDGET (self), 0);

  return self->spent;
}

/**
 * sonde_budget_add:
 * @self: a budget
 * @answer: an answer that has ended
 *
 * Adds what @answer cost.
 */
void
sonde_budget_add (SondeBudget *self, SondeMessage *answer)
{
  const SondeUsage *usage = sonde_message_get_usage (answer);
  const SondeMessageDetails *details = sonde_message_get_details (answer);
  g_autoptr (GDateTime) month = get_month (self);
  g_autofree char *name = g_date_time_format (month, "%Y-%m-%d");
  gint64 cost;

  g_return_if_fail (SONDE_IS_BUDGET (self));

  if (self->month == NULL)
    return;
  if (!g_str_equal (self->month, name)) {
    ask (self);
    return;
  }
  if (usage != NULL && details != NULL &&
      g_strcmp0 (details->currency, sonde_settings_get_currency (self->settings)) == 0 &&
      sonde_cost_compute (usage, &details->rates, &cost)) {
    self->spent += cost;
    update (self);
  }
}
