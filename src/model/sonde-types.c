/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-types.h"

G_DEFINE_ENUM_TYPE (SondeRole,
                    sonde_role,
                    G_DEFINE_ENUM_VALUE (SONDE_ROLE_SYSTEM, "system"),
                    G_DEFINE_ENUM_VALUE (SONDE_ROLE_USER, "user"),
                    G_DEFINE_ENUM_VALUE (SONDE_ROLE_ASSISTANT, "assistant"),
                    G_DEFINE_ENUM_VALUE (SONDE_ROLE_TOOL, "tool"))

G_DEFINE_ENUM_TYPE (SondeThinking,
                    sonde_thinking,
                    G_DEFINE_ENUM_VALUE (SONDE_THINKING_OFF, "off"),
                    G_DEFINE_ENUM_VALUE (SONDE_THINKING_LOW, "low"),
                    G_DEFINE_ENUM_VALUE (SONDE_THINKING_HIGH, "high"),
                    G_DEFINE_ENUM_VALUE (SONDE_THINKING_MAX, "max"))

G_DEFINE_ENUM_TYPE (SondeMessageState,
                    sonde_message_state,
                    G_DEFINE_ENUM_VALUE (SONDE_MESSAGE_COMPLETE, "complete"),
                    G_DEFINE_ENUM_VALUE (SONDE_MESSAGE_STREAMING, "streaming"),
                    G_DEFINE_ENUM_VALUE (SONDE_MESSAGE_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (SONDE_MESSAGE_INTERRUPTED, "interrupted"),
                    G_DEFINE_ENUM_VALUE (SONDE_MESSAGE_FAILED, "failed"))

G_DEFINE_ENUM_TYPE (SondePhase,
                    sonde_phase,
                    G_DEFINE_ENUM_VALUE (SONDE_PHASE_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (SONDE_PHASE_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (SONDE_PHASE_QUEUED, "queued"),
                    G_DEFINE_ENUM_VALUE (SONDE_PHASE_THINKING, "thinking"),
                    G_DEFINE_ENUM_VALUE (SONDE_PHASE_ANSWERING, "answering"),
                    G_DEFINE_ENUM_VALUE (SONDE_PHASE_STALLED, "stalled"),
                    G_DEFINE_ENUM_VALUE (SONDE_PHASE_RETRYING, "retrying"),
                    G_DEFINE_ENUM_VALUE (SONDE_PHASE_OFFLINE, "offline"))

G_DEFINE_ENUM_TYPE (SondeTextKind,
                    sonde_text_kind,
                    G_DEFINE_ENUM_VALUE (SONDE_TEXT_CONTENT, "content"),
                    G_DEFINE_ENUM_VALUE (SONDE_TEXT_REASONING, "reasoning"))

static const char *
nick_of (GType type, int value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  const GEnumValue *found = g_enum_get_value (klass, value);

  return found != NULL ? found->value_nick : NULL;
}

static gboolean
value_of (GType type, const char *nick, int *value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  const GEnumValue *found = nick != NULL ? g_enum_get_value_by_nick (klass, nick) : NULL;

  /* GLib 2.90 no longer minds the case; what is stored and sent is exact. */
  if (found == NULL || !g_str_equal (found->value_nick, nick))
    return FALSE;

  *value = found->value;
  return TRUE;
}

/**
 * sonde_role_to_string:
 * @role: a role
 *
 * Returns: the role's name on the wire
 */
const char *
sonde_role_to_string (SondeRole role)
{
  return nick_of (SONDE_TYPE_ROLE, (int) role);
}

/**
 * sonde_role_from_string:
 * @text: (nullable): a role's name on the wire
 * @role: (out): the role
 *
 * Returns: whether @text names a role
 */
gboolean
sonde_role_from_string (const char *text, SondeRole *role)
{
  int value;

  if (!value_of (SONDE_TYPE_ROLE, text, &value))
    return FALSE;

  *role = (SondeRole) value;
  return TRUE;
}

/**
 * sonde_thinking_to_string:
 * @thinking: a level
 *
 * Returns: `off`, `low`, `high` or `max`
 */
const char *
sonde_thinking_to_string (SondeThinking thinking)
{
  return nick_of (SONDE_TYPE_THINKING, (int) thinking);
}

/**
 * sonde_thinking_from_string:
 * @text: (nullable): `off`, `low`, `high` or `max`
 * @thinking: (out): the level
 *
 * Returns: whether @text names a level
 */
gboolean
sonde_thinking_from_string (const char *text, SondeThinking *thinking)
{
  int value;

  if (!value_of (SONDE_TYPE_THINKING, text, &value))
    return FALSE;

  *thinking = (SondeThinking) value;
  return TRUE;
}
