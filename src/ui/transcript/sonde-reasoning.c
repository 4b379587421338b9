/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-reasoning.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_LINE 240 /* bytes of the latest line that the header shows */
#define BEAT     250 /* milliseconds between two looks at the clock */

/**
 * SondeReasoning:
 *
 * What the model thought, behind a button that opens and closes it. While it
 * thinks, the button shows the latest line and a clock.
 */
struct _SondeReasoning {
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkLabel *title;
  GtkLabel *latest;
  GtkWidget *frame;
  SondeDocument *document; /* made when it is opened first */

  SondeMessage *message;
  gsize stale_from; /* from here on the document lacks text */
  gboolean expanded;
  guint clock;
};

enum { SIGNAL_TOGGLE, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeReasoning, sonde_reasoning, GTK_TYPE_WIDGET)

static gboolean
is_thinking (SondeReasoning *self)
{
  return self->message != NULL &&
         sonde_message_get_state (self->message) == SONDE_MESSAGE_STREAMING &&
         sonde_message_get_thinking_duration (self->message) < 0 &&
         sonde_message_get_text_length (self->message, SONDE_TEXT_CONTENT) == 0;
}

static char *
format_title (SondeReasoning *self)
{
  gint64 duration = sonde_message_get_thinking_duration (self->message);
  gint64 started = sonde_message_get_thinking_started_at (self->message);
  gint64 seconds;

  if (is_thinking (self)) {
    if (started == 0)
      /* Translators: the model thinks */
      return g_strdup (_ ("Thinking…"));
    seconds = MAX (0, (g_get_real_time () - started) / G_USEC_PER_SEC);
    if (seconds < 60)
      /* Translators: how many seconds so far */
      return g_strdup_printf (_ ("Thinking… %d s"), (int) seconds);
    /* Translators: how many minutes and seconds so far */
    return g_strdup_printf (_ ("Thinking… %d min %d s"), (int) (seconds / 60),
                            (int) (seconds % 60));
  }

  if (duration < 0)
    /* Translators: what the model wrote for itself before it answered */
    return g_strdup (_ ("Reasoning"));
  seconds = MAX (1, (duration + 500) / 1000);
  if (seconds < 60)
    /* Translators: how many seconds the model thought */
    return g_strdup_printf (_ ("Thought for %d s"), (int) seconds);

  /* Translators: how many minutes and seconds the model thought */
  return g_strdup_printf (_ ("Thought for %d min %d s"), (int) (seconds / 60),
                          (int) (seconds % 60));
}

/* The last line that has words in it, without the marks at its beginning. */
static char *
find_latest_line (const char *text, gsize length)
{
  const char *end = text + length;
  const char *line;

  while (end > text && g_ascii_isspace (end[-1]))
    end--;
  line = end;
  while (line > text && line[-1] != '\n' && end - line < MAX_LINE)
    line--;
  while (line < end && ((*line & 0xC0) == 0x80 || strchr (" \t#>*-`|", *line) != NULL))
    line++;

  return g_strndup (line, end - line);
}

static void
update_header (SondeReasoning *self)
{
  g_autofree char *title = format_title (self);
  gboolean thinking = is_thinking (self);
  const char *name = _ ("Reasoning");
  g_autofree char *full_name = NULL;

  if (strcmp (gtk_label_get_label (self->title), title) != 0)
    gtk_label_set_label (self->title, title);

  /* A name that counted along would be read out every second. */
  if (!thinking && strcmp (name, title) != 0)
    full_name = g_strdup_printf ("%s: %s", name, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  full_name != NULL ? full_name : name, -1);

  gtk_widget_set_visible (GTK_WIDGET (self->latest), thinking && !self->expanded);
  if (thinking && !self->expanded) {
    const char *text = sonde_message_get_text (self->message, SONDE_TEXT_REASONING);
    g_autofree char *line =
      find_latest_line (text != NULL ? text : "",
                        sonde_message_get_text_length (self->message, SONDE_TEXT_REASONING));

    gtk_label_set_text (self->latest, line);
  }
}

static gboolean
clock_cb (gpointer data)
{
  update_header (data);
  return G_SOURCE_CONTINUE;
}

/* The clock runs while somebody can see it. */
static void
update_clock (SondeReasoning *self)
{
  gboolean runs = is_thinking (self) && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (runs && self->clock == 0)
    self->clock = g_timeout_add (BEAT, clock_cb, self);
  else if (!runs)
    g_clear_handle_id (&self->clock, g_source_remove);
}

static void
update_document (SondeReasoning *self)
{
  if (!self->expanded || self->message == NULL)
    return;
  if (self->document == NULL) {
    self->document = SONDE_DOCUMENT (sonde_document_new (SONDE_TEXT_REASONING));
    gtk_box_append (GTK_BOX (self->frame), GTK_WIDGET (self->document));
  }
  sonde_document_show_message (self->document, self->message, self->stale_from);
  self->stale_from = sonde_message_get_text_length (self->message, SONDE_TEXT_REASONING);
}

static void
clicked_cb (SondeReasoning *self)
{
  g_signal_emit (self, signals[SIGNAL_TOGGLE], 0);
  sonde_reasoning_set_expanded (self, !self->expanded);
}

static void
sonde_reasoning_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sonde_reasoning_parent_class)->map (widget);

  update_clock (SONDE_REASONING (widget));
}

static void
sonde_reasoning_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sonde_reasoning_parent_class)->unmap (widget);

  update_clock (SONDE_REASONING (widget));
}

static void
sonde_reasoning_dispose (GObject *object)
{
  SondeReasoning *self = SONDE_REASONING (object);

  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_object (&self->message);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_REASONING);

  G_OBJECT_CLASS (sonde_reasoning_parent_class)->dispose (object);
}

static void
sonde_reasoning_class_init (SondeReasoningClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_reasoning_dispose;
  widget_class->map = sonde_reasoning_map;
  widget_class->unmap = sonde_reasoning_unmap;

  /**
   * SondeReasoning::toggle:
   * @self: the reasoning
   *
   * It is about to be opened or closed by the person who reads.
   */
  signals[SIGNAL_TOGGLE] = g_signal_new ("toggle", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/transcript/sonde-reasoning.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeReasoning, button);
  gtk_widget_class_bind_template_child (widget_class, SondeReasoning, title);
  gtk_widget_class_bind_template_child (widget_class, SondeReasoning, latest);
  gtk_widget_class_bind_template_child (widget_class, SondeReasoning, frame);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "reasoning");
}

static void
sonde_reasoning_init (SondeReasoning *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE,
                               -1);
}

/**
 * sonde_reasoning_new:
 *
 * Returns: (transfer floating): reasoning without text, closed
 */
GtkWidget *
sonde_reasoning_new (void)
{
  return g_object_new (SONDE_TYPE_REASONING, NULL);
}

/**
 * sonde_reasoning_update:
 * @self: the reasoning
 * @message: whose reasoning it is
 * @changed_from: from which byte on it differs from the last update
 */
void
sonde_reasoning_update (SondeReasoning *self, SondeMessage *message, gsize changed_from)
{
  g_return_if_fail (SONDE_IS_REASONING (self));
  g_return_if_fail (SONDE_IS_MESSAGE (message));

  g_set_object (&self->message, message);
  self->stale_from = MIN (self->stale_from, changed_from);
  update_document (self);
  update_header (self);
  update_clock (self);
}

/**
 * sonde_reasoning_get_expanded:
 * @self: the reasoning
 *
 * Returns: whether it is open
 */
gboolean
sonde_reasoning_get_expanded (SondeReasoning *self)
{
  g_return_val_if_fail (SONDE_IS_REASONING (self), FALSE);

  return self->expanded;
}

/**
 * sonde_reasoning_get_document:
 * @self: the reasoning
 *
 * Returns: (transfer none) (nullable): what shows its text, or %NULL while it is closed
 */
SondeDocument *
sonde_reasoning_get_document (SondeReasoning *self)
{
  g_return_val_if_fail (SONDE_IS_REASONING (self), NULL);

  return self->expanded ? self->document : NULL;
}

/**
 * sonde_reasoning_set_expanded:
 * @self: the reasoning
 * @expanded: whether to open it
 */
void
sonde_reasoning_set_expanded (SondeReasoning *self, gboolean expanded)
{
  g_return_if_fail (SONDE_IS_REASONING (self));

  expanded = !!expanded;
  if (self->expanded == expanded)
    return;

  self->expanded = expanded;
  if (expanded)
    gtk_widget_add_css_class (GTK_WIDGET (self), "expanded");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "expanded");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED,
                               expanded, -1);
  gtk_widget_set_visible (self->frame, expanded);
  update_document (self);
  if (self->message != NULL)
    update_header (self);
}
