/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-service-page.h"

#include <glib/gi18n.h>

#include "sonde-key-form.h"
#include "sonde-model-info.h"

/**
 * SondeServicePage:
 *
 * A service is added or changed: its name and address, its key, and what it can do.
 * The key is kept as soon as it is added, and the rest with it; without a key, “Save”
 * keeps it. Meanwhile, the account of the window goes on as it is.
 */
struct _SondeServicePage {
  AdwNavigationPage parent_instance;

  AdwEntryRow *address;
  AdwSwitchRow *allow_plain;
  AdwPreferencesGroup *capability_group;
  GtkWidget *form;
  AdwPreferencesGroup *key_group;
  AdwEntryRow *name;
  GtkLabel *problem;
  GtkWidget *remove_group;
  GtkButton *save_button;
  GtkLabel *verdict;

  SondeChatContext *context;
  SondeServiceInfo *service; /* as it was; NULL for a new one */
  SondeAccount *account;     /* of the service as it is typed */
  char *id;
  GPtrArray *switches; /* one AdwSwitchRow for each capability */
  gboolean guessing;   /* nobody has said yet what a new service can do */
  gboolean updating;
  GCancellable *cancellable;
};

enum { PROP_CONTEXT = 1, PROP_SERVICE, PROP_ACCOUNT, N_PROPS };
enum { SAVED, REMOVED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeServicePage, sonde_service_page, ADW_TYPE_NAVIGATION_PAGE)

static const struct {
  SondeServiceFlags capability;
  const char *title;
  const char *subtitle;
} capabilities[] = {
  { SONDE_SERVICE_THINKING, N_ ("Thinking"), N_ ("Takes the choice of thinking and its effort") },
  { SONDE_SERVICE_REPLAY, N_ ("Earlier Reasoning"),
    N_ ("Wants back what it thought before, as DeepSeek does") },
  { SONDE_SERVICE_PREFIX, N_ ("Continue Answers"), N_ ("Goes on where an answer was cut") },
  { SONDE_SERVICE_STRICT, N_ ("Strict Tools"), N_ ("Holds tool calls to their schema") },
  { SONDE_SERVICE_BALANCE, N_ ("Balance"), N_ ("Says what is left to pay with") },
  { SONDE_SERVICE_PENALTIES, N_ ("Penalties"),
    N_ ("Heeds the frequency and the presence penalty") },
  { SONDE_SERVICE_THINK_TAGS, N_ ("Think Tags"),
    N_ ("Writes its reasoning into the answer, between <think> tags") },
  { SONDE_SERVICE_KEYLESS, N_ ("No Key Needed"), N_ ("Answers without an API key") },
};

static SondeServiceList *
get_services (SondeServicePage *self)
{
  return sonde_settings_get_services (sonde_chat_context_get_settings (self->context));
}

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static SondeServiceFlags
get_capabilities (SondeServicePage *self)
{
  guint result = SONDE_SERVICE_NONE;

  for (gsize i = 0; i < G_N_ELEMENTS (capabilities); i++)
    if (adw_switch_row_get_active (g_ptr_array_index (self->switches, i)))
      result |= capabilities[i].capability;

  return (SondeServiceFlags) result;
}

static void
set_capabilities (SondeServicePage *self, SondeServiceFlags value)
{
  self->updating = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (capabilities); i++)
    adw_switch_row_set_active (g_ptr_array_index (self->switches, i),
                               (value & capabilities[i].capability) != 0);
  self->updating = FALSE;
}

static SondeServiceInfo *
make_service (SondeServicePage *self)
{
  return sonde_service_info_new (self->id, get_text (self->name), get_text (self->address),
                                 get_capabilities (self),
                                 adw_switch_row_get_active (self->allow_plain));
}

/* A sentence, "" where nothing is wrong that has to be said, or NULL where nothing is wrong. */
static const char *
find_problem (SondeServicePage *self)
{
  SondeServiceInfo *other =
    sonde_service_list_find_by_url (get_services (self), get_text (self->address));

  switch (sonde_service_info_check (get_text (self->address),
                                    adw_switch_row_get_active (self->allow_plain))) {
  case SONDE_ADDRESS_PROBLEM_NONE:
    break;
  case SONDE_ADDRESS_PROBLEM_EMPTY:
    return "";
  case SONDE_ADDRESS_PROBLEM_MALFORMED:
    return _ ("The base URL begins with https:// and the name of a host.");
  case SONDE_ADDRESS_PROBLEM_EXTRA:
    return _ ("The base URL has no user name, no “?” and no “#” in it.");
  case SONDE_ADDRESS_PROBLEM_PLAIN:
    return _ ("This address is not encrypted: everyone on the way can read your key and what you "
              "write. Use https://, or allow it below the address.");
  }

  if (other != NULL && g_strcmp0 (sonde_service_info_get_id (other), self->id) != 0)
    return _ ("There is an account with this address already.");

  return NULL;
}

static void
update (SondeServicePage *self)
{
  const char *problem = find_problem (self);
  const gboolean plain =
    sonde_service_info_check (get_text (self->address), FALSE) == SONDE_ADDRESS_PROBLEM_PLAIN;
  g_autoptr (SondeServiceInfo) service = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->allow_plain), plain);
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL && *problem != '\0');
  if (problem != NULL && *problem != '\0')
    gtk_widget_add_css_class (GTK_WIDGET (self->address), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->address), "error");
  gtk_widget_set_sensitive (GTK_WIDGET (self->key_group), problem == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.save", problem == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict), FALSE);
  if (problem != NULL)
    return;

  service = make_service (self);
  if (!sonde_service_info_equal (service, sonde_account_get_service (self->account)))
    sonde_account_set_service (self->account, service, FALSE);
}

/* A key stays with the address that it was entered for, and is not left behind there. */
static void
forget_old_key (SondeServicePage *self)
{
  g_autoptr (SondeAccount) account = NULL;

  if (self->service == NULL ||
      sonde_service_list_find_by_url (get_services (self),
                                      sonde_service_info_get_base_url (self->service)) != NULL)
    return;

  account = sonde_account_new_beside (self->account);
  sonde_account_set_service (account, self->service, FALSE);
  sonde_account_clear_key_async (account, NULL, NULL, NULL);
}

static void
save (SondeServicePage *self, const char *text)
{
  g_autoptr (SondeServiceInfo) service = make_service (self);

  sonde_service_list_put (get_services (self), service);
  forget_old_key (self);
  g_signal_emit (self, signals[SAVED], 0, self->id, text);
}

/* Callbacks. */

static void
changed_cb (SondeServicePage *self)
{
  if (!self->updating)
    update (self);
}

static void
address_changed_cb (SondeServicePage *self)
{
  if (self->updating)
    return;

  if (self->guessing)
    set_capabilities (self, sonde_service_info_guess (get_text (self->address)));
  update (self);
}

static void
capability_changed_cb (SondeServicePage *self)
{
  if (self->updating)
    return;

  self->guessing = FALSE;
  update (self);
}

static void
key_added_cb (SondeServicePage *self, const char *balance)
{
  g_autofree char *text = NULL;

  if (balance != NULL)
    /* Translators: %s is an amount and its currency, like "110.00 CNY" */
    text = g_strdup_printf (_ ("API key added. Balance: %s"), balance);
  save (self, text != NULL ? text : _ ("API key added"));
}

static void
say (SondeServicePage *self, const char *text, gboolean good)
{
  gtk_label_set_label (self->verdict, text);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict), TRUE);
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (self->verdict), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->verdict), "error");
}

static char *
describe_service (GPtrArray *models, const char *balance)
{
  g_autoptr (GString) text = g_string_new (_ ("The service answers."));

  if (balance != NULL) {
    g_string_append_c (text, '\n');
    /* Translators: %s is an amount and its currency, like "110.00 CNY" */
    g_string_append_printf (text, _ ("Balance: %s"), balance);
  }
  if (models->len > 0) {
    g_autoptr (GString) ids = g_string_new (NULL);

    for (guint i = 0; i < models->len; i++)
      g_string_append_printf (ids, "%s%s", i > 0 ? C_ ("list", ", ") : "",
                              sonde_model_info_get_id (g_ptr_array_index (models, i)));
    g_string_append_c (text, '\n');
    /* Translators: %s is a list of ids, like “deepseek-v4-flash, deepseek-v4-pro” */
    g_string_append_printf (text, _ ("Models: %s"), ids->str);
  }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
tested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeServicePage) self = user_data;
  g_autoptr (GPtrArray) models = NULL;
  g_autoptr (SondeFailure) failure = NULL;
  g_autofree char *balance = NULL;
  g_autofree char *text = NULL;
  gboolean answers =
    sonde_account_check_key_finish (SONDE_ACCOUNT (source), result, &balance, &models, &failure);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.test", TRUE);
  text = answers ? describe_service (models, balance) : sonde_key_form_describe_failure (failure);
  say (self, text, answers);
}

static void
key_removed_cb (SondeServicePage *self)
{
  if (self->service != NULL && !sonde_chat_context_get_demo (self->context))
    sonde_account_load (sonde_chat_context_get_account (self->context), FALSE);
}

static void
removed_key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeServicePage) self = user_data;
  g_autoptr (GError) error = NULL;

  /* An account whose key the keyring does not give up goes all the same. */
  if (!sonde_account_clear_key_finish (SONDE_ACCOUNT (source), result, &error))
    g_message ("The key of a removed account stays in the keyring: %s", error->message);

  sonde_service_list_remove (get_services (self), self->id);
  g_signal_emit (self, signals[REMOVED], 0, _ ("Account removed"));
}

static void
remove_response_cb (SondeServicePage *self)
{
  sonde_account_set_service (self->account, self->service, FALSE);
  sonde_account_clear_key_async (self->account, NULL, removed_key_cb, g_object_ref (self));
}

/* The actions. */

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeServicePage *self = SONDE_SERVICE_PAGE (widget);

  save (self, self->service != NULL ? _ ("Account changed") : _ ("Account added"));
}

/* A key that was typed and not added is tried; else the one that is kept. */
static void
test_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeServicePage *self = SONDE_SERVICE_PAGE (widget);
  g_autofree char *key = sonde_key_form_dup_key (SONDE_KEY_FORM (self->form));

  gtk_widget_action_set_enabled (widget, "page.test", FALSE);
  say (self, _ ("The service is being asked…"), TRUE);
  sonde_account_check_key_async (self->account, *key != '\0' ? key : NULL, self->cancellable,
                                 tested_cb, g_object_ref (self));
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeServicePage *self = SONDE_SERVICE_PAGE (widget);
  AdwDialog *dialog = adw_alert_dialog_new (
    _ ("Remove Account?"),
    _ ("Its API key is taken out of the keyring, too. Your conversations stay."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "remove",
                                  _ ("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "remove",
                                            ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response::remove", G_CALLBACK (remove_response_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
add_switches (SondeServicePage *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (capabilities); i++) {
    GtkWidget *row = adw_switch_row_new ();

    adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (capabilities[i].title));
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (capabilities[i].subtitle));
    g_signal_connect_object (row, "notify::active", G_CALLBACK (capability_changed_cb), self,
                             G_CONNECT_SWAPPED);
    adw_preferences_group_add (self->capability_group, row);
    g_ptr_array_add (self->switches, row);
  }
}

static void
sonde_service_page_constructed (GObject *object)
{
  SondeServicePage *self = SONDE_SERVICE_PAGE (object);
  const gboolean is_new = self->service == NULL;

  G_OBJECT_CLASS (sonde_service_page_parent_class)->constructed (object);

  self->account = sonde_account_new_beside (sonde_chat_context_get_account (self->context));
  self->id =
    is_new ? g_uuid_string_random () : g_strdup (sonde_service_info_get_id (self->service));
  self->guessing = is_new;
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self),
                                 is_new ? _ ("Add Account") : _ ("Account"));
  gtk_button_set_label (self->save_button, is_new ? _ ("_Add") : _ ("_Save"));
  gtk_button_set_use_underline (self->save_button, TRUE);
  gtk_widget_set_visible (self->remove_group, !is_new && g_list_model_get_n_items (
                                                           G_LIST_MODEL (get_services (self))) > 1);

  if (!is_new) {
    self->updating = TRUE;
    gtk_editable_set_text (GTK_EDITABLE (self->name), sonde_service_info_get_name (self->service));
    gtk_editable_set_text (GTK_EDITABLE (self->address),
                           sonde_service_info_get_base_url (self->service));
    adw_switch_row_set_active (self->allow_plain,
                               sonde_service_info_get_allow_plain (self->service));
    self->updating = FALSE;
    set_capabilities (self, sonde_service_info_get_flags (self->service));
  }
  update (self);
  g_object_notify_by_pspec (object, properties[PROP_ACCOUNT]);
}

static void
sonde_service_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeServicePage *self = SONDE_SERVICE_PAGE (object);

  switch (id) {
  case PROP_CONTEXT:
    g_value_set_object (value, self->context);
    break;
  case PROP_SERVICE:
    g_value_set_object (value, self->service);
    break;
  case PROP_ACCOUNT:
    g_value_set_object (value, self->account);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_service_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeServicePage *self = SONDE_SERVICE_PAGE (object);

  switch (id) {
  case PROP_CONTEXT:
    self->context = g_value_dup_object (value);
    break;
  case PROP_SERVICE:
    self->service = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_service_page_dispose (GObject *object)
{
  SondeServicePage *self = SONDE_SERVICE_PAGE (object);

  self->updating = TRUE;
  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_SERVICE_PAGE);
  g_clear_object (&self->account);
  g_clear_object (&self->service);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (sonde_service_page_parent_class)->dispose (object);
}

static void
sonde_service_page_finalize (GObject *object)
{
  SondeServicePage *self = SONDE_SERVICE_PAGE (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->switches);
  g_free (self->id);

  G_OBJECT_CLASS (sonde_service_page_parent_class)->finalize (object);
}

static void
sonde_service_page_class_init (SondeServicePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = sonde_service_page_constructed;
  object_class->get_property = sonde_service_page_get_property;
  object_class->set_property = sonde_service_page_set_property;
  object_class->dispose = sonde_service_page_dispose;
  object_class->finalize = sonde_service_page_finalize;

  properties[PROP_CONTEXT] =
    g_param_spec_object ("context", NULL, NULL, SONDE_TYPE_CHAT_CONTEXT, flags);
  properties[PROP_SERVICE] =
    g_param_spec_object ("service", NULL, NULL, SONDE_TYPE_SERVICE_INFO, flags);
  /**
   * SondeServicePage:account:
   *
   * The service as it is typed, and its key.
   */
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, SONDE_TYPE_ACCOUNT,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeServicePage::saved:
   * @self: the page
   * @id: the id of the service
   * @text: a sentence that says so
   */
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  /**
   * SondeServicePage::removed:
   * @self: the page
   * @text: a sentence that says so
   */
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (SONDE_TYPE_KEY_FORM);

  gtk_widget_class_install_action (widget_class, "page.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "page.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "page.test", NULL, test_action);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/preferences/sonde-service-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeServicePage, address);
  gtk_widget_class_bind_template_child (widget_class, SondeServicePage, allow_plain);
  gtk_widget_class_bind_template_child (widget_class, SondeServicePage, capability_group);
  gtk_widget_class_bind_template_child (widget_class, SondeServicePage, form);
  gtk_widget_class_bind_template_child (widget_class, SondeServicePage, key_group);
  gtk_widget_class_bind_template_child (widget_class, SondeServicePage, name);
  gtk_widget_class_bind_template_child (widget_class, SondeServicePage, problem);
  gtk_widget_class_bind_template_child (widget_class, SondeServicePage, remove_group);
  gtk_widget_class_bind_template_child (widget_class, SondeServicePage, save_button);
  gtk_widget_class_bind_template_child (widget_class, SondeServicePage, verdict);
  gtk_widget_class_bind_template_callback (widget_class, address_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_added_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_removed_cb);
}

static void
sonde_service_page_init (SondeServicePage *self)
{
  self->cancellable = g_cancellable_new ();
  self->switches = g_ptr_array_new ();
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  add_switches (self);
  self->updating = FALSE;
}

/**
 * sonde_service_page_new:
 * @context: the services, with settings
 * @service: (nullable): the service to change; %NULL to add one
 *
 * Returns: (transfer floating): a page for the preferences
 */
SondeServicePage *
sonde_service_page_new (SondeChatContext *context, SondeServiceInfo *service)
{
  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (context), NULL);
  g_return_val_if_fail (service == NULL || SONDE_IS_SERVICE_INFO (service), NULL);

  return g_object_new (SONDE_TYPE_SERVICE_PAGE, "context", context, "service", service, NULL);
}

/**
 * sonde_service_page_get_service:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the service as it was, or %NULL where one is added
 */
SondeServiceInfo *
sonde_service_page_get_service (SondeServicePage *self)
{
  g_return_val_if_fail (SONDE_IS_SERVICE_PAGE (self), NULL);

  return self->service;
}
