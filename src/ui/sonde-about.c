/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-about.h"

#include <glib/gi18n.h>
#include <locale.h>

#define FLATPAK_INFO "/.flatpak-info"
#define HOMEPAGE     "https://github.com/sondechat/Sonde"

/* In a Flatpak the system is the runtime, which knows nothing of the machine's. */
static void
add_system (GString *info)
{
  g_autoptr (GKeyFile) flatpak = g_key_file_new ();
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  g_string_append_printf (info, "System: %s\n", system != NULL ? system : "unknown");
  if (g_key_file_load_from_file (flatpak, FLATPAK_INFO, G_KEY_FILE_NONE, NULL)) {
    g_autofree char *runtime = g_key_file_get_string (flatpak, "Application", "runtime", NULL);
    g_autofree char *version = g_key_file_get_string (flatpak, "Instance", "flatpak-version", NULL);

    g_string_append_printf (info, "Flatpak: %s, %s\n", version != NULL ? version : "unknown",
                            runtime != NULL ? runtime : "unknown");
  } else {
    g_string_append (info, "Flatpak: no\n");
  }
}

static void
add_libraries (GString *info)
{
  g_string_append_printf (info, "GLib: %u.%u.%u\n", glib_major_version, glib_minor_version,
                          glib_micro_version);
  g_string_append_printf (info, "GTK: %u.%u.%u\n", gtk_get_major_version (),
                          gtk_get_minor_version (), gtk_get_micro_version ());
  g_string_append_printf (info, "libadwaita: %u.%u.%u\n", adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version ());
}

static void
add_display (GString *info, GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;
  AdwStyleManager *style = adw_style_manager_get_default ();
  const char *locale = setlocale (LC_MESSAGES, NULL);

  g_string_append_printf (info, "Display: %s\n",
                          G_OBJECT_TYPE_NAME (gtk_widget_get_display (widget)));
  g_string_append_printf (info, "Renderer: %s\n",
                          renderer != NULL ? G_OBJECT_TYPE_NAME (renderer) : "none");
  g_string_append_printf (info, "Scale: %d\n", gtk_widget_get_scale_factor (widget));
  g_string_append_printf (info, "Dark style: %s, high contrast: %s\n",
                          adw_style_manager_get_dark (style) ? "yes" : "no",
                          adw_style_manager_get_high_contrast (style) ? "yes" : "no");
  g_string_append_printf (info, "Locale: %s\n", locale != NULL ? locale : "unknown");
}

/* The name and the address of a service of one's own are nobody else's business. */
static void
add_service (GString *info, SondeSettings *settings)
{
  const char *service = "one that was added";

  if (sonde_settings_get_use_demo (settings))
    service = "the demo service";
  else if (sonde_service_info_is_deepseek (sonde_settings_get_service (settings)))
    service = "DeepSeek";

  g_string_append_printf (info, "Service: %s\n", service);
  g_string_append_printf (
    info, "Services: %u\n",
    g_list_model_get_n_items (G_LIST_MODEL (sonde_settings_get_services (settings))));
}

/**
 * sonde_about_make_debug_info:
 * @widget: a widget on the display that is told about
 * @settings: the settings
 *
 * What somebody who looks for a mistake wants to know, in English. It can be published: no key,
 * address, name of a service or path is in it, and nothing that was said.
 *
 * Returns: (transfer full): lines of text
 */
char *
sonde_about_make_debug_info (GtkWidget *widget, SondeSettings *settings)
{
  GString *info = g_string_new ("Sonde: " SONDE_VERSION " (" SONDE_APP_ID ")\n");

  add_system (info);
  add_libraries (info);
  add_display (info, widget);
  add_service (info, settings);

  return g_string_free_and_steal (info);
}

/**
 * sonde_about_present:
 * @parent: a widget of the window
 * @settings: the settings
 *
 * Shows what Sonde is, whose it is, and what it runs on.
 */
void
sonde_about_present (GtkWidget *parent, SondeSettings *settings)
{
  AdwDialog *dialog = adw_about_dialog_new ();
  g_autofree char *debug_info = sonde_about_make_debug_info (parent, settings);

  g_object_set (dialog, "application-name", "Sonde", "application-icon", SONDE_APP_ID, "version",
                SONDE_VERSION, "developer-name", _ ("The Sonde authors"), "license-type",
                GTK_LICENSE_GPL_3_0, "comments", _ ("Chat with DeepSeek’s models"), "copyright",
                "© 2026 The Sonde authors", "website", HOMEPAGE, "issue-url", HOMEPAGE "/issues",
                "debug-info", debug_info, "debug-info-filename", "sonde-debug-info.txt",
                /* Translators: your name and address, one translator a line */
                "translator-credits", _ ("translator-credits"), NULL);
  adw_about_dialog_add_link (ADW_ABOUT_DIALOG (dialog), _ ("User’s _Guide"),
                             HOMEPAGE "/blob/main/docs/guide.md");
  adw_dialog_present (dialog, parent);
}
