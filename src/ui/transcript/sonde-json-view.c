/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-json-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sonde-json-item.h"

#define OPEN_LEVELS 2  /* that are open from the start */
#define MAX_QUOTE   40 /* characters of what is no JSON */

/**
 * SondeJsonView:
 *
 * An answer that was asked for as JSON: as a tree that opens and closes, or as the text that it
 * is. What breaks off, or is something else, is said, and marked in the text.
 */
struct _SondeJsonView {
  GtkWidget parent_instance;

  AdwToggleGroup *switcher;
  GtkWidget *problem;
  GtkLabel *problem_label;
  GtkScrolledWindow *scroller;

  SondeMessage *message;
  SondeJsonTree *tree;
};

G_DEFINE_FINAL_TYPE (SondeJsonView, sonde_json_view, GTK_TYPE_WIDGET)

static const char *
get_text (SondeJsonView *self)
{
  return sonde_message_get_text (self->message, SONDE_TEXT_CONTENT);
}

/* --- the tree ------------------------------------------------------------------- */

static GListModel *
create_children_cb (gpointer item, gpointer user_data)
{
  return sonde_json_item_dup_children (item);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), label);
  gtk_list_item_set_child (item, expander);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkTreeListRow *row = gtk_list_item_get_item (item);
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));
  GtkLabel *label = GTK_LABEL (gtk_tree_expander_get_child (expander));
  g_autoptr (SondeJsonItem) value = SONDE_JSON_ITEM (gtk_tree_list_row_get_item (row));
  g_autofree char *name =
    gtk_tree_list_row_get_depth (row) > 0 ? sonde_json_item_dup_name (value) : g_strdup ("");
  g_autofree char *content = sonde_json_item_dup_text (value);
  g_autofree char *text = g_strconcat (name, *name != '\0' ? "  " : "", content, NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

  bold->start_index = 0;
  bold->end_index = (guint) strlen (name);
  pango_attr_list_insert (attributes, bold);
  gtk_label_set_attributes (label, attributes);
  gtk_label_set_label (label, text);
  gtk_list_item_set_accessible_label (item, text);
  gtk_tree_expander_set_list_row (expander, row);
}

static void
open_levels (GtkTreeListModel *model)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++) {
    g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (model, i);

    if (gtk_tree_list_row_get_depth (row) < OPEN_LEVELS)
      gtk_tree_list_row_set_expanded (row, TRUE);
  }
}

static GtkWidget *
make_tree (SondeJsonView *self)
{
  GListStore *list = g_list_store_new (SONDE_TYPE_JSON_ITEM);
  g_autoptr (SondeJsonItem) root = sonde_json_item_new (self->tree->root, 0);
  GtkTreeListModel *model =
    gtk_tree_list_model_new (G_LIST_MODEL (list), FALSE, FALSE, create_children_cb, NULL, NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *view;

  g_list_store_append (list, root);
  open_levels (model);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  view =
    gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (model))), factory);
  gtk_widget_add_css_class (view, "json-tree");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("JSON Tree"), -1);

  return view;
}

/* --- the text ------------------------------------------------------------------- */

/* From where it breaks to the end of the line, or the last character where it breaks off. */
static void
mark_break (SondeJsonView *self, GtkTextBuffer *buffer)
{
  const char *text = get_text (self);
  GtkTextTag *tag = gtk_text_buffer_create_tag (buffer, NULL, "underline", PANGO_UNDERLINE_ERROR,
                                                "weight", PANGO_WEIGHT_BOLD, NULL);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start,
                                      (int) g_utf8_strlen (text, (gssize) self->tree->offset));
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  if (gtk_text_iter_equal (&start, &end))
    gtk_text_iter_backward_char (&start);
  gtk_text_buffer_apply_tag (buffer, tag, &start, &end);
}

static GtkWidget *
make_text (SondeJsonView *self)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  gtk_text_buffer_set_text (buffer, get_text (self), -1);
  if (!self->tree->complete)
    mark_break (self, buffer);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (view, "inline");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("JSON Text"), -1);

  return view;
}

/* --- both ------------------------------------------------------------------------- */

static char *
describe_problem (SondeJsonView *self)
{
  const char *from = get_text (self) + self->tree->offset;
  g_autofree char *line = NULL;
  g_autofree char *quote = NULL;

  if (self->tree->truncated)
    return g_strdup_printf (_ ("The answer ends before the JSON does, in line %u."),
                            self->tree->line);

  line = g_strndup (from, strcspn (from, "\n"));
  quote =
    g_utf8_strlen (line, -1) > MAX_QUOTE ? g_utf8_substring (line, 0, MAX_QUOTE) : g_strdup (line);
  /* Translators: %u is the number of a line, %s the text from there on */
  return g_strdup_printf (_ ("This is not JSON from line %u on: “%s”"), self->tree->line, quote);
}

static void
switched_cb (SondeJsonView *self)
{
  const char *name = adw_toggle_group_get_active_name (self->switcher);

  if (self->tree == NULL || name == NULL)
    return;

  gtk_scrolled_window_set_child (self->scroller,
                                 g_str_equal (name, "tree") ? make_tree (self) : make_text (self));
}

static void
copy_cb (SondeJsonView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.copy-text", "s", get_text (self));
}

static void
sonde_json_view_dispose (GObject *object)
{
  SondeJsonView *self = SONDE_JSON_VIEW (object);
  GtkWidget *child;

  /* The rows look into the tree. */
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_JSON_VIEW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->tree, sonde_json_tree_free);
  g_clear_object (&self->message);

  G_OBJECT_CLASS (sonde_json_view_parent_class)->dispose (object);
}

static void
sonde_json_view_class_init (SondeJsonViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_json_view_dispose;

  gtk_widget_class_set_css_name (widget_class, "jsonview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/transcript/sonde-json-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeJsonView, problem);
  gtk_widget_class_bind_template_child (widget_class, SondeJsonView, problem_label);
  gtk_widget_class_bind_template_child (widget_class, SondeJsonView, scroller);
  gtk_widget_class_bind_template_child (widget_class, SondeJsonView, switcher);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, switched_cb);
}

static void
sonde_json_view_init (SondeJsonView *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
}

/**
 * sonde_json_view_new:
 * @message: an answer that has ended, and was asked for as JSON
 *
 * Returns: (transfer floating): what shows it
 */
GtkWidget *
sonde_json_view_new (SondeMessage *message)
{
  SondeJsonView *self = g_object_new (SONDE_TYPE_JSON_VIEW, NULL);

  self->message = g_object_ref (message);
  self->tree = sonde_json_tree_parse (sonde_message_get_text (message, SONDE_TEXT_CONTENT),
                                      sonde_message_get_text_length (message, SONDE_TEXT_CONTENT));
  if (!self->tree->complete) {
    g_autofree char *problem = describe_problem (self);

    gtk_label_set_label (self->problem_label, problem);
    gtk_widget_set_visible (self->problem, TRUE);
  }
  /* There is no tree of what is no JSON from the beginning. */
  adw_toggle_set_enabled (adw_toggle_group_get_toggle_by_name (self->switcher, "tree"),
                          self->tree->root != NULL);
  adw_toggle_group_set_active_name (self->switcher, self->tree->complete ? "tree" : "text");
  switched_cb (self);

  return GTK_WIDGET (self);
}
