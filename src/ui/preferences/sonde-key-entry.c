/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-key-entry.h"

#include <glib/gi18n.h>

#include "sonde-focus.h"

/**
 * SondeKeyEntry:
 *
 * An entry for a secret.
 *
 * GTK gives the text of every #GtkEditable to assistive technology as it is, that of a
 * #GtkPasswordEntry too, so each program on the session's bus could read it. This one
 * is none: it tells as many bullets as there are characters, as the eye sees them. The
 * text itself lies in memory that is not paged out.
 */
struct _SondeKeyEntry {
  GtkWidget parent_instance;

  GtkWidget *text;
  GtkWidget *show_button;
  GtkEntryBuffer *buffer;
};

enum { PROP_EDITABLE = 1, PROP_PLACEHOLDER_TEXT, N_PROPS };
enum { ACTIVATE, CHANGED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void sonde_key_entry_accessible_init (GtkAccessibleInterface *iface);
static void sonde_key_entry_accessible_text_init (GtkAccessibleTextInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeKeyEntry,
                               sonde_key_entry,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE,
                                                      sonde_key_entry_accessible_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE_TEXT,
                                                        sonde_key_entry_accessible_text_init))

static GBytes *
make_bullets (SondeKeyEntry *self, guint start, guint end)
{
  const guint length = gtk_entry_buffer_get_length (self->buffer);
  g_autoptr (GString) bullets = g_string_new (NULL);

  for (guint i = start; i < MIN (end, length); i++)
    g_string_append (bullets, "•");

  /* GTK reads up to the zero. */
  return g_bytes_new (bullets->str, bullets->len + 1);
}

static void
inserted_cb (SondeKeyEntry *self, guint position, const char *text, guint length)
{
  gtk_accessible_text_update_contents (GTK_ACCESSIBLE_TEXT (self),
                                       GTK_ACCESSIBLE_TEXT_CONTENT_CHANGE_INSERT, position,
                                       position + length);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
deleted_cb (SondeKeyEntry *self, guint position, guint length)
{
  gtk_accessible_text_update_contents (GTK_ACCESSIBLE_TEXT (self),
                                       GTK_ACCESSIBLE_TEXT_CONTENT_CHANGE_REMOVE, position,
                                       position + length);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activate_cb (SondeKeyEntry *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
caret_moved_cb (SondeKeyEntry *self)
{
  gtk_accessible_text_update_caret_position (GTK_ACCESSIBLE_TEXT (self));
}

static void
focus_changed_cb (SondeKeyEntry *self)
{
  gtk_accessible_update_platform_state (GTK_ACCESSIBLE (self),
                                        GTK_ACCESSIBLE_PLATFORM_STATE_FOCUSED);
}

static GBytes *
sonde_key_entry_get_contents (GtkAccessibleText *text, unsigned int start, unsigned int end)
{
  return make_bullets (SONDE_KEY_ENTRY (text), start, end);
}

/* Bullets are parted by nothing, except where single ones are asked for. */
static GBytes *
sonde_key_entry_get_contents_at (GtkAccessibleText *text,
                                 unsigned int offset,
                                 GtkAccessibleTextGranularity granularity,
                                 unsigned int *start,
                                 unsigned int *end)
{
  SondeKeyEntry *self = SONDE_KEY_ENTRY (text);
  const guint length = gtk_entry_buffer_get_length (self->buffer);
  const gboolean single = granularity == GTK_ACCESSIBLE_TEXT_GRANULARITY_CHARACTER;

  *start = single ? MIN (offset, length) : 0;
  *end = single ? MIN (*start + 1, length) : length;

  return make_bullets (self, *start, *end);
}

static unsigned int
sonde_key_entry_get_caret_position (GtkAccessibleText *text)
{
  return (guint) gtk_editable_get_position (GTK_EDITABLE (SONDE_KEY_ENTRY (text)->text));
}

/* The keyboard is with the text inside, of which assistive technology knows nothing. */
static gboolean
sonde_key_entry_get_platform_state (GtkAccessible *accessible, GtkAccessiblePlatformState state)
{
  SondeKeyEntry *self = SONDE_KEY_ENTRY (accessible);

  switch (state) {
  case GTK_ACCESSIBLE_PLATFORM_STATE_FOCUSABLE:
    return gtk_widget_get_focusable (self->text);
  case GTK_ACCESSIBLE_PLATFORM_STATE_FOCUSED:
    return gtk_widget_has_focus (self->text);
  case GTK_ACCESSIBLE_PLATFORM_STATE_ACTIVE:
    break;
  }

  return FALSE;
}

static gboolean
sonde_key_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SONDE_KEY_ENTRY (widget)->text);
}

static void
sonde_key_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeKeyEntry *self = SONDE_KEY_ENTRY (object);

  switch (id) {
  case PROP_EDITABLE:
    g_value_set_boolean (value, gtk_editable_get_editable (GTK_EDITABLE (self->text)));
    break;
  case PROP_PLACEHOLDER_TEXT:
    g_object_get_property (G_OBJECT (self->text), "placeholder-text", value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_key_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeKeyEntry *self = SONDE_KEY_ENTRY (object);

  switch (id) {
  case PROP_EDITABLE:
    if (gtk_editable_get_editable (GTK_EDITABLE (self->text)) == g_value_get_boolean (value))
      break;
    gtk_editable_set_editable (GTK_EDITABLE (self->text), g_value_get_boolean (value));
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_READ_ONLY,
                                    !g_value_get_boolean (value), -1);
    g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_PLACEHOLDER_TEXT:
    g_object_set_property (G_OBJECT (self->text), "placeholder-text", value);
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_key_entry_dispose (GObject *object)
{
  SondeKeyEntry *self = SONDE_KEY_ENTRY (object);

  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_clear_pointer (&self->show_button, gtk_widget_unparent);
  g_clear_pointer (&self->text, gtk_widget_unparent);

  G_OBJECT_CLASS (sonde_key_entry_parent_class)->dispose (object);
}

static void
sonde_key_entry_finalize (GObject *object)
{
  g_clear_object (&SONDE_KEY_ENTRY (object)->buffer);

  G_OBJECT_CLASS (sonde_key_entry_parent_class)->finalize (object);
}

static void
sonde_key_entry_accessible_init (GtkAccessibleInterface *iface)
{
  iface->get_platform_state = sonde_key_entry_get_platform_state;
}

static void
sonde_key_entry_accessible_text_init (GtkAccessibleTextInterface *iface)
{
  iface->get_contents = sonde_key_entry_get_contents;
  iface->get_contents_at = sonde_key_entry_get_contents_at;
  iface->get_caret_position = sonde_key_entry_get_caret_position;
}

static void
sonde_key_entry_class_init (SondeKeyEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_key_entry_get_property;
  object_class->set_property = sonde_key_entry_set_property;
  object_class->dispose = sonde_key_entry_dispose;
  object_class->finalize = sonde_key_entry_finalize;

  widget_class->focus = sonde_focus_children;
  widget_class->grab_focus = sonde_key_entry_grab_focus;

  properties[PROP_EDITABLE] = g_param_spec_boolean ("editable", NULL, NULL, TRUE, flags);
  properties[PROP_PLACEHOLDER_TEXT] =
    g_param_spec_string ("placeholder-text", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeKeyEntry::activate:
   * @self: the entry
   *
   * Enter was pressed.
   */
  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * SondeKeyEntry::changed:
   * @self: the entry
   *
   * The text is another one.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  gtk_widget_class_set_css_name (widget_class, "entry");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
sonde_key_entry_init (SondeKeyEntry *self)
{
  self->buffer = gtk_password_entry_buffer_new ();
  g_signal_connect_object (self->buffer, "inserted-text", G_CALLBACK (inserted_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "deleted-text", G_CALLBACK (deleted_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);

  /* Without a role, it is not part of the accessibility tree. */
  self->text = g_object_new (GTK_TYPE_TEXT, "accessible-role", GTK_ACCESSIBLE_ROLE_NONE, "buffer",
                             self->buffer, "hexpand", TRUE, "visibility", FALSE, NULL);
  gtk_widget_set_parent (self->text, GTK_WIDGET (self));
  g_signal_connect_object (self->text, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "notify::cursor-position", G_CALLBACK (caret_moved_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "notify::has-focus", G_CALLBACK (focus_changed_cb), self,
                           G_CONNECT_SWAPPED);

  self->show_button =
    g_object_new (GTK_TYPE_TOGGLE_BUTTON, "icon-name", "view-reveal-symbolic", "tooltip-text",
                  _ ("Show Key"), "valign", GTK_ALIGN_CENTER, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->show_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Show Key"), -1);
  gtk_widget_add_css_class (self->show_button, "circular");
  gtk_widget_add_css_class (self->show_button, "flat");
  gtk_widget_set_parent (self->show_button, GTK_WIDGET (self));
  g_object_bind_property (self->show_button, "active", self->text, "visibility", G_BINDING_DEFAULT);
}

/**
 * sonde_key_entry_new:
 *
 * Returns: (transfer floating): an empty entry
 */
GtkWidget *
sonde_key_entry_new (void)
{
  return g_object_new (SONDE_TYPE_KEY_ENTRY, NULL);
}

/**
 * sonde_key_entry_get_text:
 * @self: an entry
 *
 * Returns: (transfer none): what is typed, as it is; "" where nothing is
 */
const char *
sonde_key_entry_get_text (SondeKeyEntry *self)
{
  g_return_val_if_fail (SONDE_IS_KEY_ENTRY (self), NULL);

  return gtk_entry_buffer_get_text (self->buffer);
}

/**
 * sonde_key_entry_set_text:
 * @self: an entry
 * @text: another text
 *
 * Takes @text in the place of what is typed.
 */
void
sonde_key_entry_set_text (SondeKeyEntry *self, const char *text)
{
  g_return_if_fail (SONDE_IS_KEY_ENTRY (self));
  g_return_if_fail (text != NULL);

  gtk_entry_buffer_set_text (self->buffer, text, -1);
}
