/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-turn.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sonde-attachment-bar.h"
#include "sonde-json-view.h"
#include "sonde-notice.h"
#include "sonde-reading.h"
#include "sonde-reasoning.h"
#include "sonde-summary-note.h"
#include "sonde-text-block.h"
#include "sonde-token-view.h"
#include "sonde-tool-call.h"
#include "sonde-turn-editor.h"
#include "sonde-turn-footer.h"

#define MIN_BUBBLE_WIDTH 3.0 /* of its text, as parts of the font's size */
#define MAX_BUBBLE_WIDTH 46.0

/* What is shown of a call of a tool and of its result */
#define MAX_LITERAL   2000 /* bytes */
#define LITERAL_LINES 6

/**
 * SondeTurn:
 *
 * One message: a bubble for what the person wrote, flat text for an answer with
 * its reasoning above and its calls of tools, its notices and its footer below; what a
 * tool answered as it is.
 *
 * What changes in the message is taken up once per frame.
 */
struct _SondeTurn {
  GtkWidget parent_instance;

  SondeMessage *message;
  char *model_name;
  gboolean last;
  gsize changed_from[2];  /* by SondeTextKind: what the view lacks begins here */
  gboolean noticed;       /* whether the notice fits the message's state */
  gboolean expanded;      /* whether the reasoning is open, or is to be as soon as there is one */
  gboolean probabilities; /* whether the answer is shown as its tokens */
  guint tick;

  GtkWidget *bubble;
  GtkWidget *editor; /* in its place, or NULL */
  GtkWidget *reasoning;
  GtkWidget *waiting; /* the row with the spinner */
  GtkLabel *waiting_label;
  GtkWidget *document;
  GtkWidget *view;   /* in place of the document: of JSON, or of tokens; or NULL */
  GtkWidget *calls;  /* of tools, or NULL */
  GtkWidget *result; /* of a tool, or NULL */
  GtkWidget *notice;
  GtkWidget *footer;
  GtkWidget *summary; /* the note that stands for all up to here, or NULL */
};

enum { SIGNAL_TOGGLE, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeTurn, sonde_turn, GTK_TYPE_WIDGET)

/* --- a question --------------------------------------------------------------- */

static void
update_bubble (SondeTurn *self)
{
  const char *text = sonde_message_get_text (self->message, SONDE_TEXT_CONTENT);
  gsize length = sonde_message_get_text_length (self->message, SONDE_TEXT_CONTENT);
  GtkWidget *child;
  SondeTranscriptPosition place = { sonde_message_get_id (self->message), SONDE_TEXT_CONTENT, 0, 0,
                                    0 };
  gsize from = 0;

  while ((child = gtk_widget_get_first_child (self->bubble)) != NULL)
    gtk_box_remove (GTK_BOX (self->bubble), child);
  do {
    gsize to = sonde_reading_find_piece_end (text, length, from);
    GtkWidget *piece = sonde_text_block_new (GTK_ACCESSIBLE_ROLE_PARAGRAPH);

    sonde_text_block_set_fits (SONDE_TEXT_BLOCK (piece), MIN_BUBBLE_WIDTH, MAX_BUBBLE_WIDTH);
    sonde_text_block_set_plain (SONDE_TEXT_BLOCK (piece), text + from,
                                to - from - (to > from && text[to - 1] == '\n' ? 1 : 0));
    sonde_text_block_set_place (SONDE_TEXT_BLOCK (piece), &place);
    gtk_box_append (GTK_BOX (self->bubble), piece);
    place.block++;
    from = to;
  } while (from < length);
  /* The files alone are a question, too. */
  gtk_widget_set_visible (self->bubble, self->editor == NULL && length > 0);
}

static void
make_question (SondeTurn *self)
{
  GPtrArray *attachments = sonde_message_get_attachments (self->message);

  gtk_widget_add_css_class (GTK_WIDGET (self), "question");
  if (attachments != NULL) {
    GtkWidget *files = sonde_attachment_bar_new_for_message (attachments);

    gtk_widget_set_halign (files, GTK_ALIGN_END);
    gtk_widget_set_parent (files, GTK_WIDGET (self));
  }
  self->bubble = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->bubble, "bubble");
  gtk_widget_set_halign (self->bubble, GTK_ALIGN_END);
  gtk_widget_set_parent (self->bubble, GTK_WIDGET (self));
  self->footer = sonde_turn_footer_new ();
  gtk_widget_set_halign (self->footer, GTK_ALIGN_END);
  gtk_widget_set_parent (self->footer, GTK_WIDGET (self));
}

static void
show_text (SondeTurn *self, gboolean shown)
{
  if (self->bubble != NULL)
    gtk_widget_set_visible (
      self->bubble, shown && sonde_message_get_text_length (self->message, SONDE_TEXT_CONTENT) > 0);
  else
    gtk_widget_set_visible (self->document, shown && self->view == NULL);
  if (self->view != NULL)
    gtk_widget_set_visible (self->view, shown);
}

static void
end_editing (SondeTurn *self)
{
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self)) == self->editor;

  g_clear_pointer (&self->editor, gtk_widget_unparent);
  show_text (self, TRUE);
  gtk_widget_set_visible (self->footer, TRUE);
  if (focused)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
edited_cb (SondeTurn *self, const char *text)
{
  g_autofree char *copy = g_strdup (text);

  end_editing (self);
  if (strcmp (copy, sonde_message_get_text (self->message, SONDE_TEXT_CONTENT)) != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.message-edit-done", "(xs)",
                                sonde_message_get_id (self->message), copy);
}

/* Saving what was not changed changes nothing; going on from it does. */
static void
go_on_cb (SondeTurn *self, const char *text)
{
  g_autofree char *copy = g_strdup (text);

  end_editing (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.message-go-on", "(xs)",
                              sonde_message_get_id (self->message), copy);
}

/* --- an answer ---------------------------------------------------------------- */

static void
toggle_cb (SondeTurn *self, SondeReasoning *reasoning)
{
  g_signal_emit (self, signals[SIGNAL_TOGGLE], 0, reasoning);
}

static void
make_answer (SondeTurn *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "answer");
  self->document = sonde_document_new (SONDE_TEXT_CONTENT);
  gtk_widget_set_parent (self->document, GTK_WIDGET (self));
  self->footer = sonde_turn_footer_new ();
  gtk_widget_set_parent (self->footer, GTK_WIDGET (self));
}

static void
update_reasoning (SondeTurn *self)
{
  gboolean present = sonde_message_get_text_length (self->message, SONDE_TEXT_REASONING) > 0 ||
                     sonde_message_get_phase (self->message) == SONDE_PHASE_THINKING;

  if (self->reasoning == NULL && present) {
    self->reasoning = sonde_reasoning_new ();
    g_signal_connect_swapped (self->reasoning, "toggle", G_CALLBACK (toggle_cb), self);
    gtk_widget_insert_after (self->reasoning, GTK_WIDGET (self), NULL);
    sonde_reasoning_set_expanded (SONDE_REASONING (self->reasoning), self->expanded);
  }
  if (self->reasoning != NULL) {
    gtk_widget_set_visible (self->reasoning, present);
    sonde_reasoning_update (SONDE_REASONING (self->reasoning), self->message,
                            self->changed_from[SONDE_TEXT_REASONING]);
  }
}

static const char *
describe_waiting (SondeTurn *self)
{
  if (sonde_message_get_state (self->message) != SONDE_MESSAGE_STREAMING ||
      sonde_message_get_text_length (self->message, SONDE_TEXT_CONTENT) > 0)
    return NULL;

  switch (sonde_message_get_phase (self->message)) {
  case SONDE_PHASE_CONNECTING:
    return _ ("Connecting…");
  case SONDE_PHASE_QUEUED:
    return _ ("Waiting in the queue…");
  case SONDE_PHASE_NONE:
  case SONDE_PHASE_THINKING:
  case SONDE_PHASE_ANSWERING:
  case SONDE_PHASE_STALLED:
  case SONDE_PHASE_RETRYING:
  case SONDE_PHASE_OFFLINE:
    break;
  }

  return NULL;
}

static void
update_waiting (SondeTurn *self)
{
  const char *text = describe_waiting (self);

  if (text == NULL) {
    g_clear_pointer (&self->waiting, gtk_widget_unparent);
    return;
  }
  if (self->waiting == NULL) {
    self->waiting = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
    gtk_widget_add_css_class (self->waiting, "waiting");
    /* AdwSpinner turns even where animations are switched off. */
    if (adw_get_enable_animations (GTK_WIDGET (self)))
      gtk_box_append (GTK_BOX (self->waiting), adw_spinner_new ());
    self->waiting_label = GTK_LABEL (gtk_label_new (NULL));
    gtk_box_append (GTK_BOX (self->waiting), GTK_WIDGET (self->waiting_label));
    gtk_widget_insert_before (self->waiting, GTK_WIDGET (self), self->document);
  }
  gtk_label_set_label (self->waiting_label, text);
}

/* Once it has ended, an answer may be shown as what it was made of, and one that was to be JSON
 * is shown as such. */
static void
update_view (SondeTurn *self)
{
  g_clear_pointer (&self->view, gtk_widget_unparent);
  if (self->probabilities)
    self->view = sonde_token_view_new (self->message);
  if (self->view == NULL && sonde_message_get_state (self->message) != SONDE_MESSAGE_STREAMING &&
      sonde_message_get_text_length (self->message, SONDE_TEXT_CONTENT) > 0 &&
      sonde_message_details_get_json_output (sonde_message_get_details (self->message)))
    self->view = sonde_json_view_new (self->message);
  if (self->view != NULL)
    gtk_widget_insert_after (self->view, GTK_WIDGET (self), self->document);
  show_text (self, self->editor == NULL);
}

static void
update_notice (SondeTurn *self)
{
  if (!self->noticed) {
    g_clear_pointer (&self->notice, gtk_widget_unparent);
    self->notice = sonde_notice_new_for_message (self->message);
    if (self->notice != NULL)
      gtk_widget_insert_after (self->notice, GTK_WIDGET (self),
                               self->calls != NULL  ? self->calls
                               : self->view != NULL ? self->view
                                                    : self->document);
    self->noticed = TRUE;
  }
  if (self->notice != NULL)
    sonde_notice_set_last (SONDE_NOTICE (self->notice), self->last);
}

static void
update_footer (SondeTurn *self)
{
  gboolean shown =
    self->editor == NULL && sonde_message_get_state (self->message) != SONDE_MESSAGE_STREAMING;

  gtk_widget_set_visible (self->footer, shown);
  if (shown)
    sonde_turn_footer_update (SONDE_TURN_FOOTER (self->footer), self->message, self->last);
}

/* --- a note that stands for all up to here --------------------------------------- */

static void
toggle_summary_cb (SondeTurn *self)
{
  g_signal_emit (self, signals[SIGNAL_TOGGLE], 0, self->summary);
}

static void
update_summary (SondeTurn *self)
{
  gboolean focused =
    self->summary != NULL && gtk_widget_get_focus_child (GTK_WIDGET (self)) == self->summary;

  g_clear_pointer (&self->summary, gtk_widget_unparent);
  self->summary = sonde_summary_note_new_for_message (self->message);
  if (self->summary != NULL) {
    g_signal_connect_swapped (self->summary, "toggle", G_CALLBACK (toggle_summary_cb), self);
    gtk_widget_set_parent (self->summary, GTK_WIDGET (self));
  }
  /* The button that was pressed is gone. */
  if (focused)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* --- tools -------------------------------------------------------------------- */

/* What programs say to one another, as it was said, in a few lines. */
static GtkWidget *
make_literal (const char *text)
{
  g_autofree char *cut = g_utf8_make_valid (text, (gssize) MIN (strlen (text), MAX_LITERAL));
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", cut, "xalign", 0.0f, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, "lines", LITERAL_LINES,
                                   "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  gtk_widget_add_css_class (label, "literal");

  return label;
}

static void
update_calls (SondeTurn *self)
{
  GPtrArray *calls = sonde_message_get_details (self->message) != NULL
                       ? sonde_message_get_details (self->message)->tool_calls
                       : NULL;

  g_clear_pointer (&self->calls, gtk_widget_unparent);
  if (calls == NULL || calls->len == 0)
    return;

  self->calls = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->calls, "calls");
  for (guint i = 0; i < calls->len; i++) {
    const SondeToolCall *call = g_ptr_array_index (calls, i);
    g_autofree char *text = g_strdup_printf ("%s(%s)", call->name != NULL ? call->name : "",
                                             call->arguments != NULL ? call->arguments : "");

    gtk_box_append (GTK_BOX (self->calls), make_literal (text));
  }
  gtk_widget_insert_after (self->calls, GTK_WIDGET (self), self->document);
}

/* The result of a call. */
static void
update_result (SondeTurn *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->result)) != NULL)
    gtk_box_remove (GTK_BOX (self->result), child);
  gtk_box_append (GTK_BOX (self->result),
                  make_literal (sonde_message_get_text (self->message, SONDE_TEXT_CONTENT)));
}

static void
make_result (SondeTurn *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "result");
  self->result = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->result, GTK_WIDGET (self));
  self->footer = sonde_turn_footer_new ();
  gtk_widget_set_parent (self->footer, GTK_WIDGET (self));
}

/* --- once per frame ------------------------------------------------------------ */

static void
update (SondeTurn *self)
{
  if (self->bubble != NULL) {
    if (self->changed_from[SONDE_TEXT_CONTENT] != G_MAXSIZE)
      update_bubble (self);
  } else if (self->result != NULL) {
    if (self->changed_from[SONDE_TEXT_CONTENT] != G_MAXSIZE)
      update_result (self);
  } else {
    update_reasoning (self);
    update_waiting (self);
    sonde_document_show_message (SONDE_DOCUMENT (self->document), self->message,
                                 self->changed_from[SONDE_TEXT_CONTENT]);
    if (!self->noticed) {
      update_calls (self);
      update_view (self);
    }
    update_notice (self);
  }
  update_footer (self);
  self->changed_from[SONDE_TEXT_CONTENT] = G_MAXSIZE;
  self->changed_from[SONDE_TEXT_REASONING] = G_MAXSIZE;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *frame_clock, gpointer data)
{
  SondeTurn *self = SONDE_TURN (widget);

  self->tick = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

static void
queue_update (SondeTurn *self)
{
  if (!gtk_widget_get_realized (GTK_WIDGET (self)))
    update (self);
  else if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
text_changed_cb (SondeTurn *self, SondeTextKind kind, guint64 offset)
{
  self->changed_from[kind] = MIN (self->changed_from[kind], (gsize) offset);
  queue_update (self);
}

static void
notify_cb (SondeTurn *self)
{
  self->noticed = FALSE;
  queue_update (self);
}

static void
sonde_turn_unrealize (GtkWidget *widget)
{
  SondeTurn *self = SONDE_TURN (widget);

  if (self->tick != 0) {
    gtk_widget_remove_tick_callback (widget, self->tick);
    self->tick = 0;
    if (!gtk_widget_in_destruction (widget))
      update (self);
  }

  GTK_WIDGET_CLASS (sonde_turn_parent_class)->unrealize (widget);
}

static void
sonde_turn_dispose (GObject *object)
{
  SondeTurn *self = SONDE_TURN (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->message);

  G_OBJECT_CLASS (sonde_turn_parent_class)->dispose (object);
}

static void
sonde_turn_finalize (GObject *object)
{
  g_free (SONDE_TURN (object)->model_name);

  G_OBJECT_CLASS (sonde_turn_parent_class)->finalize (object);
}

static void
sonde_turn_class_init (SondeTurnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_turn_dispose;
  object_class->finalize = sonde_turn_finalize;
  widget_class->unrealize = sonde_turn_unrealize;

  /**
   * SondeTurn::toggle:
   * @self: a turn
   * @widget: what is about to be opened or closed by the person who reads
   *
   * The widget is to stay where it is on the screen.
   */
  signals[SIGNAL_TOGGLE] = g_signal_new ("toggle", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, GTK_TYPE_WIDGET);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "turn");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ARTICLE);
}

static void
sonde_turn_init (SondeTurn *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/**
 * sonde_turn_new:
 * @message: what was said
 *
 * Returns: (transfer floating): its turn in the transcript
 */
GtkWidget *
sonde_turn_new (SondeMessage *message)
{
  static const char *const watched[] = { "state",
                                         "phase",
                                         "failure",
                                         "finish-reason",
                                         "usage",
                                         "thinking-started-at",
                                         "thinking-duration",
                                         "version",
                                         "n-versions" };
  SondeTurn *self = g_object_new (SONDE_TYPE_TURN, NULL);

  self->message = g_object_ref (message);
  switch (sonde_message_get_role (message)) {
  case SONDE_ROLE_USER:
    make_question (self);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("You"),
                                    -1);
    break;
  case SONDE_ROLE_TOOL:
    make_result (self);
    /* Translators: the name of what a function that the model called gave back */
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Tool"), -1);
    break;
  case SONDE_ROLE_SYSTEM:
  case SONDE_ROLE_ASSISTANT:
    make_answer (self);
    break;
  }
  update (self);

  g_signal_connect_object (message, "text-changed", G_CALLBACK (text_changed_cb), self,
                           G_CONNECT_SWAPPED);
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++) {
    g_autofree char *signal = g_strconcat ("notify::", watched[i], NULL);
    g_signal_connect_object (message, signal, G_CALLBACK (notify_cb), self, G_CONNECT_SWAPPED);
  }
  update_summary (self);
  g_signal_connect_object (message, "notify::summary", G_CALLBACK (update_summary), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * sonde_turn_get_message:
 * @self: a turn
 *
 * Returns: (transfer none): what was said
 */
SondeMessage *
sonde_turn_get_message (SondeTurn *self)
{
  g_return_val_if_fail (SONDE_IS_TURN (self), NULL);

  return self->message;
}

/**
 * sonde_turn_get_document:
 * @self: a turn
 * @kind: which text of the message
 *
 * Returns: (transfer none) (nullable): what shows it, or %NULL where it is not shown as Markdown
 *   or not open
 */
SondeDocument *
sonde_turn_get_document (SondeTurn *self, SondeTextKind kind)
{
  g_return_val_if_fail (SONDE_IS_TURN (self), NULL);

  if (kind == SONDE_TEXT_REASONING)
    return self->reasoning != NULL
             ? sonde_reasoning_get_document (SONDE_REASONING (self->reasoning))
             : NULL;

  return self->document != NULL ? SONDE_DOCUMENT (self->document) : NULL;
}

/**
 * sonde_turn_get_expanded:
 * @self: a turn
 *
 * Returns: whether its reasoning is open
 */
gboolean
sonde_turn_get_expanded (SondeTurn *self)
{
  g_return_val_if_fail (SONDE_IS_TURN (self), FALSE);

  return self->reasoning != NULL ? sonde_reasoning_get_expanded (SONDE_REASONING (self->reasoning))
                                 : self->expanded;
}

/**
 * sonde_turn_set_expanded:
 * @self: a turn
 * @expanded: whether to open its reasoning
 */
void
sonde_turn_set_expanded (SondeTurn *self, gboolean expanded)
{
  g_return_if_fail (SONDE_IS_TURN (self));

  self->expanded = expanded;
  if (self->reasoning != NULL)
    sonde_reasoning_set_expanded (SONDE_REASONING (self->reasoning), expanded);
}

/**
 * sonde_turn_get_editing:
 * @self: a turn
 *
 * Returns: whether somebody is writing its text anew
 */
gboolean
sonde_turn_get_editing (SondeTurn *self)
{
  g_return_val_if_fail (SONDE_IS_TURN (self), FALSE);

  return self->editor != NULL;
}

/**
 * sonde_turn_get_probabilities:
 * @self: a turn
 *
 * Returns: whether it shows how likely each of its tokens was
 */
gboolean
sonde_turn_get_probabilities (SondeTurn *self)
{
  g_return_val_if_fail (SONDE_IS_TURN (self), FALSE);

  return self->probabilities;
}

/**
 * sonde_turn_set_probabilities:
 * @self: a turn
 * @probabilities: whether to show how likely each of its tokens was, where that came
 */
void
sonde_turn_set_probabilities (SondeTurn *self, gboolean probabilities)
{
  gboolean focused;

  g_return_if_fail (SONDE_IS_TURN (self));

  if (self->document == NULL || self->probabilities == probabilities)
    return;

  focused = self->view != NULL && gtk_widget_get_focus_child (GTK_WIDGET (self)) == self->view;
  self->probabilities = probabilities;
  update_view (self);
  if (focused)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/**
 * sonde_turn_edit:
 * @self: a turn
 * @enter_sends: whether Enter saves and Shift+Enter breaks the line
 *
 * Lets the text be written anew in its place. When it is done, the turn activates
 * `win.message-edit-done` with the number of the message and the new text, or
 * `win.message-go-on` where a model is to go on from it.
 */
void
sonde_turn_edit (SondeTurn *self, gboolean enter_sends)
{
  g_return_if_fail (SONDE_IS_TURN (self));

  if ((self->bubble == NULL && self->document == NULL) ||
      sonde_message_get_state (self->message) == SONDE_MESSAGE_STREAMING)
    return;

  if (self->editor == NULL) {
    const char *text = sonde_message_get_text (self->message, SONDE_TEXT_CONTENT);

    self->editor = self->bubble != NULL ? sonde_turn_editor_new (text, enter_sends)
                                        : sonde_turn_editor_new_for_answer (text, enter_sends);
    g_signal_connect_swapped (self->editor, "go-on", G_CALLBACK (go_on_cb), self);
    g_signal_connect_swapped (self->editor, "done", G_CALLBACK (edited_cb), self);
    g_signal_connect_swapped (self->editor, "cancelled", G_CALLBACK (end_editing), self);
    gtk_widget_insert_after (self->editor, GTK_WIDGET (self),
                             self->bubble != NULL ? self->bubble
                             : self->view != NULL ? self->view
                                                  : self->document);
    show_text (self, FALSE);
    gtk_widget_set_visible (self->footer, FALSE);
  }
  gtk_widget_grab_focus (self->editor);
}

/**
 * sonde_turn_set_position:
 * @self: a turn
 * @position: which one it is, from 1 on
 * @n_turns: how many there are, with those that are far away
 *
 * Tells assistive technology where it stands.
 */
void
sonde_turn_set_position (SondeTurn *self, guint position, guint n_turns)
{
  g_return_if_fail (SONDE_IS_TURN (self));

  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                  (int) position, GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) n_turns,
                                  -1);
}

/**
 * sonde_turn_set_model_name:
 * @self: a turn
 * @name: the name for people of the model that answered
 */
void
sonde_turn_set_model_name (SondeTurn *self, const char *name)
{
  g_return_if_fail (SONDE_IS_TURN (self));

  if (self->document != NULL && g_set_str (&self->model_name, name))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * sonde_turn_set_last:
 * @self: a turn
 * @last: whether it is the last one: its footer is always shown, and it can be asked for again
 */
void
sonde_turn_set_last (SondeTurn *self, gboolean last)
{
  g_return_if_fail (SONDE_IS_TURN (self));

  last = !!last;
  if (self->last == last)
    return;

  self->last = last;
  if (last)
    gtk_widget_add_css_class (GTK_WIDGET (self), "last");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "last");
  if (self->document != NULL)
    update_notice (self);
  update_footer (self);
}
