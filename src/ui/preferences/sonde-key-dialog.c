/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-key-dialog.h"

#include "sonde-key-form.h"

/**
 * SondeKeyDialog:
 *
 * Says where the key comes from, takes another one and removes the one that is kept.
 */
struct _SondeKeyDialog {
  AdwDialog parent_instance;

  SondeAccount *account;
};

enum { PROP_ACCOUNT = 1, N_PROPS };
enum { ADDED, REMOVED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeKeyDialog, sonde_key_dialog, ADW_TYPE_DIALOG)

static void
added_cb (SondeKeyDialog *self, const char *balance)
{
  g_signal_emit (self, signals[ADDED], 0, balance);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
removed_cb (SondeKeyDialog *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
  adw_dialog_close (ADW_DIALOG (self));
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

  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_KEY_DIALOG);
  g_clear_object (&self->account);

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

  g_type_ensure (SONDE_TYPE_KEY_FORM);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/preferences/sonde-key-dialog.ui");
  gtk_widget_class_bind_template_callback (widget_class, added_cb);
  gtk_widget_class_bind_template_callback (widget_class, removed_cb);
}

static void
sonde_key_dialog_init (SondeKeyDialog *self)
{
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
