/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The style schemes of GtkSourceView, by which code is coloured. A light one and its dark variant
 * are one choice, since code stands on the window's own background, which follows the desktop. */

#include "sonde-code-scheme.h"

#define LIGHT "Adwaita"
#define DARK  "Adwaita-dark"

static GtkSourceStyleScheme *
get_scheme (const char *id)
{
  return id != NULL ? gtk_source_style_scheme_manager_get_scheme (
                        gtk_source_style_scheme_manager_get_default (), id)
                    : NULL;
}

static GtkSourceStyleScheme *
get_dark_variant (GtkSourceStyleScheme *scheme)
{
  return get_scheme (gtk_source_style_scheme_get_metadata (scheme, "dark-variant"));
}

/**
 * sonde_code_scheme_list:
 * @ids: (out) (transfer full): of those that have a light and a dark variant; the first is "",
 *   the platform's own
 * @names: (out) (transfer full): what they are called
 */
void
sonde_code_scheme_list (GStrv *ids, GStrv *names)
{
  const char *const *all =
    gtk_source_style_scheme_manager_get_scheme_ids (gtk_source_style_scheme_manager_get_default ());
  g_autoptr (GStrvBuilder) id_builder = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) name_builder = g_strv_builder_new ();
  GtkSourceStyleScheme *own = get_scheme (LIGHT);

  g_strv_builder_add (id_builder, "");
  g_strv_builder_add (name_builder, own != NULL ? gtk_source_style_scheme_get_name (own) : LIGHT);
  for (guint i = 0; all != NULL && all[i] != NULL; i++) {
    GtkSourceStyleScheme *scheme = get_scheme (all[i]);

    if (scheme == own || g_str_equal (all[i], LIGHT) || get_dark_variant (scheme) == NULL ||
        get_dark_variant (scheme) == scheme)
      continue;
    g_strv_builder_add (id_builder, all[i]);
    g_strv_builder_add (name_builder, gtk_source_style_scheme_get_name (scheme));
  }
  *ids = g_strv_builder_end (id_builder);
  *names = g_strv_builder_end (name_builder);
}

/**
 * sonde_code_scheme_find:
 * @id: (nullable): one that [func@code_scheme_list] gives
 * @dark: which variant
 *
 * Returns: (transfer none) (nullable): that scheme; where it is not there, the platform's own
 */
GtkSourceStyleScheme *
sonde_code_scheme_find (const char *id, gboolean dark)
{
  GtkSourceStyleScheme *scheme = get_scheme (id != NULL && *id != '\0' ? id : LIGHT);

  if (scheme != NULL && dark)
    scheme = get_dark_variant (scheme);
  if (scheme == NULL)
    scheme = get_scheme (dark ? DARK : LIGHT);

  return scheme;
}
