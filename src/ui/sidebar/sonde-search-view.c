/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-search-view.h"

#include <glib/gi18n.h>

#include "sonde-search-results.h"

/* What one can type besides words, as it is typed in every language. */
static const struct {
  const char *text;
  const char *meaning;
} filters[] = {
  { "\"tax rules\"", N_ ("The words together") },
  { "-draft", N_ ("Without the word") },
  { "in:Work", N_ ("In a folder, the archive or the trash") },
  { "model:pro", N_ ("Answered by the model") },
  { "before:2026-05", N_ ("Before a year, month or day") },
  { "after:2026-05-01", N_ ("From a year, month or day on") },
  { "has:code", N_ ("With a block of code") },
  { "has:reasoning", N_ ("With reasoning") },
  { "has:file", N_ ("With a file") },
  { "is:pinned", N_ ("In pinned conversations") },
  { "is:unread", N_ ("In unread conversations") },
};

/**
 * SondeSearchView:
 *
 * The search in all conversations: an entry, and what is found. The focus stays in the
 * entry while the arrows walk through the results. To leave, it activates `search.close`.
 */
struct _SondeSearchView {
  AdwBin parent_instance;

  GtkSearchEntry *entry;
  GtkMenuButton *help_button;
  GtkBox *help_box;
  SondeSearchResults *results;

  SondeLibrary *library;
};

enum { PROP_LIBRARY = 1, N_PROPS };
enum { OPENED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeSearchView, sonde_search_view, ADW_TYPE_BIN)

static void
search_changed_cb (SondeSearchView *self)
{
  sonde_search_results_set_query (self->results,
                                  gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
entry_activate_cb (SondeSearchView *self)
{
  /* Enter may come before the delay of typing is over. */
  search_changed_cb (self);
  sonde_search_results_open_selected (self->results);
}

static void
stop_search_cb (SondeSearchView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "search.close", NULL);
}

static gboolean
key_pressed_cb (SondeSearchView *self, guint key, guint code, GdkModifierType state)
{
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (key) {
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    sonde_search_results_step (self->results, 1);
    return GDK_EVENT_STOP;
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    sonde_search_results_step (self->results, -1);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

static void
opened_cb (SondeSearchView *self, SondeSearchHit *hit)
{
  g_signal_emit (self, signals[OPENED], 0, hit);
}

static void
filter_clicked_cb (SondeSearchView *self, GtkButton *button)
{
  const char *filter = g_object_get_data (G_OBJECT (button), "filter");
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_autofree char *joined = NULL;

  g_strstrip (text);
  joined = g_strconcat (text, *text != '\0' ? " " : "", filter, NULL);
  gtk_menu_button_popdown (self->help_button);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), joined);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static GtkWidget *
make_filter_row (SondeSearchView *self, const char *filter, const char *meaning)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *labels[] = { gtk_label_new (filter), gtk_label_new (meaning) };

  gtk_widget_add_css_class (labels[0], "monospace");
  gtk_widget_add_css_class (labels[1], "caption");
  gtk_widget_add_css_class (labels[1], "dimmed");
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++) {
    gtk_label_set_xalign (GTK_LABEL (labels[i]), 0);
    gtk_box_append (GTK_BOX (box), labels[i]);
  }
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "search-filter");
  gtk_button_set_child (GTK_BUTTON (button), box);
  g_object_set_data (G_OBJECT (button), "filter", (gpointer) filter);
  g_signal_connect_object (button, "clicked", G_CALLBACK (filter_clicked_cb), self,
                           G_CONNECT_SWAPPED);

  return button;
}

/* Made when somebody asks: most never do. */
static void
create_help_cb (GtkMenuButton *button, gpointer user_data)
{
  SondeSearchView *self = user_data;

  gtk_menu_button_set_create_popup_func (button, NULL, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    gtk_box_append (self->help_box,
                    make_filter_row (self, filters[i].text, _ (filters[i].meaning)));
}

static gboolean
sonde_search_view_grab_focus (GtkWidget *widget)
{
  GtkWidget *entry = GTK_WIDGET (SONDE_SEARCH_VIEW (widget)->entry);

  if (!gtk_widget_grab_focus (entry))
    return FALSE;

  gtk_editable_select_region (GTK_EDITABLE (entry), 0, -1);
  return TRUE;
}

static void
sonde_search_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeSearchView *self = SONDE_SEARCH_VIEW (object);

  switch (id) {
  case PROP_LIBRARY:
    g_value_set_object (value, self->library);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_search_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeSearchView *self = SONDE_SEARCH_VIEW (object);

  switch (id) {
  case PROP_LIBRARY:
    if (g_set_object (&self->library, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_search_view_dispose (GObject *object)
{
  SondeSearchView *self = SONDE_SEARCH_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_SEARCH_VIEW);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (sonde_search_view_parent_class)->dispose (object);
}

static void
sonde_search_view_class_init (SondeSearchViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_search_view_get_property;
  object_class->set_property = sonde_search_view_set_property;
  object_class->dispose = sonde_search_view_dispose;

  widget_class->grab_focus = sonde_search_view_grab_focus;

  properties[PROP_LIBRARY] = g_param_spec_object ("library", NULL, NULL, SONDE_TYPE_LIBRARY, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeSearchView::opened:
   * @self: the pane
   * @hit: what was chosen
   *
   * Somebody wants to see something that was found where it was said.
   */
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, SONDE_TYPE_SEARCH_HIT);

  g_type_ensure (SONDE_TYPE_SEARCH_RESULTS);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/sidebar/sonde-search-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeSearchView, entry);
  gtk_widget_class_bind_template_child (widget_class, SondeSearchView, help_button);
  gtk_widget_class_bind_template_child (widget_class, SondeSearchView, help_box);
  gtk_widget_class_bind_template_child (widget_class, SondeSearchView, results);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
sonde_search_view_init (SondeSearchView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->help_button, create_help_cb, self, NULL);
}

/**
 * sonde_search_view_new:
 * @library: what is searched
 *
 * Returns: (transfer floating): a search
 */
SondeSearchView *
sonde_search_view_new (SondeLibrary *library)
{
  return g_object_new (SONDE_TYPE_SEARCH_VIEW, "library", library, NULL);
}

/**
 * sonde_search_view_set_text:
 * @self: a view
 * @text: what to search
 *
 * Searches as if somebody had typed @text.
 */
void
sonde_search_view_set_text (SondeSearchView *self, const char *text)
{
  g_return_if_fail (SONDE_IS_SEARCH_VIEW (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}
