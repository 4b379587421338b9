/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-demo-answer.h"

#include <string.h>

#include "sonde-demo-document.h"
#include "sonde-demo-text.h"

#define DEEPEST_SCHEMA 8
#define LONGEST_TITLE  40 /* characters */

/* Tokens of reasoning; at the usual 60 a second these are 1, 3 and 7 seconds. */
static const guint reasoning_lengths[] = {
  [SONDE_DEMO_EFFORT_LOW] = 60,
  [SONDE_DEMO_EFFORT_HIGH] = 180,
  [SONDE_DEMO_EFFORT_MAX] = 420,
};

static void
call_free (SondeDemoCall *call)
{
  g_free (call->id);
  g_free (call->name);
  g_free (call->arguments);
  g_free (call);
}

/* --- calls of tools ------------------------------------------------------------------------ */

static const char *
example_string (const char *name, const char *question)
{
  static const struct {
    const char *part;
    const char *value;
  } examples[] = {
    { "city", "Hangzhou" },
    { "location", "Hangzhou" },
    { "place", "Hangzhou" },
    { "date", "2026-11-23" },
    { "path", "README.md" },
    { "file", "README.md" },
    { "url", "https://example.org/" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    if (strstr (name, examples[i].part) != NULL)
      return examples[i].value;

  return strstr (name, "query") != NULL || strstr (name, "question") != NULL ? question : "demo";
}

static JsonObject *
object_member (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
array_member (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static const char *
schema_type (JsonObject *schema)
{
  JsonNode *node = schema != NULL ? json_object_get_member (schema, "type") : NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) &&
      json_array_get_length (json_node_get_array (node)) > 0)
    node = json_array_get_element (json_node_get_array (node), 0);
  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);

  return object_member (schema, "properties") != NULL ? "object" : "string";
}

static gboolean
is_required (JsonArray *required, const char *name)
{
  for (guint i = 0; required != NULL && i < json_array_get_length (required); i++) {
    JsonNode *node = json_array_get_element (required, i);

    if (json_node_get_value_type (node) == G_TYPE_STRING &&
        g_str_equal (json_node_get_string (node), name))
      return TRUE;
  }

  return required == NULL;
}

/* A value that fits the schema of a parameter, spaced as the service's models space it. */
static void
append_example (GString *out,
                JsonObject *schema,
                const char *name,
                const char *question,
                guint depth)
{
  const char *type = schema_type (schema);
  JsonArray *choices = array_member (schema, "enum");

  if (choices != NULL && json_array_get_length (choices) > 0) {
    g_autofree char *value = json_to_string (json_array_get_element (choices, 0), FALSE);

    g_string_append (out, value);
  } else if (g_str_equal (type, "object")) {
    JsonObject *properties = depth < DEEPEST_SCHEMA ? object_member (schema, "properties") : NULL;
    g_autoptr (GList) names = properties != NULL ? json_object_get_members (properties) : NULL;
    gboolean first = TRUE;

    g_string_append_c (out, '{');
    for (GList *l = names; l != NULL; l = l->next) {
      if (!is_required (array_member (schema, "required"), l->data))
        continue;
      if (!first)
        g_string_append (out, ", ");
      first = FALSE;
      sonde_demo_text_append_json (out, l->data, -1);
      g_string_append (out, ": ");
      append_example (out, object_member (properties, l->data), l->data, question, depth + 1);
    }
    g_string_append_c (out, '}');
  } else if (g_str_equal (type, "array")) {
    g_string_append_c (out, '[');
    if (depth < DEEPEST_SCHEMA)
      append_example (out, object_member (schema, "items"), name, question, depth + 1);
    g_string_append_c (out, ']');
  } else if (g_str_equal (type, "integer") || g_str_equal (type, "number")) {
    g_string_append_c (out, '1');
  } else if (g_str_equal (type, "boolean")) {
    g_string_append (out, "true");
  } else {
    sonde_demo_text_append_json (out, example_string (name, question), -1);
  }
}

static char *
dup_call_id (guint index)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  char id[21] = { 0 };

  for (guint i = 0; i < sizeof id - 1; i++)
    id[i] = letters[g_random_int_range (0, sizeof letters - 1)];

  return g_strdup_printf ("call_%02u_%s", index, id);
}

static JsonObject *
tool_function (const SondeDemoRequest *request, guint i)
{
  return json_object_get_object_member (json_array_get_object_element (request->tools, i),
                                        "function");
}

static void
add_call (SondeDemoAnswer *self, JsonObject *function, const char *question)
{
  JsonObject *parameters = object_member (function, "parameters");
  SondeDemoCall *call = g_new0 (SondeDemoCall, 1);
  g_autoptr (GString) arguments = g_string_new (NULL);

  if (parameters != NULL)
    append_example (arguments, parameters, "", question, 0);
  else
    g_string_append (arguments, "{}");
  call->id = dup_call_id (self->calls->len);
  call->name = g_strdup (json_object_get_string_member (function, "name"));
  call->arguments = g_string_free_and_steal (g_steal_pointer (&arguments));
  g_ptr_array_add (self->calls, call);
}

/* "get_weather" is also asked for as "get weather". */
static gboolean
names_tool (const char *question, const char *name)
{
  g_autofree char *asked = g_utf8_casefold (question, -1);
  g_autofree char *plain = g_utf8_casefold (name, -1);

  g_strdelimit (asked, "_-", ' ');
  g_strdelimit (plain, "_-", ' ');

  return strstr (asked, plain) != NULL;
}

/* Calls every tool that the question names; the first one where it only speaks of tools. */
static void
call_tools (SondeDemoAnswer *self,
            const SondeDemoRequest *request,
            const SondeDemoScript *script,
            const char *question)
{
  const guint n = json_array_get_length (request->tools);
  const char *wanted = request->forced_tool != NULL && *request->forced_tool != '\0'
                         ? request->forced_tool
                         : script->tool;

  for (guint i = 0; i < n; i++) {
    JsonObject *function = tool_function (request, i);
    const char *name = json_object_get_string_member (function, "name");

    if (wanted != NULL ? g_str_equal (name, wanted) : names_tool (question, name))
      add_call (self, function, question);
  }
  if (self->calls->len == 0 &&
      (request->forced_tool != NULL || sonde_demo_document_asks_for_tool (question)))
    add_call (self, tool_function (request, 0), question);
}

/* --- the text ------------------------------------------------------------------------------ */

/* A text that is only continued has been thought about before. */
static gboolean
may_reason (const SondeDemoRequest *request, const SondeDemoScript *script)
{
  if (request->prefix != NULL && *request->prefix != '\0')
    return FALSE;

  return script->reasoning >= 0 || g_strcmp0 (script->doc, "empty") != 0;
}

static char *
write_reasoning (const SondeDemoScript *script,
                 SondeDemoEffort effort,
                 const char *question,
                 guint32 seed)
{
  const gboolean chinese = script->doc != NULL ? g_str_equal (script->doc, "chinese")
                                               : sonde_demo_text_has_chinese (question);
  const gint64 length = script->reasoning >= 0 ? script->reasoning : reasoning_lengths[effort];

  return sonde_demo_document_write (chinese ? "reasoning-chinese" : "reasoning", length,
                                    script->reasoning >= 0, seed, question, NULL);
}

static char *
write_content (const SondeDemoRequest *request,
               const SondeDemoScript *script,
               const char *question,
               guint32 seed)
{
  const char *doc = script->doc;

  if (doc == NULL && request->tool_output != NULL)
    doc = "tool";
  if (doc == NULL && request->json_output)
    doc = "json";
  if (doc == NULL)
    doc = sonde_demo_document_choose (question, request->turn);
  if (g_str_equal (doc, "empty"))
    return g_strdup ("");

  return sonde_demo_document_write (doc, script->tokens, !g_str_equal (doc, "json"), seed, question,
                                    request->tool_output);
}

/* One long line: prose, over and over. */
static char *
write_huge (gsize size, guint32 seed)
{
  g_autofree char *text = sonde_demo_document_write ("prose", -1, FALSE, seed, "", NULL);
  g_autoptr (GString) huge = g_string_sized_new (size + strlen (text));

  g_strdelimit (text, "\n", ' ');
  while (huge->len < size)
    g_string_append (huge, text);
  g_string_truncate (huge, size);
  while (!g_utf8_validate (huge->str, (gssize) huge->len, NULL))
    g_string_truncate (huge, huge->len - 1);
  while (huge->len < size)
    g_string_append_c (huge, '.');

  return g_string_free_and_steal (g_steal_pointer (&huge));
}

/* What is left of a text that the client has the beginning of. */
static void
skip (char *text, const char *prefix)
{
  if (prefix != NULL && text != NULL && g_str_has_prefix (text, prefix))
    memmove (text, text + strlen (prefix), strlen (text) - strlen (prefix) + 1);
}

/* The first words of the question. */
static char *
write_title (const char *question)
{
  g_autofree char *line = g_strndup (question, strcspn (question, "\n"));
  g_autofree char *title = NULL;

  g_strstrip (line);
  title = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), LONGEST_TITLE));

  return g_strdup (*title != '\0' ? title : "Demo");
}

/* Whether a client asks for something in words that begin so: as Sonde does for a title of
 * models that give none, and for a summary. */
static gboolean
is_told (const SondeDemoRequest *request, const char *beginning)
{
  JsonObject *first = json_array_get_object_element (request->messages, 0);
  g_autofree char *text = sonde_demo_request_dup_text (first);

  return g_strcmp0 (json_object_get_string_member_with_default (first, "role", ""), "system") ==
           0 &&
         text != NULL && g_str_has_prefix (text, beginning);
}

/* The first words of the question that is quoted, without what steers this service. */
static char *
write_asked_title (const char *quoted)
{
  const char *question =
    g_str_has_prefix (quoted, "Question: ") ? quoted + strlen ("Question: ") : quoted;
  g_autofree char *line = g_strndup (question, strcspn (question, "\n"));
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (GString) title = g_string_new (NULL);
  gboolean steering = FALSE;

  for (guint i = 0; words[i] != NULL; i++) {
    steering = g_str_equal (words[i], "#demo") || (steering && strchr (words[i], '=') != NULL);
    if (!steering && *words[i] != '\0')
      g_string_append_printf (title, "%s%s", title->len > 0 ? " " : "", words[i]);
  }

  return write_title (title->str);
}

/* What was asked in the conversation that is quoted. */
static char *
write_summary (const char *quoted)
{
  g_auto (GStrv) turns = g_strsplit (quoted, "[User]\n", -1);
  GString *summary = g_string_new ("This summary was written beforehand. The user asked:");

  for (guint i = 1; turns[0] != NULL && turns[i] != NULL; i++) {
    g_autofree char *question = write_title (turns[i]);

    g_string_append_printf (summary, "%s %s", i > 1 ? ";" : "", question);
  }
  if (g_str_has_prefix (quoted, "[Summary of what was before]\n"))
    g_string_append (summary, "; and more before that");
  g_string_append_c (summary, '.');

  return g_string_free_and_steal (summary);
}

static void
stop_at (char *content, char **stop)
{
  for (guint i = 0; stop[i] != NULL; i++) {
    char *found = *stop[i] != '\0' ? strstr (content, stop[i]) : NULL;

    if (found != NULL)
      *found = '\0';
  }
}

/* Reasoning and answer are limited together (contract.md section 3, `max_tokens`). */
static gboolean
limit (char *text, gint64 *left)
{
  gsize length;

  if (text == NULL || *left < 0)
    return FALSE;
  length = sonde_demo_text_measure (text, (guint) *left);
  *left -= sonde_demo_text_count_tokens (text);
  if (*left >= 0)
    return FALSE;
  text[length] = '\0';
  *left = 0;

  return TRUE;
}

/**
 * sonde_demo_answer_compose:
 * @request: the request
 * @script: what its line `#demo` asks for
 * @question: the last text of the user, without that line
 *
 * Returns: (transfer full): the answer
 */
SondeDemoAnswer *
sonde_demo_answer_compose (const SondeDemoRequest *request,
                           const SondeDemoScript *script,
                           const char *question)
{
  SondeDemoAnswer *self = g_new0 (SondeDemoAnswer, 1);
  const guint32 seed = script->seed >= 0 ? (guint32) script->seed : g_str_hash (question);
  gint64 left = request->max_tokens;
  gboolean cut;

  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) call_free);
  if (request->tools != NULL && request->tool_output == NULL)
    call_tools (self, request, script, question);

  if (request->thinking)
    self->reasoning = may_reason (request, script)
                        ? write_reasoning (script, request->effort, question, seed)
                        : g_strdup ("");
  if (is_told (request, "Write a title"))
    self->content = write_asked_title (question);
  else if (is_told (request, "The user quotes the older part of a conversation"))
    self->content = write_summary (question);
  else
    self->content =
      self->calls->len > 0 ? g_strdup ("") : write_content (request, script, question, seed);
  skip (self->reasoning, request->prefix_reasoning);
  skip (self->content, request->prefix);
  stop_at (self->content, request->stop);

  if (script->shape == SONDE_DEMO_SHAPE_FUNCTION_CALL && self->calls->len > 1)
    g_ptr_array_set_size (self->calls, 1);

  cut = limit (self->reasoning, &left);
  cut = limit (self->content, &left) || cut;
  if (cut)
    g_ptr_array_set_size (self->calls, 0);
  else if (script->huge >= 0)
    self->huge = write_huge ((gsize) script->huge, seed);

  self->finish = g_strdup (script->finish != NULL                            ? script->finish
                           : cut                                             ? "length"
                           : self->calls->len == 0                           ? "stop"
                           : script->shape == SONDE_DEMO_SHAPE_FUNCTION_CALL ? "function_call"
                                                                             : "tool_calls");
  self->title = request->title ? write_title (question) : NULL;
  self->reasoning_tokens = sonde_demo_text_count_tokens (self->reasoning);
  self->completion_tokens = self->reasoning_tokens + sonde_demo_text_count_tokens (self->content) +
                            sonde_demo_text_count_tokens (self->huge);
  for (guint i = 0; i < self->calls->len; i++) {
    const SondeDemoCall *call = g_ptr_array_index (self->calls, i);

    self->completion_tokens +=
      sonde_demo_text_count_tokens (call->name) + sonde_demo_text_count_tokens (call->arguments);
  }

  return self;
}

/**
 * sonde_demo_answer_free:
 * @self: (transfer full): an answer
 */
void
sonde_demo_answer_free (SondeDemoAnswer *self)
{
  g_free (self->reasoning);
  g_free (self->content);
  g_free (self->huge);
  g_free (self->finish);
  g_free (self->title);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_free (self);
}
