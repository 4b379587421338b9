/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-demo-cache.h"

#include "sonde-demo-text.h"

#define UNIT       64
#define FNV_OFFSET G_GUINT64_CONSTANT (14695981039346656037)
#define FNV_PRIME  G_GUINT64_CONSTANT (1099511628211)

/* The prompt as one text. Reasoning counts in turns with tools only (contract.md section 4, rule
 * 4: elsewhere it is ignored, and the number of tokens is the same without it). */
static char *
dup_prompt (const SondeDemoRequest *request)
{
  g_autoptr (GString) prompt = g_string_new (request->model);

  for (guint i = 0; request->tools != NULL && i < json_array_get_length (request->tools); i++) {
    g_autofree char *tool = json_to_string (json_array_get_element (request->tools, i), FALSE);

    g_string_append_printf (prompt, "\n%s", tool);
  }
  for (guint i = 0; i < json_array_get_length (request->messages); i++) {
    JsonObject *message = json_array_get_object_element (request->messages, i);
    JsonNode *calls = json_object_get_member (message, "tool_calls");
    g_autofree char *text = sonde_demo_request_dup_text (message);

    g_string_append_printf (prompt, "\n%s:", json_object_get_string_member (message, "role"));
    if (calls != NULL && !JSON_NODE_HOLDS_NULL (calls)) {
      g_autofree char *json = json_to_string (calls, FALSE);

      g_string_append_printf (
        prompt, "%s%s",
        json_object_get_string_member_with_default (message, "reasoning_content", ""), json);
    }
    g_string_append (prompt, text);
  }

  return g_string_free_and_steal (g_steal_pointer (&prompt));
}

/**
 * sonde_demo_cache_new:
 *
 * A cache remembers how the prompts of earlier requests began, in units of 64 tokens.
 *
 * Returns: (transfer full): an empty cache; free it with g_hash_table_unref()
 */
SondeDemoCache *
sonde_demo_cache_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * sonde_demo_cache_count:
 * @self: a cache
 * @request: a request, which is remembered
 * @cached: (out): how many tokens of its prompt an earlier request began with
 *
 * Returns: how many tokens the prompt has
 */
guint
sonde_demo_cache_count (SondeDemoCache *self, const SondeDemoRequest *request, guint *cached)
{
  g_autofree char *prompt = dup_prompt (request);
  const char *p = prompt;
  guint64 hash = FNV_OFFSET;
  gboolean known = TRUE;
  guint n = 0;
  gsize length;

  *cached = 0;
  while ((length = sonde_demo_text_next_token (p)) > 0) {
    for (gsize i = 0; i < length; i++)
      hash = (hash ^ (guchar) p[i]) * FNV_PRIME;
    p += length;
    if (++n % UNIT != 0)
      continue;
    known = known && g_hash_table_contains (self, &hash);
    if (known)
      *cached = n;
    else
      g_hash_table_add (self, g_memdup2 (&hash, sizeof hash));
  }

  return n;
}
