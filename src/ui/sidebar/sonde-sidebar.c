/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-sidebar.h"

#include <glib/gi18n.h>

#include "sonde-conversation-actions.h"
#include "sonde-day-watch.h"
#include "sonde-focus.h"
#include "sonde-folder-actions.h"
#include "sonde-late-menu.h"
#include "sonde-list-pane.h"

/**
 * SondeSidebar:
 *
 * The side of the window: New Conversation, the main menu and the list of
 * conversations, or of those in the archive or the trash. What is selected in the list is
 * open in the window, and the other way round, unless several are selected: then a bar
 * has what can be done with them.
 */
struct _SondeSidebar {
  AdwBin parent_instance;

  SondeListPane *pane;
  GtkWidget *selection_bar;
  GMenuModel *main_menu;
  GtkMenuButton *main_button;
  GMenuModel *new_menu;
  GtkMenuButton *new_button;
  GtkMenuButton *move_button;

  SondeLibrary *library;
  SondeConversationList *list;   /* the pane's */
  SondeListSelection *selection; /* the pane's */
  SondeDayWatch *day_watch;
};

enum { PROP_LIBRARY = 1, PROP_CONVERSATION, PROP_LIST, PROP_SELECTION, N_PROPS };
enum { CHOSEN, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeSidebar, sonde_sidebar, ADW_TYPE_BIN)

/* --- closures of the template -------------------------------------------------- */

static char *
get_heading (SondeSidebar *self, int view, gboolean multiple, guint n_selected)
{
  if (multiple)
    return g_strdup_printf (ngettext ("%u Selected", "%u Selected", n_selected), n_selected);

  switch ((SondeListView) view) {
  case SONDE_LIST_VIEW_ARCHIVE:
    return g_strdup (C_ ("list", "Archive"));
  case SONDE_LIST_VIEW_TRASH:
    return g_strdup (C_ ("list", "Trash"));
  case SONDE_LIST_VIEW_CHATS:
    break;
  }

  return g_strdup ("Sonde");
}

static gboolean
get_is_chats (SondeSidebar *self, int view, gboolean multiple)
{
  return view == SONDE_LIST_VIEW_CHATS && !multiple;
}

static gboolean
get_is_away (SondeSidebar *self, int view, gboolean multiple)
{
  return view != SONDE_LIST_VIEW_CHATS && !multiple;
}

static gboolean
get_in_trash (SondeSidebar *self, int view)
{
  return view == SONDE_LIST_VIEW_TRASH;
}

static gboolean
get_out_of_trash (SondeSidebar *self, int view)
{
  return view != SONDE_LIST_VIEW_TRASH;
}

static gboolean
get_can_archive (SondeSidebar *self, int view)
{
  return view == SONDE_LIST_VIEW_CHATS;
}

static gboolean
get_any_selected (SondeSidebar *self, guint n_selected)
{
  return n_selected > 0;
}

static gboolean
get_can_empty (SondeSidebar *self, int view, gboolean multiple, guint n_items)
{
  return view == SONDE_LIST_VIEW_TRASH && !multiple && n_items > 0;
}

static char *
get_page (SondeSidebar *self, SondeLibraryState state, guint n_items)
{
  return g_strdup (state != SONDE_LIBRARY_LOADING && n_items == 0 ? "empty" : "list");
}

static char *
get_empty_title (SondeSidebar *self, int view)
{
  switch ((SondeListView) view) {
  case SONDE_LIST_VIEW_ARCHIVE:
    return g_strdup (_ ("Nothing Archived"));
  case SONDE_LIST_VIEW_TRASH:
    return g_strdup (_ ("Trash Is Empty"));
  case SONDE_LIST_VIEW_CHATS:
    break;
  }

  return g_strdup (_ ("No Conversations"));
}

static char *
get_empty_description (SondeSidebar *self, SondeLibraryState state, int view)
{
  switch ((SondeListView) view) {
  case SONDE_LIST_VIEW_ARCHIVE:
    return g_strdup (_ ("Archived conversations are kept here, out of the way."));
  case SONDE_LIST_VIEW_TRASH:
    return g_strdup (_ ("Deleted conversations stay here for 30 days."));
  case SONDE_LIST_VIEW_CHATS:
    break;
  }

  return g_strdup (state == SONDE_LIBRARY_FAILED ? _ ("What you ask now is not kept.")
                                                 : _ ("What you ask is kept here."));
}

/* --- callbacks ----------------------------------------------------------------- */

static void
open_changed_cb (SondeSidebar *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
}

static void
chosen_cb (SondeSidebar *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
leave_selection_cb (SondeSidebar *self)
{
  sonde_list_selection_set_multiple (self->selection, FALSE);
}

/* Puts the actions of the bar onto what is selected. */
static void
update_selection_actions (SondeSidebar *self)
{
  g_autoptr (GSimpleActionGroup) actions = NULL;
  g_autoptr (GPtrArray) selected = NULL;
  g_auto (GStrv) names = NULL;

  if (self->library == NULL || !sonde_list_selection_get_multiple (self->selection)) {
    gtk_widget_insert_action_group (self->selection_bar, "conversation", NULL);
    return;
  }

  selected = sonde_list_selection_dup_selected (self->selection);
  if (selected->len > 0) {
    actions = sonde_conversation_actions_new (GTK_WIDGET (self), self->library, selected);
    names = g_action_group_list_actions (G_ACTION_GROUP (actions));
    /* What was to be done is done. */
    for (guint i = 0; names[i] != NULL; i++)
      g_signal_connect_object (g_action_map_lookup_action (G_ACTION_MAP (actions), names[i]),
                               "activate", G_CALLBACK (leave_selection_cb), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  }
  gtk_widget_insert_action_group (self->selection_bar, "conversation", G_ACTION_GROUP (actions));
}

static void
make_move_menu_cb (GtkMenuButton *button, gpointer data)
{
  SondeSidebar *self = data;
  g_autoptr (GMenuModel) menu = sonde_folder_choice_new (self->library, TRUE);

  gtk_menu_button_set_menu_model (button, menu);
}

static void
day_changed_cb (SondeSidebar *self, GDateTime *now)
{
  sonde_conversation_list_set_now (self->list, now);
}

static gboolean
key_cb (SondeSidebar *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Escape || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  if (sonde_list_selection_get_multiple (self->selection))
    sonde_list_selection_set_multiple (self->selection, FALSE);
  else if (sonde_conversation_list_get_view (self->list) != SONDE_LIST_VIEW_CHATS)
    sonde_sidebar_set_view (self, SONDE_LIST_VIEW_CHATS);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

/* Files of conversations are imported where they are dropped. */
static gboolean
files_dropped_cb (SondeSidebar *self, const GValue *value)
{
  GdkFileList *list = g_value_get_boxed (value);
  g_autoptr (GSList) files = gdk_file_list_get_files (list);
  g_autofree char *uri = NULL;

  if (files == NULL)
    return FALSE;

  uri = g_file_get_uri (files->data);

  return gtk_widget_activate_action (GTK_WIDGET (self), "win.import-file", "s", uri);
}

/* --- actions ------------------------------------------------------------------- */

static void
show_chats_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_sidebar_set_view (SONDE_SIDEBAR (widget), SONDE_LIST_VIEW_CHATS);
}

static void
leave_selection_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  leave_selection_cb (SONDE_SIDEBAR (widget));
}

static void
new_folder_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeSidebar *self = SONDE_SIDEBAR (widget);

  if (self->library != NULL)
    sonde_folder_create (widget, self->library);
}

static void
empty_trash_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeSidebar *self = SONDE_SIDEBAR (widget);
  g_autoptr (GPtrArray) trashed = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (trashed, g_list_model_get_item (G_LIST_MODEL (self->list), i));
  sonde_conversations_delete_for_ever (widget, self->library, trashed);
}

/* --- object -------------------------------------------------------------------- */

static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

/* While a window becomes narrow, AdwOverlaySplitView gives a folded sidebar what the
 * content leaves, be it less than its minimum. Nobody sees it, but GTK would warn. */
static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (child, MAX (width, minimum), height, baseline, NULL);
}

static void
sonde_sidebar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeSidebar *self = SONDE_SIDEBAR (object);

  switch (id) {
  case PROP_LIBRARY:
    g_value_set_object (value, self->library);
    break;
  case PROP_CONVERSATION:
    g_value_set_object (value, sonde_sidebar_get_conversation (self));
    break;
  case PROP_LIST:
    g_value_set_object (value, self->list);
    break;
  case PROP_SELECTION:
    g_value_set_object (value, self->selection);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_sidebar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeSidebar *self = SONDE_SIDEBAR (object);

  switch (id) {
  case PROP_LIBRARY:
    if (g_set_object (&self->library, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_CONVERSATION:
    sonde_sidebar_set_conversation (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static gboolean
sonde_sidebar_grab_focus (GtkWidget *widget)
{
  SondeSidebar *self = SONDE_SIDEBAR (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (self->pane)) ||
         gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
sonde_sidebar_dispose (GObject *object)
{
  SondeSidebar *self = SONDE_SIDEBAR (object);

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_SIDEBAR);
  g_clear_object (&self->day_watch);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (sonde_sidebar_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/sidebar/sonde-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeSidebar, main_button);
  gtk_widget_class_bind_template_child (widget_class, SondeSidebar, main_menu);
  gtk_widget_class_bind_template_child (widget_class, SondeSidebar, move_button);
  gtk_widget_class_bind_template_child (widget_class, SondeSidebar, new_button);
  gtk_widget_class_bind_template_child (widget_class, SondeSidebar, new_menu);
  gtk_widget_class_bind_template_child (widget_class, SondeSidebar, pane);
  gtk_widget_class_bind_template_child (widget_class, SondeSidebar, selection_bar);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, get_any_selected);
  gtk_widget_class_bind_template_callback (widget_class, get_can_archive);
  gtk_widget_class_bind_template_callback (widget_class, get_can_empty);
  gtk_widget_class_bind_template_callback (widget_class, get_empty_description);
  gtk_widget_class_bind_template_callback (widget_class, get_empty_title);
  gtk_widget_class_bind_template_callback (widget_class, get_heading);
  gtk_widget_class_bind_template_callback (widget_class, get_in_trash);
  gtk_widget_class_bind_template_callback (widget_class, get_is_away);
  gtk_widget_class_bind_template_callback (widget_class, get_is_chats);
  gtk_widget_class_bind_template_callback (widget_class, get_out_of_trash);
  gtk_widget_class_bind_template_callback (widget_class, get_page);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
}

static void
sonde_sidebar_class_init (SondeSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_sidebar_get_property;
  object_class->set_property = sonde_sidebar_set_property;
  object_class->dispose = sonde_sidebar_dispose;

  widget_class->focus = sonde_focus_children;
  widget_class->grab_focus = sonde_sidebar_grab_focus;

  properties[PROP_LIBRARY] = g_param_spec_object ("library", NULL, NULL, SONDE_TYPE_LIBRARY, flags);
  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, SONDE_TYPE_CONVERSATION, flags);
  properties[PROP_LIST] =
    g_param_spec_object ("list", NULL, NULL, SONDE_TYPE_CONVERSATION_LIST, readable);
  properties[PROP_SELECTION] =
    g_param_spec_object ("selection", NULL, NULL, SONDE_TYPE_LIST_SELECTION, readable);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeSidebar::chosen:
   * @self: the sidebar
   *
   * Somebody clicked a conversation or pressed Enter on it, and is done with the list.
   */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (SONDE_TYPE_LIBRARY);
  g_type_ensure (SONDE_TYPE_LIST_PANE);

  gtk_widget_class_install_action (widget_class, "sidebar.empty-trash", NULL, empty_trash_action);
  gtk_widget_class_install_action (widget_class, "sidebar.leave-selection", NULL,
                                   leave_selection_action);
  gtk_widget_class_install_action (widget_class, "sidebar.new-folder", NULL, new_folder_action);
  gtk_widget_class_install_action (widget_class, "sidebar.show-chats", NULL, show_chats_action);
  bind_template (widget_class);
}

static void
sonde_sidebar_init (SondeSidebar *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self),
                                 gtk_custom_layout_new (NULL, measure, allocate));

  g_set_object (&self->list, sonde_list_pane_get_list (self->pane));
  g_set_object (&self->selection, sonde_list_pane_get_selection (self->pane));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIST]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
  g_signal_connect_swapped (self->selection, "notify::open", G_CALLBACK (open_changed_cb), self);
  g_signal_connect_swapped (self->selection, "notify::multiple",
                            G_CALLBACK (update_selection_actions), self);
  g_signal_connect_swapped (self->selection, "notify::n-selected",
                            G_CALLBACK (update_selection_actions), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (files_dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  sonde_late_menu_set_model (self->main_button, self->main_menu);
  sonde_late_menu_set_model (self->new_button, self->new_menu);
  gtk_menu_button_set_create_popup_func (self->move_button, make_move_menu_cb, self, NULL);
}

/**
 * sonde_sidebar_get_conversation:
 * @self: a sidebar
 *
 * Returns: (transfer none) (nullable): the conversation that is open
 */
SondeConversation *
sonde_sidebar_get_conversation (SondeSidebar *self)
{
  g_return_val_if_fail (SONDE_IS_SIDEBAR (self), NULL);

  return self->selection != NULL ? sonde_list_selection_get_open (self->selection) : NULL;
}

/**
 * sonde_sidebar_set_conversation:
 * @self: a sidebar
 * @conversation: (nullable): the conversation that is open; it need not be in the list
 */
void
sonde_sidebar_set_conversation (SondeSidebar *self, SondeConversation *conversation)
{
  guint position;

  g_return_if_fail (SONDE_IS_SIDEBAR (self));
  g_return_if_fail (conversation == NULL || SONDE_IS_CONVERSATION (conversation));

  if (sonde_list_selection_get_open (self->selection) == conversation)
    return;

  sonde_list_selection_set_open (self->selection, conversation);
  position = sonde_conversation_list_find (self->list, conversation);
  if (position != GTK_INVALID_LIST_POSITION)
    sonde_list_pane_scroll_to (self->pane, position, GTK_LIST_SCROLL_NONE);
}

/**
 * sonde_sidebar_get_list:
 * @self: a sidebar
 *
 * Returns: (transfer none): what is listed
 */
SondeConversationList *
sonde_sidebar_get_list (SondeSidebar *self)
{
  g_return_val_if_fail (SONDE_IS_SIDEBAR (self), NULL);

  return self->list;
}

/**
 * sonde_sidebar_set_view:
 * @self: a sidebar
 * @view: which conversations to list
 */
void
sonde_sidebar_set_view (SondeSidebar *self, SondeListView view)
{
  g_return_if_fail (SONDE_IS_SIDEBAR (self));

  sonde_list_selection_set_multiple (self->selection, FALSE);
  sonde_conversation_list_set_view (self->list, view);
}

/**
 * sonde_sidebar_step:
 * @self: a sidebar
 * @step: 1 for the next conversation of the list, -1 for the one before
 *
 * Opens a neighbour of the open conversation. From one that is not in the list, the
 * next is the first.
 */
void
sonde_sidebar_step (SondeSidebar *self, int step)
{
  guint n, open;
  gint64 position;

  g_return_if_fail (SONDE_IS_SIDEBAR (self));

  sonde_list_selection_set_multiple (self->selection, FALSE);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  open = sonde_conversation_list_find (self->list, sonde_sidebar_get_conversation (self));
  position = open == GTK_INVALID_LIST_POSITION ? -1 : (gint64) open;

  for (position += step; position >= 0 && position < n; position += step) {
    g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->list), (guint) position);

    if (SONDE_IS_CONVERSATION (item)) {
      sonde_sidebar_set_conversation (self, SONDE_CONVERSATION (item));
      return;
    }
  }
}

/**
 * sonde_sidebar_set_clock:
 * @self: a sidebar
 * @clock: the time that the days of the list are of
 *
 * From now on the list is sorted into its sections anew when a day ends.
 */
void
sonde_sidebar_set_clock (SondeSidebar *self, SondeClock *clock)
{
  g_return_if_fail (SONDE_IS_SIDEBAR (self));
  g_return_if_fail (SONDE_IS_CLOCK (clock));

  g_clear_object (&self->day_watch);
  self->day_watch = sonde_day_watch_new (clock);
  g_signal_connect_object (self->day_watch, "changed", G_CALLBACK (day_changed_cb), self,
                           G_CONNECT_SWAPPED);
  day_changed_cb (self, sonde_day_watch_get_now (self->day_watch));
}

/**
 * sonde_sidebar_update_dates:
 * @self: a sidebar
 *
 * Sorts the list into its sections anew where another day has begun unnoticed.
 */
void
sonde_sidebar_update_dates (SondeSidebar *self)
{
  g_return_if_fail (SONDE_IS_SIDEBAR (self));

  if (self->day_watch != NULL)
    sonde_day_watch_check (self->day_watch);
}
