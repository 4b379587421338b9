/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SONDE_DEMO_USAGE_UNSET,
  SONDE_DEMO_USAGE_FINISH,
  SONDE_DEMO_USAGE_SEPARATE,
  SONDE_DEMO_USAGE_NONE,
} SondeDemoUsage;

/* How other services, and this one formerly, put the same answer. */
typedef enum {
  SONDE_DEMO_SHAPE_OWN,
  SONDE_DEMO_SHAPE_REASONING,     /* the field is named `reasoning` */
  SONDE_DEMO_SHAPE_PARTS,         /* content is an array of parts */
  SONDE_DEMO_SHAPE_THINK,         /* reasoning stands in the content, between <think> tags */
  SONDE_DEMO_SHAPE_FUNCTION_CALL, /* a call is `function_call` */
} SondeDemoShape;

/* What the line `#demo` of a question asks for. Counts are -1 where it says nothing. */
typedef struct {
  char *doc;
  char *tool;
  gint64 tokens;
  gint64 reasoning;
  gint64 seed;

  gint64 interval; /* microseconds from one token to the next */
  gint64 first;    /* milliseconds */
  gint64 keepalive;
  gint64 every; /* milliseconds */

  SondeDemoUsage usage;
  SondeDemoShape shape;
  char *finish;
  gboolean done;

  char *status;
  gint64 fail;
  gint64 retry_after; /* seconds */
  gint64 stall;
  gint64 cut;
  gint64 garbage;
  gint64 error;
  gint64 huge;
  gboolean split;
  gboolean html;
  gboolean blank;
  gboolean reset;
} SondeDemoScript;

SondeDemoScript *sonde_demo_script_new (void);
SondeDemoScript *sonde_demo_script_parse (const char *question, char **rest, char **mistake);
void sonde_demo_script_clear_faults (SondeDemoScript *self);
gboolean sonde_demo_script_has_faults (const SondeDemoScript *self);
void sonde_demo_script_free (SondeDemoScript *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeDemoScript, sonde_demo_script_free)

G_END_DECLS
