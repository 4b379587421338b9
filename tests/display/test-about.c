/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-about.h"
#include "sonde-display-test.h"

static void
add_service (SondeSettings *settings)
{
  g_autoptr (SondeServiceInfo) service =
    sonde_service_info_new ("mine", "Secret Project", "https://someone:password@hidden.example/v1",
                            SONDE_SERVICE_THINKING, FALSE);

  sonde_service_list_put (sonde_settings_get_services (settings), service);
  sonde_settings_set_service_id (settings, "mine");
}

static void
test_debug_info (void)
{
  g_autoptr (SondeSettings) settings = sonde_settings_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *gtk = g_strdup_printf ("\nGTK: %u.%u.%u\n", gtk_get_major_version (),
                                          gtk_get_minor_version (), gtk_get_micro_version ());
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  static const char *const secrets[] = { "someone", "password",       "hidden.example",
                                         "mine",    "Secret Project", NULL };

  sonde_show_window (window, 360, 400);
  before = sonde_about_make_debug_info (GTK_WIDGET (window), settings);
  g_assert_true (g_str_has_prefix (before, "Sonde: "));
  g_assert_nonnull (strstr (before, gtk));
  g_assert_nonnull (strstr (before, "\nService: DeepSeek\n"));
  g_assert_nonnull (strstr (before, "\nFlatpak: "));

  add_service (settings);
  after = sonde_about_make_debug_info (GTK_WIDGET (window), settings);
  g_assert_nonnull (strstr (after, "\nService: one that was added\n"));
  for (gsize i = 0; secrets[i] != NULL; i++)
    g_assert_null (strstr (after, secrets[i]));
  g_assert_null (strstr (after, g_get_home_dir ()));
  g_assert_null (strstr (after, g_get_user_name ()));

  sonde_settings_set_service_id (settings, "deepseek");
  sonde_service_list_remove (sonde_settings_get_services (settings), "mine");
  gtk_window_destroy (window);
}

static void
test_dialog (void)
{
  g_autoptr (SondeSettings) settings = sonde_settings_new ();
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  AdwDialog *dialog;

  adw_window_set_content (ADW_WINDOW (window), gtk_label_new ("Window"));
  sonde_show_window (window, 360, 640);
  sonde_about_present (GTK_WIDGET (window), settings);
  sonde_wait_frame (GTK_WIDGET (window));

  dialog = adw_window_get_visible_dialog (ADW_WINDOW (window));
  g_assert_true (ADW_IS_ABOUT_DIALOG (dialog));
  g_assert_cmpstr (adw_about_dialog_get_application_name (ADW_ABOUT_DIALOG (dialog)), ==, "Sonde");
  g_assert_cmpstr (adw_about_dialog_get_debug_info (ADW_ABOUT_DIALOG (dialog)), !=, "");

  adw_dialog_force_close (dialog);
  gtk_window_destroy (window);
}

int
main (int argc, char *argv[])
{
  sonde_display_test_init (&argc, &argv);

  g_test_add_func ("/about/debug-info", test_debug_info);
  g_test_add_func ("/about/dialog", test_dialog);

  return g_test_run ();
}
