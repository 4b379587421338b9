/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The banner that says that there is no way to the service, and why. */

#include "sonde-network-banner.h"

#include <glib/gi18n.h>

/* A page without encryption, in whose place a captive portal shows its own. */
#define SIGN_IN_PAGE "http://nmcheck.gnome.org/"

static void
sign_in_cb (AdwBanner *banner)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (banner));
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (SIGN_IN_PAGE);

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (root), NULL, NULL, NULL);
}

static void
update_cb (AdwBanner *banner, GParamSpec *pspec, SondeNetwork *network)
{
  SondeNetworkState state = sonde_network_get_state (network);
  gboolean sign_in = state == SONDE_NETWORK_SIGN_IN;

  adw_banner_set_revealed (banner, state != SONDE_NETWORK_UP);
  if (state == SONDE_NETWORK_UP)
    return;

  adw_banner_set_title (banner, sign_in ? _ ("This network wants you to sign in first")
                                        : _ ("You are offline: nothing can be asked"));
  adw_banner_set_button_label (banner, sign_in ? _ ("_Sign In…") : NULL);
  gtk_accessible_announce (GTK_ACCESSIBLE (banner), adw_banner_get_title (banner),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/**
 * sonde_network_banner_set_up:
 * @banner: a banner
 * @network: the way to the service
 *
 * Makes the banner tell when there is none, for as long as there is none.
 */
void
sonde_network_banner_set_up (AdwBanner *banner, SondeNetwork *network)
{
  g_signal_connect (banner, "button-clicked", G_CALLBACK (sign_in_cb), NULL);
  g_signal_connect_object (network, "notify::state", G_CALLBACK (update_cb), banner,
                           G_CONNECT_SWAPPED);
  update_cb (banner, NULL, network);
}
