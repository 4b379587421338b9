/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-sidebar.h"

#include <glib/gi18n.h>

#include "sonde-conversation-row.h"
#include "sonde-date-section.h"
#include "sonde-day-watch.h"
#include "sonde-focus.h"

/**
 * SondeSidebar:
 *
 * The side of the window: New Conversation, the main menu and the list of
 * conversations in sections by date. What is selected in the list is open in the
 * window, and the other way round.
 */
struct _SondeSidebar {
  AdwBin parent_instance;

  GtkListView *list;
  GtkSingleSelection *selection;
  GtkSorter *section_sorter;

  SondeLibrary *library;
  SondeConversation *conversation;
  GDateTime *now; /* the day that the sections are for */
  SondeDayWatch *day_watch;
  gboolean selecting;
};

enum { PROP_LIBRARY = 1, PROP_CONVERSATION, N_PROPS };
enum { CHOSEN, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeSidebar, sonde_sidebar, ADW_TYPE_BIN)

static guint
find_position (SondeSidebar *self)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  guint n = g_list_model_get_n_items (model);

  for (guint i = 0; self->conversation != NULL && i < n; i++) {
    g_autoptr (SondeConversation) conversation = g_list_model_get_item (model, i);

    if (conversation == self->conversation)
      return i;
  }

  return GTK_INVALID_LIST_POSITION;
}

static void
select_conversation (SondeSidebar *self, gboolean scroll)
{
  guint position;

  if (gtk_single_selection_get_selected_item (self->selection) == self->conversation)
    return;

  position = find_position (self);
  self->selecting = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->selecting = FALSE;

  if (scroll && position != GTK_INVALID_LIST_POSITION)
    gtk_list_view_scroll_to (self->list, position, GTK_LIST_SCROLL_NONE, NULL);
}

static int
get_section (gpointer item, gint64 updated_at, SondeSidebar *self)
{
  return sonde_date_section_get (updated_at, self->now);
}

static char *
get_section_title (GtkListHeader *header, gint64 updated_at)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return sonde_date_section_get_title (sonde_date_section_get (updated_at, now), now);
}

static char *
get_title (GtkListItem *item, const char *title)
{
  return g_strdup (title != NULL ? title : _ ("New Conversation"));
}

static char *
get_description (GtkListItem *item, gboolean unread, gboolean streaming)
{
  if (streaming)
    return g_strdup (_ ("Answering"));
  if (unread)
    return g_strdup (_ ("Unread"));

  return g_strdup ("");
}

static char *
get_page (SondeSidebar *self, SondeLibraryState state, guint n_items)
{
  return g_strdup (state != SONDE_LIBRARY_LOADING && n_items == 0 ? "empty" : "list");
}

static char *
get_empty_description (SondeSidebar *self, SondeLibraryState state)
{
  return g_strdup (state == SONDE_LIBRARY_FAILED ? _ ("What you ask now is not kept.")
                                                 : _ ("What you ask is kept here."));
}

static void
selected_item_changed_cb (SondeSidebar *self)
{
  SondeConversation *conversation = gtk_single_selection_get_selected_item (self->selection);

  if (!self->selecting && conversation != NULL)
    sonde_sidebar_set_conversation (self, conversation);
}

static void
items_changed_cb (SondeSidebar *self)
{
  select_conversation (self, FALSE);
}

/* Enter on a row that the focus was moved to: the selection has not followed. */
static void
activate_cb (SondeSidebar *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
released_cb (SondeSidebar *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  GtkWidget *list = GTK_WIDGET (self->list);
  GtkWidget *target = gtk_widget_pick (list, x, y, GTK_PICK_DEFAULT);

  if (target != NULL && gtk_widget_get_ancestor (target, SONDE_TYPE_CONVERSATION_ROW) != NULL)
    g_signal_emit (self, signals[CHOSEN], 0);
}

/* The sorter keeps what its expression once said of each item, and asks a new one only. */
static void
day_changed_cb (SondeSidebar *self, GDateTime *now)
{
  GtkNumericSorter *sorter = GTK_NUMERIC_SORTER (self->section_sorter);
  GtkExpression *expression = gtk_expression_ref (gtk_numeric_sorter_get_expression (sorter));

  g_date_time_unref (self->now);
  self->now = g_date_time_ref (now);
  gtk_numeric_sorter_set_expression (sorter, NULL);
  gtk_numeric_sorter_set_expression (sorter, expression);
  gtk_expression_unref (expression);
}

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
    g_value_set_object (value, self->conversation);
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
  guint position = gtk_single_selection_get_selected (self->selection);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);

  gtk_list_view_scroll_to (self->list, position != GTK_INVALID_LIST_POSITION ? position : 0,
                           GTK_LIST_SCROLL_FOCUS, NULL);

  return gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
sonde_sidebar_dispose (GObject *object)
{
  SondeSidebar *self = SONDE_SIDEBAR (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_SIDEBAR);
  g_clear_object (&self->day_watch);
  g_clear_object (&self->library);
  g_clear_object (&self->conversation);

  G_OBJECT_CLASS (sonde_sidebar_parent_class)->dispose (object);
}

static void
sonde_sidebar_finalize (GObject *object)
{
  SondeSidebar *self = SONDE_SIDEBAR (object);

  g_date_time_unref (self->now);

  G_OBJECT_CLASS (sonde_sidebar_parent_class)->finalize (object);
}

static void
sonde_sidebar_class_init (SondeSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_sidebar_get_property;
  object_class->set_property = sonde_sidebar_set_property;
  object_class->dispose = sonde_sidebar_dispose;
  object_class->finalize = sonde_sidebar_finalize;

  widget_class->focus = sonde_focus_children;
  widget_class->grab_focus = sonde_sidebar_grab_focus;

  properties[PROP_LIBRARY] = g_param_spec_object ("library", NULL, NULL, SONDE_TYPE_LIBRARY, flags);
  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, SONDE_TYPE_CONVERSATION, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeSidebar::chosen:
   * @self: the sidebar
   *
   * Somebody clicked a conversation or pressed Enter on it, and is done with the list.
   */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (SONDE_TYPE_CONVERSATION_ROW);
  g_type_ensure (SONDE_TYPE_LIBRARY);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/sidebar/sonde-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, SondeSidebar, section_sorter);
  gtk_widget_class_bind_template_child (widget_class, SondeSidebar, selection);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, get_description);
  gtk_widget_class_bind_template_callback (widget_class, get_empty_description);
  gtk_widget_class_bind_template_callback (widget_class, get_page);
  gtk_widget_class_bind_template_callback (widget_class, get_section);
  gtk_widget_class_bind_template_callback (widget_class, get_section_title);
  gtk_widget_class_bind_template_callback (widget_class, get_title);
  gtk_widget_class_bind_template_callback (widget_class, items_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_item_changed_cb);
}

static void
sonde_sidebar_init (SondeSidebar *self)
{
  self->now = g_date_time_new_now_local ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self),
                                 gtk_custom_layout_new (NULL, measure, allocate));
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

  return self->conversation;
}

/**
 * sonde_sidebar_set_conversation:
 * @self: a sidebar
 * @conversation: (nullable): the conversation that is open; it need not be in the list
 */
void
sonde_sidebar_set_conversation (SondeSidebar *self, SondeConversation *conversation)
{
  g_return_if_fail (SONDE_IS_SIDEBAR (self));
  g_return_if_fail (conversation == NULL || SONDE_IS_CONVERSATION (conversation));

  if (!g_set_object (&self->conversation, conversation))
    return;

  select_conversation (self, TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
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
  guint n, selected;
  gint64 position;

  g_return_if_fail (SONDE_IS_SIDEBAR (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  selected = gtk_single_selection_get_selected (self->selection);
  position = selected == GTK_INVALID_LIST_POSITION ? -1 : (gint64) selected;
  position += step;
  if (position < 0 || position >= n)
    return;

  gtk_list_view_scroll_to (self->list, (guint) position, GTK_LIST_SCROLL_SELECT, NULL);
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
