/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SondeRole:
 *
 * Who speaks (contract.md section 4).
 */
typedef enum {
  SONDE_ROLE_SYSTEM,
  SONDE_ROLE_USER,
  SONDE_ROLE_ASSISTANT,
  SONDE_ROLE_TOOL,
} SondeRole;

#define SONDE_TYPE_ROLE (sonde_role_get_type ())
GType sonde_role_get_type (void);
const char *sonde_role_to_string (SondeRole role);
gboolean sonde_role_from_string (const char *text, SondeRole *role);

/**
 * SondeThinking:
 * @SONDE_THINKING_OFF: `thinking` is `disabled`, no effort is sent
 * @SONDE_THINKING_LOW: `enabled`, `reasoning_effort` `low`
 * @SONDE_THINKING_HIGH: `enabled`, `reasoning_effort` `high` (the service's default)
 * @SONDE_THINKING_MAX: `enabled`, `reasoning_effort` `max`
 *
 * Whether and how hard a model thinks before it answers (contract.md section 3).
 */
typedef enum {
  SONDE_THINKING_OFF,
  SONDE_THINKING_LOW,
  SONDE_THINKING_HIGH,
  SONDE_THINKING_MAX,
} SondeThinking;

#define SONDE_TYPE_THINKING (sonde_thinking_get_type ())
GType sonde_thinking_get_type (void);
const char *sonde_thinking_to_string (SondeThinking thinking);
gboolean sonde_thinking_from_string (const char *text, SondeThinking *thinking);

/**
 * SondeMessageState:
 * @SONDE_MESSAGE_COMPLETE: whole
 * @SONDE_MESSAGE_STREAMING: on its way
 * @SONDE_MESSAGE_STOPPED: the person pressed Stop; the text received is kept
 * @SONDE_MESSAGE_INTERRUPTED: the program ended first; the text received is kept
 * @SONDE_MESSAGE_FAILED: the service or the connection failed, see [property@Message:failure];
 *   the text received is kept
 *
 * How a message stands. Everything but STREAMING is final and stored.
 */
typedef enum {
  SONDE_MESSAGE_COMPLETE,
  SONDE_MESSAGE_STREAMING,
  SONDE_MESSAGE_STOPPED,
  SONDE_MESSAGE_INTERRUPTED,
  SONDE_MESSAGE_FAILED,
} SondeMessageState;

#define SONDE_TYPE_MESSAGE_STATE (sonde_message_state_get_type ())
GType sonde_message_state_get_type (void);

/**
 * SondePhase:
 * @SONDE_PHASE_NONE: not streaming
 * @SONDE_PHASE_CONNECTING: no byte of the answer has come
 * @SONDE_PHASE_QUEUED: only keep-alives have come
 * @SONDE_PHASE_THINKING: the last delta was reasoning
 * @SONDE_PHASE_ANSWERING: the last delta was content
 * @SONDE_PHASE_STALLED: nothing at all has come for the stall time; the connection is kept
 * @SONDE_PHASE_RETRYING: a try has failed, and the next one is at
 *   [property@Message:retry-at]; the failure tells why
 * @SONDE_PHASE_OFFLINE: a try has failed, and the next one is when there is a network
 *
 * What a streaming answer is waiting for (contract.md section 5.2). Not stored.
 */
typedef enum {
  SONDE_PHASE_NONE,
  SONDE_PHASE_CONNECTING,
  SONDE_PHASE_QUEUED,
  SONDE_PHASE_THINKING,
  SONDE_PHASE_ANSWERING,
  SONDE_PHASE_STALLED,
  SONDE_PHASE_RETRYING,
  SONDE_PHASE_OFFLINE,
} SondePhase;

#define SONDE_TYPE_PHASE (sonde_phase_get_type ())
GType sonde_phase_get_type (void);

/**
 * SondeTextKind:
 * @SONDE_TEXT_CONTENT: the answer
 * @SONDE_TEXT_REASONING: what was thought before it
 *
 * The two texts of a message.
 */
typedef enum {
  SONDE_TEXT_CONTENT,
  SONDE_TEXT_REASONING,
} SondeTextKind;

#define SONDE_TYPE_TEXT_KIND (sonde_text_kind_get_type ())
GType sonde_text_kind_get_type (void);

G_END_DECLS
