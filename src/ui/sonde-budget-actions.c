/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the window says of the month's budget: a word when most of it is spent, and a question
 * before something is sent when all of it is. */

#include "sonde-budget-actions.h"

#include <glib/gi18n.h>

#include "sonde-cost.h"
#include "sonde-window-private.h"

/* With what is spent already the person has said yes: until the program ends. */
#define ALLOWED "sonde-budget-allowed"

/* What the dialog asks about. */
#define ACTION "sonde-budget-action"

static SondeBudget *
get_budget (SondeWindow *self)
{
  return sonde_chat_context_get_budget (sonde_window_get_context (self));
}

static char *
format_budget (SondeWindow *self)
{
  SondeSettings *settings = sonde_chat_context_get_settings (sonde_window_get_context (self));

  return sonde_cost_format (sonde_cost_parse (sonde_settings_get_budget (settings)),
                            sonde_settings_get_currency (settings));
}

static void
changed_cb (SondeWindow *self)
{
  g_autofree char *budget = NULL;
  g_autofree char *text = NULL;

  if (sonde_budget_get_state (get_budget (self)) != SONDE_BUDGET_NEAR)
    return;
  budget = format_budget (self);
  /* Translators: %s is an amount */
  text = g_strdup_printf (_ ("80 %% of this month’s budget of %s is spent"), budget);
  sonde_window_tell (self, text);
}

static void
response_cb (SondeWindow *self, const char *response, AdwDialog *dialog)
{
  if (!g_str_equal (response, "send"))
    return;
  g_object_set_data (G_OBJECT (self), ALLOWED, GINT_TO_POINTER (TRUE));
  gtk_widget_activate_action (GTK_WIDGET (self), g_object_get_data (G_OBJECT (dialog), ACTION),
                              NULL);
}

/**
 * sonde_budget_actions_watch:
 * @self: a window
 *
 * Says from now on when most of the budget is spent.
 */
void
sonde_budget_actions_watch (SondeWindow *self)
{
  g_signal_connect_object (get_budget (self), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * sonde_budget_actions_allow:
 * @self: a window
 * @action: what sends it
 *
 * Returns: whether something may be sent now; else the person is asked, and @action is done again
 *   where the answer is yes
 */
gboolean
sonde_budget_actions_allow (SondeWindow *self, const char *action)
{
  g_autofree char *budget = NULL;
  g_autofree char *currency = NULL;
  g_autofree char *spent = NULL;
  g_autofree char *body = NULL;
  AdwDialog *dialog;

  if (sonde_budget_get_state (get_budget (self)) != SONDE_BUDGET_SPENT ||
      g_object_get_data (G_OBJECT (self), ALLOWED) != NULL)
    return TRUE;

  budget = format_budget (self);
  g_object_get (sonde_chat_context_get_settings (sonde_window_get_context (self)), "currency",
                &currency, NULL);
  spent = sonde_cost_format (sonde_budget_get_spent (get_budget (self)), currency);
  /* Translators: both are amounts */
  body = g_strdup_printf (_ ("About %1$s of %2$s is spent. What you send now costs more."), spent,
                          budget);
  dialog = adw_alert_dialog_new (_ ("This Month’s Budget Is Spent"), body);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "send",
                                  _ ("_Send Anyway"), NULL);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), ACTION, g_strdup (action), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));

  return FALSE;
}
