/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SONDE_JSON_PATH_LENGTH 3

/**
 * SondeJsonWish:
 * @SONDE_JSON_SKIP: pass over the value; it takes no memory, however large it is
 * @SONDE_JSON_ENTER: ask again for each of its members; passes over what has none
 * @SONDE_JSON_TAKE: collect its text
 *
 * What a splitter is to do with a value.
 */
typedef enum {
  SONDE_JSON_SKIP,
  SONDE_JSON_ENTER,
  SONDE_JSON_TAKE,
} SondeJsonWish;

/**
 * SondeJsonWishFunc:
 * @path: (array length=depth): the keys that lead to the value as they stand in the document,
 *   escapes and all; "" in an array and for a key longer than 256 bytes
 * @depth: how many, from 1 to %SONDE_JSON_PATH_LENGTH
 * @user_data: what [func@json_splitter_new] was given
 *
 * Returns: what to do with the value there
 */
typedef SondeJsonWish (*SondeJsonWishFunc) (const char *const *path,
                                            guint depth,
                                            gpointer user_data);

/**
 * SondeJsonEvent:
 * @SONDE_JSON_NOTHING: all was consumed; feed more
 * @SONDE_JSON_VALUE: a value that was to be taken is whole
 * @SONDE_JSON_TOO_LARGE: such a value is beyond a limit, and is being passed over
 * @SONDE_JSON_TOO_DEEP: such a value is nested too deep, and is being passed over
 *
 * What [func@json_splitter_feed] came to.
 */
typedef enum {
  SONDE_JSON_NOTHING,
  SONDE_JSON_VALUE,
  SONDE_JSON_TOO_LARGE,
  SONDE_JSON_TOO_DEEP,
} SondeJsonEvent;

typedef struct _SondeJsonSplitter SondeJsonSplitter;

SondeJsonSplitter *sonde_json_splitter_new (gsize max_size,
                                            guint max_items,
                                            SondeJsonWishFunc wish,
                                            gpointer user_data);
void sonde_json_splitter_free (SondeJsonSplitter *self);

gssize sonde_json_splitter_feed (SondeJsonSplitter *self,
                                 const char *data,
                                 gsize length,
                                 SondeJsonEvent *event,
                                 GError **error);
gboolean sonde_json_splitter_finish (SondeJsonSplitter *self, GError **error);
const char *const *sonde_json_splitter_get_path (SondeJsonSplitter *self, guint *depth);
const GString *sonde_json_splitter_get_text (SondeJsonSplitter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeJsonSplitter, sonde_json_splitter_free)

G_END_DECLS
