/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-tool-call-builder.h"

typedef struct {
  guint index;
  char *id;
  GString *name;
  GString *arguments;
  gboolean legacy;
} Call;

struct _SondeToolCallBuilder {
  GPtrArray *calls; /* of Call, in the order in which they began */
  Call *last;
};

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->id);
  g_string_free (call->name, TRUE);
  g_string_free (call->arguments, TRUE);
  g_free (call);
}

static Call *
find_call (SondeToolCallBuilder *self, const SondeToolCallDelta *delta)
{
  gboolean by_index = delta->index != SONDE_TOOL_CALL_NO_INDEX;

  for (guint i = 0; i < self->calls->len; i++) {
    Call *call = g_ptr_array_index (self->calls, i);

    if (by_index ? call->index == delta->index
                 : delta->id != NULL && g_strcmp0 (call->id, delta->id) == 0)
      return call;
  }

  return by_index || delta->id != NULL ? NULL : self->last;
}

static int
compare_calls (gconstpointer a, gconstpointer b)
{
  const Call *first = *(const Call *const *) a;
  const Call *second = *(const Call *const *) b;

  return first->index < second->index ? -1 : first->index > second->index;
}

/**
 * sonde_tool_call_builder_new:
 *
 * Returns: (transfer full): a builder without calls
 */
SondeToolCallBuilder *
sonde_tool_call_builder_new (void)
{
  SondeToolCallBuilder *self = g_new0 (SondeToolCallBuilder, 1);

  self->calls = g_ptr_array_new_with_free_func (call_free);

  return self;
}

/**
 * sonde_tool_call_builder_add:
 * @self: a builder
 * @delta: the next fragment
 *
 * A fragment belongs to the call with its index, else to that with its id, else to the
 * last one (contract.md section 5.1).
 */
void
sonde_tool_call_builder_add (SondeToolCallBuilder *self, const SondeToolCallDelta *delta)
{
  Call *call;

  g_return_if_fail (self != NULL);
  g_return_if_fail (delta != NULL);

  call = find_call (self, delta);
  if (call == NULL) {
    call = g_new0 (Call, 1);
    call->index = delta->index;
    call->name = g_string_new (NULL);
    call->arguments = g_string_new (NULL);
    g_ptr_array_add (self->calls, call);
  }

  self->last = call;
  call->legacy |= delta->legacy;
  if (delta->id != NULL && *delta->id != '\0')
    g_set_str (&call->id, delta->id);
  /* Some servers repeat the whole name with every fragment. */
  if (delta->name != NULL && !g_str_equal (call->name->str, delta->name))
    g_string_append (call->name, delta->name);
  if (delta->arguments != NULL)
    g_string_append (call->arguments, delta->arguments);
}

/**
 * sonde_tool_call_builder_get_calls:
 * @self: a builder
 *
 * Returns: (transfer full) (element-type SondeToolCall): the calls so far, by their index;
 *   those without one come last, in the order in which they came
 */
GPtrArray *
sonde_tool_call_builder_get_calls (SondeToolCallBuilder *self)
{
  g_autoptr (GPtrArray) sorted = NULL;
  GPtrArray *calls;

  g_return_val_if_fail (self != NULL, NULL);

  sorted = g_ptr_array_copy (self->calls, NULL, NULL);
  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_calls);
  calls = g_ptr_array_new_full (sorted->len, (GDestroyNotify) sonde_tool_call_free);
  for (guint i = 0; i < sorted->len; i++) {
    Call *call = g_ptr_array_index (sorted, i);

    g_ptr_array_add (
      calls, sonde_tool_call_new (call->id, call->name->str, call->arguments->str, call->legacy));
  }

  return calls;
}

/**
 * sonde_tool_call_builder_free:
 * @self: (transfer full): a builder
 */
void
sonde_tool_call_builder_free (SondeToolCallBuilder *self)
{
  g_ptr_array_unref (self->calls);
  g_free (self);
}
