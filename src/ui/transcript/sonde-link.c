/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-link.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#define MAX_SHOWN 300 /* characters of a target */

/* Links that a model has written. Nothing opens without a click, only web pages and
 * mail open at all, and a text that names another place than the target is asked about. */

/**
 * sonde_link_is_safe:
 * @target: (nullable): where a link points to
 *
 * Returns: whether it may be opened: a web page or a mail address, and nothing that runs or reads
 */
gboolean
sonde_link_is_safe (const char *target)
{
  static const char *const schemes[] = { "http", "https", "mailto" };
  g_autofree char *scheme = target != NULL ? g_uri_parse_scheme (target) : NULL;

  for (gsize i = 0; scheme != NULL && i < G_N_ELEMENTS (schemes); i++) {
    if (g_ascii_strcasecmp (scheme, schemes[i]) == 0)
      return TRUE;
  }

  return FALSE;
}

/**
 * sonde_link_dup_host:
 * @target: where a link points to
 *
 * The place that a program really goes to: no user name, no port, and the letters of
 * the wire, so that a Cyrillic "а" does not look like a Latin one.
 *
 * Returns: (transfer full) (nullable): the host, or the mail address; %NULL where there is none
 */
char *
sonde_link_dup_host (const char *target)
{
  g_autoptr (GUri) uri = g_uri_parse (target, G_URI_FLAGS_PARSE_RELAXED, NULL);
  g_autofree char *ascii = NULL;
  const char *host;

  if (uri == NULL)
    return NULL;
  if (g_str_equal (g_uri_get_scheme (uri), "mailto"))
    return g_strdup (g_uri_get_path (uri));

  host = g_uri_get_host (uri);
  if (host == NULL || *host == '\0')
    return NULL;
  ascii = g_hostname_to_ascii (host);

  return ascii != NULL ? g_ascii_strdown (ascii, -1) : g_strdup (host);
}

static const char *
skip_www (const char *host)
{
  return g_str_has_prefix (host, "www.") ? host + 4 : host;
}

/* Whether a word of a link's text names a place: a scheme, or a host with a domain at its
 * end. "e.g." and "3.14" are none, and neither are "Node.js" and "main.py". */
static gboolean
looks_like_address (const char *word)
{
  static const char *const files[] = { "c",    "cpp", "css", "go",   "h",  "html", "js",
                                       "json", "md",  "pdf", "py",   "rs", "sh",   "toml",
                                       "ts",   "txt", "xml", "yaml", "yml" };
  g_autofree char *host = g_strndup (word, strcspn (word, "/?#"));
  const char *domain = strrchr (host, '.');
  gboolean one_dot = domain != NULL && strchr (host, '.') == domain;

  if (strstr (word, "://") != NULL || g_str_has_prefix (word, "www."))
    return TRUE;
  if (domain == NULL || domain == host || g_utf8_strlen (domain + 1, -1) < 2)
    return FALSE;
  for (const char *p = domain + 1; *p != '\0'; p = g_utf8_next_char (p)) {
    if (!g_unichar_isalpha (g_utf8_get_char (p)))
      return FALSE;
  }
  for (gsize i = 0; one_dot && i < G_N_ELEMENTS (files); i++) {
    if (g_ascii_strcasecmp (domain + 1, files[i]) == 0)
      return FALSE;
  }

  return TRUE;
}

static char *
dup_word_host (const char *word)
{
  g_autofree char *target = NULL;

  if (strstr (word, "://") == NULL && g_ascii_strncasecmp (word, "mailto:", 7) != 0)
    target = strchr (word, '@') != NULL && strchr (word, '/') == NULL
               ? g_strconcat ("mailto:", word, NULL)
               : g_strconcat ("https://", word, NULL);

  return sonde_link_dup_host (target != NULL ? target : word);
}

/**
 * sonde_link_is_honest:
 * @text: what is read
 * @target: where it points to
 *
 * Returns: %FALSE where the text names another place than the target, or the target
 *   itself is written to be misread: with a user name before the host, or in letters
 *   that look like others
 */
gboolean
sonde_link_is_honest (const char *text, const char *target)
{
  g_autoptr (GUri) uri = g_uri_parse (target, G_URI_FLAGS_PARSE_RELAXED, NULL);
  g_autofree char *host = sonde_link_dup_host (target);
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n\"'()<>,;", -1);

  if (uri == NULL || host == NULL || g_uri_get_userinfo (uri) != NULL ||
      strstr (host, "xn--") != NULL)
    return FALSE;

  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *named = NULL;

    if (!looks_like_address (words[i]))
      continue;
    named = dup_word_host (words[i]);
    if (named == NULL || strcmp (skip_www (named), skip_www (host)) != 0)
      return FALSE;
  }

  return TRUE;
}

/**
 * sonde_link_dup_shown:
 * @target: where a link points to
 *
 * Returns: (transfer full): it for people to read, cut where it is very long
 */
char *
sonde_link_dup_shown (const char *target)
{
  if (g_utf8_strlen (target, -1) > MAX_SHOWN) {
    g_autofree char *cut = g_utf8_substring (target, 0, MAX_SHOWN);
    return g_strconcat (cut, "…", NULL);
  }

  return g_strdup (target);
}

static void
launch (GtkWidget *widget, const char *target)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (target);

  gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL,
                           NULL);
}

/* By then the dialog is in no window any more. */
static void
response_cb (GtkWidget *window, const char *response, AdwAlertDialog *dialog)
{
  if (g_str_equal (response, "open"))
    launch (window, g_object_get_data (G_OBJECT (dialog), "target"));
}

static void
ask (GtkWidget *widget, const char *target)
{
  g_autofree char *host = sonde_link_dup_host (target);
  g_autofree char *shown = sonde_link_dup_shown (target);
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Open This Link?"), NULL);

  if (host != NULL)
    adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog),
                                  _ ("Its text does not say where it leads. It leads to %s.\n\n%s"),
                                  host, shown);
  else
    adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog), shown);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "open",
                                  _ ("_Open Link"), NULL);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "target", g_strdup (target), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb),
                           gtk_widget_get_root (widget), G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

/**
 * sonde_link_open:
 * @widget: where the link is shown
 * @text: what is read there
 * @target: where it points to
 *
 * Opens the target in the desktop's program for it, by the portal inside a sandbox,
 * and asks first where the link is not honest. What is not safe is not opened.
 */
void
sonde_link_open (GtkWidget *widget, const char *text, const char *target)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (!sonde_link_is_safe (target))
    return;
  if (sonde_link_is_honest (text, target))
    launch (widget, target);
  else
    ask (widget, target);
}
