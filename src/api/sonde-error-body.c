/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The words in the body of an error: JSON of several shapes, plain text or a
 * proxy's HTML (contract.md section 7.1). */

#include "sonde-error-body.h"

#include <string.h>

#include "sonde-api-error.h"
#include "sonde-json.h"

#define MAX_BODY 65536 /* bytes; the words are at the front */

static gboolean
starts_with (const char *text, const char *prefix)
{
  return g_ascii_strncasecmp (text, prefix, strlen (prefix)) == 0;
}

/* From @text to behind the tag that closes the element @name. */
static const char *
skip_element (const char *text, const char *name)
{
  g_autofree char *close = g_strconcat ("</", name, NULL);

  for (; *text != '\0'; text++) {
    if (starts_with (text, close)) {
      const char *end = strchr (text, '>');
      return end != NULL ? end + 1 : text + strlen (text);
    }
  }

  return text;
}

/* Appends what a reader would see of @html. */
static void
append_html_text (GString *text, const char *html)
{
  static const struct {
    const char *name;
    char character;
  } entities[] = { { "&amp;", '&' },  { "&lt;", '<' },   { "&gt;", '>' },
                   { "&#39;", '\'' }, { "&quot;", '"' }, { "&nbsp;", ' ' } };

  while (*html != '\0') {
    char character = *html;

    if (starts_with (html, "<script")) {
      html = skip_element (html, "script");
      character = ' ';
    } else if (starts_with (html, "<style")) {
      html = skip_element (html, "style");
      character = ' ';
    } else if (*html == '<') {
      const char *end = strchr (html, '>');

      html = end != NULL ? end + 1 : html + strlen (html);
      character = ' ';
    } else {
      gsize length = 1;

      for (gsize i = 0; *html == '&' && i < G_N_ELEMENTS (entities); i++) {
        if (g_str_has_prefix (html, entities[i].name)) {
          character = entities[i].character;
          length = strlen (entities[i].name);
        }
      }
      html += length;
    }

    if (!g_ascii_isspace (character))
      g_string_append_c (text, character);
    else if (text->len > 0 && text->str[text->len - 1] != ' ')
      g_string_append_c (text, ' ');
  }
}

/* The title of a page, or all its text where it has none. */
static char *
read_html (const char *html)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *at = strchr (html, '<'); at != NULL; at = strchr (at + 1, '<')) {
    if (starts_with (at, "<title")) {
      const char *end = skip_element (at, "title");
      g_autofree char *title = g_strndup (at, (gsize) (end - at));

      append_html_text (text, title);
      break;
    }
  }
  if (text->len == 0 || g_str_equal (text->str, " "))
    append_html_text (text, html);

  return g_strdup (text->str);
}

/* The words and the code of {"error":{...}}, {"error":"..."} and of the shapes of
 * other servers; FALSE: the body is not like that. */
static gboolean
read_json (const char *body, gsize length, char **text, char **code)
{
  static const char *const names[] = { "message", "detail", "msg", "error" };
  g_autoptr (JsonNode) root = sonde_json_parse (body, length, NULL);
  JsonObject *object;
  JsonObject *error;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;

  object = json_node_get_object (root);
  error = sonde_json_get_object (object, "error");
  if (error != NULL)
    object = error;

  for (gsize i = 0; *text == NULL && i < G_N_ELEMENTS (names); i++)
    *text = g_strdup (sonde_json_get_string (object, names[i]));
  *code = g_strdup (sonde_json_get_string (object, "code"));
  if (*code == NULL)
    *code = g_strdup (sonde_json_get_string (object, "type"));

  return *text != NULL;
}

/**
 * sonde_error_body_read:
 * @body: what came with an error
 * @text: (out) (nullable): its words, UTF-8
 * @code: (out) (nullable): its code, or else its type, where they are strings
 */
void
sonde_error_body_read (GBytes *body, char **text, char **code)
{
  g_autofree char *plain = NULL;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  *text = NULL;
  *code = NULL;
  if (length == 0)
    return;
  if (read_json (data, length, text, code))
    return;

  plain = g_strstrip (g_utf8_make_valid (data, (gssize) MIN (length, MAX_BODY)));
  if (*plain == '<')
    *text = read_html (plain);
  else if (*plain != '\0')
    *text = g_steal_pointer (&plain);
}
