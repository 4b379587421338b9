/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* JSON that other programs wrote: nothing is expected of it. A member of another type
 * than asked for is read as one that is not there. */

#include "sonde-import-json.h"

#include <math.h>
#include <string.h>

#define LAST_TIME G_GINT64_CONSTANT (253402300800) /* the year 10000, in seconds */

static const char *
string_of (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

/**
 * sonde_import_json_get_boolean:
 * @object: an object
 * @name: the name of a member
 *
 * Returns: whether the member is `true`
 */
gboolean
sonde_import_json_get_boolean (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

/* The number in @node in units of 1/@scale, or @fallback. */
static gint64
number_of (JsonNode *node, gint64 scale, gint64 limit, gint64 fallback)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_INT64) {
    gint64 value = json_node_get_int (node);

    return value >= 0 && value <= limit / scale ? value * scale : fallback;
  }
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE) {
    double value = json_node_get_double (node) * (double) scale;

    return value >= 0 && value < (double) limit ? (gint64) llround (value) : fallback;
  }

  return fallback;
}

/**
 * sonde_import_json_get_integer:
 * @object: an object
 * @name: the name of a member
 * @fallback: what to return instead
 *
 * Returns: the member where it is a number that is not negative
 */
gint64
sonde_import_json_get_integer (JsonObject *object, const char *name, gint64 fallback)
{
  return number_of (json_object_get_member (object, name), 1, G_MAXINT64, fallback);
}

/**
 * sonde_import_json_get_number:
 * @object: an object
 * @name: the name of a member
 *
 * Returns: the member where it is a number that is not negative, or 0
 */
double
sonde_import_json_get_number (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  double value;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      (json_node_get_value_type (node) != G_TYPE_INT64 &&
       json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return 0;

  value = json_node_get_double (node);

  return isfinite (value) && value > 0 ? value : 0;
}

/* The microseconds of the digits at @text, which stand behind a point. */
static gint64
read_fraction (const char *text, const char **end)
{
  gint64 microseconds = 0;
  gint64 unit = 100000;

  for (; g_ascii_isdigit (*text); text++, unit /= 10)
    microseconds += unit * g_ascii_digit_value (*text);

  *end = text;
  return microseconds;
}

/* The time that ISO 8601 writes as @text, or 0. */
static gint64
read_time (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GString) whole = NULL;
  const char *point = strchr (text, '.');
  gint64 fraction = 0;

  if (strlen (text) > 64)
    return 0;
  if (point != NULL) {
    const char *rest;

    /* GDateTime reads the seconds as a double, which loses the last digit. */
    fraction = read_fraction (point + 1, &rest);
    whole = g_string_new_len (text, point - text);
    g_string_append (whole, rest);
    text = whole->str;
  }

  date = g_date_time_new_from_iso8601 (text, utc);
  if (date == NULL || g_date_time_to_unix (date) < 0)
    return 0;

  return g_date_time_to_unix (date) * G_USEC_PER_SEC + fraction;
}

/**
 * sonde_import_json_get_time:
 * @object: an object
 * @name: the name of a member
 * @unit: microseconds in the unit of a number
 *
 * Returns: the time that the member is, as a number or as ISO 8601 writes it, in microseconds
 *   since 1970-01-01 UTC; 0 where it is none
 */
gint64
sonde_import_json_get_time (JsonObject *object, const char *name, gint64 unit)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text = string_of (node);

  if (text != NULL)
    return read_time (text);

  return number_of (node, unit, LAST_TIME * G_USEC_PER_SEC, 0);
}

/**
 * sonde_import_json_get_element:
 * @array: an array
 * @index: less than its length
 *
 * Returns: (nullable) (transfer none): the element where it is an object
 */
JsonObject *
sonde_import_json_get_element (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * sonde_import_json_get_text_element:
 * @array: an array
 * @index: less than its length
 *
 * Returns: (nullable): the element where it is a string
 */
const char *
sonde_import_json_get_text_element (JsonArray *array, guint index)
{
  return string_of (json_array_get_element (array, index));
}
