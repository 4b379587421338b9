/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-selection-content.h"

#include "sonde-clipboard.h"

/**
 * SondeSelectionContent:
 *
 * What is selected, for the primary clipboard. Its text is made when somebody asks
 * for it: of a long conversation it is much, and most of it is never pasted.
 */
struct _SondeSelectionContent {
  GdkContentProvider parent_instance;

  SondeSelection *selection; /* its own, which stays as it is */
};

G_DEFINE_FINAL_TYPE (SondeSelectionContent, sonde_selection_content, GDK_TYPE_CONTENT_PROVIDER)

static GdkContentFormats *
sonde_selection_content_ref_formats (GdkContentProvider *provider)
{
  return gdk_content_formats_new_for_gtype (G_TYPE_STRING);
}

static gboolean
sonde_selection_content_get_value (GdkContentProvider *provider, GValue *value, GError **error)
{
  SondeSelectionContent *self = SONDE_SELECTION_CONTENT (provider);

  if (!G_VALUE_HOLDS_STRING (value))
    return GDK_CONTENT_PROVIDER_CLASS (sonde_selection_content_parent_class)
      ->get_value (provider, value, error);
  g_value_take_string (value, sonde_clipboard_dup_text (self->selection, SONDE_CLIPBOARD_PLAIN));

  return TRUE;
}

static void
sonde_selection_content_dispose (GObject *object)
{
  g_clear_object (&SONDE_SELECTION_CONTENT (object)->selection);

  G_OBJECT_CLASS (sonde_selection_content_parent_class)->dispose (object);
}

static void
sonde_selection_content_class_init (SondeSelectionContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_selection_content_dispose;
  provider_class->ref_formats = sonde_selection_content_ref_formats;
  provider_class->get_value = sonde_selection_content_get_value;
}

static void
sonde_selection_content_init (SondeSelectionContent *self)
{
}

/**
 * sonde_selection_content_new:
 * @selection: what is selected; it may change afterwards
 *
 * Returns: (transfer full): its plain text
 */
GdkContentProvider *
sonde_selection_content_new (SondeSelection *selection)
{
  SondeSelectionContent *self = g_object_new (SONDE_TYPE_SELECTION_CONTENT, NULL);

  self->selection = sonde_selection_dup (selection);

  return GDK_CONTENT_PROVIDER (self);
}
