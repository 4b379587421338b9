/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-key-form.h"

#include <glib/gi18n.h>

#include "sonde-chat-context.h"
#include "sonde-focus.h"
#include "sonde-key-entry.h"
#include "sonde-notice.h"

/**
 * SondeKeyForm:
 *
 * The way of a key: it is typed, checked against the service and kept in the keyring,
 * and taken out of it again. Where the check cannot be made, or the keyring does not
 * take the key, the form says why and offers the way on.
 */
struct _SondeKeyForm {
  AdwBin parent_instance;

  SondeKeyEntry *entry;

  SondeAccount *account;
  GSignalGroup *account_signals;
  gboolean busy;
  char *problem;     /* a sentence, or NULL */
  char *alternative; /* the label of the way on, or NULL */
  gboolean remember; /* what the alternative does with the key */
  char *balance;
  GCancellable *cancellable;
};

enum {
  PROP_ACCOUNT = 1,
  PROP_ALTERNATIVE,
  PROP_BUSY,
  PROP_PROBLEM,
  PROP_REMOVABLE,
  PROP_SESSION_ONLY,
  PROP_STATUS,
  N_PROPS
};

enum { ADDED, REMOVED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeKeyForm, sonde_key_form, ADW_TYPE_BIN)

/* Whether a key is kept until the program ends and the keyring is not asked. */
static gboolean
is_session_only (SondeKeyForm *self)
{
  const SondeAccountState state =
    self->account != NULL ? sonde_account_get_state (self->account) : SONDE_ACCOUNT_LOADING;

  return state == SONDE_ACCOUNT_LOCKED || state == SONDE_ACCOUNT_UNAVAILABLE;
}

static gboolean
is_removable (SondeKeyForm *self)
{
  const SondeKeySource source =
    self->account != NULL ? sonde_account_get_key_source (self->account) : SONDE_KEY_SOURCE_NONE;

  return source == SONDE_KEY_SOURCE_KEYRING || source == SONDE_KEY_SOURCE_SESSION;
}

static const char *
get_status (SondeKeyForm *self)
{
  if (self->account == NULL)
    return "";

  switch (sonde_account_get_state (self->account)) {
  case SONDE_ACCOUNT_LOADING:
    return _ ("The keyring is being asked…");
  case SONDE_ACCOUNT_NO_KEY:
    return _ ("There is no key for this service yet. It is kept in the keyring and nowhere else.");
  case SONDE_ACCOUNT_LOCKED:
    return _ ("The keyring is locked. A key entered here is kept until Sonde is closed.");
  case SONDE_ACCOUNT_UNAVAILABLE:
    return _ ("No keyring could be used. A key entered here is kept until Sonde is closed.");
  case SONDE_ACCOUNT_READY:
    break;
  }

  switch (sonde_account_get_key_source (self->account)) {
  case SONDE_KEY_SOURCE_KEYRING:
    return _ ("A key is kept in the keyring. Another one takes its place.");
  case SONDE_KEY_SOURCE_ENVIRONMENT:
    return _ ("The key comes from DEEPSEEK_API_KEY and is used while that is set. A key added "
              "here is kept in the keyring for later.");
  case SONDE_KEY_SOURCE_SESSION:
    return _ ("A key is kept until Sonde is closed. Another one takes its place.");
  case SONDE_KEY_SOURCE_DEMO:
    return _ ("The demo service needs no key.");
  case SONDE_KEY_SOURCE_NONE:
    break;
  }

  return _ ("The service is asked without a key.");
}

static void
set_busy (SondeKeyForm *self, gboolean busy)
{
  if (self->busy == busy)
    return;

  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
set_problem (SondeKeyForm *self, const char *problem, const char *alternative)
{
  if (g_set_str (&self->alternative, alternative))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ALTERNATIVE]);
  if (g_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
  if (problem != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), problem,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static char *
with_detail (const char *sentence, const char *detail)
{
  if (detail == NULL || *detail == '\0')
    return g_strdup (sentence);

  return g_strdup_printf ("%s\n%s", sentence, detail);
}

/* A sentence, and below it what the keyring says, in whatever language that is. */
static char *
describe_keyring_error (const char *sentence, const GError *error)
{
  g_autofree char *reason = NULL;

  if (g_error_matches (error, SONDE_KEYRING_ERROR, SONDE_KEYRING_ERROR_LOCKED))
    return with_detail (sentence, _ ("It is locked."));
  if (g_error_matches (error, SONDE_KEYRING_ERROR, SONDE_KEYRING_ERROR_TIMED_OUT))
    return with_detail (sentence, _ ("It did not answer in time."));
  if (!g_error_matches (error, SONDE_KEYRING_ERROR, SONDE_KEYRING_ERROR_UNAVAILABLE))
    return with_detail (sentence, error->message);

  reason = with_detail (_ ("No keyring answers on this desktop."), error->message);

  return with_detail (sentence, reason);
}

static void
key_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeKeyForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *balance = NULL;
  gboolean set = sonde_account_set_key_finish (SONDE_ACCOUNT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_busy (self, FALSE);
  if (!set) {
    problem = describe_keyring_error (_ ("The keyring could not keep the key."), error);
    self->remember = FALSE;
    set_problem (self, problem, _ ("Keep for This _Session"));
    return;
  }

  balance = g_steal_pointer (&self->balance);
  sonde_key_entry_set_text (self->entry, "");
  g_signal_emit (self, signals[ADDED], 0, balance);
}

static void
set_key (SondeKeyForm *self, gboolean remember)
{
  g_autofree char *key = sonde_key_form_dup_key (self);

  set_busy (self, TRUE);
  sonde_account_set_key_async (self->account, key, remember, self->cancellable, key_set_cb,
                               g_object_ref (self));
}

static void
key_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeKeyForm) self = user_data;
  g_autoptr (SondeFailure) failure = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *balance = NULL;
  gboolean accepted =
    sonde_account_check_key_finish (SONDE_ACCOUNT (source), result, &balance, NULL, &failure);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  set_busy (self, FALSE);
  if (accepted) {
    g_set_str (&self->balance, balance);
    set_key (self, !is_session_only (self));
    return;
  }

  problem = sonde_key_form_describe_failure (failure);
  self->remember = !is_session_only (self);
  if (failure->kind == SONDE_FAILURE_UNAUTHORIZED)
    set_problem (self, problem, NULL);
  else
    set_problem (self, problem, self->remember ? _ ("_Save Anyway") : _ ("_Use Anyway"));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeKeyForm *self = SONDE_KEY_FORM (widget);
  g_autofree char *key = sonde_key_form_dup_key (self);

  if (self->busy || self->account == NULL || *key == '\0')
    return;

  set_problem (self, NULL, NULL);
  set_busy (self, TRUE);
  sonde_account_check_key_async (self->account, key, self->cancellable, key_checked_cb,
                                 g_object_ref (self));
}

static void
alternative_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeKeyForm *self = SONDE_KEY_FORM (widget);

  if (self->busy || self->alternative == NULL)
    return;

  set_problem (self, NULL, NULL);
  set_key (self, self->remember);
}

static void
key_cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeKeyForm) self = user_data;
  g_autoptr (GError) error = NULL;

  if (sonde_account_clear_key_finish (SONDE_ACCOUNT (source), result, &error)) {
    g_signal_emit (self, signals[REMOVED], 0);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_autofree char *problem = describe_keyring_error (_ ("The key could not be removed."), error);

    set_problem (self, problem, NULL);
  }
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeKeyForm *self = SONDE_KEY_FORM (widget);

  set_problem (self, NULL, NULL);
  sonde_account_clear_key_async (self->account, self->cancellable, key_cleared_cb,
                                 g_object_ref (self));
}

static gboolean
is_set (SondeKeyForm *self, const char *text)
{
  return text != NULL;
}

static char *
get_add_label (SondeKeyForm *self, gboolean session_only)
{
  return g_strdup (session_only ? _ ("_Use for This Session") : _ ("_Add Key"));
}

static void
text_changed_cb (SondeKeyForm *self)
{
  g_autofree char *key = sonde_key_form_dup_key (self);

  /* What was said was said of another key. */
  set_problem (self, NULL, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "key.add", *key != '\0');
}

static void
account_changed_cb (SondeKeyForm *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REMOVABLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION_ONLY]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

static void
entry_activated_cb (SondeKeyForm *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "key.add", NULL);
}

static gboolean
sonde_key_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SONDE_KEY_FORM (widget)->entry));
}

static void
sonde_key_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeKeyForm *self = SONDE_KEY_FORM (object);

  switch (id) {
  case PROP_ACCOUNT:
    g_value_set_object (value, self->account);
    break;
  case PROP_ALTERNATIVE:
    g_value_set_string (value, self->alternative);
    break;
  case PROP_BUSY:
    g_value_set_boolean (value, self->busy);
    break;
  case PROP_PROBLEM:
    g_value_set_string (value, self->problem);
    break;
  case PROP_REMOVABLE:
    g_value_set_boolean (value, is_removable (self));
    break;
  case PROP_SESSION_ONLY:
    g_value_set_boolean (value, is_session_only (self));
    break;
  case PROP_STATUS:
    g_value_set_string (value, get_status (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_key_form_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeKeyForm *self = SONDE_KEY_FORM (object);

  switch (id) {
  case PROP_ACCOUNT:
    if (g_set_object (&self->account, g_value_get_object (value))) {
      g_signal_group_set_target (self->account_signals, self->account);
      g_object_notify_by_pspec (object, pspec);
      account_changed_cb (self);
    }
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_key_form_dispose (GObject *object)
{
  SondeKeyForm *self = SONDE_KEY_FORM (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_KEY_FORM);
  g_clear_object (&self->account_signals);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (sonde_key_form_parent_class)->dispose (object);
}

static void
sonde_key_form_finalize (GObject *object)
{
  SondeKeyForm *self = SONDE_KEY_FORM (object);

  g_clear_object (&self->cancellable);
  g_free (self->problem);
  g_free (self->alternative);
  g_free (self->balance);

  G_OBJECT_CLASS (sonde_key_form_parent_class)->finalize (object);
}

static void
sonde_key_form_class_init (SondeKeyFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_key_form_get_property;
  object_class->set_property = sonde_key_form_set_property;
  object_class->dispose = sonde_key_form_dispose;
  object_class->finalize = sonde_key_form_finalize;

  widget_class->focus = sonde_focus_children;
  widget_class->grab_focus = sonde_key_form_grab_focus;

  properties[PROP_ACCOUNT] =
    g_param_spec_object ("account", NULL, NULL, SONDE_TYPE_ACCOUNT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ALTERNATIVE] = g_param_spec_string ("alternative", NULL, NULL, NULL, readable);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, readable);
  properties[PROP_REMOVABLE] = g_param_spec_boolean ("removable", NULL, NULL, FALSE, readable);
  properties[PROP_SESSION_ONLY] =
    g_param_spec_boolean ("session-only", NULL, NULL, FALSE, readable);
  /**
   * SondeKeyForm:status:
   *
   * A sentence about the key that the account has, or why it has none.
   */
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, readable);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeKeyForm::added:
   * @self: the form
   * @balance: (nullable): what is left to pay with, like `110.00 CNY`
   *
   * The account has a new key.
   */
  signals[ADDED] = g_signal_new ("added", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * SondeKeyForm::removed:
   * @self: the form
   *
   * The key is forgotten.
   */
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "key.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "key.alternative", NULL, alternative_action);
  gtk_widget_class_install_action (widget_class, "key.remove", NULL, remove_action);

  g_type_ensure (SONDE_TYPE_KEY_ENTRY);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/preferences/sonde-key-form.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeKeyForm, entry);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, get_add_label);
  gtk_widget_class_bind_template_callback (widget_class, is_set);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
}

static void
sonde_key_form_init (SondeKeyForm *self)
{
  self->cancellable = g_cancellable_new ();
  self->account_signals = g_signal_group_new (SONDE_TYPE_ACCOUNT);
  g_signal_group_connect_swapped (self->account_signals, "notify::state",
                                  G_CALLBACK (account_changed_cb), self);
  g_signal_group_connect_swapped (self->account_signals, "notify::key-source",
                                  G_CALLBACK (account_changed_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "key.add", FALSE);
}

/**
 * sonde_key_form_new:
 *
 * Returns: (transfer floating): a form without an account
 */
GtkWidget *
sonde_key_form_new (void)
{
  return g_object_new (SONDE_TYPE_KEY_FORM, NULL);
}

/**
 * sonde_key_form_dup_key:
 * @self: a form
 *
 * Returns: (transfer full): what is typed, or ""
 */
char *
sonde_key_form_dup_key (SondeKeyForm *self)
{
  g_return_val_if_fail (SONDE_IS_KEY_FORM (self), NULL);

  return g_strstrip (g_strdup (sonde_key_entry_get_text (self->entry)));
}

/**
 * sonde_key_form_describe_failure:
 * @failure: why a key could not be checked
 *
 * Returns: (transfer full): a sentence, and behind it what the service itself says
 */
char *
sonde_key_form_describe_failure (const SondeFailure *failure)
{
  g_autofree char *detail = NULL;

  switch (failure->kind) {
  case SONDE_FAILURE_NO_KEY:
  case SONDE_FAILURE_UNAUTHORIZED:
    return g_strdup (_ ("The service does not accept this key. Was it copied whole?"));
  case SONDE_FAILURE_NETWORK:
    detail = sonde_notice_dup_detail (failure->detail);
    return with_detail (_ ("The service could not be reached, so the key could not be checked."),
                        detail);
  case SONDE_FAILURE_ENDPOINT:
  case SONDE_FAILURE_PROTOCOL:
  case SONDE_FAILURE_EMPTY:
    return with_detail (
      _ ("The address answers, but not as a chat service does. The key could not be checked."),
      failure->detail);
  case SONDE_FAILURE_RATE_LIMIT:
  case SONDE_FAILURE_OVERLOADED:
    return g_strdup (_ ("The service is busy at the moment. The key could not be checked."));
  case SONDE_FAILURE_STALLED:
  case SONDE_FAILURE_CUT:
    return g_strdup (_ ("The service did not answer. The key could not be checked."));
  case SONDE_FAILURE_SERVER:
  case SONDE_FAILURE_BALANCE:
  case SONDE_FAILURE_INVALID_REQUEST:
  case SONDE_FAILURE_CONTEXT_LENGTH:
  case SONDE_FAILURE_MODEL_NOT_FOUND:
  case SONDE_FAILURE_CONTENT_RISK:
  case SONDE_FAILURE_TOO_LARGE:
  case SONDE_FAILURE_STREAM:
    break;
  }

  return with_detail (_ ("The service has a problem. The key could not be checked."),
                      failure->detail);
}
