/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-transcript.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sonde-find-bar.h"
#include "sonde-footnotes.h"
#include "sonde-link-target.h"
#include "sonde-markdown.h"
#include "sonde-notice.h"
#include "sonde-model-info.h"
#include "sonde-selection-input.h"
#include "sonde-selection.h"
#include "sonde-transcript-resources.h"
#include "sonde-turn-column.h"
#include "sonde-turn.h"

#define RESOURCES "/io/github/sondechat/Sonde/transcript/"

#define MAX_ANNOUNCEMENT 2000 /* bytes of an answer that are read out when it is there */

/* How large the text is at zoom 1, as a part of the desktop's font size. */
#define FONT_SIZE 1.06

/**
 * SondeTranscript:
 *
 * The messages of a conversation, to be read: they are in a column that follows what
 * is said or holds what is read, with a button that leads back to the end.
 */
struct _SondeTranscript {
  GtkWidget parent_instance;

  GtkWidget *overlay;
  SondeTurnColumn *column;
  GtkBox *box;
  SondeFindBar *find_bar; /* or NULL: made when something is looked for */
  GtkWidget *to_bottom;
  GtkWidget *news; /* the mark on it */

  SondeSelection *selection;
  SondeSelectionInput *selection_input;
  SondeConversation *conversation;
  GListModel *messages;
  GListModel *models;
  SondeMessage *last;     /* message, the only one that can be on its way */
  gboolean streaming;     /* as of the last look: to be announced when it is there */
  GHashTable *places;     /* by conversation id: where it was left, of type SondeTurnPlace */
  SondeTurnPlace *wanted; /* where to go as soon as its message is there, or NULL */
  char **wanted_words;    /* what to look for there, or NULL */
  double zoom;
  GtkCssProvider *zoom_style;
  gboolean enter_sends;
  gboolean compact;
  char *code_scheme;
};

enum {
  PROP_CONVERSATION = 1,
  PROP_CODE_SCHEME,
  PROP_COMPACT,
  PROP_ENTER_SENDS,
  PROP_ZOOM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum { SIGNAL_ANNOUNCED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeTranscript, sonde_transcript, GTK_TYPE_WIDGET)

/* --- turns -------------------------------------------------------------------- */

static void
update_name (SondeTranscript *self, SondeTurn *turn)
{
  g_autofree char *name = sonde_transcript_dup_model_name (
    self, sonde_message_get_model_id (sonde_turn_get_message (turn)));

  sonde_turn_set_model_name (turn, name);
}

static void
turn_added_cb (SondeTranscript *self, SondeTurn *turn)
{
  update_name (self, turn);
}

static void
models_changed_cb (SondeTranscript *self)
{
  for (guint i = 0; i < sonde_turn_column_get_n_turns (self->column); i++) {
    GtkWidget *turn = sonde_turn_column_get_turn (self->column, i);

    if (turn != NULL)
      update_name (self, SONDE_TURN (turn));
  }
}

/* --- end ---------------------------------------------------------------------- */

static void
to_bottom_cb (SondeTranscript *self)
{
  sonde_turn_column_follow (self->column);
}

static void
set_news (SondeTranscript *self, gboolean news)
{
  if (gtk_widget_get_visible (self->news) == news)
    return;

  gtk_widget_set_visible (self->news, news);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->to_bottom),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, news ? _ ("New text") : "",
                                  -1);
}

static void
notify_following_cb (SondeTranscript *self)
{
  gboolean following = sonde_turn_column_get_following (self->column);

  if (following)
    set_news (self, FALSE);
  gtk_widget_set_visible (self->to_bottom, !following);
}

/* --- news --------------------------------------------------------------------- */

/* What is read in the beginning of a message, without marks, a line for each block. */
static char *
dup_beginning (SondeMessage *message)
{
  g_autoptr (SondeMarkdown) markdown = sonde_markdown_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  const char *source = sonde_message_get_text (message, SONDE_TEXT_CONTENT);
  gsize length = sonde_message_get_text_length (message, SONDE_TEXT_CONTENT);

  if (length > MAX_ANNOUNCEMENT)
    length = (gsize) (g_utf8_find_prev_char (source, source + MAX_ANNOUNCEMENT + 1) - source);
  sonde_markdown_set_text (markdown, source != NULL ? source : "", (gssize) length);
  for (guint i = 0; i < sonde_markdown_get_n_blocks (markdown); i++) {
    const SondeMarkdownBlock *block = sonde_markdown_get_block (markdown, i);

    if (block->text.length > 0)
      g_string_append_printf (text, "%s\n", block->text.text);
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Tells assistive technology of the last answer, once and without hurry: what is read of it where
 * it is there, then what its notice says. */
static void
announce (SondeTranscript *self, const char *text)
{
  g_autofree char *name =
    sonde_transcript_dup_model_name (self, sonde_message_get_model_id (self->last));
  g_autofree char *sentence = sonde_notice_describe (self->last);
  g_autofree char *announcement =
    g_strdup_printf ("%s: %s%s", name, text, sentence != NULL ? sentence : "");

  if (*text != '\0' || sentence != NULL)
    g_signal_emit (self, signals[SIGNAL_ANNOUNCED], 0, announcement);
}

static void
notify_state_cb (SondeTranscript *self)
{
  SondeMessageState state = sonde_message_get_state (self->last);
  gboolean ended = self->streaming && state != SONDE_MESSAGE_STREAMING;

  self->streaming = state == SONDE_MESSAGE_STREAMING;
  if (ended && state == SONDE_MESSAGE_COMPLETE) {
    g_autofree char *text = dup_beginning (self->last);

    announce (self, text);
  } else if (ended && state != SONDE_MESSAGE_STOPPED) { /* who has stopped it knows */
    announce (self, "");
  }
}

/* It waits: for the next try, for a network, or for a word of the service. */
static void
notify_phase_cb (SondeTranscript *self)
{
  if (self->streaming)
    announce (self, "");
}

static void
text_changed_cb (SondeTranscript *self)
{
  if (!sonde_turn_column_get_following (self->column))
    set_news (self, TRUE);
}

static void
forget_last (SondeTranscript *self)
{
  if (self->last != NULL)
    g_signal_handlers_disconnect_by_data (self->last, self);
  g_clear_object (&self->last);
}

static void
watch_last (SondeTranscript *self)
{
  guint n = self->messages != NULL ? g_list_model_get_n_items (self->messages) : 0;
  g_autoptr (SondeMessage) last = n > 0 ? g_list_model_get_item (self->messages, n - 1) : NULL;

  if (self->last == last)
    return;

  forget_last (self);
  if (last == NULL)
    return;
  self->last = g_object_ref (last);
  self->streaming = sonde_message_get_state (last) == SONDE_MESSAGE_STREAMING;
  g_signal_connect_object (last, "notify::state", G_CALLBACK (notify_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (last, "notify::phase", G_CALLBACK (notify_phase_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (last, "text-changed", G_CALLBACK (text_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* --- places ------------------------------------------------------------------- */

static void
keep_place (SondeTranscript *self)
{
  gint64 id = sonde_conversation_get_id (self->conversation);
  SondeTurnPlace place;

  if (sonde_turn_column_get_place (self->column, &place))
    g_hash_table_insert (self->places, g_memdup2 (&id, sizeof id),
                         g_memdup2 (&place, sizeof place));
  else
    g_hash_table_remove (self->places, &id);
}

static void
forget_wanted (SondeTranscript *self)
{
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->wanted_words, g_strfreev);
}

/* The bar comes with its finder when something is first looked for. */
static SondeFindBar *
get_find_bar (SondeTranscript *self)
{
  if (self->find_bar == NULL) {
    self->find_bar = g_object_new (SONDE_TYPE_FIND_BAR, NULL);
    sonde_find_bar_set_view (self->find_bar, self->selection, self->column);
    gtk_box_prepend (self->box, GTK_WIDGET (self->find_bar));
  }

  return self->find_bar;
}

/* What was found elsewhere and is marked has been seen. */
static gboolean
unmark (SondeTranscript *self)
{
  return self->find_bar != NULL && sonde_find_bar_unmark (self->find_bar);
}

/* Goes where it is wanted as soon as that is there: the beginning of a long conversation
 * comes after its end. */
static void
go_to_wanted (SondeTranscript *self)
{
  guint n = self->messages != NULL ? g_list_model_get_n_items (self->messages) : 0;

  for (guint i = n; self->wanted != NULL && i > 0; i--) {
    g_autoptr (SondeMessage) message = g_list_model_get_item (self->messages, i - 1);

    if (sonde_message_get_id (message) != self->wanted->message_id)
      continue;
    sonde_turn_column_go_to (self->column, self->wanted);
    if (self->wanted_words != NULL)
      sonde_find_bar_mark (get_find_bar (self), self->wanted->message_id,
                           (const char *const *) self->wanted_words);
    forget_wanted (self);
  }
}

static void
items_changed_cb (SondeTranscript *self, guint position, guint removed, guint added)
{
  guint n = g_list_model_get_n_items (self->messages);
  gboolean opened = added == n;

  watch_last (self);
  go_to_wanted (self);
  if (opened || position + added < n)
    return;
  set_news (self, !sonde_turn_column_get_following (self->column));

  /* Who asks wants to see the answer. Other versions that are shown end in an answer, too. */
  if (added > 0) {
    g_autoptr (SondeMessage) last = g_list_model_get_item (self->messages, n - 1);

    if (sonde_message_get_role (last) == SONDE_ROLE_USER) {
      forget_wanted (self);
      unmark (self);
      sonde_turn_column_follow (self->column);
    }
  }
}

/* --- zoom --------------------------------------------------------------------- */

static void
update_zoom_style (SondeTranscript *self)
{
  char size[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *style = NULL;

  g_ascii_formatd (size, sizeof size, "%.3f", FONT_SIZE * self->zoom);
  style = g_strdup_printf ("transcript#%s turncolumn { font-size: %sem; }",
                           gtk_widget_get_name (GTK_WIDGET (self)), size);
  gtk_css_provider_load_from_string (self->zoom_style, style);
}

static void
zoom (SondeTranscript *self, int step)
{
  static const double levels[] = { 0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3 };
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (levels) && levels[i] < self->zoom - 0.001)
    i++;
  /* Between two levels, a step goes to the one that it leads to. */
  if (step > 0 && levels[i] < self->zoom + 0.001)
    i = MIN (i + 1, G_N_ELEMENTS (levels) - 1);
  else if (step < 0 && i > 0)
    i--;
  sonde_transcript_set_zoom (self, step != 0 ? levels[i] : 1);
}

static gboolean
zoom_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  zoom (SONDE_TRANSCRIPT (widget), g_variant_get_int32 (args));

  return GDK_EVENT_STOP;
}

static gboolean
key_pressed_cb (SondeTranscript *self, guint key)
{
  return key == GDK_KEY_Escape && unmark (self);
}

static gboolean
scroll_cb (SondeTranscript *self, double dx, double dy, GtkEventController *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (controller);

  if ((state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  if (dy < 0 || dy > 0)
    zoom (self, dy < 0 ? 1 : -1);

  return GDK_EVENT_STOP;
}

/* --- keyboard ----------------------------------------------------------------- */

static gboolean
step_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  sonde_turn_column_step (SONDE_TRANSCRIPT (widget)->column, g_variant_get_int32 (args));

  return GDK_EVENT_STOP;
}

/* Keys that work wherever the focus is in the window. */
static void
add_shortcuts (SondeTranscript *self)
{
  static const struct {
    const char *trigger;
    GtkShortcutFunc func;
    int step;
  } shortcuts[] = {
    { "<Alt>Up|<Alt>KP_Up", step_cb, -1 },
    { "<Alt>Down|<Alt>KP_Down", step_cb, 1 },
    { "<Control>plus|<Control>equal|<Control>KP_Add", zoom_cb, 1 },
    { "<Control>minus|<Control>KP_Subtract", zoom_cb, -1 },
    { "<Control>0|<Control>KP_0", zoom_cb, 0 },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++) {
    GtkShortcut *shortcut =
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].trigger),
                        gtk_callback_action_new (shortcuts[i].func, NULL, NULL));

    gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (shortcuts[i].step));
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* --- object ------------------------------------------------------------------- */

static SondeTurn *
find_turn (SondeTranscript *self, gint64 message_id)
{
  for (guint i = 0; i < sonde_turn_column_get_n_turns (self->column); i++) {
    GtkWidget *turn = sonde_turn_column_get_turn (self->column, i);

    if (turn != NULL &&
        sonde_message_get_id (sonde_turn_get_message (SONDE_TURN (turn))) == message_id)
      return SONDE_TURN (turn);
  }

  return NULL;
}

static void
edit_message_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_transcript_edit_message (SONDE_TRANSCRIPT (widget), g_variant_get_int64 (parameter));
}

static void
show_probabilities_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeTurn *turn = find_turn (SONDE_TRANSCRIPT (widget), g_variant_get_int64 (parameter));

  if (turn != NULL)
    sonde_turn_set_probabilities (turn, !sonde_turn_get_probabilities (turn));
}

static void
follow_footnote_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeTranscript *self = SONDE_TRANSCRIPT (widget);
  SondeTranscriptPosition from = { 0 };
  const char *label;
  guint kind;

  g_variant_get (parameter, "(&sxuuu)", &label, &from.message_id, &kind, &from.block, &from.offset);
  from.kind = (SondeTextKind) kind;
  sonde_footnotes_follow (self->column, self->selection, label, &from);
}

static void
add_style (GdkDisplay *display)
{
  static const char key[] = "sonde-transcript-style";
  g_autoptr (GtkCssProvider) provider = NULL;

  if (g_object_get_data (G_OBJECT (display), key) != NULL)
    return;

  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, RESOURCES "transcript.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_set_data (G_OBJECT (display), key, provider);
}

static void
set_compact (SondeTranscript *self, gboolean compact)
{
  if (self->compact == compact)
    return;

  self->compact = compact;
  if (compact)
    gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
  sonde_turn_column_set_compact (self->column, compact);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPACT]);
}

static void
sonde_transcript_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeTranscript *self = SONDE_TRANSCRIPT (object);

  switch (id) {
  case PROP_CONVERSATION:
    g_value_set_object (value, self->conversation);
    break;
  case PROP_CODE_SCHEME:
    g_value_set_string (value, self->code_scheme);
    break;
  case PROP_COMPACT:
    g_value_set_boolean (value, self->compact);
    break;
  case PROP_ENTER_SENDS:
    g_value_set_boolean (value, self->enter_sends);
    break;
  case PROP_ZOOM:
    g_value_set_double (value, self->zoom);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_transcript_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeTranscript *self = SONDE_TRANSCRIPT (object);

  switch (id) {
  case PROP_CONVERSATION:
    sonde_transcript_set_conversation (self, g_value_get_object (value));
    break;
  case PROP_CODE_SCHEME:
    if (g_set_str (&self->code_scheme, g_value_get_string (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  case PROP_COMPACT:
    set_compact (self, g_value_get_boolean (value));
    break;
  case PROP_ENTER_SENDS:
    if (self->enter_sends != g_value_get_boolean (value)) {
      self->enter_sends = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  case PROP_ZOOM:
    sonde_transcript_set_zoom (self, g_value_get_double (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_transcript_dispose (GObject *object)
{
  SondeTranscript *self = SONDE_TRANSCRIPT (object);

  if (self->messages != NULL)
    g_signal_handlers_disconnect_by_func (self->messages, items_changed_cb, self);
  forget_last (self);
  if (self->zoom_style != NULL)
    gtk_style_context_remove_provider_for_display (gtk_widget_get_display (GTK_WIDGET (self)),
                                                   GTK_STYLE_PROVIDER (self->zoom_style));
  g_clear_object (&self->zoom_style);
  if (self->models != NULL)
    g_signal_handlers_disconnect_by_func (self->models, models_changed_cb, self);
  g_clear_object (&self->messages);
  g_clear_object (&self->conversation);
  g_clear_object (&self->models);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_TRANSCRIPT);

  G_OBJECT_CLASS (sonde_transcript_parent_class)->dispose (object);
}

static void
sonde_transcript_finalize (GObject *object)
{
  SondeTranscript *self = SONDE_TRANSCRIPT (object);

  g_free (self->code_scheme);
  g_object_unref (self->selection_input);
  g_object_unref (self->selection);
  g_hash_table_unref (self->places);
  forget_wanted (self);

  G_OBJECT_CLASS (sonde_transcript_parent_class)->finalize (object);
}

static void
sonde_transcript_class_init (SondeTranscriptClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sonde_transcript_get_property;
  object_class->set_property = sonde_transcript_set_property;
  object_class->dispose = sonde_transcript_dispose;
  object_class->finalize = sonde_transcript_finalize;

  /**
   * SondeTranscript:conversation:
   *
   * What is shown.
   */
  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, SONDE_TYPE_CONVERSATION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * SondeTranscript:code-scheme:
   *
   * By which of [func@code_scheme_list] code is coloured.
   */
  properties[PROP_CODE_SCHEME] =
    g_param_spec_string ("code-scheme", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * SondeTranscript:compact:
   *
   * Whether there is little room between messages.
   */
  properties[PROP_COMPACT] =
    g_param_spec_boolean ("compact", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * SondeTranscript:enter-sends:
   *
   * Whether Enter sends what is written in place of an earlier message.
   */
  properties[PROP_ENTER_SENDS] =
    g_param_spec_boolean ("enter-sends", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * SondeTranscript:zoom:
   *
   * How much larger its text is than the desktop's.
   */
  properties[PROP_ZOOM] =
    g_param_spec_double ("zoom", NULL, NULL, 0.5, 3, 1,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeTranscript::announced:
   * @self: a transcript
   * @text: what assistive technology is to be told
   *
   * An answer is finished, has failed, or waits. The window is to announce it: when a first answer
   * is quick, the transcript is not yet known to those who listen.
   */
  signals[SIGNAL_ANNOUNCED] =
    g_signal_new ("announced", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  sonde_transcript_register_resource ();
  g_type_ensure (SONDE_TYPE_LINK_TARGET);
  g_type_ensure (SONDE_TYPE_TURN_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCES "sonde-transcript.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeTranscript, box);
  gtk_widget_class_bind_template_child (widget_class, SondeTranscript, overlay);
  gtk_widget_class_bind_template_child (widget_class, SondeTranscript, column);
  gtk_widget_class_bind_template_child (widget_class, SondeTranscript, news);
  gtk_widget_class_bind_template_child (widget_class, SondeTranscript, to_bottom);
  gtk_widget_class_bind_template_callback (widget_class, turn_added_cb);
  gtk_widget_class_bind_template_callback (widget_class, notify_following_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, scroll_cb);
  gtk_widget_class_bind_template_callback (widget_class, to_bottom_cb);
  gtk_widget_class_install_action (widget_class, "transcript.follow-footnote", "(sxuuu)",
                                   follow_footnote_action);
  gtk_widget_class_install_action (widget_class, "transcript.edit-message", "x",
                                   edit_message_action);
  gtk_widget_class_install_action (widget_class, "transcript.show-probabilities", "x",
                                   show_probabilities_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "transcript");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LOG);
}

static void
sonde_transcript_init (SondeTranscript *self)
{
  static guint n_made; /* each has a zoom of its own */
  g_autofree char *name = g_strdup_printf ("transcript-%u", n_made++);

  self->places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->enter_sends = TRUE;
  self->zoom = 1;
  self->zoom_style = gtk_css_provider_new ();
  gtk_widget_set_name (GTK_WIDGET (self), name);
  add_style (gdk_display_get_default ());
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (self->zoom_style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->selection = sonde_selection_new ();
  sonde_selection_install (self->selection, GTK_WIDGET (self));
  self->selection_input = sonde_selection_input_new (self->selection, GTK_WIDGET (self->column));
  add_shortcuts (self);
  update_zoom_style (self);
}

/**
 * sonde_transcript_new:
 *
 * Returns: (transfer floating): a transcript of nothing
 */
GtkWidget *
sonde_transcript_new (void)
{
  return g_object_new (SONDE_TYPE_TRANSCRIPT, NULL);
}

/**
 * sonde_transcript_get_conversation:
 * @self: a transcript
 *
 * Returns: (transfer none) (nullable): what is shown
 */
SondeConversation *
sonde_transcript_get_conversation (SondeTranscript *self)
{
  g_return_val_if_fail (SONDE_IS_TRANSCRIPT (self), NULL);

  return self->conversation;
}

/**
 * sonde_transcript_set_conversation:
 * @self: a transcript
 * @conversation: (nullable): what to show
 *
 * Opens it where it was left, or at its end.
 */
void
sonde_transcript_set_conversation (SondeTranscript *self, SondeConversation *conversation)
{
  g_return_if_fail (SONDE_IS_TRANSCRIPT (self));
  g_return_if_fail (conversation == NULL || SONDE_IS_CONVERSATION (conversation));

  if (self->conversation == conversation)
    return;

  if (self->conversation != NULL) {
    keep_place (self);
    g_signal_handlers_disconnect_by_func (self->messages, items_changed_cb, self);
  }
  g_set_object (&self->conversation, conversation);
  g_clear_object (&self->messages);
  forget_wanted (self);
  if (conversation != NULL) {
    gint64 id = sonde_conversation_get_id (conversation);

    self->messages = g_object_ref (sonde_conversation_get_messages (conversation));
    self->wanted = g_memdup2 (g_hash_table_lookup (self->places, &id), sizeof (SondeTurnPlace));
  }
  if (self->find_bar != NULL)
    sonde_find_bar_close (self->find_bar);
  /* The selection and the column hear of changes first. */
  sonde_selection_set_messages (self->selection, self->messages);
  sonde_turn_column_set_messages (self->column, self->messages);
  if (self->messages != NULL)
    g_signal_connect_object (self->messages, "items-changed", G_CALLBACK (items_changed_cb), self,
                             G_CONNECT_SWAPPED);
  watch_last (self);
  go_to_wanted (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
}

/**
 * sonde_transcript_set_models:
 * @self: a transcript
 * @models: (nullable): of type SondeModelInfo; where the names of models come from
 */
void
sonde_transcript_set_models (SondeTranscript *self, GListModel *models)
{
  g_return_if_fail (SONDE_IS_TRANSCRIPT (self));

  if (self->models == models)
    return;

  if (self->models != NULL)
    g_signal_handlers_disconnect_by_func (self->models, models_changed_cb, self);
  g_set_object (&self->models, models);
  if (models != NULL)
    g_signal_connect_object (models, "items-changed", G_CALLBACK (models_changed_cb), self,
                             G_CONNECT_SWAPPED);
  models_changed_cb (self);
}

/**
 * sonde_transcript_find:
 * @self: a transcript
 *
 * Lets the person search the conversation.
 */
void
sonde_transcript_find (SondeTranscript *self)
{
  g_return_if_fail (SONDE_IS_TRANSCRIPT (self));

  sonde_find_bar_open (get_find_bar (self));
}

/**
 * sonde_transcript_get_models:
 * @self: a transcript
 *
 * Returns: (transfer none) (nullable): of type SondeModelInfo; the models that can be asked
 */
GListModel *
sonde_transcript_get_models (SondeTranscript *self)
{
  g_return_val_if_fail (SONDE_IS_TRANSCRIPT (self), NULL);

  return self->models;
}

/**
 * sonde_transcript_get_code_scheme:
 * @self: a transcript
 *
 * Returns: by which of [func@code_scheme_list] code is coloured
 */
const char *
sonde_transcript_get_code_scheme (SondeTranscript *self)
{
  g_return_val_if_fail (SONDE_IS_TRANSCRIPT (self), "");

  return self->code_scheme != NULL ? self->code_scheme : "";
}

/**
 * sonde_transcript_set_zoom:
 * @self: a transcript
 * @zoom: how much larger its text is to be than the desktop's; from 0.5 to 3
 *
 * The line that is read stays where it is.
 */
void
sonde_transcript_set_zoom (SondeTranscript *self, double zoom)
{
  g_return_if_fail (SONDE_IS_TRANSCRIPT (self));

  zoom = CLAMP (zoom, 0.5, 3);
  if (ABS (self->zoom - zoom) < 0.001)
    return;

  self->zoom = zoom;
  update_zoom_style (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

/**
 * sonde_transcript_edit_message:
 * @self: a transcript
 * @message_id: the number of a message that a person wrote
 *
 * Lets the message be written anew in its place; see [method@Turn.edit].
 */
void
sonde_transcript_edit_message (SondeTranscript *self, gint64 message_id)
{
  SondeTurn *turn;

  g_return_if_fail (SONDE_IS_TRANSCRIPT (self));

  turn = find_turn (self, message_id);
  if (turn != NULL)
    sonde_turn_edit (turn, self->enter_sends);
}

/**
 * sonde_transcript_reveal:
 * @self: a transcript
 * @message_id: the number of a message of the conversation
 * @words: (array zero-terminated=1): what to look for in it
 *
 * Scrolls to the first place of the message that has one of the words in it, as soon as the
 * message is there, and marks them until Escape. Reasoning that has to be read for it is opened.
 */
void
sonde_transcript_reveal (SondeTranscript *self, gint64 message_id, const char *const *words)
{
  g_return_if_fail (SONDE_IS_TRANSCRIPT (self));

  forget_wanted (self);
  self->wanted = g_new0 (SondeTurnPlace, 1);
  self->wanted->message_id = message_id;
  self->wanted->block = -1;
  self->wanted_words = g_strdupv ((char **) words);
  go_to_wanted (self);
}

/**
 * sonde_transcript_dup_model_name:
 * @self: a transcript
 * @id: (nullable): the id of a model
 *
 * Returns: (transfer full): its name for people: from the list, or what Sonde itself knows
 */
char *
sonde_transcript_dup_model_name (SondeTranscript *self, const char *id)
{
  g_autoptr (SondeModelInfo) builtin = NULL;

  for (guint i = 0; self->models != NULL && i < g_list_model_get_n_items (self->models); i++) {
    g_autoptr (SondeModelInfo) model = g_list_model_get_item (self->models, i);

    if (g_strcmp0 (sonde_model_info_get_id (model), id) == 0)
      return g_strdup (sonde_model_info_get_display_name (model));
  }

  builtin = sonde_model_info_new_builtin (id != NULL ? id : _ ("Assistant"));

  return g_strdup (sonde_model_info_get_display_name (builtin));
}
