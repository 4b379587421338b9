/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The tool calls of a message as they are stored: JSON in the shape of the service's own
 * (contract.md section 5.1). The arguments are a text in it, kept to the byte. */

#include "sonde-tool-calls-column.h"

#include "sonde-statement.h"
#include "sonde-tool-call.h"

static void
append_string (GString *json, const char *text)
{
  if (text == NULL) {
    g_string_append (json, "null");
    return;
  }

  g_string_append_c (json, '"');
  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '"' || *c == '\\')
      g_string_append_c (json, '\\');
    if ((guchar) *c < 0x20)
      g_string_append_printf (json, "\\u%04x", (guint) *c);
    else
      g_string_append_c (json, *c);
  }
  g_string_append_c (json, '"');
}

static void
append_function (GString *json, const SondeToolCall *call)
{
  g_string_append (json, "{\"name\":");
  append_string (json, call->name);
  g_string_append (json, ",\"arguments\":");
  append_string (json, call->arguments);
  g_string_append_c (json, '}');
}

/**
 * sonde_tool_calls_column_write:
 * @calls: (element-type SondeToolCall): tool calls
 *
 * Returns: (transfer full): what to store of them
 */
char *
sonde_tool_calls_column_write (GPtrArray *calls)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < calls->len; i++) {
    const SondeToolCall *call = g_ptr_array_index (calls, i);

    if (i > 0)
      g_string_append_c (json, ',');
    if (call->legacy) {
      append_function (json, call);
      continue;
    }
    g_string_append (json, "{\"id\":");
    append_string (json, call->id);
    g_string_append (json, ",\"type\":\"function\",\"function\":");
    append_function (json, call);
    g_string_append_c (json, '}');
  }
  g_string_append_c (json, ']');

  return g_string_free_and_steal (json);
}

/**
 * sonde_tool_calls_column_read:
 * @database: a database, which reads JSON
 * @json: what was stored
 *
 * Returns: (transfer full) (element-type SondeToolCall) (nullable): the tool calls; %NULL where
 *   that is no JSON
 */
GPtrArray *
sonde_tool_calls_column_read (SondeDatabase *database, const char *json)
{
  g_autoptr (GPtrArray) calls =
    g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_tool_call_free);
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database,
    "SELECT value ->> '$.id', ifnull (value ->> '$.function.name', value ->> '$.name'), "
    "ifnull (value ->> '$.function.arguments', value ->> '$.arguments'), "
    "value -> '$.function' IS NULL FROM json_each (?1)",
    NULL);
  g_autoptr (GError) error = NULL;

  if (statement == NULL)
    return NULL;
  sonde_statement_bind_string (statement, 1, json);
  while (sonde_statement_next (statement, &error))
    g_ptr_array_add (calls, sonde_tool_call_new (sonde_statement_get_string (statement, 0),
                                                 sonde_statement_get_string (statement, 1),
                                                 sonde_statement_get_string (statement, 2),
                                                 sonde_statement_get_int64 (statement, 3) != 0));

  return error == NULL ? g_steal_pointer (&calls) : NULL;
}
