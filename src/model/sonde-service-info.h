/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SondeServiceFlags:
 * @SONDE_SERVICE_NONE: nothing beside the common protocol
 * @SONDE_SERVICE_THINKING: takes `thinking` and `reasoning_effort`
 * @SONDE_SERVICE_REPLAY: wants the reasoning of earlier turns back
 * @SONDE_SERVICE_PREFIX: goes on from a text that was begun
 * @SONDE_SERVICE_STRICT: holds tool calls to their schema
 * @SONDE_SERVICE_BALANCE: answers `/user/balance`
 * @SONDE_SERVICE_PENALTIES: takes `frequency_penalty` and `presence_penalty`
 * @SONDE_SERVICE_THINK_TAGS: puts reasoning between `<think>` tags into the answer
 * @SONDE_SERVICE_KEYLESS: answers without a key
 *
 * What a service can do beside the common protocol (contract.md sections 1, 3, 4 and 10).
 */
typedef enum {
  SONDE_SERVICE_NONE = 0,
  SONDE_SERVICE_THINKING = 1 << 0,
  SONDE_SERVICE_REPLAY = 1 << 1,
  SONDE_SERVICE_PREFIX = 1 << 2,
  SONDE_SERVICE_STRICT = 1 << 3,
  SONDE_SERVICE_BALANCE = 1 << 4,
  SONDE_SERVICE_PENALTIES = 1 << 5,
  SONDE_SERVICE_THINK_TAGS = 1 << 6,
  SONDE_SERVICE_KEYLESS = 1 << 7,
} SondeServiceFlags;

/* What DeepSeek's own service can do. */
#define SONDE_SERVICE_FLAGS_DEEPSEEK                                                               \
  (SONDE_SERVICE_THINKING | SONDE_SERVICE_REPLAY | SONDE_SERVICE_PREFIX | SONDE_SERVICE_STRICT |   \
   SONDE_SERVICE_BALANCE | SONDE_SERVICE_PENALTIES)

#define SONDE_TYPE_SERVICE_FLAGS (sonde_service_flags_get_type ())
GType sonde_service_flags_get_type (void);

/**
 * SondeAddressProblem:
 * @SONDE_ADDRESS_PROBLEM_NONE: it can be used
 * @SONDE_ADDRESS_PROBLEM_EMPTY: there is nothing
 * @SONDE_ADDRESS_PROBLEM_MALFORMED: it is not `https://host/path`
 * @SONDE_ADDRESS_PROBLEM_EXTRA: it has a user name, a query or a fragment
 * @SONDE_ADDRESS_PROBLEM_PLAIN: what is sent there can be read on the way, and nobody consented
 *
 * Why a base URL cannot be used.
 */
typedef enum {
  SONDE_ADDRESS_PROBLEM_NONE,
  SONDE_ADDRESS_PROBLEM_EMPTY,
  SONDE_ADDRESS_PROBLEM_MALFORMED,
  SONDE_ADDRESS_PROBLEM_EXTRA,
  SONDE_ADDRESS_PROBLEM_PLAIN,
} SondeAddressProblem;

#define SONDE_DEEPSEEK_ID  "deepseek"
#define SONDE_DEEPSEEK_URL "https://api.deepseek.com"

/* Properties, read only: "id", "name" and "base-url" (strings), "flags"
 * (SondeServiceFlags), "allow-plain" (boolean). */
#define SONDE_TYPE_SERVICE_INFO (sonde_service_info_get_type ())
G_DECLARE_FINAL_TYPE (SondeServiceInfo, sonde_service_info, SONDE, SERVICE_INFO, GObject)

SondeServiceInfo *sonde_service_info_new (const char *id,
                                          const char *name,
                                          const char *base_url,
                                          SondeServiceFlags flags,
                                          gboolean allow_plain);
SondeServiceInfo *sonde_service_info_new_deepseek (void);
const char *sonde_service_info_get_id (SondeServiceInfo *self);
const char *sonde_service_info_get_name (SondeServiceInfo *self);
const char *sonde_service_info_get_base_url (SondeServiceInfo *self);
SondeServiceFlags sonde_service_info_get_flags (SondeServiceInfo *self);
gboolean sonde_service_info_get_allow_plain (SondeServiceInfo *self);
gboolean sonde_service_info_is_deepseek (SondeServiceInfo *self);
gboolean sonde_service_info_equal (SondeServiceInfo *self, SondeServiceInfo *other);

char *sonde_service_info_normalize (const char *address);
gboolean sonde_service_info_is_loopback (const char *address);
SondeAddressProblem sonde_service_info_check (const char *address, gboolean allow_plain);
SondeServiceFlags sonde_service_info_guess (const char *address);

G_END_DECLS
