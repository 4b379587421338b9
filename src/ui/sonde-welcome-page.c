/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-welcome-page.h"

#include <glib/gi18n.h>

#include "sonde-focus.h"
#include "sonde-key-form.h"

/**
 * SondeWelcomePage:
 *
 * The first start: a key is added, or the demo service is tried. Where a keyring is
 * locked or missing, the same page says what to do about it.
 */
struct _SondeWelcomePage {
  AdwBin parent_instance;

  GtkWidget *form;
  GtkWidget *ask_button;

  SondeAccount *account;
};

enum { PROP_ACCOUNT = 1, N_PROPS };
enum { ADDED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeWelcomePage, sonde_welcome_page, ADW_TYPE_BIN)

static char *
get_icon_name (SondeWelcomePage *self, SondeAccountState state)
{
  switch (state) {
  case SONDE_ACCOUNT_LOCKED:
    return g_strdup ("system-lock-screen-symbolic");
  case SONDE_ACCOUNT_UNAVAILABLE:
    return g_strdup ("dialog-password-symbolic");
  case SONDE_ACCOUNT_LOADING:
  case SONDE_ACCOUNT_NO_KEY:
  case SONDE_ACCOUNT_READY:
    break;
  }

  return g_strdup (SONDE_APP_ID);
}

static char *
get_title (SondeWelcomePage *self, SondeAccountState state)
{
  switch (state) {
  case SONDE_ACCOUNT_LOCKED:
    return g_strdup (_ ("The Keyring Is Locked"));
  case SONDE_ACCOUNT_UNAVAILABLE:
    return g_strdup (_ ("The Keyring Cannot Be Used"));
  case SONDE_ACCOUNT_LOADING:
  case SONDE_ACCOUNT_NO_KEY:
  case SONDE_ACCOUNT_READY:
    break;
  }

  return g_strdup (_ ("Welcome to Sonde"));
}

static char *
get_description (SondeWelcomePage *self, SondeAccountState state, const char *problem)
{
  g_autofree char *escaped = NULL;
  g_autofree char *said = NULL;

  switch (state) {
  case SONDE_ACCOUNT_LOCKED:
    return g_strdup (
      _ ("Your API key is in it. Unlock it, or enter a key that is kept until Sonde is closed."));
  case SONDE_ACCOUNT_UNAVAILABLE:
    /* The description is markup. */
    /* Translators: %s is what the keyring says, often in English */
    said = g_strdup_printf (_ ("It says: %s"), problem != NULL ? problem : "");
    escaped = g_markup_escape_text (problem != NULL ? said : "", -1);
    return g_strdup_printf (
      "%s\n<small>%s</small>",
      _ ("Sonde keeps your API key in the system’s keyring. Try again, or enter a key that is "
         "kept until Sonde is closed."),
      escaped);
  case SONDE_ACCOUNT_LOADING:
  case SONDE_ACCOUNT_NO_KEY:
  case SONDE_ACCOUNT_READY:
    break;
  }

  return g_strdup (_ ("Your API key is kept in the system’s keyring and nowhere else."));
}

static gboolean
get_wants_key (SondeWelcomePage *self, SondeAccountState state)
{
  return state != SONDE_ACCOUNT_LOCKED && state != SONDE_ACCOUNT_UNAVAILABLE;
}

static char *
get_ask_label (SondeWelcomePage *self, SondeAccountState state)
{
  return g_strdup (state == SONDE_ACCOUNT_LOCKED ? _ ("_Unlock…") : _ ("_Try Again"));
}

static char *
get_ask_action (SondeWelcomePage *self, SondeAccountState state)
{
  return g_strdup (state == SONDE_ACCOUNT_LOCKED ? "win.unlock-keyring" : "win.ask-keyring");
}

static void
added_cb (SondeWelcomePage *self, const char *balance)
{
  g_signal_emit (self, signals[ADDED], 0, balance);
}

static gboolean
sonde_welcome_page_grab_focus (GtkWidget *widget)
{
  SondeWelcomePage *self = SONDE_WELCOME_PAGE (widget);

  return gtk_widget_grab_focus (gtk_widget_get_visible (self->form) ? self->form
                                                                    : self->ask_button);
}

static void
sonde_welcome_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeWelcomePage *self = SONDE_WELCOME_PAGE (object);

  switch (id) {
  case PROP_ACCOUNT:
    g_value_set_object (value, self->account);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_welcome_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeWelcomePage *self = SONDE_WELCOME_PAGE (object);

  switch (id) {
  case PROP_ACCOUNT:
    if (g_set_object (&self->account, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_welcome_page_dispose (GObject *object)
{
  SondeWelcomePage *self = SONDE_WELCOME_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_WELCOME_PAGE);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (sonde_welcome_page_parent_class)->dispose (object);
}

static void
sonde_welcome_page_class_init (SondeWelcomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sonde_welcome_page_get_property;
  object_class->set_property = sonde_welcome_page_set_property;
  object_class->dispose = sonde_welcome_page_dispose;

  widget_class->focus = sonde_focus_children;
  widget_class->grab_focus = sonde_welcome_page_grab_focus;

  properties[PROP_ACCOUNT] =
    g_param_spec_object ("account", NULL, NULL, SONDE_TYPE_ACCOUNT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeWelcomePage::added:
   * @self: the page
   * @balance: (nullable): what is left to pay with, like `110.00 CNY`
   *
   * The account has a new key.
   */
  signals[ADDED] = g_signal_new ("added", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (SONDE_TYPE_KEY_FORM);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/sondechat/Sonde/sonde-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeWelcomePage, ask_button);
  gtk_widget_class_bind_template_child (widget_class, SondeWelcomePage, form);
  gtk_widget_class_bind_template_callback (widget_class, added_cb);
  gtk_widget_class_bind_template_callback (widget_class, get_ask_action);
  gtk_widget_class_bind_template_callback (widget_class, get_ask_label);
  gtk_widget_class_bind_template_callback (widget_class, get_description);
  gtk_widget_class_bind_template_callback (widget_class, get_icon_name);
  gtk_widget_class_bind_template_callback (widget_class, get_title);
  gtk_widget_class_bind_template_callback (widget_class, get_wants_key);
}

static void
sonde_welcome_page_init (SondeWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
