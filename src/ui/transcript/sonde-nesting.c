/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-nesting.h"

#include "sonde-block-group.h"

/* A list, one of its items, or a quote. */
typedef struct _Container Container;

struct _Container {
  GtkAccessibleRole role;
  Container *parent; /* or NULL */
  guint start;       /* the block that it begins with */
  guint level;       /* how many of that block's containers it and those around it are */
  guint depth;       /* how many are around it */
  GtkWidget *group;  /* while a row of it is there, or NULL */
};

/**
 * SondeNesting:
 *
 * Which blocks of a document are in which lists, items and quotes. The blocks themselves only say
 * what they share with the one before. Where a block has a row, its containers have a group each,
 * which the rows are in; so the tree that assistive technology sees is that of the text, as far as
 * it is near.
 */
struct _SondeNesting {
  GtkWidget *document; /* that the groups are put in; it owns this */
  GPtrArray *inmost;   /* the innermost container of each block, or NULL */
};

static void
container_clear (gpointer data)
{
  Container *self = data;

  if (self->parent != NULL)
    g_rc_box_release_full (self->parent, container_clear);
}

static void
container_unref (gpointer data)
{
  if (data != NULL)
    g_rc_box_release_full (data, container_clear);
}

/* The one around a container, or itself, that is no deeper. */
static Container *
find_around (Container *container, guint depth)
{
  while (container != NULL && container->depth > depth)
    container = container->parent;

  return container;
}

/* The container of that role that a block begins inside of another; it may be there already. Takes
 * over the reference to that. */
static Container *
begin (Container *around, GtkAccessibleRole role, guint level, guint start, Container *known)
{
  guint depth = around != NULL ? around->depth + 1 : 0;
  Container *there = find_around (known, depth);
  Container *container;

  if (there != NULL && there->depth == depth && there->parent == around && there->role == role &&
      there->start == start && there->level == level) {
    container_unref (around);
    return g_rc_box_acquire (there);
  }

  container = g_rc_box_new0 (Container);
  container->role = role;
  container->parent = around;
  container->start = start;
  container->level = level;
  container->depth = depth;

  return container;
}

static gboolean
begins_list (const SondeMarkdownBlock *block)
{
  for (guint i = block->n_shared; i < block->n_nesting; i++) {
    if (block->nesting[i] == SONDE_MARKDOWN_LIST)
      return TRUE;
  }

  return FALSE;
}

/* The innermost container of a block by what it shares with the one before. */
static Container *
find_container (SondeNesting *self, guint position, const SondeMarkdownBlock *block)
{
  Container *known = g_ptr_array_index (self->inmost, position);
  Container *container = position > 0 ? g_ptr_array_index (self->inmost, position - 1) : NULL;

  while (container != NULL && container->level > block->n_shared)
    container = container->parent;
  if (container != NULL)
    g_rc_box_acquire (container);

  /* The next item of a list that goes on. */
  if (container != NULL && container->role == GTK_ACCESSIBLE_ROLE_LIST_ITEM &&
      block->marker != SONDE_MARKDOWN_MARKER_NONE && !begins_list (block)) {
    Container *list = g_rc_box_acquire (container->parent);
    guint level = container->level;

    container_unref (container);
    container = begin (list, GTK_ACCESSIBLE_ROLE_LIST_ITEM, level, position, known);
  }
  for (guint i = block->n_shared; i < block->n_nesting; i++) {
    if (block->nesting[i] == SONDE_MARKDOWN_QUOTE) {
      container = begin (container, GTK_ACCESSIBLE_ROLE_BLOCK_QUOTE, i + 1, position, known);
    } else {
      container = begin (container, GTK_ACCESSIBLE_ROLE_LIST, i + 1, position, known);
      container = begin (container, GTK_ACCESSIBLE_ROLE_LIST_ITEM, i + 1, position, known);
    }
  }

  return container;
}

/* The child of @parent that @widget is in, or NULL. */
static GtkWidget *
find_child (GtkWidget *parent, GtkWidget *widget)
{
  while (widget != NULL && gtk_widget_get_parent (widget) != parent)
    widget = gtk_widget_get_parent (widget);

  return widget;
}

static GtkWidget *
ensure_group (SondeNesting *self, Container *container, GtkWidget *previous)
{
  GtkWidget *around;

  if (container == NULL)
    return self->document;
  if (container->group == NULL) {
    around = ensure_group (self, container->parent, previous);
    container->group = sonde_block_group_new (container->role);
    gtk_widget_insert_after (container->group, around, find_child (around, previous));
  }

  return container->group;
}

/**
 * sonde_nesting_new:
 * @document: the widget that the rows are in, and that frees this
 *
 * Returns: (transfer full): the nesting of no blocks
 */
SondeNesting *
sonde_nesting_new (GtkWidget *document)
{
  SondeNesting *self = g_new0 (SondeNesting, 1);

  self->document = document;
  self->inmost = g_ptr_array_new_with_free_func (container_unref);

  return self;
}

/**
 * sonde_nesting_free:
 * @self: (transfer full): a nesting whose rows have been removed
 */
void
sonde_nesting_free (SondeNesting *self)
{
  g_ptr_array_unref (self->inmost);
  g_free (self);
}

/**
 * sonde_nesting_set_n_blocks:
 * @self: a nesting
 * @n_blocks: how many blocks there are; those that are no more have no rows
 */
void
sonde_nesting_set_n_blocks (SondeNesting *self, guint n_blocks)
{
  g_ptr_array_set_size (self->inmost, (int) n_blocks);
}

/**
 * sonde_nesting_fits:
 * @self: a nesting
 * @position: of a block; those before it are set
 * @block: the block as it is now
 *
 * Returns: whether its row is in the right groups
 */
gboolean
sonde_nesting_fits (SondeNesting *self, guint position, const SondeMarkdownBlock *block)
{
  Container *container = find_container (self, position, block);
  gboolean fits = container == g_ptr_array_index (self->inmost, position);

  container_unref (container);

  return fits;
}

/**
 * sonde_nesting_set_block:
 * @self: a nesting
 * @position: of a block without a row; those before it are set
 * @block: the block as it is now
 */
void
sonde_nesting_set_block (SondeNesting *self, guint position, const SondeMarkdownBlock *block)
{
  Container *container = find_container (self, position, block);

  container_unref (g_ptr_array_index (self->inmost, position));
  self->inmost->pdata[position] = container;
}

/**
 * sonde_nesting_insert_row:
 * @self: a nesting
 * @position: of a block
 * @row: (transfer floating): its row
 * @previous: (nullable): the row before it, of those that there are
 *
 * Puts the row into the document, in the groups that it belongs to.
 */
void
sonde_nesting_insert_row (SondeNesting *self, guint position, GtkWidget *row, GtkWidget *previous)
{
  GtkWidget *group = ensure_group (self, g_ptr_array_index (self->inmost, position), previous);

  gtk_widget_insert_after (row, group, find_child (group, previous));
}

/**
 * sonde_nesting_remove_row:
 * @self: a nesting
 * @position: of a block
 * @row: its row
 *
 * Takes the row out of the document, and the groups that nothing is left in.
 */
void
sonde_nesting_remove_row (SondeNesting *self, guint position, GtkWidget *row)
{
  gtk_widget_unparent (row);
  for (Container *container = g_ptr_array_index (self->inmost, position);
       container != NULL && gtk_widget_get_first_child (container->group) == NULL;
       container = container->parent)
    g_clear_pointer (&container->group, gtk_widget_unparent);
}
