/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-text-link.h"

#include <glib/gi18n.h>

#include "sonde-link.h"
#include "sonde-text-block.h"

/**
 * SondeTextLink:
 *
 * A link in a text, or the number of a footnote: what the keyboard reaches and assistive technology
 * reads. Its words are drawn by the text, and the mouse is dealt with there as well, so that a
 * selection can begin on it.
 */
struct _SondeTextLink {
  GtkWidget parent_instance;

  guint start; /* in bytes of the text */
  guint end;
  char *text;
  char *target; /* NULL: a footnote */
};

G_DEFINE_FINAL_TYPE (SondeTextLink, sonde_text_link, GTK_TYPE_WIDGET)

static void
follow_footnote (SondeTextLink *self)
{
  GtkWidget *block = gtk_widget_get_parent (GTK_WIDGET (self));
  const SondeTranscriptPosition *place = sonde_text_block_get_place (SONDE_TEXT_BLOCK (block));

  gtk_widget_activate_action (GTK_WIDGET (self), "transcript.follow-footnote", "(sxuuu)",
                              self->text, place->message_id, (guint) place->kind, place->block,
                              self->start);
}

static void
activate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_text_link_open (SONDE_TEXT_LINK (widget));
}

static void
sonde_text_link_finalize (GObject *object)
{
  SondeTextLink *self = SONDE_TEXT_LINK (object);

  g_free (self->text);
  g_free (self->target);

  G_OBJECT_CLASS (sonde_text_link_parent_class)->finalize (object);
}

static void
sonde_text_link_class_init (SondeTextLinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_space };

  object_class->finalize = sonde_text_link_finalize;

  gtk_widget_class_install_action (widget_class, "textlink.activate", NULL, activate_action);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i], GDK_NO_MODIFIER_MASK,
                                         "textlink.activate", NULL);
  gtk_widget_class_set_css_name (widget_class, "link");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LINK);
}

static void
sonde_text_link_init (SondeTextLink *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/**
 * sonde_text_link_new:
 *
 * Returns: (transfer floating): a link to nowhere
 */
GtkWidget *
sonde_text_link_new (void)
{
  return g_object_new (SONDE_TYPE_TEXT_LINK, NULL);
}

/**
 * sonde_text_link_set:
 * @self: a link
 * @start: where its words begin, in bytes of the text
 * @end: where they end
 * @text: its words
 * @target: (nullable): where it leads; %NULL where its words are the label of a footnote
 */
void
sonde_text_link_set (SondeTextLink *self,
                     guint start,
                     guint end,
                     const char *text,
                     const char *target)
{
  gboolean renamed;

  g_return_if_fail (SONDE_IS_TEXT_LINK (self));

  self->start = start;
  self->end = end;
  renamed = g_set_str (&self->text, text);
  if (renamed)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (g_set_str (&self->target, target) || (target == NULL && renamed)) {
    g_autofree char *shown =
      target != NULL ? sonde_link_dup_shown (target) : g_strdup (_ ("Footnote"));

    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    shown, -1);
  }
}

/**
 * sonde_text_link_get_start:
 * @self: a link
 *
 * Returns: where its words begin, in bytes of the text
 */
guint
sonde_text_link_get_start (SondeTextLink *self)
{
  g_return_val_if_fail (SONDE_IS_TEXT_LINK (self), 0);

  return self->start;
}

/**
 * sonde_text_link_get_end:
 * @self: a link
 *
 * Returns: where its words end, in bytes of the text
 */
guint
sonde_text_link_get_end (SondeTextLink *self)
{
  g_return_val_if_fail (SONDE_IS_TEXT_LINK (self), 0);

  return self->end;
}

/**
 * sonde_text_link_get_target:
 * @self: a link
 *
 * Returns: (transfer none) (nullable): where it leads; %NULL for a footnote
 */
const char *
sonde_text_link_get_target (SondeTextLink *self)
{
  g_return_val_if_fail (SONDE_IS_TEXT_LINK (self), NULL);

  return self->target;
}

/**
 * sonde_text_link_open:
 * @self: a link
 *
 * Opens it, or asks first; see [func@link_open]. Of a footnote, goes to the other end: activates
 * `transcript.follow-footnote` with its label and its place.
 */
void
sonde_text_link_open (SondeTextLink *self)
{
  g_return_if_fail (SONDE_IS_TEXT_LINK (self));

  if (self->target == NULL)
    follow_footnote (self);
  else
    sonde_link_open (GTK_WIDGET (self), self->text, self->target);
}
