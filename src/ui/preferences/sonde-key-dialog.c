/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-key-dialog.h"

#include <glib/gi18n.h>

#include "sonde-key-form.h"

/**
 * SondeKeyDialog:
 *
 * Says where the key comes from, takes another one and removes the one that is kept.
 */
struct _SondeKeyDialog {
  AdwDialog parent_instance;

  GtkWidget *form;
  GtkLabel *problem;

  SondeAccount *account;
  GCancellable *cancellable;
};

enum { PROP_ACCOUNT = 1, N_PROPS };
enum { ADDED, REMOVED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeKeyDialog, sonde_key_dialog, ADW_TYPE_DIALOG)

static char *
get_status (SondeKeyDialog *self, SondeAccountState state, SondeKeySource source)
{
  switch (state) {
  case SONDE_ACCOUNT_LOADING:
    return g_strdup (_ ("The keyring is being asked…"));
  case SONDE_ACCOUNT_NO_KEY:
    return g_strdup (_ ("Sonde needs a key of yours to ask the service. It is kept in the keyring "
                        "and nowhere else."));
  case SONDE_ACCOUNT_LOCKED:
    return g_strdup (
      _ ("The keyring is locked. A key entered here is kept until Sonde is closed."));
  case SONDE_ACCOUNT_UNAVAILABLE:
    return g_strdup (
      _ ("No keyring could be used. A key entered here is kept until Sonde is closed."));
  case SONDE_ACCOUNT_READY:
    break;
  }

  switch (source) {
  case SONDE_KEY_SOURCE_KEYRING:
    return g_strdup (_ ("A key is kept in the keyring. Another one takes its place."));
  case SONDE_KEY_SOURCE_ENVIRONMENT:
    return g_strdup (_ ("The key comes from DEEPSEEK_API_KEY and is used while that is set. A key "
                        "added here is kept in the keyring for later."));
  case SONDE_KEY_SOURCE_SESSION:
    return g_strdup (_ ("A key is kept until Sonde is closed. Another one takes its place."));
  case SONDE_KEY_SOURCE_DEMO:
  case SONDE_KEY_SOURCE_NONE:
    break;
  }

  return g_strdup (_ ("The demo service needs no key."));
}

static gboolean
get_session_only (SondeKeyDialog *self, SondeAccountState state)
{
  return state == SONDE_ACCOUNT_LOCKED || state == SONDE_ACCOUNT_UNAVAILABLE;
}

static gboolean
get_removable (SondeKeyDialog *self, SondeKeySource source)
{
  return source == SONDE_KEY_SOURCE_KEYRING || source == SONDE_KEY_SOURCE_SESSION;
}

static void
added_cb (SondeKeyDialog *self, const char *balance)
{
  g_signal_emit (self, signals[ADDED], 0, balance);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
key_cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeKeyDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (sonde_account_clear_key_finish (SONDE_ACCOUNT (source), result, &error)) {
    g_signal_emit (self, signals[REMOVED], 0);
    adw_dialog_close (ADW_DIALOG (self));
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_autofree char *text =
      g_strdup_printf ("%s\n%s", _ ("The key could not be removed."), error->message);

    gtk_label_set_label (self->problem, text);
    gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  }
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeKeyDialog *self = SONDE_KEY_DIALOG (widget);

  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  sonde_account_clear_key_async (self->account, self->cancellable, key_cleared_cb,
                                 g_object_ref (self));
}

static void
sonde_key_dialog_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeKeyDialog *self = SONDE_KEY_DIALOG (object);

  switch (id) {
  case PROP_ACCOUNT:
    g_value_set_object (value, self->account);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_key_dialog_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeKeyDialog *self = SONDE_KEY_DIALOG (object);

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
sonde_key_dialog_dispose (GObject *object)
{
  SondeKeyDialog *self = SONDE_KEY_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_KEY_DIALOG);
  g_clear_object (&self->account);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (sonde_key_dialog_parent_class)->dispose (object);
}

static void
sonde_key_dialog_class_init (SondeKeyDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sonde_key_dialog_get_property;
  object_class->set_property = sonde_key_dialog_set_property;
  object_class->dispose = sonde_key_dialog_dispose;

  properties[PROP_ACCOUNT] =
    g_param_spec_object ("account", NULL, NULL, SONDE_TYPE_ACCOUNT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeKeyDialog::added:
   * @self: the dialog
   * @balance: (nullable): what is left to pay with
   *
   * The account has a new key; the dialog closes.
   */
  signals[ADDED] = g_signal_new ("added", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * SondeKeyDialog::removed:
   * @self: the dialog
   *
   * The key is forgotten; the dialog closes.
   */
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "key.remove", NULL, remove_action);

  g_type_ensure (SONDE_TYPE_KEY_FORM);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/preferences/sonde-key-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeKeyDialog, form);
  gtk_widget_class_bind_template_child (widget_class, SondeKeyDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, added_cb);
  gtk_widget_class_bind_template_callback (widget_class, get_removable);
  gtk_widget_class_bind_template_callback (widget_class, get_session_only);
  gtk_widget_class_bind_template_callback (widget_class, get_status);
}

static void
sonde_key_dialog_init (SondeKeyDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sonde_key_dialog_new:
 * @account: the account that the key is for
 *
 * Returns: (transfer floating): a dialog that is not shown yet
 */
SondeKeyDialog *
sonde_key_dialog_new (SondeAccount *account)
{
  g_return_val_if_fail (SONDE_IS_ACCOUNT (account), NULL);

  return g_object_new (SONDE_TYPE_KEY_DIALOG, "account", account, NULL);
}
