/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-usage-plot.h"

#include <adwaita.h>
#include <math.h>

#define HEIGHT     180
#define MIN_WIDTH  200
#define GAP        0.3 /* of a bar's place that is left free */
#define MAX_BAR    48
#define RADIUS     4
#define NAME_SPACE 8 /* between two names below the bars */
#define FAINT      0.55f
#define LINE_ALPHA 0.15f

/**
 * SondeUsagePlot:
 *
 * One bar for each row of a table, which says the same in words. Left and Right go from bar to
 * bar; the chosen one is strong and the others are faint.
 */
struct _SondeUsagePlot {
  GtkWidget parent_instance;

  double *values;
  char **names;
  guint n;
  double max;
  char *top;   /* what the highest line stands for */
  int current; /* -1: none */
};

enum { CURRENT_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeUsagePlot, sonde_usage_plot, GTK_TYPE_WIDGET)

static void
set_current (SondeUsagePlot *self, int current)
{
  if (self->current == current)
    return;
  self->current = current;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CURRENT_CHANGED], 0);
}

static gboolean
key_pressed_cb (SondeUsagePlot *self, guint keyval, guint keycode, GdkModifierType state)
{
  int step = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;
  int current = self->current;

  if (self->n == 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval) {
  case GDK_KEY_Left:
    current -= step;
    break;
  case GDK_KEY_Right:
    current += step;
    break;
  case GDK_KEY_Home:
    current = 0;
    break;
  case GDK_KEY_End:
    current = (int) self->n - 1;
    break;
  default:
    return GDK_EVENT_PROPAGATE;
  }
  set_current (self, CLAMP (current, 0, (int) self->n - 1));

  return GDK_EVENT_STOP;
}

static void
motion_cb (SondeUsagePlot *self, double x)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (self->n > 0 && width > 0)
    set_current (self, CLAMP ((int) (x * self->n / width), 0, (int) self->n - 1));
}

static void
pressed_cb (SondeUsagePlot *self, int n_press, double x)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  motion_cb (self, x);
}

static void
sonde_usage_plot_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : HEIGHT;
}

static int
draw_text (SondeUsagePlot *self,
           GtkSnapshot *snapshot,
           const char *text,
           double x,
           double y,
           const GdkRGBA *colour,
           double from)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int text_width, text_height;

  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  x -= text_width / 2.0;
  if (x < from || x + text_width > gtk_widget_get_width (GTK_WIDGET (self)))
    return 0;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);

  return (int) x + text_width;
}

static void
draw_bar (GtkSnapshot *snapshot, double x, double y, double width, double height, GdkRGBA *colour)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init (&outline,
                         &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height),
                         &GRAPHENE_SIZE_INIT (RADIUS, RADIUS), &GRAPHENE_SIZE_INIT (RADIUS, RADIUS),
                         &GRAPHENE_SIZE_INIT (0, 0), &GRAPHENE_SIZE_INIT (0, 0));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, colour, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
sonde_usage_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SondeUsagePlot *self = SONDE_USAGE_PLOT (widget);
  /* The names decide how high a line is: another script needs more room than figures. */
  g_autofree char *names = self->names != NULL ? g_strjoinv (" ", self->names) : g_strdup ("0");
  g_autoptr (PangoLayout) sample = gtk_widget_create_pango_layout (widget, names);
  const double width = gtk_widget_get_width (widget);
  double place, bar, bottom;
  GdkRGBA colour, line, faint, accent;
  int line_height;
  double names_end = 0;

  gtk_widget_get_color (widget, &colour);
  line = faint = colour;
  line.alpha *= LINE_ALPHA;
  faint.alpha *= FAINT;
  adw_accent_color_to_standalone_rgba (
    adw_style_manager_get_accent_color (
      adw_style_manager_get_for_display (gtk_widget_get_display (widget))),
    adw_style_manager_get_dark (
      adw_style_manager_get_for_display (gtk_widget_get_display (widget))),
    &accent);
  pango_layout_set_single_paragraph_mode (sample, TRUE);
  pango_layout_get_pixel_size (sample, NULL, &line_height);
  bottom = gtk_widget_get_height (widget) - line_height - 4;
  gtk_snapshot_append_color (snapshot, &line,
                             &GRAPHENE_RECT_INIT (0, (float) bottom, (float) width, 1));
  gtk_snapshot_append_color (snapshot, &line,
                             &GRAPHENE_RECT_INIT (0, (float) line_height + 2, (float) width, 1));
  if (self->top != NULL) {
    g_autoptr (PangoLayout) top = gtk_widget_create_pango_layout (widget, self->top);

    gtk_snapshot_append_layout (snapshot, top, &faint);
  }
  if (self->n == 0 || self->max <= 0)
    return;

  place = width / self->n;
  bar = MIN (MAX_BAR, place * (1 - GAP));
  for (guint i = 0; i < self->n; i++) {
    double height = (bottom - line_height - 2) * self->values[i] / self->max;
    double centre = place * (i + 0.5);
    GdkRGBA own = accent;

    if (self->current >= 0 && (guint) self->current != i)
      own.alpha *= FAINT;
    if (height > 0)
      draw_bar (snapshot, centre - bar / 2, bottom - MAX (1, height), bar, MAX (1, height), &own);
    names_end = MAX (names_end, draw_text (self, snapshot, self->names[i], centre, bottom + 4,
                                           &faint, names_end > 0 ? names_end + NAME_SPACE : 0));
  }
}

static void
clear (SondeUsagePlot *self)
{
  g_clear_pointer (&self->values, g_free);
  g_clear_pointer (&self->names, g_strfreev);
  g_clear_pointer (&self->top, g_free);
  self->n = 0;
  self->max = 0;
}

static void
sonde_usage_plot_finalize (GObject *object)
{
  clear (SONDE_USAGE_PLOT (object));

  G_OBJECT_CLASS (sonde_usage_plot_parent_class)->finalize (object);
}

static void
sonde_usage_plot_class_init (SondeUsagePlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sonde_usage_plot_finalize;

  widget_class->measure = sonde_usage_plot_measure;
  widget_class->snapshot = sonde_usage_plot_snapshot;

  /**
   * SondeUsagePlot::current-changed:
   * @self: the plot
   *
   * Another bar is chosen.
   */
  signals[CURRENT_CHANGED] = g_signal_new ("current-changed", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "usageplot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
sonde_usage_plot_init (SondeUsagePlot *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->current = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "caption");
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/**
 * sonde_usage_plot_new:
 *
 * Returns: (transfer floating): a plot without bars
 */
GtkWidget *
sonde_usage_plot_new (void)
{
  return g_object_new (SONDE_TYPE_USAGE_PLOT, NULL);
}

/**
 * sonde_usage_plot_set_bars:
 * @self: a plot
 * @values: (array length=n): how high they are
 * @names: (array length=n): what stands below them
 * @n: how many
 * @top: (nullable): what the highest one stands for
 *
 * The last bar is the chosen one.
 */
void
sonde_usage_plot_set_bars (SondeUsagePlot *self,
                           const double *values,
                           const char *const *names,
                           guint n,
                           const char *top)
{
  g_return_if_fail (SONDE_IS_USAGE_PLOT (self));

  clear (self);
  self->n = n;
  self->values = g_memdup2 (values, n * sizeof *values);
  self->names = g_new0 (char *, n + 1);
  self->top = g_strdup (top);
  for (guint i = 0; i < n; i++) {
    self->names[i] = g_strdup (names[i]);
    self->max = MAX (self->max, values[i]);
  }
  self->current = (int) n - 1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CURRENT_CHANGED], 0);
}

/**
 * sonde_usage_plot_get_current:
 * @self: a plot
 *
 * Returns: which bar is chosen, or -1
 */
int
sonde_usage_plot_get_current (SondeUsagePlot *self)
{
  g_return_val_if_fail (SONDE_IS_USAGE_PLOT (self), -1);

  return self->current;
}
