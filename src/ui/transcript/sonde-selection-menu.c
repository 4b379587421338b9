/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-selection-menu.h"

#include <glib/gi18n.h>

#include "sonde-clipboard.h"
#include "sonde-reading.h"
#include "sonde-selection-content.h"
#include "sonde-table-block.h"

#define GROUP "selection"

/* What can be done with what is selected: the clipboards and the context menu. */

/**
 * sonde_selection_menu_copy:
 * @selection: what is selected
 * @view: where
 *
 * Copies it in all formats.
 */
void
sonde_selection_menu_copy (SondeSelection *selection, GtkWidget *view)
{
  g_autoptr (GdkContentProvider) content = NULL;

  if (sonde_selection_is_empty (selection))
    return;
  content = sonde_clipboard_create_content (selection);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (view), content);
}

/**
 * sonde_selection_menu_set_primary:
 * @selection: what is selected
 * @view: where
 *
 * What is selected can be pasted with the middle button. Its text is made when it is asked for.
 */
void
sonde_selection_menu_set_primary (SondeSelection *selection, GtkWidget *view)
{
  g_autoptr (GdkContentProvider) content = NULL;

  if (sonde_selection_is_empty (selection))
    return;
  content = sonde_selection_content_new (selection);
  gdk_clipboard_set_content (gtk_widget_get_primary_clipboard (view), content);
}

/* --- the menu ------------------------------------------------------------------- */

typedef struct {
  SondeSelection *selection; /* owned */
  GtkWidget *view;           /* weak */
  SondeTextLink *link;       /* weak */
  SondeSelection *table;     /* owned, or NULL: all of the table that the menu is about */
} Context;

static void
context_free (gpointer data)
{
  Context *self = data;

  g_clear_weak_pointer (&self->view);
  g_clear_weak_pointer (&self->link);
  g_clear_object (&self->table);
  g_object_unref (self->selection);
  g_free (self);
}

static void
copy_table_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Context *self = data;

  if (self->view != NULL && self->table != NULL)
    sonde_selection_menu_copy (self->table, self->view);
}

static void
copy_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Context *self = data;

  if (self->view != NULL)
    sonde_selection_menu_copy (self->selection, self->view);
}

static void
copy_markdown_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Context *self = data;
  g_autofree char *markdown = NULL;

  if (self->view == NULL)
    return;
  markdown = sonde_clipboard_dup_text (self->selection, SONDE_CLIPBOARD_MARKDOWN);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->view), markdown);
}

static void
select_all_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Context *self = data;

  sonde_selection_select_all (self->selection);
  if (self->view != NULL)
    sonde_selection_menu_set_primary (self->selection, self->view);
}

static void
open_link_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Context *self = data;

  if (self->link != NULL)
    sonde_text_link_open (self->link);
}

static void
copy_link_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Context *self = data;

  if (self->link != NULL && self->view != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (self->view),
                            sonde_text_link_get_target (self->link));
}

static GMenuModel *
create_menu (gboolean link, gboolean table)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) copying = g_menu_new ();
  g_autoptr (GMenu) links = g_menu_new ();

  if (link) {
    g_menu_append (links, _ ("_Open Link"), GROUP ".open-link");
    g_menu_append (links, _ ("Copy _Link"), GROUP ".copy-link");
    g_menu_append_section (menu, NULL, G_MENU_MODEL (links));
  }
  g_menu_append (copying, _ ("_Copy"), GROUP ".copy");
  g_menu_append (copying, _ ("Copy as _Markdown"), GROUP ".copy-markdown");
  if (table)
    g_menu_append (copying, _ ("Copy _Table"), GROUP ".copy-table");
  g_menu_append (copying, _ ("Select _All"), GROUP ".select-all");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copying));

  return G_MENU_MODEL (menu);
}

static GSimpleActionGroup *
create_actions (SondeSelection *selection,
                GtkWidget *view,
                SondeTextLink *link,
                SondeSelection *table)
{
  static const GActionEntry entries[] = {
    { .name = "copy", .activate = copy_action },
    { .name = "copy-markdown", .activate = copy_markdown_action },
    { .name = "copy-table", .activate = copy_table_action },
    { .name = "select-all", .activate = select_all_action },
    { .name = "open-link", .activate = open_link_action },
    { .name = "copy-link", .activate = copy_link_action },
  };
  static const char *const selected[] = { "copy", "copy-markdown" };
  GSimpleActionGroup *group = g_simple_action_group_new ();
  Context *context = g_new0 (Context, 1);

  context->selection = g_object_ref (selection);
  g_set_weak_pointer (&context->view, view);
  g_set_weak_pointer (&context->link, link);
  context->table = table != NULL ? g_object_ref (table) : NULL;
  g_object_set_data_full (G_OBJECT (group), "context", context, context_free);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), context);
  for (gsize i = 0; i < G_N_ELEMENTS (selected); i++)
    g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (group), selected[i])),
      !sonde_selection_is_empty (selection));

  return group;
}

static void
closed_cb (GtkWidget *popover)
{
  g_autoptr (GtkWidget) focus = g_weak_ref_get (g_object_get_data (G_OBJECT (popover), "focus"));

  /* The keyboard goes on where it was, before an item takes it elsewhere. */
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
  /* An item is activated after the menu has closed. */
  g_idle_add_once ((GSourceOnceFunc) gtk_widget_unparent, popover);
}

static void
free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
remember_focus (GtkWidget *popover, GtkRoot *root)
{
  GWeakRef *focus = g_new0 (GWeakRef, 1);

  g_weak_ref_init (focus, gtk_root_get_focus (root));
  g_object_set_data_full (G_OBJECT (popover), "focus", focus, free_weak_ref);
}

static gboolean
continues_table (GPtrArray *blocks, guint i)
{
  const SondeMarkdownBlock *block = g_ptr_array_index (blocks, i);

  return block->kind == SONDE_MARKDOWN_TABLE && block->continues;
}

/* A long table is shown as several blocks: from the first of them to the last. */
static void
span_table (SondeSelection *selection, SondeTranscriptPosition *start, SondeTranscriptPosition *end)
{
  SondeMessage *message = sonde_selection_find_message (selection, start->message_id);
  g_autoptr (GPtrArray) blocks =
    message != NULL ? sonde_reading_dup_blocks (message, start->kind) : NULL;

  if (blocks == NULL || start->block >= blocks->len)
    return;
  while (start->block > 0 && continues_table (blocks, start->block))
    start->block--;
  while (end->block + 1 < blocks->len && continues_table (blocks, end->block + 1))
    end->block++;
}

/* All of the table that a text is a cell of, or NULL. */
static SondeSelection *
select_table (SondeSelection *selection, SondeTextBlock *block)
{
  SondeSelection *table;
  SondeTranscriptPosition start;
  SondeTranscriptPosition end;

  if (gtk_widget_get_ancestor (GTK_WIDGET (block), SONDE_TYPE_TABLE_BLOCK) == NULL)
    return NULL;

  start = *sonde_text_block_get_place (block);
  start.cell = 0;
  end = start;
  end.cell = G_MAXUINT;
  end.offset = G_MAXUINT;
  span_table (selection, &start, &end);
  table = sonde_selection_new ();
  sonde_selection_set_messages (table, sonde_selection_get_messages (selection));
  sonde_selection_set (table, &start, &end);

  return table;
}

/**
 * sonde_selection_menu_popup:
 * @selection: what is selected
 * @view: the scrollable that the texts are in
 * @x: where to show the menu, in its coordinates
 * @y: where to show the menu
 * @block: the text that it is about
 * @link: (nullable): the link that it is about
 */
void
sonde_selection_menu_popup (SondeSelection *selection,
                            GtkWidget *view,
                            double x,
                            double y,
                            SondeTextBlock *block,
                            SondeTextLink *link)
{
  g_autoptr (SondeSelection) table = select_table (selection, block);
  g_autoptr (GMenuModel) menu =
    create_menu (link != NULL && sonde_text_link_get_target (link) != NULL, table != NULL);
  g_autoptr (GSimpleActionGroup) actions = create_actions (selection, view, link, table);
  GtkWidget *parent = gtk_widget_get_parent (view);
  GtkWidget *popover = gtk_popover_menu_new_from_model (menu);
  graphene_point_t point;

  /* The view lays out turns and nothing else. */
  while (gtk_widget_get_layout_manager (parent) == NULL)
    parent = gtk_widget_get_parent (parent);
  if (!gtk_widget_compute_point (view, parent, &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    point = GRAPHENE_POINT_INIT (0, 0);
  gtk_widget_insert_action_group (popover, GROUP, G_ACTION_GROUP (actions));
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_BOTTOM);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover),
                               &(GdkRectangle) { (int) point.x, (int) point.y, 1, 1 });
  gtk_widget_set_parent (popover, parent);
  remember_focus (popover, gtk_widget_get_root (view));
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}
