/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-demo-script.h"

#include <string.h>

#define DEFAULT_RATE  60
#define DEFAULT_EVERY 1000
#define LARGEST       (G_GINT64_CONSTANT (1) << 32)

typedef enum {
  VALUE_NUMBER,
  VALUE_STRING,
  VALUE_SWITCH,
  VALUE_RATE,
  VALUE_TRICKLE,
  VALUE_USAGE,
  VALUE_SHAPE,
} ValueKind;

typedef struct {
  const char *name;
  ValueKind kind;
  gsize offset;
} Key;

#define AT(field) G_STRUCT_OFFSET (SondeDemoScript, field)

static const Key keys[] = {
  { "doc", VALUE_STRING, AT (doc) },
  { "tool", VALUE_STRING, AT (tool) },
  { "tokens", VALUE_NUMBER, AT (tokens) },
  { "reasoning", VALUE_NUMBER, AT (reasoning) },
  { "seed", VALUE_NUMBER, AT (seed) },
  { "rate", VALUE_RATE, AT (interval) },
  { "trickle", VALUE_TRICKLE, AT (interval) },
  { "first", VALUE_NUMBER, AT (first) },
  { "keepalive", VALUE_NUMBER, AT (keepalive) },
  { "every", VALUE_NUMBER, AT (every) },
  { "usage", VALUE_USAGE, AT (usage) },
  { "shape", VALUE_SHAPE, AT (shape) },
  { "finish", VALUE_STRING, AT (finish) },
  { "done", VALUE_SWITCH, AT (done) },
  { "status", VALUE_STRING, AT (status) },
  { "fail", VALUE_NUMBER, AT (fail) },
  { "retry-after", VALUE_NUMBER, AT (retry_after) },
  { "stall", VALUE_NUMBER, AT (stall) },
  { "cut", VALUE_NUMBER, AT (cut) },
  { "garbage", VALUE_NUMBER, AT (garbage) },
  { "error", VALUE_NUMBER, AT (error) },
  { "huge", VALUE_NUMBER, AT (huge) },
  { "split", VALUE_SWITCH, AT (split) },
  { "html", VALUE_SWITCH, AT (html) },
  { "blank", VALUE_SWITCH, AT (blank) },
  { "reset", VALUE_SWITCH, AT (reset) },
};

static const char *const docs[] = {
  "welcome", "again", "prose", "markdown", "code",  "chinese",
  "math",    "rtl",   "mixed", "json",     "empty", NULL,
};

static const char *const shapes[] = {
  [SONDE_DEMO_SHAPE_OWN] = "own",
  [SONDE_DEMO_SHAPE_REASONING] = "reasoning",
  [SONDE_DEMO_SHAPE_PARTS] = "parts",
  [SONDE_DEMO_SHAPE_THINK] = "think",
  [SONDE_DEMO_SHAPE_FUNCTION_CALL] = "function_call",
};

static gboolean
read_shape (const char *value, SondeDemoShape *shape)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++) {
    if (g_str_equal (shapes[i], value)) {
      *shape = (SondeDemoShape) i;
      return TRUE;
    }
  }

  return FALSE;
}

static gboolean
read_number (const char *value, gint64 *number)
{
  return g_ascii_string_to_signed (value, 10, 0, LARGEST, number, NULL);
}

static gboolean
set_value (SondeDemoScript *self, const Key *key, const char *value)
{
  gpointer field = G_STRUCT_MEMBER_P (self, key->offset);
  gint64 number = 0;

  switch (key->kind) {
  case VALUE_NUMBER:
    return read_number (value, field);
  case VALUE_STRING:
    if (g_str_equal (key->name, "doc") && !g_strv_contains (docs, value))
      return FALSE;
    g_free (*(char **) field);
    *(char **) field = g_strdup (value);
    return TRUE;
  case VALUE_SWITCH:
    *(gboolean *) field = g_str_equal (value, "1") || g_str_equal (value, "yes");
    return *(gboolean *) field || g_str_equal (value, "0") || g_str_equal (value, "no");
  case VALUE_RATE:
    if (!read_number (value, &number))
      return FALSE;
    *(gint64 *) field = number > 0 ? G_USEC_PER_SEC / number : 0;
    return TRUE;
  case VALUE_TRICKLE:
    if (!read_number (value, &number))
      return FALSE;
    *(gint64 *) field = number * 1000;
    return TRUE;
  case VALUE_USAGE:
    if (g_str_equal (value, "finish"))
      *(SondeDemoUsage *) field = SONDE_DEMO_USAGE_FINISH;
    else if (g_str_equal (value, "separate"))
      *(SondeDemoUsage *) field = SONDE_DEMO_USAGE_SEPARATE;
    else if (g_str_equal (value, "none"))
      *(SondeDemoUsage *) field = SONDE_DEMO_USAGE_NONE;
    else
      return FALSE;
    return TRUE;
  case VALUE_SHAPE:
    return read_shape (value, field);
  default:
    g_assert_not_reached ();
  }
}

static gboolean
parse_word (SondeDemoScript *self, const char *word)
{
  const char *equals = strchr (word, '=');

  for (gsize i = 0; equals != NULL && i < G_N_ELEMENTS (keys); i++)
    if (strlen (keys[i].name) == (gsize) (equals - word) && g_str_has_prefix (word, keys[i].name))
      return set_value (self, &keys[i], equals + 1);

  return FALSE;
}

/**
 * sonde_demo_script_new:
 *
 * Returns: (transfer full): the script of a question that asks for nothing special
 */
SondeDemoScript *
sonde_demo_script_new (void)
{
  SondeDemoScript *self = g_new0 (SondeDemoScript, 1);

  self->tokens = -1;
  self->reasoning = -1;
  self->seed = -1;
  self->huge = -1;
  self->interval = G_USEC_PER_SEC / DEFAULT_RATE;
  self->every = DEFAULT_EVERY;
  self->done = TRUE;
  sonde_demo_script_clear_faults (self);

  return self;
}

/**
 * sonde_demo_script_parse:
 * @question: the text of the last message of the user
 * @rest: (out) (transfer full): @question without its line `#demo`
 * @mistake: (out) (transfer full) (nullable): the word that is not understood
 *
 * Reads the line `#demo key=value key=value ...` of a question. docs/demo-service.md
 * has every key with its meaning:
 *
 * - the answer: `doc`, `tokens`, `reasoning`, `seed`, `tool`, `finish`, `done`, `usage`,
 *   `shape`
 * - its pace: `rate`, `trickle`, `first`, `keepalive`, `every`
 * - faults: `status`, `fail`, `retry-after`, `stall`, `cut`, `split`, `garbage`,
 *   `huge`, `error`, `html`, `blank`, `reset`
 *
 * A word that is not understood is a mistake, so that no test asks for nothing.
 *
 * Returns: (transfer full): the script
 */
SondeDemoScript *
sonde_demo_script_parse (const char *question, char **rest, char **mistake)
{
  g_autoptr (SondeDemoScript) self = sonde_demo_script_new ();
  g_auto (GStrv) lines = g_strsplit (question, "\n", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  *mistake = NULL;
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) words = NULL;

    g_strchomp (lines[i]);
    if (!g_str_has_prefix (lines[i], "#demo ")) {
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", lines[i]);
      continue;
    }

    words = g_strsplit (lines[i] + strlen ("#demo "), " ", -1);
    for (guint j = 0; words[j] != NULL; j++) {
      if (*words[j] != '\0' && *mistake == NULL && !parse_word (self, words[j]))
        *mistake = g_strdup (words[j]);
    }
  }

  if (self->fail > 0 && !sonde_demo_script_has_faults (self))
    self->status = g_strdup ("500");
  *rest = g_string_free_and_steal (g_steal_pointer (&text));

  return g_steal_pointer (&self);
}

/**
 * sonde_demo_script_has_faults:
 * @self: a script
 *
 * Returns: whether the answer is to be broken on purpose
 */
gboolean
sonde_demo_script_has_faults (const SondeDemoScript *self)
{
  return self->status != NULL || self->stall >= 0 || self->cut >= 0 || self->garbage >= 0 ||
         self->error >= 0 || self->html || self->blank || self->reset || self->finish != NULL ||
         !self->done;
}

/**
 * sonde_demo_script_clear_faults:
 * @self: a script
 *
 * Forgets all that sonde_demo_script_has_faults() looks for.
 */
void
sonde_demo_script_clear_faults (SondeDemoScript *self)
{
  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->finish, g_free);
  self->stall = self->cut = self->garbage = self->error = self->retry_after = -1;
  self->html = self->blank = self->reset = FALSE;
  self->done = TRUE;
}

/**
 * sonde_demo_script_free:
 * @self: (transfer full): a script
 */
void
sonde_demo_script_free (SondeDemoScript *self)
{
  g_free (self->doc);
  g_free (self->tool);
  g_free (self->finish);
  g_free (self->status);
  g_free (self);
}
