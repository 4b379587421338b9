/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-search-results.h"

#include <glib/gi18n.h>

#include "sonde-search-row.h"

#define MAX_MESSAGES 100

/* What is quicker than this needs no spinner. */
#define SPINNER_DELAY 300 /* ms */

#define PROGRESS_INTERVAL 500 /* ms */

/**
 * SondeSearchResults:
 *
 * What was found in all conversations, while it is typed. The next query ends the one
 * before; what that one found stays until there is something new to show.
 */
struct _SondeSearchResults {
  AdwBin parent_instance;

  GtkStack *stack;
  GtkListView *list;
  GtkSingleSelection *selection;
  GListStore *hits;
  AdwStatusPage *failed_page;
  GtkWidget *progress_box;
  GtkProgressBar *progress;

  SondeLibrary *library;
  char *query;
  GCancellable *cancellable; /* of the search that runs */
  gboolean open_first;       /* Enter was pressed before it had found anything */
  guint spinner_source;
  guint progress_source;
};

enum { PROP_LIBRARY = 1, PROP_QUERY, N_PROPS };
enum { OPENED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeSearchResults, sonde_search_results, ADW_TYPE_BIN)

static void
show_page (SondeSearchResults *self, const char *name)
{
  g_clear_handle_id (&self->spinner_source, g_source_remove);
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
announce (SondeSearchResults *self, guint n)
{
  g_autofree char *text = n == 0
                            ? g_strdup (_ ("No Results"))
                            /* Translators: said by the screen reader when something was found */
                            : g_strdup_printf (ngettext ("%u result", "%u results", n), n);

  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeSearchResults) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = sonde_library_search_finish (SONDE_LIBRARY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->stack == NULL)
    return;

  g_clear_object (&self->cancellable);
  if (hits == NULL) {
    adw_status_page_set_description (self->failed_page, error->message);
    show_page (self, "failed");
    return;
  }

  g_list_store_splice (self->hits, 0, g_list_model_get_n_items (G_LIST_MODEL (self->hits)),
                       hits->pdata, hits->len);
  if (hits->len > 0)
    gtk_list_view_scroll_to (self->list, 0, GTK_LIST_SCROLL_SELECT, NULL);
  show_page (self, hits->len > 0 ? "results" : "none");
  announce (self, hits->len);
  if (self->open_first && hits->len > 0)
    g_signal_emit (self, signals[OPENED], 0, g_ptr_array_index (hits, 0));
  self->open_first = FALSE;
}

static void
spinner_cb (gpointer user_data)
{
  SondeSearchResults *self = user_data;

  self->spinner_source = 0;
  gtk_stack_set_visible_child_name (self->stack, "searching");
}

static void
cancel (SondeSearchResults *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
search (SondeSearchResults *self)
{
  g_autofree char *query = self->query != NULL ? g_strdup (self->query) : g_strdup ("");

  cancel (self);
  self->open_first = FALSE;
  if (self->library == NULL || *g_strchug (query) == '\0') {
    g_list_store_remove_all (self->hits);
    show_page (self, "start");
    return;
  }

  self->cancellable = g_cancellable_new ();
  if (self->spinner_source == 0)
    self->spinner_source = g_timeout_add_once (SPINNER_DELAY, spinner_cb, self);
  sonde_library_search_async (self->library, query, MAX_MESSAGES, self->cancellable, searched_cb,
                              g_object_ref (self));
}

/* Returns whether there is something to wait for. */
static gboolean
update_progress (SondeSearchResults *self)
{
  double progress = self->library != NULL ? sonde_library_get_index_progress (self->library) : 1;
  gboolean building = progress < 1;

  gtk_progress_bar_set_fraction (self->progress, progress);
  gtk_widget_set_visible (self->progress_box, building);

  return building;
}

static gboolean
progress_cb (gpointer user_data)
{
  SondeSearchResults *self = user_data;

  if (update_progress (self))
    return G_SOURCE_CONTINUE;

  /* What was searched meanwhile may be found now. */
  self->progress_source = 0;
  search (self);

  return G_SOURCE_REMOVE;
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, g_object_new (SONDE_TYPE_SEARCH_ROW, NULL));
}

static void
bind_cb (SondeSearchResults *self, GtkListItem *item)
{
  SondeSearchHit *hit = gtk_list_item_get_item (item);
  guint position = gtk_list_item_get_position (item);
  g_autoptr (SondeSearchHit) before =
    position > 0 ? g_list_model_get_item (G_LIST_MODEL (self->hits), position - 1) : NULL;
  g_autofree char *label = sonde_search_row_make_label (hit);
  gboolean first = before == NULL || sonde_search_hit_get_conversation (before) !=
                                       sonde_search_hit_get_conversation (hit);

  sonde_search_row_set_hit (SONDE_SEARCH_ROW (gtk_list_item_get_child (item)), hit, first);
  gtk_list_item_set_accessible_label (item, label);
}

static void
activate_cb (SondeSearchResults *self, guint position)
{
  g_autoptr (SondeSearchHit) hit = g_list_model_get_item (G_LIST_MODEL (self->hits), position);

  gtk_single_selection_set_selected (self->selection, position);
  g_signal_emit (self, signals[OPENED], 0, hit);
}

static void
sonde_search_results_map (GtkWidget *widget)
{
  SondeSearchResults *self = SONDE_SEARCH_RESULTS (widget);

  GTK_WIDGET_CLASS (sonde_search_results_parent_class)->map (widget);

  if (update_progress (self) && self->progress_source == 0)
    self->progress_source = g_timeout_add (PROGRESS_INTERVAL, progress_cb, self);
}

static void
sonde_search_results_unmap (GtkWidget *widget)
{
  SondeSearchResults *self = SONDE_SEARCH_RESULTS (widget);

  g_clear_handle_id (&self->progress_source, g_source_remove);

  GTK_WIDGET_CLASS (sonde_search_results_parent_class)->unmap (widget);
}

static void
sonde_search_results_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeSearchResults *self = SONDE_SEARCH_RESULTS (object);

  switch (id) {
  case PROP_LIBRARY:
    g_value_set_object (value, self->library);
    break;
  case PROP_QUERY:
    g_value_set_string (value, self->query);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_search_results_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  SondeSearchResults *self = SONDE_SEARCH_RESULTS (object);

  switch (id) {
  case PROP_LIBRARY:
    if (g_set_object (&self->library, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_QUERY:
    sonde_search_results_set_query (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_search_results_dispose (GObject *object)
{
  SondeSearchResults *self = SONDE_SEARCH_RESULTS (object);

  cancel (self);
  g_clear_handle_id (&self->spinner_source, g_source_remove);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_SEARCH_RESULTS);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (sonde_search_results_parent_class)->dispose (object);
}

static void
sonde_search_results_finalize (GObject *object)
{
  g_free (SONDE_SEARCH_RESULTS (object)->query);

  G_OBJECT_CLASS (sonde_search_results_parent_class)->finalize (object);
}

static void
sonde_search_results_class_init (SondeSearchResultsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_search_results_get_property;
  object_class->set_property = sonde_search_results_set_property;
  object_class->dispose = sonde_search_results_dispose;
  object_class->finalize = sonde_search_results_finalize;

  widget_class->map = sonde_search_results_map;
  widget_class->unmap = sonde_search_results_unmap;

  properties[PROP_LIBRARY] = g_param_spec_object ("library", NULL, NULL, SONDE_TYPE_LIBRARY, flags);
  properties[PROP_QUERY] = g_param_spec_string ("query", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeSearchResults::opened:
   * @self: the results
   * @hit: what was chosen
   *
   * Somebody wants to see something that was found where it was said.
   */
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, SONDE_TYPE_SEARCH_HIT);

  g_type_ensure (SONDE_TYPE_SEARCH_HIT);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/sidebar/sonde-search-results.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeSearchResults, stack);
  gtk_widget_class_bind_template_child (widget_class, SondeSearchResults, list);
  gtk_widget_class_bind_template_child (widget_class, SondeSearchResults, selection);
  gtk_widget_class_bind_template_child (widget_class, SondeSearchResults, hits);
  gtk_widget_class_bind_template_child (widget_class, SondeSearchResults, failed_page);
  gtk_widget_class_bind_template_child (widget_class, SondeSearchResults, progress_box);
  gtk_widget_class_bind_template_child (widget_class, SondeSearchResults, progress);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
}

static void
sonde_search_results_init (SondeSearchResults *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sonde_search_results_set_query:
 * @self: the results
 * @query: (nullable): what is searched, as it was typed
 */
void
sonde_search_results_set_query (SondeSearchResults *self, const char *query)
{
  g_return_if_fail (SONDE_IS_SEARCH_RESULTS (self));

  if (!g_set_str (&self->query, query))
    return;

  search (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUERY]);
}

/**
 * sonde_search_results_step:
 * @self: the results
 * @step: 1 for the next result, -1 for the one before
 *
 * Selects a neighbour of what is selected; the focus stays where it is.
 */
void
sonde_search_results_step (SondeSearchResults *self, int step)
{
  guint n;
  gint64 position;

  g_return_if_fail (SONDE_IS_SEARCH_RESULTS (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->hits));
  position = (gint64) gtk_single_selection_get_selected (self->selection) + step;
  if (position >= 0 && position < n)
    gtk_list_view_scroll_to (self->list, (guint) position, GTK_LIST_SCROLL_SELECT, NULL);
}

/**
 * sonde_search_results_open_selected:
 * @self: the results
 *
 * Opens what is selected, if anything was found. While a search runs, its first result
 * is waited for.
 */
void
sonde_search_results_open_selected (SondeSearchResults *self)
{
  guint position;

  g_return_if_fail (SONDE_IS_SEARCH_RESULTS (self));

  if (self->cancellable != NULL) {
    self->open_first = TRUE;
    return;
  }

  position = gtk_single_selection_get_selected (self->selection);
  if (position != GTK_INVALID_LIST_POSITION)
    activate_cb (self, position);
}
