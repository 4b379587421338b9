/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-details-builder.h"

#include <string.h>

#include "sonde-tool-call-builder.h"

struct _SondeDetailsBuilder {
  SondeMessageDetails *details;
  SondeToolCallBuilder *calls; /* NULL until the first one */
  GHashTable *extra_names;     /* whose values are in @extra */
  GString *extra;              /* the members, with commas between them */
  GString *logprobs[2];        /* by SondeTextKind: the elements, with commas between them */
};

/* The elements of a JSON array, to be put behind those of an earlier one. */
static void
append_elements (GString **elements, const char *array)
{
  g_autofree char *inner = NULL;

  if (array == NULL || strlen (array) < 2)
    return;
  inner = g_strstrip (g_strndup (array + 1, strlen (array) - 2));
  if (*inner == '\0')
    return;
  if (*elements == NULL)
    *elements = g_string_new (NULL);
  if ((*elements)->len > 0)
    g_string_append_c (*elements, ',');
  g_string_append (*elements, inner);
}

static void
append_name (GString *json, const char *name)
{
  g_string_append_c (json, '"');
  for (const char *c = name; *c != '\0'; c++) {
    if (*c == '"' || *c == '\\')
      g_string_append_c (json, '\\');
    if ((guchar) *c < 0x20)
      g_string_append_printf (json, "\\u%04x", (guint) *c);
    else
      g_string_append_c (json, *c);
  }
  g_string_append (json, "\":");
}

/* A member that comes again has nothing new to say: the first one counts. */
static void
take_extras (SondeDetailsBuilder *self, GPtrArray *extras)
{
  for (guint i = 0; extras != NULL && i < extras->len; i++) {
    const SondeExtra *extra = g_ptr_array_index (extras, i);

    if (!g_hash_table_add (self->extra_names, g_strdup (extra->name)))
      continue;
    if (self->extra->len > 0)
      g_string_append_c (self->extra, ',');
    append_name (self->extra, extra->name);
    g_string_append (self->extra, extra->json);
  }
}

static void
take_text (char **slot, const char *text)
{
  if (text != NULL && *text != '\0')
    g_set_str (slot, text);
}

/**
 * sonde_details_builder_new:
 * @known: (nullable): what is known already, of an answer that is continued
 *
 * Returns: (transfer full): a builder
 */
SondeDetailsBuilder *
sonde_details_builder_new (const SondeMessageDetails *known)
{
  SondeDetailsBuilder *self = g_new0 (SondeDetailsBuilder, 1);

  self->details = known != NULL ? sonde_message_details_copy (known) : sonde_message_details_new ();
  self->extra_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->extra = g_string_new (NULL);

  return self;
}

/**
 * sonde_details_builder_free:
 * @self: (transfer full): a builder
 */
void
sonde_details_builder_free (SondeDetailsBuilder *self)
{
  sonde_message_details_free (self->details);
  g_clear_pointer (&self->calls, sonde_tool_call_builder_free);
  g_hash_table_unref (self->extra_names);
  g_string_free (self->extra, TRUE);
  for (guint kind = 0; kind < G_N_ELEMENTS (self->logprobs); kind++)
    if (self->logprobs[kind] != NULL)
      g_string_free (self->logprobs[kind], TRUE);
  g_free (self);
}

/**
 * sonde_details_builder_get:
 * @self: a builder
 *
 * Returns: (transfer none): the details, for what does not come in chunks
 */
SondeMessageDetails *
sonde_details_builder_get (SondeDetailsBuilder *self)
{
  return self->details;
}

/**
 * sonde_details_builder_take:
 * @self: a builder
 * @chunk: the next chunk
 *
 * Returns: whether there was a part of a tool call in it
 */
gboolean
sonde_details_builder_take (SondeDetailsBuilder *self, const SondeChunk *chunk)
{
  take_text (&self->details->trace_id, chunk->id);
  take_text (&self->details->system_fingerprint, chunk->system_fingerprint);
  take_text (&self->details->title, chunk->title);
  take_extras (self, chunk->extras);
  append_elements (&self->logprobs[SONDE_TEXT_CONTENT], chunk->logprobs_json);
  append_elements (&self->logprobs[SONDE_TEXT_REASONING], chunk->reasoning_logprobs_json);
  if (chunk->tool_calls == NULL || chunk->tool_calls->len == 0)
    return FALSE;

  if (self->calls == NULL)
    self->calls = sonde_tool_call_builder_new ();
  for (guint i = 0; i < chunk->tool_calls->len; i++)
    sonde_tool_call_builder_add (self->calls, g_ptr_array_index (chunk->tool_calls, i));

  return TRUE;
}

/**
 * sonde_details_builder_finish:
 * @self: a builder
 *
 * Returns: (transfer none): the details with all that has come so far
 */
const SondeMessageDetails *
sonde_details_builder_finish (SondeDetailsBuilder *self)
{
  const GString *content = self->logprobs[SONDE_TEXT_CONTENT];
  const GString *reasoning = self->logprobs[SONDE_TEXT_REASONING];

  if (self->calls != NULL) {
    g_clear_pointer (&self->details->tool_calls, g_ptr_array_unref);
    self->details->tool_calls = sonde_tool_call_builder_get_calls (self->calls);
  }
  if (self->extra->len > 0) {
    g_free (self->details->extra);
    self->details->extra = g_strdup_printf ("{%s}", self->extra->str);
  }
  if (content != NULL || reasoning != NULL) {
    g_free (self->details->logprobs);
    self->details->logprobs =
      g_strdup_printf ("{%s%s%s%s%s%s%s}", content != NULL ? "\"content\":[" : "",
                       content != NULL ? content->str : "", content != NULL ? "]" : "",
                       content != NULL && reasoning != NULL ? "," : "",
                       reasoning != NULL ? "\"reasoning_content\":[" : "",
                       reasoning != NULL ? reasoning->str : "", reasoning != NULL ? "]" : "");
  }

  return self->details;
}
