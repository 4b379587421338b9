/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-parameter-row.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define ENTRY_CHARS 7

/**
 * SondeParameterRow:
 *
 * A parameter that is a number. The entry is empty where nothing is set, and shows what
 * holds then. What is no number of the range is said and not taken over.
 */
struct _SondeParameterRow {
  AdwActionRow parent_instance;

  GtkEditable *entry;
  GtkWidget *reset;
  SondeParameter parameter;
  SondeParameterRange range;
  char *description; /* default, range and note */
  gboolean set;
  double number;
  gboolean updating;
};

enum { EDITED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeParameterRow, sonde_parameter_row, ADW_TYPE_ACTION_ROW)

static const struct {
  const char *title;
  double step;
} rows[SONDE_N_PARAMETERS] = {
  [SONDE_PARAMETER_MAX_TOKENS] = { N_ ("Maximum Tokens"), 1024 },
  [SONDE_PARAMETER_TEMPERATURE] = { N_ ("Temperature"), 0.1 },
  [SONDE_PARAMETER_TOP_P] = { N_ ("Top P"), 0.05 },
  [SONDE_PARAMETER_FREQUENCY_PENALTY] = { N_ ("Frequency Penalty"), 0.1 },
  [SONDE_PARAMETER_PRESENCE_PENALTY] = { N_ ("Presence Penalty"), 0.1 },
  [SONDE_PARAMETER_TOP_LOGPROBS] = { N_ ("Alternatives"), 1 },
};

/* As it is typed, without groups of digits. */
static char *
format (SondeParameterRow *self, double number)
{
  g_autofree char *text = g_strdup_printf ("%.*f", self->range.digits, number);

  if (self->range.digits > 0) {
    while (g_str_has_suffix (text, "0"))
      text[strlen (text) - 1] = '\0';
    if (!g_ascii_isdigit (text[strlen (text) - 1]))
      text[strlen (text) - 1] = '\0';
  }
  if (g_str_equal (text, "-0"))
    g_set_str (&text, "0");

  return g_steal_pointer (&text);
}

/* A point and a comma are both taken for the sign before fractions. */
static gboolean
parse (SondeParameterRow *self, const char *text, double *number)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  char *end;

  g_strdelimit (trimmed, ",", '.');
  *number = g_ascii_strtod (trimmed, &end);

  return *trimmed != '\0' && *end == '\0' && isfinite (*number) && *number >= self->range.min &&
         *number <= self->range.max &&
         (self->range.digits > 0 || fabs (*number - floor (*number)) < 1e-9);
}

static void
show_state (SondeParameterRow *self, gboolean valid)
{
  g_autofree char *min = format (self, self->range.min), *max = format (self, self->range.max);
  /* Translators: both are numbers */
  g_autofree char *problem = g_strdup_printf (_ ("Choose a number from %s to %s"), min, max);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), valid ? self->description : problem);
  if (valid)
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               valid ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
}

static void
changed_cb (SondeParameterRow *self)
{
  const char *text = gtk_editable_get_text (self->entry);
  double number = 0;
  gboolean empty = text[strspn (text, " ")] == '\0';

  if (self->updating)
    return;
  if (!empty && !parse (self, text, &number)) {
    show_state (self, FALSE);
    return;
  }

  self->set = !empty;
  self->number = number;
  show_state (self, TRUE);
  gtk_widget_set_visible (self->reset, self->set);
  g_signal_emit (self, signals[EDITED], 0);
}

static void
set_text (SondeParameterRow *self, const char *text)
{
  self->updating = TRUE;
  gtk_editable_set_text (self->entry, text);
  gtk_editable_set_position (self->entry, -1);
  self->updating = FALSE;
}

/* What is not taken over does not stay when the keyboard leaves. */
static void
leave_cb (SondeParameterRow *self)
{
  g_autofree char *text = self->set ? format (self, self->number) : g_strdup ("");

  if (!g_str_equal (text, gtk_editable_get_text (self->entry)))
    set_text (self, text);
  show_state (self, TRUE);
}

static void
reset_cb (SondeParameterRow *self)
{
  gtk_editable_set_text (self->entry, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static gboolean
key_pressed_cb (SondeParameterRow *self, guint keyval, guint keycode, GdkModifierType state)
{
  const double step = rows[self->parameter].step;
  double number = self->set ? self->number : self->range.fallback;
  g_autofree char *text = NULL;

  if (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up)
    number += step;
  else if (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
    number -= step;
  else
    return GDK_EVENT_PROPAGATE;

  text = format (self, CLAMP (number, self->range.min, self->range.max));
  gtk_editable_set_text (self->entry, text);
  gtk_editable_set_position (self->entry, -1);

  return GDK_EVENT_STOP;
}

static void
sonde_parameter_row_finalize (GObject *object)
{
  SondeParameterRow *self = SONDE_PARAMETER_ROW (object);

  g_free (self->description);

  G_OBJECT_CLASS (sonde_parameter_row_parent_class)->finalize (object);
}

static void
sonde_parameter_row_class_init (SondeParameterRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_parameter_row_finalize;

  /**
   * SondeParameterRow::edited:
   * @self: the row
   *
   * Somebody set another number of the range, or took it away.
   */
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
sonde_parameter_row_init (SondeParameterRow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = GTK_EDITABLE (gtk_entry_new ());
  gtk_editable_set_width_chars (self->entry, ENTRY_CHARS);
  gtk_editable_set_max_width_chars (self->entry, ENTRY_CHARS);
  gtk_editable_set_alignment (self->entry, 1);
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_widget_set_valign (GTK_WIDGET (self->entry), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "numeric");
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->entry));
}

/**
 * sonde_parameter_row_new:
 * @parameter: one that is a number
 *
 * Returns: (transfer floating): a row in which nothing is set
 */
GtkWidget *
sonde_parameter_row_new (SondeParameter parameter)
{
  SondeParameterRow *self = g_object_new (SONDE_TYPE_PARAMETER_ROW, NULL);
  const char *title = _ (rows[parameter].title);
  /* Translators: %s is what is set back, like “Temperature” */
  g_autofree char *label = g_strdup_printf (_ ("Reset %s"), title);

  self->parameter = parameter;
  self->reset = sonde_reset_button_new (label);
  g_signal_connect_swapped (self->reset, "clicked", G_CALLBACK (reset_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->reset);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->entry));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  sonde_parameter_row_update (self, NULL, NULL, SONDE_PARAMETER_NOTE_NONE);

  return GTK_WIDGET (self);
}

/**
 * sonde_parameter_row_get_parameter:
 * @self: a row
 *
 * Returns: what is set in it
 */
SondeParameter
sonde_parameter_row_get_parameter (SondeParameterRow *self)
{
  g_return_val_if_fail (SONDE_IS_PARAMETER_ROW (self), SONDE_PARAMETER_MAX_TOKENS);

  return self->parameter;
}

static char *
format_note (SondeParameterRow *self, SondeParameterNote note)
{
  switch (note) {
  case SONDE_PARAMETER_NOTE_NONE:
    break;
  case SONDE_PARAMETER_NOTE_THINKING:
    return g_strdup (_ ("Ignored while the model thinks"));
  case SONDE_PARAMETER_NOTE_SERVICE:
    return g_strdup (_ ("Ignored: this service does not take it"));
  case SONDE_PARAMETER_NOTE_NO_EFFECT:
    return g_strdup (_ ("Ignored by DeepSeek’s models"));
  case SONDE_PARAMETER_NOTE_CLAMPED:
    return g_strdup (_ ("Ignored above the model’s maximum"));
  case SONDE_PARAMETER_NOTE_LOGPROBS:
    return g_strdup (_ ("Ignored without log probabilities"));
  }

  return NULL;
}

/**
 * sonde_parameter_row_update:
 * @self: a row
 * @parameters: (nullable): what is set, a JSON object
 * @model: (nullable): the model, which decides on the range
 * @note: why it would not hold
 *
 * Shows what is set.
 */
void
sonde_parameter_row_update (SondeParameterRow *self,
                            const char *parameters,
                            SondeModelInfo *model,
                            SondeParameterNote note)
{
  g_autofree char *said = format_note (self, note);
  g_autofree char *fallback = NULL;
  g_autofree char *min = NULL;
  g_autofree char *max = NULL;
  g_autofree char *range = NULL;
  g_autofree char *text = NULL;
  double shown;

  g_return_if_fail (SONDE_IS_PARAMETER_ROW (self));

  self->range = sonde_parameter_get_range (self->parameter, model);
  self->set = sonde_parameters_get_number (parameters, self->parameter, &self->number);
  fallback = format (self, self->range.fallback);
  min = format (self, self->range.min);
  max = format (self, self->range.max);
  /* Translators: both are numbers */
  range = g_strdup_printf (_ ("%s to %s"), min, max);
  g_free (self->description);
  self->description = sonde_parameter_row_describe (fallback, range, said);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), fallback);
  gtk_widget_set_visible (self->reset, self->set);

  /* What is being typed is left alone as long as it means the same. */
  text = self->set ? format (self, self->number) : g_strdup ("");
  if (!(self->set && parse (self, gtk_editable_get_text (self->entry), &shown) &&
        fabs (shown - self->number) < 1e-9))
    set_text (self, text);
  show_state (self, TRUE);
}

/**
 * sonde_parameter_row_get_number:
 * @self: a row
 * @number: (out): what is set
 *
 * Returns: whether something is set
 */
gboolean
sonde_parameter_row_get_number (SondeParameterRow *self, double *number)
{
  g_return_val_if_fail (SONDE_IS_PARAMETER_ROW (self), FALSE);

  *number = self->number;

  return self->set;
}

/**
 * sonde_parameter_row_describe:
 * @fallback: what holds where nothing is set
 * @range: (nullable): what can be set
 * @note: (nullable): why it does not hold
 *
 * Returns: (transfer full): what a row says below its title
 */
char *
sonde_parameter_row_describe (const char *fallback, const char *range, const char *note)
{
  GString *text = g_string_new (NULL);

  /* Translators: %s is the value that holds where nothing is set */
  g_string_append_printf (text, _ ("Default: %s"), fallback);
  if (range != NULL)
    g_string_append_printf (text, " · %s", range);
  if (note != NULL)
    g_string_append_printf (text, "\n%s", note);

  return g_string_free_and_steal (text);
}

/**
 * sonde_reset_button_new:
 * @label: what it does, for those who cannot see it
 *
 * Returns: (transfer floating): a button that sets a value back, hidden as long as nothing is set
 */
GtkWidget *
sonde_reset_button_new (const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-undo-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_widget_set_visible (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);

  return button;
}
