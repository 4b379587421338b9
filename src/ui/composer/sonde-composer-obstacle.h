/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-conversation.h"
#include "sonde-model-info.h"

G_BEGIN_DECLS

/**
 * SondeComposerObstacle:
 * @SONDE_COMPOSER_OBSTACLE_NONE: nothing is in the way
 * @SONDE_COMPOSER_OBSTACLE_FILES: a file could not be read
 * @SONDE_COMPOSER_OBSTACLE_IMAGES: there is an image, and the model takes none
 * @SONDE_COMPOSER_OBSTACLE_JSON: the answer is to be JSON, and nothing says so in words
 *
 * Why a question is not sent.
 */
typedef enum {
  SONDE_COMPOSER_OBSTACLE_NONE,
  SONDE_COMPOSER_OBSTACLE_FILES,
  SONDE_COMPOSER_OBSTACLE_IMAGES,
  SONDE_COMPOSER_OBSTACLE_JSON,
} SondeComposerObstacle;

SondeComposerObstacle sonde_composer_obstacle_find (SondeConversation *conversation,
                                                    SondeModelInfo *model,
                                                    const char *text,
                                                    gboolean json_was_said);
gboolean sonde_composer_obstacle_was_json_said (SondeConversation *conversation);
char *sonde_composer_obstacle_dup_text (SondeComposerObstacle obstacle, SondeModelInfo *model);
const char *sonde_composer_obstacle_get_fix (SondeComposerObstacle obstacle);
void sonde_composer_obstacle_remove_files (SondeComposerObstacle obstacle, GListStore *list);

G_END_DECLS
