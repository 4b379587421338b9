/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-list-pane.h"

#include <glib/gi18n.h>

#include "sonde-conversation-actions.h"
#include "sonde-conversation-row.h"
#include "sonde-folder-actions.h"
#include "sonde-folder-row.h"

#define PAGE 10

/**
 * SondeListPane:
 *
 * The list of conversations: its rows and headings, the menu of a row, renaming in
 * place, selecting several, and dragging into folders. Whatever the pointer does, the
 * keyboard does: the menu key opens the menu of the row that has the focus.
 */
struct _SondeListPane {
  AdwBin parent_instance;

  GtkListView *list_view;

  SondeLibrary *library;
  SondeConversationList *list;
  SondeListSelection *selection;
  GtkWidget *menu;        /* the popover of the last menu */
  GtkWidget *drop_folder; /* the row that a drop would go to */
};

enum { PROP_LIBRARY = 1, N_PROPS };
enum { CHOSEN, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeListPane, sonde_list_pane, ADW_TYPE_BIN)

/* --- rows ---------------------------------------------------------------------- */

static GtkWidget *
find_row (GtkWidget *list_item_widget)
{
  return list_item_widget != NULL ? gtk_widget_get_first_child (list_item_widget) : NULL;
}

/* The row that has the focus: a SondeConversationRow, a SondeFolderRow, or NULL. */
static GtkWidget *
get_focus_row (SondeListPane *self)
{
  return find_row (gtk_widget_get_focus_child (GTK_WIDGET (self->list_view)));
}

static GtkWidget *
get_row_at (SondeListPane *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->list_view), x, y, GTK_PICK_DEFAULT);

  while (widget != NULL && gtk_widget_get_parent (widget) != GTK_WIDGET (self->list_view))
    widget = gtk_widget_get_parent (widget);
  widget = find_row (widget);

  /* A heading is no row. */
  return SONDE_IS_CONVERSATION_ROW (widget) || SONDE_IS_FOLDER_ROW (widget) ? widget : NULL;
}

static gpointer
get_row_item (GtkWidget *row)
{
  if (SONDE_IS_CONVERSATION_ROW (row))
    return sonde_conversation_row_get_conversation (SONDE_CONVERSATION_ROW (row));
  if (SONDE_IS_FOLDER_ROW (row))
    return sonde_folder_row_get_folder (SONDE_FOLDER_ROW (row));

  return NULL;
}

/* What something done to a row is done to: all that is selected where the row is one of it. */
static GPtrArray *
dup_targets (SondeListPane *self, SondeConversation *conversation)
{
  g_autoptr (GPtrArray) selected = sonde_list_selection_dup_selected (self->selection);
  GPtrArray *one;

  if (g_ptr_array_find (selected, conversation, NULL))
    return g_steal_pointer (&selected);

  one = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (one, g_object_ref (conversation));

  return one;
}

static void
set_folded (SondeListPane *self, SondeFolder *folder, gboolean folded)
{
  sonde_conversation_list_set_folded (self->list, sonde_folder_get_id (folder), folded);
}

static void
toggle_folded (SondeListPane *self, SondeFolder *folder)
{
  set_folded (self, folder,
              !sonde_conversation_list_get_folded (self->list, sonde_folder_get_id (folder)));
}

/* --- menus --------------------------------------------------------------------- */

static void
rename_row_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GPtrArray *targets = g_object_get_data (G_OBJECT (action), "targets");

  sonde_list_pane_rename (data, g_ptr_array_index (targets, 0));
}

static void
select_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SondeListPane *self = data;
  GPtrArray *targets = g_object_get_data (G_OBJECT (action), "targets");
  SondeConversation *conversation = g_ptr_array_index (targets, 0);

  sonde_list_selection_set_multiple (self->selection, TRUE);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection),
                                   sonde_conversation_list_find (self->list, conversation), TRUE);
}

static void
add_list_action (SondeListPane *self,
                 GSimpleActionGroup *group,
                 const char *name,
                 GCallback activate,
                 GPtrArray *targets)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);

  g_object_set_data_full (G_OBJECT (action), "targets", g_ptr_array_ref (targets),
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (action, "activate", activate, self, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
}

static void
show_menu (SondeListPane *self, GtkWidget *row, const graphene_point_t *at)
{
  g_autoptr (GSimpleActionGroup) actions = NULL;
  g_autoptr (GMenuModel) model = NULL;
  gpointer item = get_row_item (row);
  const char *prefix = "conversation";
  graphene_rect_t bounds;
  GdkRectangle pointing;

  if (item == NULL || self->library == NULL ||
      !gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds))
    return;

  if (SONDE_IS_FOLDER (item)) {
    prefix = "folder";
    model = sonde_folder_menu_new ();
    actions = sonde_folder_actions_new (GTK_WIDGET (self), self->library, item);
  } else {
    g_autoptr (GPtrArray) targets = dup_targets (self, item);

    model = sonde_conversation_menu_new (self->library, targets, TRUE);
    actions = sonde_conversation_actions_new (GTK_WIDGET (self), self->library, targets);
    add_list_action (self, actions, "rename", G_CALLBACK (rename_row_action), targets);
    add_list_action (self, actions, "select", G_CALLBACK (select_action), targets);
  }

  pointing = (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                              (int) bounds.size.height };
  if (at != NULL)
    pointing = (GdkRectangle) { (int) at->x, (int) at->y, 1, 1 };

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  self->menu = gtk_popover_menu_new_from_model (model);
  gtk_widget_insert_action_group (self->menu, prefix, G_ACTION_GROUP (actions));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->menu), GTK_POS_BOTTOM);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &pointing);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static gboolean
show_menu_at (SondeListPane *self, double x, double y)
{
  GtkWidget *row = get_row_at (self, x, y);
  graphene_point_t point;

  if (row == NULL ||
      !gtk_widget_compute_point (GTK_WIDGET (self->list_view), GTK_WIDGET (self),
                                 &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    return FALSE;

  show_menu (self, row, &point);

  return TRUE;
}

/* --- factories ----------------------------------------------------------------- */

static void
header_setup_cb (SondeListPane *self, GtkListHeader *header)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_bottom (label, 3);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_list_header_set_child (header, label);
}

static void
header_bind_cb (SondeListPane *self, GtkListHeader *header)
{
  g_autofree char *heading =
    sonde_conversation_list_dup_heading (self->list, gtk_list_header_get_item (header));

  gtk_label_set_label (GTK_LABEL (gtk_list_header_get_child (header)), heading);
}

static void
update_conversation_label (GtkListItem *item)
{
  SondeConversation *conversation = gtk_list_item_get_item (item);
  const char *title = sonde_conversation_get_title (conversation);
  const char *description = "";

  if (sonde_conversation_get_streaming (conversation))
    description = _ ("Answering");
  else if (sonde_conversation_get_unread (conversation))
    description = _ ("Unread");

  gtk_list_item_set_accessible_label (item, title != NULL ? title : _ ("New Conversation"));
  gtk_list_item_set_accessible_description (item, description);
}

static void
update_folder_row (SondeListPane *self, GtkListItem *item)
{
  SondeFolder *folder = gtk_list_item_get_item (item);
  guint n = sonde_conversation_list_count_in_folder (self->list, folder);
  gboolean folded = sonde_conversation_list_get_folded (self->list, sonde_folder_get_id (folder));
  /* Translators: what a screen reader says of a folder in the list */
  g_autofree char *description = g_strdup_printf (
    folded ? ngettext ("Folder, %u conversation, folded", "Folder, %u conversations, folded", n)
           : ngettext ("Folder, %u conversation", "Folder, %u conversations", n),
    n);

  g_object_set (gtk_list_item_get_child (item), "count", n, "folded", folded, NULL);
  gtk_list_item_set_accessible_label (item, sonde_folder_get_name (folder));
  gtk_list_item_set_accessible_description (item, description);
}

/* A folder's count and arrow follow from the list as a whole. */
static void
list_changed_cb (GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *self = gtk_widget_get_ancestor (row, SONDE_TYPE_LIST_PANE);

  if (self != NULL && SONDE_IS_FOLDER (gtk_list_item_get_item (item)))
    update_folder_row (SONDE_LIST_PANE (self), item);
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, gpointer data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  SondeConversation *conversation = get_row_item (row);

  if (conversation == NULL || sonde_conversation_get_trashed_at (conversation) != 0)
    return NULL;

  return gdk_content_provider_new_typed (SONDE_TYPE_CONVERSATION, conversation);
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, gpointer data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static GtkWidget *
make_conversation_row (SondeListPane *self, GtkListItem *item)
{
  GtkWidget *row = g_object_new (SONDE_TYPE_CONVERSATION_ROW, NULL);
  GtkDragSource *source = gtk_drag_source_new ();

  g_object_bind_property (item, "selected", row, "selected", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->selection, "multiple", row, "selecting", G_BINDING_SYNC_CREATE);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), NULL);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), NULL);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));

  return row;
}

static void
row_bind_cb (SondeListPane *self, GtkListItem *item)
{
  GObject *object = gtk_list_item_get_item (item);
  GtkWidget *row = gtk_list_item_get_child (item);

  if (SONDE_IS_FOLDER (object)) {
    if (!SONDE_IS_FOLDER_ROW (row)) {
      row = g_object_new (SONDE_TYPE_FOLDER_ROW, NULL);
      gtk_list_item_set_child (item, row);
    }
    g_object_set (row, "folder", object, NULL);
    g_signal_connect_object (object, "notify::name", G_CALLBACK (list_changed_cb), item,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->list, "folders-changed", G_CALLBACK (list_changed_cb), item,
                             G_CONNECT_SWAPPED);
    update_folder_row (self, item);
    return;
  }

  if (!SONDE_IS_CONVERSATION_ROW (row)) {
    row = make_conversation_row (self, item);
    gtk_list_item_set_child (item, row);
  }
  sonde_conversation_row_set_conversation (SONDE_CONVERSATION_ROW (row),
                                           SONDE_CONVERSATION (object));
  /* What is in a folder stands below it. */
  if (sonde_conversation_list_is_in_folder (self->list, SONDE_CONVERSATION (object)))
    gtk_widget_add_css_class (row, "in-folder");
  else
    gtk_widget_remove_css_class (row, "in-folder");
  for (guint i = 0; i < 3; i++) {
    static const char *const names[] = { "notify::title", "notify::streaming", "notify::unread" };

    g_signal_connect_object (object, names[i], G_CALLBACK (update_conversation_label), item,
                             G_CONNECT_SWAPPED);
  }
  update_conversation_label (item);
}

static void
row_unbind_cb (SondeListPane *self, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), item);
  g_signal_handlers_disconnect_by_data (self->list, item);
  if (SONDE_IS_CONVERSATION_ROW (row))
    sonde_conversation_row_set_conversation (SONDE_CONVERSATION_ROW (row), NULL);
}

/* --- pointer ------------------------------------------------------------------- */

/* Enter on a row that the focus was moved to: the selection has not followed. */
static void
activate_cb (SondeListPane *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (SONDE_IS_FOLDER (item)) {
    toggle_folded (self, SONDE_FOLDER (item));
  } else if (SONDE_IS_CONVERSATION (item)) {
    sonde_list_selection_set_multiple (self->selection, FALSE);
    sonde_list_selection_set_open (self->selection, SONDE_CONVERSATION (item));
    g_signal_emit (self, signals[CHOSEN], 0);
  }
}

static GdkModifierType
get_modifiers (GtkEventController *controller)
{
  return gtk_event_controller_get_current_event_state (controller) &
         gtk_accelerator_get_default_mod_mask ();
}

/* While several can be selected, a click adds and takes away. */
static void
pressed_cb (SondeListPane *self, int n_press, double x, double y, GtkGesture *gesture)
{
  gpointer item = get_row_item (get_row_at (self, x, y));

  if (!sonde_list_selection_get_multiple (self->selection) || !SONDE_IS_CONVERSATION (item) ||
      get_modifiers (GTK_EVENT_CONTROLLER (gesture)) != 0)
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  sonde_list_selection_toggle (self->selection, item);
}

static void
released_cb (SondeListPane *self, int n_press, double x, double y, GtkGesture *gesture)
{
  gpointer item = get_row_item (get_row_at (self, x, y));

  if (item == NULL || get_modifiers (GTK_EVENT_CONTROLLER (gesture)) != 0)
    return;

  if (SONDE_IS_FOLDER (item))
    toggle_folded (self, item);
  else if (!sonde_list_selection_get_multiple (self->selection))
    g_signal_emit (self, signals[CHOSEN], 0);
}

static void
menu_pressed_cb (SondeListPane *self, int n_press, double x, double y, GtkGesture *gesture)
{
  if (show_menu_at (self, x, y))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
long_pressed_cb (SondeListPane *self, double x, double y, GtkGesture *gesture)
{
  if (show_menu_at (self, x, y))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

/* --- dragging ------------------------------------------------------------------ */

/* The folder that a drop there goes to, 0 for none, or -1 where it goes nowhere. */
static gint64
get_drop_folder (SondeListPane *self, double x, double y, GtkWidget **row)
{
  gpointer item;

  *row = get_row_at (self, x, y);
  item = get_row_item (*row);
  if (SONDE_IS_FOLDER (item))
    return sonde_folder_get_id (item);
  if (SONDE_IS_CONVERSATION (item))
    return sonde_conversation_list_is_in_folder (self->list, item)
             ? sonde_conversation_get_folder_id (item)
             : 0;

  return -1;
}

static void
mark_drop (SondeListPane *self, GtkWidget *row)
{
  if (self->drop_folder != NULL)
    gtk_widget_remove_css_class (self->drop_folder, "drop-here");
  g_set_weak_pointer (&self->drop_folder, row);
  if (row != NULL)
    gtk_widget_add_css_class (row, "drop-here");
}

static GdkDragAction
drop_motion_cb (SondeListPane *self, double x, double y)
{
  GtkWidget *row;
  gint64 folder_id = get_drop_folder (self, x, y, &row);

  mark_drop (self, folder_id >= 0 ? row : NULL);

  return folder_id >= 0 ? GDK_ACTION_MOVE : 0;
}

static void
drop_leave_cb (SondeListPane *self)
{
  mark_drop (self, NULL);
}

static gboolean
drop_cb (SondeListPane *self, const GValue *value, double x, double y)
{
  g_autoptr (GPtrArray) targets = dup_targets (self, g_value_get_object (value));
  GtkWidget *row;
  gint64 folder_id = get_drop_folder (self, x, y, &row);

  mark_drop (self, NULL);
  if (folder_id < 0)
    return FALSE;

  for (guint i = 0; i < targets->len; i++)
    sonde_conversation_set_folder_id (g_ptr_array_index (targets, i), folder_id);

  return TRUE;
}

/* --- keys ---------------------------------------------------------------------- */

/* The step that a key of motion makes, or 0. */
static int
get_step (guint key)
{
  switch (key) {
  case GDK_KEY_Up:
    return -1;
  case GDK_KEY_Down:
    return 1;
  case GDK_KEY_Page_Up:
    return -PAGE;
  case GDK_KEY_Page_Down:
    return PAGE;
  case GDK_KEY_Home:
    return -G_MAXINT / 2;
  case GDK_KEY_End:
    return G_MAXINT / 2;
  default:
    return 0;
  }
}

/* While several can be selected, moving about selects nothing. */
static gboolean
early_key_cb (SondeListPane *self, guint key, guint code, GdkModifierType state)
{
  gpointer item = get_row_item (get_focus_row (self));
  int step = get_step (key);
  int n = (int) g_list_model_get_n_items (G_LIST_MODEL (self->list));
  int position;

  if (step == 0 || item == NULL || !sonde_list_selection_get_multiple (self->selection) ||
      (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  position = (int) sonde_conversation_list_find (self->list, item);
  sonde_list_pane_scroll_to (self, (guint) CLAMP (position + step, 0, n - 1),
                             GTK_LIST_SCROLL_FOCUS);

  return GDK_EVENT_STOP;
}

static gboolean
folder_key (SondeListPane *self, SondeFolder *folder, guint key)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  switch (key) {
  case GDK_KEY_Left:
  case GDK_KEY_Right:
    set_folded (self, folder, (key == GDK_KEY_Left) != rtl);
    return GDK_EVENT_STOP;
  case GDK_KEY_F2:
    sonde_folder_rename (GTK_WIDGET (self), self->library, folder);
    return GDK_EVENT_STOP;
  case GDK_KEY_Delete:
    sonde_folder_delete (GTK_WIDGET (self), self->library, folder);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

static void
delete_conversations (SondeListPane *self, SondeConversation *conversation)
{
  g_autoptr (GPtrArray) targets = dup_targets (self, conversation);

  if (sonde_conversation_list_get_view (self->list) == SONDE_LIST_VIEW_TRASH)
    sonde_conversations_delete_for_ever (GTK_WIDGET (self), self->library, targets);
  else
    sonde_conversations_trash (GTK_WIDGET (self), self->library, targets);
}

static gboolean
key_cb (SondeListPane *self, guint key, guint code, GdkModifierType state)
{
  GtkWidget *row = get_focus_row (self);
  gpointer item = get_row_item (row);
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (item == NULL)
    return GDK_EVENT_PROPAGATE;

  if ((key == GDK_KEY_F10 && modifiers == GDK_SHIFT_MASK) || key == GDK_KEY_Menu) {
    show_menu (self, row, NULL);
    return GDK_EVENT_STOP;
  }
  if (modifiers != 0)
    return GDK_EVENT_PROPAGATE;
  if (SONDE_IS_FOLDER (item))
    return folder_key (self, item, key);

  switch (key) {
  case GDK_KEY_F2:
    sonde_list_pane_rename (self, item);
    return GDK_EVENT_STOP;
  case GDK_KEY_Delete:
    delete_conversations (self, item);
    return GDK_EVENT_STOP;
  case GDK_KEY_Escape:
    if (!sonde_list_selection_get_multiple (self->selection))
      return GDK_EVENT_PROPAGATE;
    sonde_list_selection_set_multiple (self->selection, FALSE);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

/* --- object -------------------------------------------------------------------- */

static void
set_library (SondeListPane *self, SondeLibrary *library)
{
  static const char *const names[] = { "archived", "folder-id", "pinned", "trashed-at" };
  SondeLibrary *before = self->library;

  if (before == library)
    return;

  if (before != NULL)
    g_signal_handlers_disconnect_by_data (before, self->list);
  g_set_object (&self->library, library);
  for (gsize i = 0; library != NULL && i < G_N_ELEMENTS (names); i++) {
    g_autofree char *signal = g_strconcat ("conversation-changed::", names[i], NULL);

    g_signal_connect_object (library, signal, G_CALLBACK (sonde_conversation_list_update),
                             self->list, G_CONNECT_SWAPPED);
  }
  sonde_conversation_list_set_source (self->list, G_LIST_MODEL (library),
                                      library != NULL ? sonde_library_get_folders (library) : NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIBRARY]);
}

static void
sonde_list_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_LIBRARY:
    g_value_set_object (value, SONDE_LIST_PANE (object)->library);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_list_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_LIBRARY:
    set_library (SONDE_LIST_PANE (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static gboolean
sonde_list_pane_grab_focus (GtkWidget *widget)
{
  SondeListPane *self = SONDE_LIST_PANE (widget);
  guint position =
    sonde_conversation_list_find (self->list, sonde_list_selection_get_open (self->selection));

  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0)
    return FALSE;

  sonde_list_pane_scroll_to (self, position != GTK_INVALID_LIST_POSITION ? position : 0,
                             GTK_LIST_SCROLL_FOCUS);

  return gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}

static void
sonde_list_pane_dispose (GObject *object)
{
  SondeListPane *self = SONDE_LIST_PANE (object);

  g_clear_weak_pointer (&self->drop_folder);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_LIST_PANE);
  if (self->list != NULL)
    sonde_conversation_list_set_source (self->list, NULL, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (sonde_list_pane_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/sidebar/sonde-list-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeListPane, list_view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, early_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, header_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, header_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, long_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_unbind_cb);
}

static void
sonde_list_pane_class_init (SondeListPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sonde_list_pane_get_property;
  object_class->set_property = sonde_list_pane_set_property;
  object_class->dispose = sonde_list_pane_dispose;

  widget_class->grab_focus = sonde_list_pane_grab_focus;

  properties[PROP_LIBRARY] =
    g_param_spec_object ("library", NULL, NULL, SONDE_TYPE_LIBRARY,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeListPane::chosen:
   * @self: the list
   *
   * Somebody clicked a conversation or pressed Enter on it, and is done with the list.
   */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  bind_template (widget_class);
}

static void
sonde_list_pane_init (SondeListPane *self)
{
  GtkDropTarget *target = gtk_drop_target_new (SONDE_TYPE_CONVERSATION, GDK_ACTION_MOVE);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (target, "motion", G_CALLBACK (drop_motion_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (drop_leave_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list_view), GTK_EVENT_CONTROLLER (target));
  self->list = sonde_conversation_list_new ();
  self->selection = sonde_list_selection_new (self->list);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
}

/**
 * sonde_list_pane_get_list:
 * @self: a list
 *
 * Returns: (transfer none): what it shows
 */
SondeConversationList *
sonde_list_pane_get_list (SondeListPane *self)
{
  g_return_val_if_fail (SONDE_IS_LIST_PANE (self), NULL);

  return self->list;
}

/**
 * sonde_list_pane_get_selection:
 * @self: a list
 *
 * Returns: (transfer none): what of it is selected
 */
SondeListSelection *
sonde_list_pane_get_selection (SondeListPane *self)
{
  g_return_val_if_fail (SONDE_IS_LIST_PANE (self), NULL);

  return self->selection;
}

/**
 * sonde_list_pane_scroll_to:
 * @self: a list
 * @position: a row
 * @flags: what to do with it beside
 *
 * Brings a row into view.
 */
void
sonde_list_pane_scroll_to (SondeListPane *self, guint position, GtkListScrollFlags flags)
{
  g_return_if_fail (SONDE_IS_LIST_PANE (self));

  gtk_list_view_scroll_to (self->list_view, position, flags, NULL);
}

/**
 * sonde_list_pane_rename:
 * @self: a list
 * @conversation: a conversation in it
 *
 * Lets the title be changed in place.
 */
void
sonde_list_pane_rename (SondeListPane *self, SondeConversation *conversation)
{
  g_return_if_fail (SONDE_IS_LIST_PANE (self));

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list_view)); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *row = find_row (child);

    if (SONDE_IS_CONVERSATION_ROW (row) && get_row_item (row) == conversation) {
      sonde_conversation_row_rename (SONDE_CONVERSATION_ROW (row));
      return;
    }
  }
}
