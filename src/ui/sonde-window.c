/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-window-private.h"

#include <glib/gi18n.h>

#include "sonde-banner-text.h"
#include "sonde-about.h"
#include "sonde-appearance.h"
#include "sonde-application.h"
#include "sonde-backup-dialog.h"
#include "sonde-budget-actions.h"
#include "sonde-attachment-reader.h"
#include "sonde-composer.h"
#include "sonde-conversation-actions.h"
#include "sonde-details-actions.h"
#include "sonde-empty-page.h"
#include "sonde-help-actions.h"
#include "sonde-key-dialog.h"
#include "sonde-message-actions.h"
#include "sonde-list-actions.h"
#include "sonde-model-dropdown.h"
#include "sonde-network-banner.h"
#include "sonde-preferences-dialog.h"
#include "sonde-preset-actions.h"
#include "sonde-print-actions.h"
#include "sonde-shortcuts-dialog.h"
#include "sonde-search-pane.h"
#include "sonde-sidebar.h"
#include "sonde-summary-actions.h"
#include "sonde-touch.h"
#include "sonde-transcript.h"
#include "sonde-welcome-page.h"

/**
 * SondeWindow:
 *
 * The window: the list of conversations at the side, one of them open with its
 * transcript and the composer. What there is to show follows from the properties of
 * the account, the library and the open conversation; none of them is waited for.
 */
struct _SondeWindow {
  AdwApplicationWindow parent_instance;

  SondeComposer *composer;
  GtkMenuButton *conversation_menu;
  AdwOverlaySplitView *details_view;
  GtkWidget *find_button;
  SondeModelDropdown *model_dropdown;
  AdwBanner *network_banner;
  SondeSearchPane *search_pane;
  SondeSidebar *sidebar;
  AdwOverlaySplitView *split_view;
  AdwToastOverlay *toasts;
  SondeTranscript *transcript;
  AdwBin *welcome;

  SondeChatContext *context;
  SondeConversation *conversation;
  SondeSession *session;
  GListModel *messages;
  gboolean empty;
  gboolean restore_demo; /* the key dialog was opened while the demo service was used */
};

enum {
  PROP_CONTEXT = 1,
  PROP_ACCOUNT,
  PROP_LIBRARY,
  PROP_CONVERSATION,
  PROP_SESSION,
  PROP_EMPTY,
  PROP_USE_DEMO,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondeWindow, sonde_window, ADW_TYPE_APPLICATION_WINDOW)

static SondeAccount *
get_account (SondeWindow *self)
{
  return self->context != NULL ? sonde_chat_context_get_account (self->context) : NULL;
}

static SondeLibrary *
get_library (SondeWindow *self)
{
  return self->context != NULL ? sonde_chat_context_get_library (self->context) : NULL;
}

static SondeSettings *
get_settings (SondeWindow *self)
{
  return sonde_chat_context_get_settings (self->context);
}

static void
toast (SondeWindow *self, const char *text)
{
  AdwToast *new_toast = adw_toast_new (text);

  adw_toast_set_use_markup (new_toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, new_toast);
}

static void
focus_writing (SondeWindow *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self->welcome)))
    gtk_widget_grab_focus (GTK_WIDGET (self->welcome));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

/* Only DeepSeek's own accounts are topped up on DeepSeek's page. */
static gboolean
is_deepseek (SondeWindow *self)
{
  SondeServiceInfo *service =
    sonde_account_get_service (sonde_chat_context_get_account (self->context));

  return service != NULL && sonde_service_info_is_deepseek (service);
}

static void
update_actions (SondeWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean busy = self->session != NULL && sonde_session_get_busy (self->session);

  gtk_widget_action_set_enabled (widget, "win.stop", busy);
  gtk_widget_action_set_enabled (
    widget, "win.find", self->messages != NULL && g_list_model_get_n_items (self->messages) > 0);
  /* An answer that has stalled can be asked for again, too: the session knows. */
  gtk_widget_action_set_enabled (
    widget, "win.retry", self->messages != NULL && g_list_model_get_n_items (self->messages) > 0);
  gtk_widget_action_set_enabled (widget, "win.top-up", is_deepseek (self));
  sonde_print_actions_update (self);
  sonde_summary_actions_update (self);
}

static void
update_empty (SondeWindow *self)
{
  gboolean empty = self->conversation != NULL &&
                   sonde_conversation_get_loaded (self->conversation) &&
                   g_list_model_get_n_items (self->messages) == 0;

  update_actions (self);
  if (self->empty == empty)
    return;

  self->empty = empty;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
}

static void
new_conversation (SondeWindow *self)
{
  g_autoptr (SondeConversation) conversation = NULL;

  /* One that nothing was asked in yet is as new as another. */
  if (self->empty && !sonde_session_get_busy (self->session))
    return;

  conversation = sonde_library_create (get_library (self));
  sonde_preset_actions_begin (self->context, conversation);
  sonde_window_set_conversation (self, conversation);
}

/* The closures of the template. */

static char *
get_title (SondeWindow *self, const char *title)
{
  return g_strdup (title != NULL ? title : "Sonde");
}

static gboolean
get_temporary_revealed (SondeWindow *self, gboolean temporary)
{
  return temporary;
}

static char *
get_page (SondeWindow *self, SondeAccountState state, gboolean empty)
{
  switch (state) {
  case SONDE_ACCOUNT_NO_KEY:
  case SONDE_ACCOUNT_LOCKED:
  case SONDE_ACCOUNT_UNAVAILABLE:
    return g_strdup (empty ? "welcome" : "chat");
  case SONDE_ACCOUNT_LOADING:
  case SONDE_ACCOUNT_READY:
    break;
  }

  return g_strdup ("chat");
}

static char *
get_chat_page (SondeWindow *self, gboolean empty)
{
  return g_strdup (empty ? "empty" : "transcript");
}

static gboolean
get_account_banner_revealed (SondeWindow *self,
                             SondeAccountState state,
                             SondeKeySource source,
                             gboolean empty)
{
  if (source == SONDE_KEY_SOURCE_DEMO)
    return TRUE;

  /* An empty conversation has a page for it. */
  return !empty && state != SONDE_ACCOUNT_LOADING && state != SONDE_ACCOUNT_READY;
}

static char **
get_account_banner_classes (SondeWindow *self, SondeKeySource source)
{
  const char *const classes[] = { source == SONDE_KEY_SOURCE_DEMO ? "demo" : NULL, NULL };

  return g_strdupv ((char **) classes);
}

static char *
get_account_banner_title (SondeWindow *self, SondeAccountState state)
{
  return g_strdup (sonde_banner_text_get_account_title (state));
}

static char *
get_account_banner_label (SondeWindow *self, SondeAccountState state)
{
  return g_strdup (sonde_banner_text_get_account_label (state));
}

static char *
get_account_banner_action (SondeWindow *self, SondeAccountState state)
{
  return g_strdup (sonde_banner_text_get_account_action (state));
}

static gboolean
get_problem_revealed (SondeWindow *self, SondeLibraryProblem problem)
{
  return problem != SONDE_LIBRARY_PROBLEM_NONE;
}

static char *
get_problem_title (SondeWindow *self, SondeLibraryProblem problem, const char *detail)
{
  return sonde_banner_text_dup_problem (problem, detail);
}

/* Callbacks. */

static void
announced_cb (SondeWindow *self, const char *text)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
send_cb (SondeWindow *self, const char *text)
{
  if (!sonde_budget_actions_allow (self, "win.send"))
    return;
  if (sonde_session_send_begun (self->session, text, sonde_composer_get_beginning (self->composer)))
    sonde_composer_clear (self->composer);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

static void
starter_cb (SondeWindow *self, const char *question)
{
  sonde_composer_set_text (self->composer, question);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

static void
model_chosen_cb (SondeWindow *self, SondeModelDropdown *dropdown)
{
  const char *model_id = sonde_model_dropdown_get_model_id (dropdown);

  sonde_conversation_set_model_id (self->conversation, model_id);
  sonde_settings_set_model_id (get_settings (self), model_id);
}

static void
thinking_chosen_cb (SondeWindow *self)
{
  sonde_settings_set_thinking (
    get_settings (self),
    sonde_thinking_to_string (sonde_conversation_get_thinking (self->conversation)));
}

/* The menu is made when it opens: it says what can be done now. */
static void
make_conversation_menu_cb (GtkMenuButton *button, gpointer data)
{
  SondeWindow *self = data;
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSimpleActionGroup) actions = NULL;
  g_autoptr (GMenuModel) menu = NULL;
  g_autoptr (GMenuModel) presets = NULL;

  g_ptr_array_add (targets, g_object_ref (self->conversation));
  menu = sonde_conversation_menu_new (get_library (self), targets, FALSE);
  presets = sonde_preset_actions_make_menu (self->context);
  g_menu_append_submenu (G_MENU (menu), _ ("P_reset"), presets);
  sonde_summary_actions_add_to_menu (self, G_MENU (menu));
  if (!gtk_widget_get_visible (self->find_button)) {
    /* In a narrow window the model's name has the place of their buttons. */
    g_autoptr (GMenu) looking = g_menu_new ();

    g_menu_append (looking, _ ("_Find in Conversation"), "win.find");
    g_menu_append (looking, _ ("De_tails"), "win.details");
    g_menu_prepend_section (G_MENU (menu), NULL, G_MENU_MODEL (looking));
  }
  actions =
    sonde_conversation_actions_new (GTK_WIDGET (self->split_view), get_library (self), targets);
  gtk_widget_insert_action_group (GTK_WIDGET (button), "conversation", G_ACTION_GROUP (actions));
  gtk_menu_button_set_menu_model (button, menu);
}

/* What is in the trash is not on the screen any more. */
static void
trashed_cb (SondeWindow *self)
{
  if (sonde_conversation_get_trashed_at (self->conversation) != 0)
    new_conversation (self);
}

static void
sidebar_conversation_changed_cb (SondeWindow *self)
{
  SondeConversation *conversation = sonde_sidebar_get_conversation (self->sidebar);

  if (conversation != NULL)
    sonde_window_set_conversation (self, conversation);
}

static void
sidebar_chosen_cb (SondeWindow *self)
{
  if (adw_overlay_split_view_get_collapsed (self->split_view))
    adw_overlay_split_view_set_show_sidebar (self->split_view, FALSE);
  focus_writing (self);
}

static void
key_added_cb (SondeWindow *self, const char *balance)
{
  g_autofree char *text = NULL;

  self->restore_demo = FALSE;
  if (balance != NULL)
    /* Translators: %s is an amount and its currency, like "110.00 CNY" */
    text = g_strdup_printf (_ ("API key added. Balance: %s"), balance);
  toast (self, text != NULL ? text : _ ("API key added"));
  focus_writing (self);
}

/* Who has a key never sees the page. */
static void
welcome_shown_cb (SondeWindow *self)
{
  GtkWidget *page;

  if (adw_bin_get_child (self->welcome) != NULL)
    return;

  page = g_object_new (SONDE_TYPE_WELCOME_PAGE, NULL);
  g_object_bind_property (self, "account", page, "account", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (page, "added", G_CALLBACK (key_added_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->welcome, page);
}

static void
key_removed_cb (SondeWindow *self)
{
  toast (self, _ ("API key removed"));
}

static void
key_dialog_closed_cb (SondeWindow *self)
{
  if (self->restore_demo && sonde_account_get_state (get_account (self)) != SONDE_ACCOUNT_READY)
    sonde_chat_context_set_demo (self->context, TRUE);
  self->restore_demo = FALSE;
}

static void
demo_changed_cb (SondeWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USE_DEMO]);
}

static void
model_replaced_cb (SondeWindow *self, const char *retired_id, const char *current_id)
{
  g_autoptr (SondeModelInfo) model = sonde_model_info_new_builtin (current_id);
  /* Translators: %1$s is a model’s id, %2$s another model’s name */
  g_autofree char *text = g_strdup_printf (_ ("“%1$s” has been retired: %2$s answers in its place"),
                                           retired_id, sonde_model_info_get_display_name (model));

  toast (self, text);
}

static void
is_active_cb (SondeWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)))
    sonde_sidebar_update_dates (self->sidebar);
}

static void
dismiss_problem_cb (AdwBanner *banner)
{
  adw_banner_set_revealed (banner, FALSE);
}

/* The actions. */

static void
new_conversation_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);

  new_conversation (self);
  sidebar_chosen_cb (self);
}

static void
send_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (SONDE_WINDOW (widget)->composer), "composer.send", NULL);
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_session_stop (SONDE_WINDOW (widget)->session);
  gtk_widget_grab_focus (GTK_WIDGET (SONDE_WINDOW (widget)->composer));
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_session_retry (SONDE_WINDOW (widget)->session);
}

static void
continue_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_session_continue (SONDE_WINDOW (widget)->session);
}

static void
keep_waiting_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_session_keep_waiting (SONDE_WINDOW (widget)->session);
}

static void
try_now_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_session_try_now (SONDE_WINDOW (widget)->session);
}

static void
top_up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkUriLauncher) launcher =
    gtk_uri_launcher_new ("https://platform.deepseek.com/top_up");

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (widget), NULL, NULL, NULL);
}

static void
add_key_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);
  SondeKeyDialog *dialog;

  /* The key is for the real service: that is the one to check it with. */
  self->restore_demo = sonde_chat_context_get_demo (self->context);
  if (self->restore_demo)
    sonde_chat_context_set_demo (self->context, FALSE);

  dialog = sonde_key_dialog_new (get_account (self));
  g_signal_connect_object (dialog, "added", G_CALLBACK (key_added_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "removed", G_CALLBACK (key_removed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "closed", G_CALLBACK (key_dialog_closed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
ask_keyring_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_account_load (get_account (SONDE_WINDOW (widget)),
                      g_str_equal (name, "win.unlock-keyring"));
}

static void
copy_text_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
  toast (SONDE_WINDOW (widget), _ ("Copied"));
}

static void
toast_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  toast (SONDE_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
toggle_sidebar_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);

  adw_overlay_split_view_set_show_sidebar (
    self->split_view, !adw_overlay_split_view_get_show_sidebar (self->split_view));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);

  adw_overlay_split_view_set_show_sidebar (self->split_view, TRUE);
  sonde_search_pane_set_active (self->search_pane, TRUE);
}

static void
focus_composer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sidebar_chosen_cb (SONDE_WINDOW (widget));
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_transcript_find (SONDE_WINDOW (widget)->transcript);
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_sidebar_step (SONDE_WINDOW (widget)->sidebar,
                      g_str_equal (name, "win.next-conversation") ? 1 : -1);
}

static void
area_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWindow *self = SONDE_WINDOW (widget);
  GtkWidget *areas[] = {
    GTK_WIDGET (self->search_pane),
    GTK_WIDGET (self->welcome),
    GTK_WIDGET (self->transcript),
    GTK_WIDGET (self->composer),
  };
  const gsize n = G_N_ELEMENTS (areas);
  const gsize step = g_str_equal (name, "win.next-area") ? 1 : n - 1;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gsize current = n - 1;

  for (gsize i = 0; focus != NULL && i < n; i++)
    if (focus == areas[i] || gtk_widget_is_ancestor (focus, areas[i]))
      current = i;

  for (gsize i = 1; i < n; i++) {
    GtkWidget *area = areas[(current + i * step) % n];

    if (gtk_widget_get_mapped (area) && gtk_widget_get_child_visible (area) &&
        (gtk_widget_grab_focus (area) || gtk_widget_child_focus (area, GTK_DIR_TAB_FORWARD)))
      break;
  }
}

static void
preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (ADW_DIALOG (sonde_preferences_dialog_new (SONDE_WINDOW (widget)->context)),
                      widget);
}

static void
models_updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean updated =
    sonde_chat_context_update_models_finish (SONDE_CHAT_CONTEXT (source), result, &error);

  if (self->context == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  toast (self, updated ? _ ("The list of models is up to date")
                       : _ ("The service did not say which models it has"));
}

static void
choose_model_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_model_dropdown_open (SONDE_WINDOW (widget)->model_dropdown);
}

static void
refresh_models_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_chat_context_update_models_async (SONDE_WINDOW (widget)->context, models_updated_cb,
                                          g_object_ref (widget));
}

static void
restore_cb (SondeWindow *self)
{
  sonde_application_restore (SONDE_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
}

static void
restore_backup_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeBackupDialog *dialog = sonde_backup_dialog_new (get_library (SONDE_WINDOW (widget)));

  g_signal_connect_object (dialog, "ready", G_CALLBACK (restore_cb), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
show_shortcuts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gboolean enter_sends = sonde_settings_get_enter_sends (get_settings (SONDE_WINDOW (widget)));

  adw_dialog_present (ADW_DIALOG (sonde_shortcuts_dialog_new (enter_sends)), widget);
}

static void
about_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_about_present (widget, get_settings (SONDE_WINDOW (widget)));
}

/* What the window was like is kept when it closes. */
static gboolean
sonde_window_close_request (GtkWindow *window)
{
  SondeWindow *self = SONDE_WINDOW (window);
  int width, height;

  sonde_composer_keep_draft (self->composer);
  gtk_window_get_default_size (window, &width, &height);
  g_object_set (get_settings (self), "window-width", width, "window-height", height,
                "window-maximized", gtk_window_is_maximized (window), NULL);
  if (!adw_overlay_split_view_get_collapsed (self->split_view))
    g_object_set (get_settings (self), "show-sidebar",
                  adw_overlay_split_view_get_show_sidebar (self->split_view), NULL);

  return GTK_WINDOW_CLASS (sonde_window_parent_class)->close_request (window);
}

static void
sonde_window_constructed (GObject *object)
{
  SondeWindow *self = SONDE_WINDOW (object);
  SondeSettings *settings = get_settings (self);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GPropertyAction) enter_sends = NULL;
  gboolean maximized, show_sidebar;
  int width, height;

  G_OBJECT_CLASS (sonde_window_parent_class)->constructed (object);

  g_object_notify_by_pspec (object, properties[PROP_ACCOUNT]);
  g_object_notify_by_pspec (object, properties[PROP_LIBRARY]);

  g_object_get (settings, "window-width", &width, "window-height", &height, "window-maximized",
                &maximized, "show-sidebar", &show_sidebar, NULL);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));
  adw_overlay_split_view_set_show_sidebar (self->split_view, show_sidebar);

  enter_sends = g_property_action_new ("enter-sends", settings, "enter-sends");
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (enter_sends));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "settings", G_ACTION_GROUP (group));
  g_object_bind_property (settings, "check-spelling", self->composer, "check-spelling",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (settings, "enter-sends", self->composer, "enter-sends",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (settings, "enter-sends", self->transcript, "enter-sends",
                          G_BINDING_SYNC_CREATE);
  sonde_appearance_bind (GTK_WIDGET (self), self->transcript, settings);

  g_object_bind_property (settings, "folded-folders", sonde_sidebar_get_list (self->sidebar),
                          "folded", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  gtk_menu_button_set_create_popup_func (self->conversation_menu, make_conversation_menu_cb, self,
                                         NULL);

  sonde_model_dropdown_set_models (self->model_dropdown,
                                   sonde_chat_context_get_models (self->context));
  sonde_transcript_set_models (self->transcript, sonde_chat_context_get_models (self->context));
  g_signal_connect_object (self->context, "model-replaced", G_CALLBACK (model_replaced_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "notify::demo", G_CALLBACK (demo_changed_cb), self,
                           G_CONNECT_SWAPPED);

  sonde_composer_set_context (self->composer, self->context);
  sonde_network_banner_set_up (self->network_banner,
                               sonde_chat_context_get_network (self->context));
  sonde_budget_actions_watch (self);
  sonde_help_actions_tell_of_update (self);
  sonde_sidebar_set_clock (self->sidebar, sonde_chat_context_get_clock (self->context));
  new_conversation (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

static void
sonde_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeWindow *self = SONDE_WINDOW (object);

  switch (id) {
  case PROP_CONTEXT:
    g_value_set_object (value, self->context);
    break;
  case PROP_ACCOUNT:
    g_value_set_object (value, get_account (self));
    break;
  case PROP_LIBRARY:
    g_value_set_object (value, get_library (self));
    break;
  case PROP_CONVERSATION:
    g_value_set_object (value, self->conversation);
    break;
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  case PROP_EMPTY:
    g_value_set_boolean (value, self->empty);
    break;
  case PROP_USE_DEMO:
    g_value_set_boolean (value,
                         self->context != NULL && sonde_chat_context_get_demo (self->context));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeWindow *self = SONDE_WINDOW (object);

  switch (id) {
  case PROP_CONTEXT:
    self->context = g_value_dup_object (value);
    break;
  case PROP_CONVERSATION:
    sonde_window_set_conversation (self, g_value_get_object (value));
    break;
  case PROP_USE_DEMO:
    sonde_chat_context_set_demo (self->context, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
disconnect_conversation (SondeWindow *self)
{
  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  if (self->messages != NULL)
    g_signal_handlers_disconnect_by_data (self->messages, self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
}

static void
sonde_window_dispose (GObject *object)
{
  SondeWindow *self = SONDE_WINDOW (object);

  disconnect_conversation (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_WINDOW);
  g_clear_object (&self->messages);
  g_clear_object (&self->session);
  g_clear_object (&self->conversation);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (sonde_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.about", NULL, about_action);
  gtk_widget_class_install_action (widget_class, "win.add-key", NULL, add_key_action);
  gtk_widget_class_install_action (widget_class, "win.ask-keyring", NULL, ask_keyring_action);
  gtk_widget_class_install_action (widget_class, "win.choose-model", NULL, choose_model_action);
  gtk_widget_class_install_action (widget_class, "win.continue", NULL, continue_action);
  gtk_widget_class_install_action (widget_class, "win.copy-text", "s", copy_text_action);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "win.focus-composer", NULL, focus_composer_action);
  gtk_widget_class_install_action (widget_class, "win.keep-waiting", NULL, keep_waiting_action);
  gtk_widget_class_install_action (widget_class, "win.new-conversation", NULL,
                                   new_conversation_action);
  gtk_widget_class_install_action (widget_class, "win.next-area", NULL, area_action);
  gtk_widget_class_install_action (widget_class, "win.next-conversation", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "win.previous-area", NULL, area_action);
  gtk_widget_class_install_action (widget_class, "win.previous-conversation", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "win.refresh-models", NULL, refresh_models_action);
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "win.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "win.show-shortcuts", NULL, show_shortcuts_action);
  gtk_widget_class_install_action (widget_class, "win.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "win.restore-backup", NULL, restore_backup_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);
  gtk_widget_class_install_action (widget_class, "win.toggle-sidebar", NULL, toggle_sidebar_action);
  gtk_widget_class_install_action (widget_class, "win.top-up", NULL, top_up_action);
  gtk_widget_class_install_action (widget_class, "win.try-now", NULL, try_now_action);
  gtk_widget_class_install_action (widget_class, "win.unlock-keyring", NULL, ask_keyring_action);
  gtk_widget_class_install_property_action (widget_class, "win.use-demo", "use-demo");
  sonde_details_actions_install (widget_class);
  sonde_preset_actions_install (widget_class);
  sonde_print_actions_install (widget_class);
  sonde_help_actions_install (widget_class);
  sonde_message_actions_install (widget_class);
  sonde_summary_actions_install (widget_class);
  sonde_list_actions_install (widget_class);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/sondechat/Sonde/sonde-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, composer);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, conversation_menu);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, details_view);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, find_button);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, model_dropdown);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, network_banner);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, search_pane);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, transcript);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, welcome);
  gtk_widget_class_bind_template_callback (widget_class, announced_cb);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_problem_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "details_shown_cb",
                                                G_CALLBACK (sonde_details_actions_shown));
  gtk_widget_class_bind_template_callback_full (widget_class, "details_collapsed_cb",
                                                G_CALLBACK (sonde_details_actions_collapsed));
  gtk_widget_class_bind_template_callback (widget_class, get_account_banner_action);
  gtk_widget_class_bind_template_callback (widget_class, get_account_banner_classes);
  gtk_widget_class_bind_template_callback (widget_class, get_account_banner_label);
  gtk_widget_class_bind_template_callback (widget_class, get_account_banner_revealed);
  gtk_widget_class_bind_template_callback (widget_class, get_account_banner_title);
  gtk_widget_class_bind_template_callback (widget_class, get_chat_page);
  gtk_widget_class_bind_template_callback (widget_class, get_page);
  gtk_widget_class_bind_template_callback (widget_class, get_problem_revealed);
  gtk_widget_class_bind_template_callback (widget_class, get_problem_title);
  gtk_widget_class_bind_template_callback (widget_class, get_temporary_revealed);
  gtk_widget_class_bind_template_callback (widget_class, get_title);
  gtk_widget_class_bind_template_callback (widget_class, is_active_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_added_cb);
  gtk_widget_class_bind_template_callback (widget_class, model_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_writing);
  gtk_widget_class_bind_template_callback (widget_class, sonde_window_open_hit);
  gtk_widget_class_bind_template_callback (widget_class, sidebar_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, sidebar_conversation_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, starter_cb);
  gtk_widget_class_bind_template_callback (widget_class, thinking_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, welcome_shown_cb);
}

static void
sonde_window_class_init (SondeWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = sonde_window_constructed;
  object_class->get_property = sonde_window_get_property;
  object_class->set_property = sonde_window_set_property;
  object_class->dispose = sonde_window_dispose;

  GTK_WINDOW_CLASS (klass)->close_request = sonde_window_close_request;

  properties[PROP_CONTEXT] =
    g_param_spec_object ("context", NULL, NULL, SONDE_TYPE_CHAT_CONTEXT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACCOUNT] =
    g_param_spec_object ("account", NULL, NULL, SONDE_TYPE_ACCOUNT, readable);
  properties[PROP_LIBRARY] =
    g_param_spec_object ("library", NULL, NULL, SONDE_TYPE_LIBRARY, readable);
  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, SONDE_TYPE_CONVERSATION, flags);
  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, SONDE_TYPE_SESSION, readable);
  /**
   * SondeWindow:empty:
   *
   * Whether nothing was asked yet in the open conversation.
   */
  properties[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, FALSE, readable);
  properties[PROP_USE_DEMO] = g_param_spec_boolean ("use-demo", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (SONDE_TYPE_COMPOSER);
  g_type_ensure (SONDE_TYPE_EMPTY_PAGE);
  g_type_ensure (SONDE_TYPE_MODEL_DROPDOWN);
  g_type_ensure (SONDE_TYPE_SEARCH_PANE);
  g_type_ensure (SONDE_TYPE_SIDEBAR);
  g_type_ensure (SONDE_TYPE_TRANSCRIPT);

  install_actions (GTK_WIDGET_CLASS (klass));
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
sonde_window_init (SondeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sonde_touch_watch (GTK_WIDGET (self));
}

/**
 * sonde_window_new:
 * @application: (nullable): the application
 * @context: the services, with settings; they need not be ready
 *
 * Returns: (transfer none): a window with a new conversation, not shown yet
 */
SondeWindow *
sonde_window_new (GtkApplication *application, SondeChatContext *context)
{
  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (context), NULL);
  g_return_val_if_fail (sonde_chat_context_get_settings (context) != NULL, NULL);

  return g_object_new (SONDE_TYPE_WINDOW, "application", application, "context", context, NULL);
}

/**
 * sonde_window_get_conversation:
 * @self: a window
 *
 * Returns: (transfer none): the conversation that is open
 */
SondeConversation *
sonde_window_get_conversation (SondeWindow *self)
{
  g_return_val_if_fail (SONDE_IS_WINDOW (self), NULL);

  return self->conversation;
}

/**
 * sonde_window_set_conversation:
 * @self: a window
 * @conversation: the conversation to open
 *
 * An answer that streams in the one that was open goes on there.
 */
void
sonde_window_set_conversation (SondeWindow *self, SondeConversation *conversation)
{
  g_return_if_fail (SONDE_IS_WINDOW (self));
  g_return_if_fail (SONDE_IS_CONVERSATION (conversation));

  if (self->conversation == conversation)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  disconnect_conversation (self);
  g_set_object (&self->conversation, conversation);
  g_set_object (&self->messages, sonde_conversation_get_messages (conversation));
  g_set_object (&self->session, sonde_library_get_session (get_library (self), conversation));
  g_signal_connect_object (conversation, "notify::loaded", G_CALLBACK (update_empty), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (conversation, "notify::trashed-at", G_CALLBACK (trashed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->messages, "items-changed", G_CALLBACK (update_empty), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::busy", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  sonde_summary_actions_watch (self, self->session);
  sonde_library_open (get_library (self), conversation);
  update_empty (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * sonde_window_show_list:
 * @self: a window
 * @view: which conversations to list
 *
 * Shows the sidebar with those.
 */
void
sonde_window_show_list (SondeWindow *self, SondeListView view)
{
  g_return_if_fail (SONDE_IS_WINDOW (self));

  sonde_sidebar_set_view (self->sidebar, view);
  adw_overlay_split_view_set_show_sidebar (self->split_view, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->sidebar));
}

/**
 * sonde_window_tell:
 * @self: a window
 * @text: a sentence
 *
 * Says something that has happened.
 */
void
sonde_window_tell (SondeWindow *self, const char *text)
{
  g_return_if_fail (SONDE_IS_WINDOW (self));

  toast (self, text);
}

/**
 * sonde_window_ask:
 * @self: a window
 * @question: what to ask
 *
 * Asks @question in a new conversation.
 */
void
sonde_window_ask (SondeWindow *self, const char *question)
{
  g_return_if_fail (question != NULL);

  sonde_window_ask_about (self, question, NULL);
}

/**
 * sonde_window_ask_about:
 * @self: a window
 * @question: (nullable): what to ask
 * @files: (nullable) (element-type GFile): what it is about
 *
 * Asks @question in a new conversation, as soon as the files are read; one that cannot be, and
 * files without a question, stay in the composer.
 */
void
sonde_window_ask_about (SondeWindow *self, const char *question, GPtrArray *files)
{
  g_return_if_fail (SONDE_IS_WINDOW (self));

  new_conversation (self);
  if (files == NULL && question != NULL && sonde_session_send (self->session, question))
    return;

  for (guint i = 0; files != NULL && i < files->len; i++)
    sonde_attachment_add_file (sonde_conversation_get_attachments (self->conversation),
                               g_ptr_array_index (files, i));
  sonde_composer_set_text (self->composer, question);
  if (question != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->composer), "composer.send", NULL);
}

/* For the actions that are in files of their own. */

SondeSession *
sonde_window_get_session (SondeWindow *self)
{
  return self->session;
}

SondeLibrary *
sonde_window_get_library (SondeWindow *self)
{
  return get_library (self);
}

SondeChatContext *
sonde_window_get_context (SondeWindow *self)
{
  return self->context;
}

AdwOverlaySplitView *
sonde_window_get_details_view (SondeWindow *self)
{
  return self->details_view;
}

SondeTranscript *
sonde_window_get_transcript (SondeWindow *self)
{
  return self->transcript;
}

/* Tells something, with a button that activates @action, for @timeout seconds; 0: until it is
 * closed. */
void
sonde_window_offer (SondeWindow *self,
                    const char *text,
                    const char *label,
                    const char *action,
                    guint timeout)
{
  AdwToast *offer = adw_toast_new (text);

  adw_toast_set_use_markup (offer, FALSE);
  adw_toast_set_button_label (offer, label);
  adw_toast_set_action_name (offer, action);
  adw_toast_set_timeout (offer, timeout);
  adw_toast_overlay_add_toast (self->toasts, offer);
}

/**
 * sonde_window_search:
 * @self: a window
 * @text: what to search
 *
 * Searches in all conversations.
 */
void
sonde_window_search (SondeWindow *self, const char *text)
{
  g_return_if_fail (SONDE_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.search", NULL);
  sonde_search_pane_search (self->search_pane, text);
}

/**
 * sonde_window_open_hit:
 * @self: a window
 * @hit: what was found
 *
 * Opens the conversation in which it was said, goes to the version that says it, scrolls there
 * and marks it; one that is not there any more is not opened.
 */
void
sonde_window_open_hit (SondeWindow *self, SondeSearchHit *hit)
{
  SondeConversation *conversation;
  g_auto (GStrv) words = NULL;

  g_return_if_fail (SONDE_IS_WINDOW (self));
  g_return_if_fail (SONDE_IS_SEARCH_HIT (hit));

  conversation = sonde_search_hit_get_conversation (hit);
  if (conversation == NULL)
    return;

  sonde_window_set_conversation (self, conversation);
  if (sonde_search_hit_get_message_id (hit) != 0) {
    words = sonde_search_hit_dup_words (hit);
    sonde_session_show_message (self->session, sonde_search_hit_get_message_id (hit));
    sonde_transcript_reveal (self->transcript, sonde_search_hit_get_message_id (hit),
                             (const char *const *) words);
  }
  if (adw_overlay_split_view_get_collapsed (self->split_view))
    sidebar_chosen_cb (self);
}
