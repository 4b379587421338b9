/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-date-section.h"

#include <glib/gi18n.h>

#define RECENT_DAYS 7

/* Behind these come the months: MONTHS is this month, MONTHS + 1 the one before. */
enum { TODAY, YESTERDAY, RECENT, MONTHS };

/**
 * sonde_date_section_get:
 * @real_time: microseconds since 1970-01-01 UTC
 * @now: the present, in the time zone of the person
 *
 * Days are days of the calendar, not spans of 24 hours. What lies in the future,
 * where a clock was put back, counts as today.
 *
 * Returns: the section of a list that @real_time falls in; a greater one is further back
 */
int
sonde_date_section_get (gint64 real_time, GDateTime *now)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (real_time);
  g_autoptr (GDateTime) then = NULL;
  GDate today, day;
  int days;

  g_return_val_if_fail (now != NULL, TODAY);

  if (utc == NULL)
    return TODAY;

  then = g_date_time_to_timezone (utc, g_date_time_get_timezone (now));
  g_date_clear (&today, 1);
  g_date_clear (&day, 1);
  g_date_set_dmy (&today, g_date_time_get_day_of_month (now), g_date_time_get_month (now),
                  g_date_time_get_year (now));
  g_date_set_dmy (&day, g_date_time_get_day_of_month (then), g_date_time_get_month (then),
                  g_date_time_get_year (then));

  days = g_date_days_between (&day, &today);
  if (days <= 0)
    return TODAY;
  if (days == 1)
    return YESTERDAY;
  if (days <= RECENT_DAYS)
    return RECENT;

  return MONTHS + (g_date_time_get_year (now) - g_date_time_get_year (then)) * 12 +
         g_date_time_get_month (now) - g_date_time_get_month (then);
}

/* Noon of the first day of a month that has a section of its own. */
static GDateTime *
get_month (int section, GDateTime *now)
{
  g_autoptr (GDateTime) first =
    g_date_time_new (g_date_time_get_timezone (now), g_date_time_get_year (now),
                     g_date_time_get_month (now), 1, 12, 0, 0);

  return g_date_time_add_months (first, MONTHS - section);
}

/**
 * sonde_date_section_get_start:
 * @section: a section
 * @now: the present, in the time zone of the person
 *
 * Returns: the first moment that is in @section, in microseconds since 1970-01-01 UTC
 */
gint64
sonde_date_section_get_start (int section, GDateTime *now)
{
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GDateTime) midnight = NULL;

  g_return_val_if_fail (now != NULL, G_MAXINT64);

  switch (section) {
  case TODAY:
    day = g_date_time_ref (now);
    break;
  case YESTERDAY:
    day = g_date_time_add_days (now, -1);
    break;
  case RECENT:
    day = g_date_time_add_days (now, -RECENT_DAYS);
    break;
  default:
    day = get_month (section, now);
    break;
  }
  if (day != NULL)
    midnight =
      g_date_time_new (g_date_time_get_timezone (now), g_date_time_get_year (day),
                       g_date_time_get_month (day), g_date_time_get_day_of_month (day), 0, 0, 0);

  return midnight != NULL ? g_date_time_to_unix_usec (midnight) : G_MAXINT64;
}

/**
 * sonde_date_section_get_title:
 * @section: a section
 * @now: the present, in the time zone of the person
 *
 * Returns: (transfer full): the heading of @section: "Today", or a month, with the
 *   year where it is not the present one
 */
char *
sonde_date_section_get_title (int section, GDateTime *now)
{
  g_autoptr (GDateTime) month = NULL;

  g_return_val_if_fail (now != NULL, NULL);

  switch (section) {
  case TODAY:
    return g_strdup (_ ("Today"));
  case YESTERDAY:
    return g_strdup (_ ("Yesterday"));
  case RECENT:
    return g_strdup (_ ("Previous 7 Days"));
  default:
    break;
  }

  month = get_month (section, now);
  if (g_date_time_get_year (month) == g_date_time_get_year (now))
    /* Translators: a month, as the heading of a list; see g_date_time_format() */
    return g_date_time_format (month, C_ ("month", "%OB"));

  /* Translators: a month and its year, as the heading of a list; see g_date_time_format() */
  return g_date_time_format (month, C_ ("month and year", "%OB %Y"));
}
