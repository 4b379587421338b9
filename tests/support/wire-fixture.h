/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WireEnd:
 * @WIRE_CLOSE: closes the connection
 * @WIRE_RESET: resets it when the test says so, so that the client gets an error and not an
 *   end; what the client has not read by then is lost
 * @WIRE_HOLD: says nothing more and waits until the client hangs up
 * @WIRE_PAUSE: goes on with the next answer when the test says so
 * @WIRE_KEEP: keeps it for the next request
 *
 * What a server does when it has sent its answer.
 */
typedef enum {
  WIRE_CLOSE,
  WIRE_RESET,
  WIRE_HOLD,
  WIRE_PAUSE,
  WIRE_KEEP,
} WireEnd;

typedef struct _WireFixture WireFixture;

WireFixture *wire_fixture_new (void);
void wire_fixture_free (WireFixture *self);
char *wire_fixture_get_base_url (WireFixture *self);
void wire_fixture_add (WireFixture *self, const char *answer, gssize length, WireEnd end);
void wire_fixture_add_stream (WireFixture *self, const char *body, WireEnd end);
void wire_fixture_set_portion (WireFixture *self, gsize bytes);
void wire_fixture_reset (WireFixture *self);
const char *wire_fixture_get_request (WireFixture *self, guint index);
guint wire_fixture_get_n_requests (WireFixture *self);
guint wire_fixture_get_n_connections (WireFixture *self);
guint wire_fixture_get_n_serving (WireFixture *self);
guint wire_fixture_get_n_hang_ups (WireFixture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WireFixture, wire_fixture_free)

G_END_DECLS
