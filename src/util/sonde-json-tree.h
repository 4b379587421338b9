/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SondeJsonKind:
 * @SONDE_JSON_OBJECT: an object
 * @SONDE_JSON_ARRAY: an array
 * @SONDE_JSON_STRING: a string
 * @SONDE_JSON_NUMBER: a number
 * @SONDE_JSON_WORD: `true`, `false` or `null`
 *
 * What a value is.
 */
typedef enum {
  SONDE_JSON_OBJECT,
  SONDE_JSON_ARRAY,
  SONDE_JSON_STRING,
  SONDE_JSON_NUMBER,
  SONDE_JSON_WORD,
} SondeJsonKind;

/**
 * SondeJsonValue:
 * @kind: what it is
 * @key: (nullable): its name in the object that it is in, without escapes
 * @text: (nullable): a string without its quotes and escapes, or a number or word as it stands
 *   in the source; %NULL for an object or array
 * @children: (nullable) (element-type SondeJsonValue): what is in an object or array
 *
 * A value, with what is in it. Of JSON that breaks off, what was there.
 */
typedef struct _SondeJsonValue SondeJsonValue;
struct _SondeJsonValue {
  SondeJsonKind kind;
  char *key;
  char *text;
  GPtrArray *children;
};

/**
 * SondeJsonTree:
 * @root: (nullable): the value; %NULL where not even its beginning is there
 * @complete: whether it is JSON from beginning to end
 * @truncated: whether it could be, if it went on
 * @offset: where it breaks, in bytes from the beginning
 * @line: where it breaks, from 1
 *
 * A text read as JSON.
 */
typedef struct {
  SondeJsonValue *root;
  gboolean complete;
  gboolean truncated;
  gsize offset;
  guint line;
} SondeJsonTree;

SondeJsonTree *sonde_json_tree_parse (const char *text, gsize length);
void sonde_json_tree_free (SondeJsonTree *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeJsonTree, sonde_json_tree_free)

G_END_DECLS
