/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-composer.h"

#include <glib/gi18n.h>

#include "sonde-context-button.h"
#include "sonde-attachment-bar.h"
#include "sonde-attachment-input.h"
#include "sonde-composer-obstacle.h"
#include "sonde-focus.h"
#include "sonde-late-menu.h"
#include "sonde-spelling.h"
#include "sonde-thinking-selector.h"

#define MAX_SHARE   0.4 /* of the window's height that the composer may take */
#define DRAFT_DELAY 500 /* ms after the first key that it lacks until the draft is kept */

/**
 * SondeComposer:
 *
 * The card at the foot of the window: the text of the next question and its files, how hard
 * to think about it, what form the answer has, and one round button that is Send, or Stop
 * while an answer is on its way. What is typed and not sent is kept as the conversation's draft.
 */
struct _SondeComposer {
  GtkWidget parent_instance;

  GtkWidget *card;
  GtkScrolledWindow *scroller;
  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkWidget *placeholder;
  GtkWidget *tools;
  GMenuModel *options;
  GtkMenuButton *options_button;
  SondeContextButton *context_button;
  SondeAttachmentBar *files;
  GtkWidget *beginning_row;
  GtkEditable *beginning;
  GtkWidget *obstacle_row;
  GtkLabel *obstacle_label;
  GtkButton *obstacle_fix;

  SondeSpelling *spelling;
  GSignalGroup *buffer_signals;
  SondeConversation *conversation;
  SondeModelInfo *model;
  gboolean busy;
  gboolean enter_sends;
  gboolean compact;
  gboolean narrow;
  gboolean has_preedit;
  GdkSurface *surface;
  guint draft_source;
  GSignalGroup *signals; /* of the conversation */
  SondeComposerObstacle obstacle;
  gboolean json_was_said;   /* in what goes before the question; where it matters */
  gboolean sends_when_read; /* the person has asked to send; a file is still being read */
};

enum {
  PROP_CONVERSATION = 1,
  PROP_MODEL,
  PROP_BUSY,
  PROP_ENTER_SENDS,
  PROP_CHECK_SPELLING,
  PROP_COMPACT,
  PROP_NARROW,
  PROP_JSON_OUTPUT,
  N_PROPS
};
enum { SEND, THINKING_CHOSEN, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeComposer, sonde_composer, GTK_TYPE_WIDGET)

static gboolean
has_text (SondeComposer *self)
{
  GtkTextIter iter;

  gtk_text_buffer_get_start_iter (self->buffer, &iter);
  while (g_unichar_isspace (gtk_text_iter_get_char (&iter)))
    if (!gtk_text_iter_forward_char (&iter))
      break;

  return !gtk_text_iter_is_end (&iter);
}

static gboolean
has_files (SondeComposer *self)
{
  return self->conversation != NULL && sonde_conversation_has_attachments (self->conversation);
}

static gboolean
is_reading (SondeComposer *self)
{
  GListModel *list;

  if (!has_files (self))
    return FALSE;

  list = G_LIST_MODEL (sonde_conversation_get_attachments (self->conversation));
  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (SondeAttachment) attachment = g_list_model_get_item (list, i);

    if (sonde_attachment_get_state (attachment) == SONDE_ATTACHMENT_LOADING)
      return TRUE;
  }

  return FALSE;
}

static void
update_obstacle (SondeComposer *self)
{
  g_autofree char *text = sonde_composer_get_text (self);
  SondeComposerObstacle obstacle =
    sonde_composer_obstacle_find (self->conversation, self->model, text, self->json_was_said);
  g_autofree char *words = sonde_composer_obstacle_dup_text (obstacle, self->model);
  const char *fix = sonde_composer_obstacle_get_fix (obstacle);

  gtk_label_set_label (self->obstacle_label, words);
  gtk_button_set_label (self->obstacle_fix, fix != NULL ? fix : "");
  gtk_widget_set_visible (self->obstacle_row, obstacle != SONDE_COMPOSER_OBSTACLE_NONE);
  if (self->obstacle != obstacle && obstacle != SONDE_COMPOSER_OBSTACLE_NONE)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), words,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  self->obstacle = obstacle;
}

static void
update_state (SondeComposer *self)
{
  gboolean blank = gtk_text_buffer_get_char_count (self->buffer) == 0;

  update_obstacle (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send",
                                 !self->busy && (has_text (self) || has_files (self)) &&
                                   self->obstacle == SONDE_COMPOSER_OBSTACLE_NONE);
  gtk_widget_set_visible (self->placeholder, blank && !self->has_preedit);
}

static gboolean
draft_timeout_cb (gpointer user_data)
{
  SondeComposer *self = user_data;

  self->draft_source = 0;
  sonde_composer_keep_draft (self);

  return G_SOURCE_REMOVE;
}

static void
text_changed_cb (SondeComposer *self)
{
  self->sends_when_read = FALSE;
  update_state (self);
  if (self->draft_source == 0)
    self->draft_source = g_timeout_add (DRAFT_DELAY, draft_timeout_cb, self);
}

static void
preedit_changed_cb (SondeComposer *self, const char *preedit)
{
  self->has_preedit = *preedit != '\0';
  update_state (self);
}

static void
send_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeComposer *self = SONDE_COMPOSER (widget);
  g_autofree char *text = NULL;

  if (self->busy || (!has_text (self) && !has_files (self)) ||
      self->obstacle != SONDE_COMPOSER_OBSTACLE_NONE)
    return;
  if (is_reading (self)) {
    self->sends_when_read = TRUE;
    return;
  }

  text = g_strstrip (sonde_composer_get_text (self));
  g_signal_emit (self, signals[SEND], 0, text);
}

static void
attach_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeComposer *self = SONDE_COMPOSER (widget);

  if (self->conversation != NULL)
    sonde_attachment_input_choose (widget, sonde_conversation_get_attachments (self->conversation));
}

static void
begin_answer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeComposer *self = SONDE_COMPOSER (widget);

  gtk_widget_set_visible (self->beginning_row, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->beginning));
}

static void
end_beginning (SondeComposer *self)
{
  gtk_editable_set_text (self->beginning, "");
  gtk_widget_set_visible (self->beginning_row, FALSE);
}

static void
end_beginning_cb (SondeComposer *self)
{
  end_beginning (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
fix_cb (SondeComposer *self)
{
  SondeComposerObstacle obstacle = self->obstacle;
  GtkTextIter end;

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  if (obstacle != SONDE_COMPOSER_OBSTACLE_JSON) {
    sonde_composer_obstacle_remove_files (obstacle,
                                          sonde_conversation_get_attachments (self->conversation));
    return;
  }

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  if (has_text (self))
    gtk_text_buffer_insert (self->buffer, &end, "\n\n", -1);
  /* Translators: put behind a question; the word JSON must be in it */
  gtk_text_buffer_insert (self->buffer, &end, _ ("Answer in JSON."), -1);
}

/* The view has another buffer since its spelling is checked. */
static void
buffer_changed_cb (SondeComposer *self)
{
  self->buffer = gtk_text_view_get_buffer (self->view);
  g_signal_group_set_target (self->buffer_signals, self->buffer);
}

static void
notify_spelling_cb (SondeComposer *self)
{
  sonde_spelling_set_language (
    self->spelling,
    self->conversation != NULL ? sonde_conversation_get_spelling (self->conversation) : NULL);
}

static void
language_chosen_cb (SondeComposer *self)
{
  if (self->conversation != NULL)
    sonde_conversation_set_spelling (self->conversation,
                                     sonde_spelling_get_language (self->spelling));
}

static void
notify_check_spelling_cb (SondeComposer *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHECK_SPELLING]);
}

static void
paste_cb (SondeComposer *self, GtkTextView *view)
{
  sonde_spelling_start (self->spelling);
  if (self->conversation != NULL &&
      sonde_attachment_input_paste (GTK_WIDGET (self),
                                    sonde_conversation_get_attachments (self->conversation)))
    g_signal_stop_emission_by_name (view, "paste-clipboard");
}

static gboolean
drop_cb (SondeComposer *self, const GValue *value)
{
  return sonde_composer_attach (self, value);
}

static void
update_tokens (SondeComposer *self)
{
  g_autoptr (GPtrArray) files =
    self->conversation != NULL ? sonde_conversation_dup_attachments (self->conversation) : NULL;
  gint64 tokens = 0;

  for (guint i = 0; files != NULL && i < files->len; i++)
    tokens += sonde_attachment_get_tokens (g_ptr_array_index (files, i));
  sonde_context_meter_set_attachments (sonde_context_button_get_meter (self->context_button),
                                       tokens);
}

static void
files_changed_cb (SondeComposer *self)
{
  update_state (self);
  update_tokens (self);
  if (self->sends_when_read && !is_reading (self)) {
    self->sends_when_read = FALSE;
    gtk_widget_activate_action (GTK_WIDGET (self), "composer.send", NULL);
  }
}

/* All that was said is looked through, hence only when it has changed. */
static void
json_changed_cb (SondeComposer *self)
{
  self->json_was_said = self->conversation != NULL &&
                        sonde_conversation_get_json_output (self->conversation) &&
                        sonde_composer_obstacle_was_json_said (self->conversation);
  update_state (self);
}

static void
notify_json_output_cb (SondeComposer *self)
{
  json_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JSON_OUTPUT]);
}

static void
thinking_chosen_cb (SondeComposer *self, SondeThinkingSelector *selector)
{
  if (self->conversation != NULL)
    sonde_conversation_set_thinking (self->conversation,
                                     sonde_thinking_selector_get_thinking (selector));
  g_signal_emit (self, signals[THINKING_CHOSEN], 0);
}

/* Enter that sends is seen here before the text view sees it. The input method comes
 * first even so: with a candidate open, Enter is its key. */
static gboolean
key_pressed_cb (SondeComposer *self,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                GtkEventControllerKey *controller)
{
  const GdkModifierType modifiers =
    state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK);
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));

  if (!self->has_preedit)
    sonde_spelling_start (self->spelling);
  if (keyval == GDK_KEY_Escape && modifiers == 0 && self->busy) {
    if (!gtk_text_view_im_context_filter_keypress (self->view, event))
      gtk_widget_activate_action (GTK_WIDGET (self), "win.stop", NULL);
    return GDK_EVENT_STOP;
  }

  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter && keyval != GDK_KEY_ISO_Enter)
    return GDK_EVENT_PROPAGATE;
  if (modifiers != GDK_CONTROL_MASK && (modifiers != 0 || !self->enter_sends))
    return GDK_EVENT_PROPAGATE;

  if (!gtk_text_view_im_context_filter_keypress (self->view, event) && !self->has_preedit)
    gtk_widget_activate_action (GTK_WIDGET (self), "composer.send", NULL);

  return GDK_EVENT_STOP;
}

static void
height_changed_cb (SondeComposer *self)
{
  int others;

  if (self->surface == NULL)
    return;

  gtk_widget_measure (self->tools, GTK_ORIENTATION_VERTICAL, -1, NULL, &others, NULL, NULL);
  gtk_scrolled_window_set_max_content_height (
    self->scroller, MAX (1, (int) (gdk_surface_get_height (self->surface) * MAX_SHARE) - others));
}

static void
card_pressed_cb (SondeComposer *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
sonde_composer_realize (GtkWidget *widget)
{
  SondeComposer *self = SONDE_COMPOSER (widget);

  GTK_WIDGET_CLASS (sonde_composer_parent_class)->realize (widget);

  self->surface = gtk_native_get_surface (gtk_widget_get_native (widget));
  g_signal_connect_object (self->surface, "notify::height", G_CALLBACK (height_changed_cb), self,
                           G_CONNECT_SWAPPED);
  height_changed_cb (self);
}

static void
sonde_composer_unrealize (GtkWidget *widget)
{
  SondeComposer *self = SONDE_COMPOSER (widget);

  g_signal_handlers_disconnect_by_func (self->surface, height_changed_cb, self);
  self->surface = NULL;

  GTK_WIDGET_CLASS (sonde_composer_parent_class)->unrealize (widget);
}

static gboolean
sonde_composer_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SONDE_COMPOSER (widget)->view));
}

static void
sonde_composer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeComposer *self = SONDE_COMPOSER (object);

  switch (id) {
  case PROP_CONVERSATION:
    g_value_set_object (value, self->conversation);
    break;
  case PROP_MODEL:
    g_value_set_object (value, self->model);
    break;
  case PROP_BUSY:
    g_value_set_boolean (value, self->busy);
    break;
  case PROP_ENTER_SENDS:
    g_value_set_boolean (value, self->enter_sends);
    break;
  case PROP_CHECK_SPELLING:
    g_object_get_property (G_OBJECT (self->spelling), "enabled", value);
    break;
  case PROP_COMPACT:
    g_value_set_boolean (value, self->compact);
    break;
  case PROP_NARROW:
    g_value_set_boolean (value, self->narrow);
    break;
  case PROP_JSON_OUTPUT:
    g_value_set_boolean (value, self->conversation != NULL &&
                                  sonde_conversation_get_json_output (self->conversation));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_composer_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeComposer *self = SONDE_COMPOSER (object);

  switch (id) {
  case PROP_CONVERSATION:
    sonde_composer_set_conversation (self, g_value_get_object (value));
    break;
  case PROP_MODEL:
    if (g_set_object (&self->model, g_value_get_object (value))) {
      update_state (self);
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  case PROP_BUSY:
    if (self->busy != g_value_get_boolean (value)) {
      self->busy = g_value_get_boolean (value);
      update_state (self);
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  case PROP_ENTER_SENDS:
    if (self->enter_sends != g_value_get_boolean (value)) {
      self->enter_sends = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  case PROP_CHECK_SPELLING:
    g_object_set_property (G_OBJECT (self->spelling), "enabled", value);
    break;
  case PROP_COMPACT:
    if (self->compact != g_value_get_boolean (value)) {
      self->compact = g_value_get_boolean (value);
      if (self->compact)
        gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  case PROP_NARROW:
    if (self->narrow != g_value_get_boolean (value)) {
      self->narrow = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  case PROP_JSON_OUTPUT:
    if (self->conversation != NULL)
      sonde_conversation_set_json_output (self->conversation, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_composer_dispose (GObject *object)
{
  SondeComposer *self = SONDE_COMPOSER (object);

  if (self->view != NULL)
    sonde_composer_keep_draft (self);
  g_clear_handle_id (&self->draft_source, g_source_remove);
  g_clear_object (&self->buffer_signals);
  g_clear_object (&self->spelling);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_COMPOSER);
  self->view = NULL;
  g_clear_object (&self->signals);
  g_clear_object (&self->conversation);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (sonde_composer_parent_class)->dispose (object);
}

static void
sonde_composer_class_init (SondeComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_composer_get_property;
  object_class->set_property = sonde_composer_set_property;
  object_class->dispose = sonde_composer_dispose;

  widget_class->realize = sonde_composer_realize;
  widget_class->unrealize = sonde_composer_unrealize;
  widget_class->focus = sonde_focus_children;
  widget_class->grab_focus = sonde_composer_grab_focus;

  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, SONDE_TYPE_CONVERSATION, flags);
  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, SONDE_TYPE_MODEL_INFO, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_ENTER_SENDS] = g_param_spec_boolean ("enter-sends", NULL, NULL, TRUE, flags);
  properties[PROP_CHECK_SPELLING] =
    g_param_spec_boolean ("check-spelling", NULL, NULL, TRUE, flags);
  /**
   * SondeComposer:compact:
   *
   * Whether the window is so narrow for its text that every point counts.
   */
  properties[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE, flags);
  /**
   * SondeComposer:narrow:
   *
   * Whether there is no room for what need not be read.
   */
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  /**
   * SondeComposer:json-output:
   *
   * Whether answers of the conversation are to be JSON.
   */
  properties[PROP_JSON_OUTPUT] = g_param_spec_boolean ("json-output", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeComposer::send:
   * @self: the composer
   * @text: what to ask, without white space around it
   *
   * Somebody wants the text sent. It stays until somebody takes it away with
   * [method@Composer.set_text].
   */
  signals[SEND] = g_signal_new ("send", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * SondeComposer::thinking-chosen:
   * @self: the composer
   *
   * Somebody chose another level of thinking; the conversation has it already.
   */
  signals[THINKING_CHOSEN] = g_signal_new ("thinking-chosen", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "composer.send", NULL, send_action);

  g_type_ensure (SONDE_TYPE_CONTEXT_BUTTON);
  gtk_widget_class_install_action (widget_class, "composer.attach", NULL, attach_action);
  gtk_widget_class_install_action (widget_class, "composer.begin-answer", NULL,
                                   begin_answer_action);
  gtk_widget_class_install_property_action (widget_class, "composer.json-output", "json-output");

  g_type_ensure (ADW_TYPE_WRAP_BOX);
  g_type_ensure (SONDE_TYPE_ATTACHMENT_BAR);
  g_type_ensure (SONDE_TYPE_THINKING_SELECTOR);

  gtk_widget_class_set_css_name (widget_class, "composer");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/composer/sonde-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeComposer, beginning);
  gtk_widget_class_bind_template_child (widget_class, SondeComposer, beginning_row);
  gtk_widget_class_bind_template_child (widget_class, SondeComposer, card);
  gtk_widget_class_bind_template_child (widget_class, SondeComposer, context_button);
  gtk_widget_class_bind_template_child (widget_class, SondeComposer, files);
  gtk_widget_class_bind_template_child (widget_class, SondeComposer, obstacle_fix);
  gtk_widget_class_bind_template_child (widget_class, SondeComposer, obstacle_label);
  gtk_widget_class_bind_template_child (widget_class, SondeComposer, obstacle_row);
  gtk_widget_class_bind_template_child (widget_class, SondeComposer, options);
  gtk_widget_class_bind_template_child (widget_class, SondeComposer, options_button);
  gtk_widget_class_bind_template_child (widget_class, SondeComposer, placeholder);
  gtk_widget_class_bind_template_child (widget_class, SondeComposer, scroller);
  gtk_widget_class_bind_template_child (widget_class, SondeComposer, tools);
  gtk_widget_class_bind_template_child (widget_class, SondeComposer, view);
  gtk_widget_class_bind_template_callback (widget_class, card_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, end_beginning_cb);
  gtk_widget_class_bind_template_callback (widget_class, fix_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, paste_cb);
  gtk_widget_class_bind_template_callback (widget_class, preedit_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sonde_composer_keep_draft);
  gtk_widget_class_bind_template_callback (widget_class, thinking_chosen_cb);
}

static void
sonde_composer_init (SondeComposer *self)
{
  GtkDropTarget *target = sonde_attachment_input_new_drop_target ();

  self->enter_sends = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  sonde_late_menu_set_model (self->options_button, self->options);
  self->buffer_signals = g_signal_group_new (GTK_TYPE_TEXT_BUFFER);
  g_signal_group_connect_swapped (self->buffer_signals, "changed", G_CALLBACK (text_changed_cb),
                                  self);
  g_signal_connect_swapped (self->view, "notify::buffer", G_CALLBACK (buffer_changed_cb), self);
  buffer_changed_cb (self);
  self->spelling = sonde_spelling_new (self->view);
  g_signal_connect_swapped (self->spelling, "notify::enabled",
                            G_CALLBACK (notify_check_spelling_cb), self);
  g_signal_connect_swapped (self->spelling, "notify::language", G_CALLBACK (language_chosen_cb),
                            self);
  self->signals = g_signal_group_new (SONDE_TYPE_CONVERSATION);
  g_signal_group_connect_swapped (self->signals, "notify::attachments",
                                  G_CALLBACK (files_changed_cb), self);
  g_signal_group_connect_swapped (self->signals, "notify::json-output",
                                  G_CALLBACK (notify_json_output_cb), self);
  g_signal_group_connect_swapped (self->signals, "notify::spelling",
                                  G_CALLBACK (notify_spelling_cb), self);
  g_signal_group_connect_swapped (self->signals, "notify::leaf-id", G_CALLBACK (json_changed_cb),
                                  self);
  g_signal_group_connect_swapped (self->signals, "summary-changed", G_CALLBACK (json_changed_cb),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::loaded", G_CALLBACK (json_changed_cb),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::system-prompt",
                                  G_CALLBACK (json_changed_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  update_state (self);
}

/**
 * sonde_composer_new:
 *
 * Returns: (transfer floating): a composer without a conversation
 */
GtkWidget *
sonde_composer_new (void)
{
  return g_object_new (SONDE_TYPE_COMPOSER, NULL);
}

/**
 * sonde_composer_get_conversation:
 * @self: a composer
 *
 * Returns: (transfer none) (nullable): the conversation that is written for
 */
SondeConversation *
sonde_composer_get_conversation (SondeComposer *self)
{
  g_return_val_if_fail (SONDE_IS_COMPOSER (self), NULL);

  return self->conversation;
}

/**
 * sonde_composer_set_conversation:
 * @self: a composer
 * @conversation: (nullable): the conversation to write for
 *
 * Keeps what was written for the last one as its draft, and shows that of @conversation.
 */
void
sonde_composer_set_conversation (SondeComposer *self, SondeConversation *conversation)
{
  g_return_if_fail (SONDE_IS_COMPOSER (self));
  g_return_if_fail (conversation == NULL || SONDE_IS_CONVERSATION (conversation));

  if (self->conversation == conversation)
    return;

  sonde_composer_keep_draft (self);
  g_set_object (&self->conversation, conversation);
  g_signal_group_set_target (self->signals, conversation);
  sonde_attachment_bar_set_list (
    self->files, conversation != NULL ? sonde_conversation_get_attachments (conversation) : NULL);
  end_beginning (self);
  sonde_composer_set_text (self, conversation != NULL ? sonde_conversation_get_draft (conversation)
                                                      : NULL);
  notify_spelling_cb (self);
  notify_json_output_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
  /* The meter has the conversation only now. */
  update_tokens (self);
}

/**
 * sonde_composer_get_text:
 * @self: a composer
 *
 * Returns: (transfer full): what is written
 */
char *
sonde_composer_get_text (SondeComposer *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (SONDE_IS_COMPOSER (self), NULL);

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);

  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

/**
 * sonde_composer_set_text:
 * @self: a composer
 * @text: (nullable): what is written from now on
 *
 * The cursor goes behind the text. What was there cannot be brought back by Undo: it
 * belongs to another question.
 */
void
sonde_composer_set_text (SondeComposer *self, const char *text)
{
  g_return_if_fail (SONDE_IS_COMPOSER (self));

  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, text != NULL ? text : "", -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  gtk_text_view_scroll_mark_onscreen (self->view, gtk_text_buffer_get_insert (self->buffer));
  sonde_composer_keep_draft (self);
}

/**
 * sonde_composer_keep_draft:
 * @self: a composer
 *
 * Hands what is written to the conversation at once, before something ends.
 */
void
sonde_composer_keep_draft (SondeComposer *self)
{
  g_autofree char *text = NULL;

  g_return_if_fail (SONDE_IS_COMPOSER (self));

  g_clear_handle_id (&self->draft_source, g_source_remove);
  if (self->conversation == NULL)
    return;

  text = sonde_composer_get_text (self);
  sonde_conversation_set_draft (self->conversation, *text != '\0' ? text : NULL);
}

/**
 * sonde_composer_set_context:
 * @self: a composer
 * @context: the services, for what the context and the hour cost
 */
void
sonde_composer_set_context (SondeComposer *self, SondeChatContext *context)
{
  g_return_if_fail (SONDE_IS_COMPOSER (self));

  sonde_context_button_set_context (self->context_button, context);
}

/**
 * sonde_composer_get_meter:
 * @self: a composer
 *
 * Returns: (transfer none): what reckons how much would be sent
 */
SondeContextMeter *
sonde_composer_get_meter (SondeComposer *self)
{
  g_return_val_if_fail (SONDE_IS_COMPOSER (self), NULL);

  return sonde_context_button_get_meter (self->context_button);
}

/**
 * sonde_composer_get_beginning:
 * @self: a composer
 *
 * Returns: (nullable): what the answer is to start with; it belongs to the next question alone
 */
const char *
sonde_composer_get_beginning (SondeComposer *self)
{
  const char *text;

  g_return_val_if_fail (SONDE_IS_COMPOSER (self), NULL);

  text = gtk_editable_get_text (self->beginning);

  return *text != '\0' ? text : NULL;
}

/**
 * sonde_composer_clear:
 * @self: a composer
 *
 * Takes away what was sent.
 */
void
sonde_composer_clear (SondeComposer *self)
{
  g_return_if_fail (SONDE_IS_COMPOSER (self));

  end_beginning (self);
  sonde_composer_set_text (self, NULL);
}

/**
 * sonde_composer_attach:
 * @self: a composer
 * @value: files or an image, as they are dropped
 *
 * Adds them to the files of the draft.
 *
 * Returns: whether it was something to attach
 */
gboolean
sonde_composer_attach (SondeComposer *self, const GValue *value)
{
  g_return_val_if_fail (SONDE_IS_COMPOSER (self), FALSE);

  if (self->conversation == NULL ||
      !sonde_attachment_input_take (sonde_conversation_get_attachments (self->conversation), value))
    return FALSE;

  gtk_widget_grab_focus (GTK_WIDGET (self->view));

  return TRUE;
}
