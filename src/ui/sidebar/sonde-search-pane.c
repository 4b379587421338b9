/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-search-pane.h"

#include "sonde-search-view.h"

/**
 * SondeSearchPane:
 *
 * The side of the window, which becomes the search while somebody searches, and is its
 * content again after Escape. The search is made when it is needed.
 */
struct _SondeSearchPane {
  AdwBin parent_instance;

  GtkStack *stack;
  GtkWidget *content;
  SondeSearchView *view; /* NULL until somebody has searched */

  SondeLibrary *library;
  gboolean active;
};

enum { PROP_LIBRARY = 1, PROP_CONTENT, PROP_ACTIVE, N_PROPS };
enum { OPENED, CLOSED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeSearchPane, sonde_search_pane, ADW_TYPE_BIN)

static void
opened_cb (SondeSearchPane *self, SondeSearchHit *hit)
{
  g_signal_emit (self, signals[OPENED], 0, hit);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_search_pane_set_active (SONDE_SEARCH_PANE (widget), FALSE);
}

static void
make_view (SondeSearchPane *self)
{
  self->view = sonde_search_view_new (self->library);
  g_signal_connect_object (self->view, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->view), "search");
}

static void
set_content (SondeSearchPane *self, GtkWidget *content)
{
  if (self->content != NULL)
    gtk_stack_remove (self->stack, self->content);
  self->content = content;
  if (content != NULL)
    gtk_stack_add_named (self->stack, content, "content");
}

static gboolean
sonde_search_pane_grab_focus (GtkWidget *widget)
{
  SondeSearchPane *self = SONDE_SEARCH_PANE (widget);
  GtkWidget *page = self->active ? GTK_WIDGET (self->view) : self->content;

  return page != NULL && gtk_widget_grab_focus (page);
}

static void
sonde_search_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeSearchPane *self = SONDE_SEARCH_PANE (object);

  switch (id) {
  case PROP_LIBRARY:
    g_value_set_object (value, self->library);
    break;
  case PROP_CONTENT:
    g_value_set_object (value, self->content);
    break;
  case PROP_ACTIVE:
    g_value_set_boolean (value, self->active);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_search_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeSearchPane *self = SONDE_SEARCH_PANE (object);

  switch (id) {
  case PROP_LIBRARY:
    if (g_set_object (&self->library, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_CONTENT:
    set_content (self, g_value_get_object (value));
    g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_ACTIVE:
    sonde_search_pane_set_active (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_search_pane_dispose (GObject *object)
{
  SondeSearchPane *self = SONDE_SEARCH_PANE (object);

  self->content = NULL;
  self->view = NULL;
  g_clear_object (&self->library);

  G_OBJECT_CLASS (sonde_search_pane_parent_class)->dispose (object);
}

static void
sonde_search_pane_class_init (SondeSearchPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_search_pane_get_property;
  object_class->set_property = sonde_search_pane_set_property;
  object_class->dispose = sonde_search_pane_dispose;

  widget_class->grab_focus = sonde_search_pane_grab_focus;

  properties[PROP_LIBRARY] = g_param_spec_object ("library", NULL, NULL, SONDE_TYPE_LIBRARY, flags);
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeSearchPane::opened:
   * @self: the pane
   * @hit: what was chosen
   *
   * Somebody wants to see something that was found where it was said.
   */
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, SONDE_TYPE_SEARCH_HIT);

  /**
   * SondeSearchPane::closed:
   * @self: the pane
   *
   * The search is over, and nothing was chosen.
   */
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_property_action (widget_class, "search.active", "active");
  gtk_widget_class_install_action (widget_class, "search.close", NULL, close_action);
}

static void
sonde_search_pane_init (SondeSearchPane *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

/**
 * sonde_search_pane_set_active:
 * @self: a pane
 * @active: whether the search is shown
 *
 * What was searched stays for the next time, selected: typing replaces it.
 */
void
sonde_search_pane_set_active (SondeSearchPane *self, gboolean active)
{
  g_return_if_fail (SONDE_IS_SEARCH_PANE (self));

  active = !!active;
  if (self->active != active) {
    self->active = active;
    if (active && self->view == NULL)
      make_view (self);
    gtk_stack_set_visible_child_name (self->stack, active ? "search" : "content");
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
    if (!active)
      g_signal_emit (self, signals[CLOSED], 0);
  }
  if (active)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/**
 * sonde_search_pane_get_active:
 * @self: a pane
 *
 * Returns: whether the search is shown
 */
gboolean
sonde_search_pane_get_active (SondeSearchPane *self)
{
  g_return_val_if_fail (SONDE_IS_SEARCH_PANE (self), FALSE);

  return self->active;
}

/**
 * sonde_search_pane_search:
 * @self: a pane
 * @text: what to search
 *
 * Shows the search with what is found of @text.
 */
void
sonde_search_pane_search (SondeSearchPane *self, const char *text)
{
  g_return_if_fail (SONDE_IS_SEARCH_PANE (self));

  sonde_search_pane_set_active (self, TRUE);
  sonde_search_view_set_text (self->view, text);
}
