/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "sonde-context-fixture.h"
#include "sonde-demo-service.h"
#include "sonde-key-entry.h"
#include "sonde-key-form.h"
#include "sonde-preferences-dialog.h"
#include "sonde-service-page.h"

#define KEY   "sk-test-0123456789"
#define FRAME 5 /* of a window of our own without a compositor */

typedef struct {
  char *folder;
  SondeKeyring *keyring;
  SondeDemoService *service;
  SondeChatContext *context;
  SondeSettings *settings;
  GtkWindow *window;
  SondePreferencesDialog *dialog;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("sonde-preferences-XXXXXX", NULL);
  fixture->keyring = sonde_memory_keyring_new ();
  fixture->service = sonde_demo_service_new ();
  g_assert_true (sonde_demo_service_start (fixture->service, 0, NULL));
  fixture->context = sonde_make_context (fixture->folder, fixture->keyring, NULL);
  fixture->settings = g_object_ref (sonde_chat_context_get_settings (fixture->context));
  sonde_chat_context_start (fixture->context);

  fixture->window = GTK_WINDOW (adw_window_new ());
  adw_window_set_content (ADW_WINDOW (fixture->window), gtk_label_new ("Window"));
  sonde_show_window (fixture->window, GPOINTER_TO_INT (data), 640);
  fixture->dialog = sonde_preferences_dialog_new (fixture->context);
  adw_dialog_present (ADW_DIALOG (fixture->dialog), GTK_WIDGET (fixture->window));
  sonde_wait_frame (GTK_WIDGET (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) store = g_settings_new ("io.github.sondechat.Sonde");
  static const char *const keys[] = { "services",    "service-id",  "use-demo",
                                      "enter-sends", "code-scheme", "density" };

  g_object_add_weak_pointer (G_OBJECT (fixture->dialog), (gpointer *) &fixture->dialog);
  gtk_window_destroy (fixture->window);
  sonde_end_context (fixture->context);
  sonde_test_wait (fixture->dialog == NULL);
  g_assert_finalize_object (fixture->context);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (store, keys[i]);
  g_clear_object (&fixture->settings);
  g_clear_object (&fixture->keyring);
  sonde_demo_service_stop (fixture->service);
  g_clear_object (&fixture->service);
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static gpointer
find_titled (GtkWidget *widget, const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (widget) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    gpointer found = find_titled (child, title);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static gpointer
row (Fixture *fixture, const char *title)
{
  gpointer found = find_titled (GTK_WIDGET (fixture->dialog), title);

  g_assert_nonnull (found);
  return found;
}

static SondeServicePage *
get_page (Fixture *fixture)
{
  return sonde_find_widget (GTK_WIDGET (fixture->dialog), SONDE_TYPE_SERVICE_PAGE);
}

static void
activate (gpointer widget, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (widget), action, NULL));
}

static void
type (Fixture *fixture, const char *title, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row (fixture, title)), text);
}

/* What the page says of the address, or NULL. */
static const char *
get_problem (Fixture *fixture)
{
  GtkLabel *label = GTK_LABEL (gtk_widget_get_template_child (GTK_WIDGET (get_page (fixture)),
                                                              SONDE_TYPE_SERVICE_PAGE, "problem"));

  return gtk_widget_get_visible (GTK_WIDGET (label)) ? gtk_label_get_label (label) : NULL;
}

static const char *
get_verdict (Fixture *fixture)
{
  GtkLabel *label = GTK_LABEL (gtk_widget_get_template_child (GTK_WIDGET (get_page (fixture)),
                                                              SONDE_TYPE_SERVICE_PAGE, "verdict"));

  return gtk_widget_get_visible (GTK_WIDGET (label)) ? gtk_label_get_label (label) : "";
}

static gboolean
can_save (Fixture *fixture)
{
  return gtk_widget_is_sensitive (GTK_WIDGET (gtk_widget_get_template_child (
    GTK_WIDGET (get_page (fixture)), SONDE_TYPE_SERVICE_PAGE, "save_button")));
}

static void
add_account (Fixture *fixture, const char *name, const char *address)
{
  activate (fixture->dialog, "service.add");
  sonde_test_wait (get_page (fixture) != NULL);
  type (fixture, "Name", name);
  type (fixture, "Base URL", address);
}

static SondeAccount *
get_account (Fixture *fixture)
{
  return sonde_chat_context_get_account (fixture->context);
}

/* The sentence for each address, as it is typed. */
static void
test_address (Fixture *fixture, gconstpointer data)
{
  GtkWidget *consent;

  add_account (fixture, "Own", "");
  g_assert_null (get_problem (fixture));
  g_assert_false (can_save (fixture));
  type (fixture, "Base URL", "llm.example");
  g_assert_nonnull (strstr (get_problem (fixture), "https://"));
  g_assert_false (can_save (fixture));
  type (fixture, "Base URL", "https://llm.example/?a=b");
  g_assert_nonnull (strstr (get_problem (fixture), "“?”"));
  type (fixture, "Base URL", "https://api.deepseek.com/");
  g_assert_nonnull (strstr (get_problem (fixture), "already"));
  g_assert_false (can_save (fixture));

  /* Plain http to another machine needs a yes. */
  consent = row (fixture, "Send Without Encryption");
  g_assert_false (gtk_widget_get_visible (consent));
  type (fixture, "Base URL", "http://192.168.0.7:8080/v1");
  g_assert_nonnull (strstr (get_problem (fixture), "not encrypted"));
  g_assert_true (gtk_widget_get_visible (consent));
  g_assert_false (can_save (fixture));
  adw_switch_row_set_active (ADW_SWITCH_ROW (consent), TRUE);
  g_assert_null (get_problem (fixture));
  g_assert_true (can_save (fixture));
  g_assert_true (gtk_widget_get_visible (consent));

  type (fixture, "Base URL", "http://localhost:8080");
  g_assert_null (get_problem (fixture));
  g_assert_false (gtk_widget_get_visible (consent));
}

/* What a new service can do follows its address, until somebody says. */
static void
test_guess (Fixture *fixture, gconstpointer data)
{
  add_account (fixture, "Own", "https://llm.example");
  g_assert_false (adw_switch_row_get_active (row (fixture, "Balance")));
  type (fixture, "Base URL", "https://api.deepseek.com/v1");
  g_assert_true (adw_switch_row_get_active (row (fixture, "Balance")));
  adw_switch_row_set_active (row (fixture, "No Key Needed"), TRUE);
  type (fixture, "Base URL", "https://llm.example/2");
  g_assert_true (adw_switch_row_get_active (row (fixture, "Balance")));
  g_assert_true (adw_switch_row_get_active (row (fixture, "No Key Needed")));
}

static void
test_life (Fixture *fixture, gconstpointer data)
{
  const char *base_url = sonde_demo_service_get_base_url (fixture->service);
  SondeServiceList *services = sonde_settings_get_services (fixture->settings);
  GtkWidget *entry;
  SondeServiceInfo *service;
  g_autofree char *id = NULL;

  g_assert_cmpint (sonde_account_get_key_source (get_account (fixture)), ==, SONDE_KEY_SOURCE_DEMO);
  add_account (fixture, "Own", base_url);
  adw_switch_row_set_active (row (fixture, "Balance"), TRUE);
  adw_switch_row_set_active (row (fixture, "No Key Needed"), FALSE);

  /* A wrong key is said to be one; nothing is kept. */
  entry = sonde_find_widget (GTK_WIDGET (get_page (fixture)), SONDE_TYPE_KEY_ENTRY);
  sonde_key_entry_set_text (SONDE_KEY_ENTRY (entry), "sk-wrong-0000");
  activate (get_page (fixture), "page.test");
  sonde_test_wait (strstr (get_verdict (fixture), "does not accept") != NULL);
  sonde_key_entry_set_text (SONDE_KEY_ENTRY (entry), KEY);
  activate (get_page (fixture), "page.test");
  sonde_test_wait (strstr (get_verdict (fixture), "Balance: 110.00 CNY") != NULL);
  g_assert_nonnull (strstr (get_verdict (fixture), "deepseek-v4-pro"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (services)), ==, 1);

  /* With the key, the account is kept and used. */
  activate (entry, "key.add");
  sonde_test_wait (g_list_model_get_n_items (G_LIST_MODEL (services)) == 2);
  service = sonde_service_list_get (services, 1);
  id = g_strdup (sonde_service_info_get_id (service));
  g_assert_cmpstr (sonde_service_info_get_name (service), ==, "Own");
  g_assert_cmpstr (sonde_settings_get_service_id (fixture->settings), ==, id);
  g_assert_false (sonde_chat_context_get_demo (fixture->context));
  sonde_test_wait (sonde_account_get_state (get_account (fixture)) == SONDE_ACCOUNT_READY);
  g_assert_cmpint (sonde_account_get_key_source (get_account (fixture)), ==,
                   SONDE_KEY_SOURCE_KEYRING);
  sonde_test_wait (get_page (fixture) == NULL);

  /* It is changed. */
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "service.edit", "s", id));
  sonde_test_wait (get_page (fixture) != NULL);
  type (fixture, "Name", "Mine");
  activate (get_page (fixture), "page.save");
  service = sonde_service_list_find (services, id);
  g_assert_cmpstr (sonde_service_info_get_name (service), ==, "Mine");
  sonde_test_wait (get_page (fixture) == NULL);
  g_assert_nonnull (row (fixture, "Mine"));

  /* Another one answers. */
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "service.current", "s", "deepseek"));
  g_assert_cmpstr (sonde_service_info_get_id (sonde_account_get_service (get_account (fixture))),
                   ==, "deepseek");
  sonde_test_wait (sonde_account_get_state (get_account (fixture)) == SONDE_ACCOUNT_NO_KEY);
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "service.current", "s", "demo"));
  g_assert_true (sonde_chat_context_get_demo (fixture->context));
}

static void
key_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (sonde_keyring_store_finish (SONDE_KEYRING (source), result, NULL));
  *(gboolean *) user_data = TRUE;
}

static void
key_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char *key = sonde_keyring_lookup_finish (SONDE_KEYRING (source), result, NULL);

  *(int *) user_data = key != NULL;
  sonde_keyring_free_key (key);
}

static gboolean
has_key (Fixture *fixture, const char *base_url)
{
  int found = -1;

  sonde_keyring_lookup_async (fixture->keyring, base_url, FALSE, NULL, key_found_cb, &found);
  sonde_test_wait (found >= 0);
  return found;
}

/* A key goes with its address, and with its account. */
static void
test_old_keys (Fixture *fixture, gconstpointer data)
{
  SondeServiceList *services = sonde_settings_get_services (fixture->settings);
  g_autoptr (SondeServiceInfo) service =
    sonde_service_info_new ("own", "Own", "https://old.example", SONDE_SERVICE_NONE, FALSE);
  AdwAlertDialog *alert;
  static const char *const base_urls[] = { "https://old.example", "https://new.example" };

  for (gsize i = 0; i < G_N_ELEMENTS (base_urls); i++) {
    gboolean stored = FALSE;

    sonde_keyring_store_async (fixture->keyring, base_urls[i], KEY, NULL, key_stored_cb, &stored);
    sonde_test_wait (stored);
  }
  sonde_service_list_put (services, service);

  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "service.edit", "s", "own");
  sonde_test_wait (get_page (fixture) != NULL);
  type (fixture, "Base URL", "https://new.example/");
  activate (get_page (fixture), "page.save");
  sonde_test_wait (get_page (fixture) == NULL);
  sonde_test_wait (!has_key (fixture, "https://old.example"));
  g_assert_true (has_key (fixture, "https://new.example"));

  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "service.edit", "s", "own");
  sonde_test_wait (get_page (fixture) != NULL);
  activate (get_page (fixture), "page.remove");
  sonde_wait_frame (GTK_WIDGET (fixture->window));
  alert = sonde_find_widget (GTK_WIDGET (fixture->window), ADW_TYPE_ALERT_DIALOG);
  g_assert_nonnull (alert);
  g_signal_emit_by_name (alert, "response::remove", "remove");
  sonde_test_wait (sonde_service_list_find (services, "own") == NULL);
  g_assert_false (has_key (fixture, "https://new.example"));
}

static void
test_writing (Fixture *fixture, gconstpointer data)
{
  g_assert_true (sonde_settings_get_enter_sends (fixture->settings));
  adw_switch_row_set_active (row (fixture, "_Enter Sends"), FALSE);
  g_assert_false (sonde_settings_get_enter_sends (fixture->settings));
}

static void
test_appearance (Fixture *fixture, gconstpointer data)
{
  g_autofree char *scheme = NULL;
  g_autofree char *density = NULL;

  adw_combo_row_set_selected (row (fixture, "Colours of C_ode"), 1);
  adw_combo_row_set_selected (row (fixture, "_Density"), 1);
  g_object_get (fixture->settings, "code-scheme", &scheme, "density", &density, NULL);
  g_assert_cmpstr (scheme, !=, "");
  g_assert_cmpstr (density, ==, "compact");

  /* What is set elsewhere is shown, and what is not there is the platform's. */
  g_object_set (fixture->settings, "code-scheme", "nowhere", "density", "comfortable", NULL);
  g_assert_cmpuint (adw_combo_row_get_selected (row (fixture, "Colours of C_ode")), ==, 0);
  g_assert_cmpuint (adw_combo_row_get_selected (row (fixture, "_Density")), ==, 0);
}

/* How many titles in the bar of pages are shown and not cut, at or below @widget. */
static guint
count_whole_titles (GtkWidget *widget)
{
  guint n = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
            gtk_widget_get_ancestor (widget, ADW_TYPE_VIEW_SWITCHER) != NULL &&
            !pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_whole_titles (child);

  return n;
}

/* A page for each matter, in the order in which they are looked for. Their names have room on a
 * phone. */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "accounts", "general", "costs", "storage", "privacy" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    adw_preferences_dialog_set_visible_page_name (ADW_PREFERENCES_DIALOG (fixture->dialog),
                                                  names[i]);
    g_assert_cmpstr (
      adw_preferences_dialog_get_visible_page_name (ADW_PREFERENCES_DIALOG (fixture->dialog)), ==,
      names[i]);
  }
  sonde_test_wait (count_whole_titles (GTK_WIDGET (fixture->dialog)) == G_N_ELEMENTS (names));
}

int
main (int argc, char *argv[])
{
  sonde_display_test_init (&argc, &argv);

#define add(path, width, function)                                                                 \
  g_test_add (path, Fixture, GINT_TO_POINTER (width), set_up, function, tear_down)
  add ("/preferences/address", 1100, test_address);
  add ("/preferences/appearance", 360, test_appearance);
  add ("/preferences/guess", 360, test_guess);
  add ("/preferences/life", 1100, test_life);
  add ("/preferences/old-keys", 1100, test_old_keys);
  add ("/preferences/pages", 1100, test_pages);
  add ("/preferences/pages-narrow", 360 + 2 * FRAME, test_pages);
  add ("/preferences/writing", 360, test_writing);
#undef add

  return g_test_run ();
}
