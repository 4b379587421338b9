/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The certificate of tests/data/tls, for the service, and the trust in it, for a client. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

static inline GTlsCertificate *
sonde_test_load_certificate (GTlsDatabase **database)
{
  g_autofree char *pem =
    g_test_build_filename (G_TEST_DIST, "data", "tls", "certificate.pem", NULL);
  g_autofree char *key = g_test_build_filename (G_TEST_DIST, "data", "tls", "key.pem", NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_files (pem, key, &error);

  g_assert_no_error (error);
  *database = g_tls_file_database_new (pem, &error);
  g_assert_no_error (error);

  return certificate;
}

G_END_DECLS
