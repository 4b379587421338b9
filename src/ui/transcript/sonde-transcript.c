/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-transcript.h"

#include <glib/gi18n.h>

#include "sonde-model-info.h"
#include "sonde-reasoning.h"
#include "sonde-transcript-resources.h"
#include "sonde-turn-column.h"
#include "sonde-turn.h"

#define RESOURCES "/io/github/sondechat/Sonde/transcript/"

/* What is built at once when a conversation is opened: about two windows of lines. */
#define FIRST_TURNS 2
#define FIRST_LINES 80
#define LINE_BYTES  80

/* What is built ahead of the eye after that; more comes when one scrolls there. */
#define AHEAD_TURNS 40
#define BATCH_TIME  (8 * G_TIME_SPAN_MILLISECOND)

/**
 * SondeTranscript:
 *
 * The messages of a conversation, to be read.
 *
 * When a conversation is opened, as many turns as can be seen are built at once,
 * from the end; those before them come in idle moments and when one scrolls up.
 */
struct _SondeTranscript {
  GtkWidget parent_instance;

  GtkWidget *overlay;
  SondeTurnColumn *column;
  GtkWidget *to_bottom;

  SondeConversation *conversation;
  GListModel *messages;
  GListModel *models;
  guint first;        /* the position of the first message that has a turn */
  GHashTable *places; /* by conversation id: where it was left, of type Place */
  guint builder;
  gboolean near_start; /* whether turns are wanted now and not only ahead */
};

/* Where a conversation was left. */
typedef struct {
  gint64 message_id;
  double y;
} Place;

enum { PROP_CONVERSATION = 1, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondeTranscript, sonde_transcript, GTK_TYPE_WIDGET)

/* --- turns -------------------------------------------------------------------- */

/* The name for people of a model: from the list, or what Sonde itself knows. */
static char *
find_model_name (SondeTranscript *self, const char *id)
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

static void
update_name (SondeTranscript *self, SondeTurn *turn)
{
  g_autofree char *name =
    find_model_name (self, sonde_message_get_model_id (sonde_turn_get_message (turn)));

  sonde_turn_set_model_name (turn, name);
}

static void
toggle_cb (SondeTranscript *self, GtkWidget *widget)
{
  sonde_turn_column_hold (self->column, widget);
}

/* About how many lines a text fills. */
static guint
estimate_lines (const char *text)
{
  guint n = 1;
  const char *line = text;

  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '\n' || p - line == LINE_BYTES) {
      n++;
      line = p;
    }
  }

  return n;
}

/* Puts the turn of the message at @position in. Returns about how many lines it has. */
static guint
insert_turn (SondeTranscript *self, guint position)
{
  g_autoptr (SondeMessage) message = g_list_model_get_item (self->messages, position);
  GtkWidget *turn = sonde_turn_new (message);

  update_name (self, SONDE_TURN (turn));
  g_signal_connect_object (turn, "toggle", G_CALLBACK (toggle_cb), self, G_CONNECT_SWAPPED);
  sonde_turn_column_insert (self->column, position - self->first, turn);

  return estimate_lines (sonde_message_get_text (message, SONDE_TEXT_CONTENT));
}

static guint
insert_earlier (SondeTranscript *self)
{
  self->first--;

  return insert_turn (self, self->first);
}

static void
update_last (SondeTranscript *self)
{
  guint n = sonde_turn_column_get_n_turns (self->column);

  /* One before the last was the last until now. */
  for (guint i = n > 2 ? n - 3 : 0; i < n; i++)
    sonde_turn_set_last (SONDE_TURN (sonde_turn_column_get_turn (self->column, i)), i + 1 == n);
}

/* --- building ----------------------------------------------------------------- */

static gboolean
build_cb (gpointer data)
{
  SondeTranscript *self = data;
  gint64 end = g_get_monotonic_time () + BATCH_TIME;

  do {
    if (self->first == 0 ||
        (!self->near_start && sonde_turn_column_get_n_turns (self->column) >= AHEAD_TURNS)) {
      self->builder = 0;
      return G_SOURCE_REMOVE;
    }
    insert_earlier (self);
  } while (g_get_monotonic_time () < end);
  self->near_start = FALSE;

  return G_SOURCE_CONTINUE;
}

static void
queue_build (SondeTranscript *self)
{
  if (self->builder == 0 && self->first > 0)
    self->builder = g_idle_add (build_cb, self);
}

static void
near_start_cb (SondeTranscript *self)
{
  self->near_start = TRUE;
  queue_build (self);
}

static void
clear_turns (SondeTranscript *self)
{
  g_clear_handle_id (&self->builder, g_source_remove);
  sonde_turn_column_remove (self->column, 0, sonde_turn_column_get_n_turns (self->column));
  self->first = 0;
  self->near_start = FALSE;
}

/* Builds up to the turn that was seen first when the conversation was left. */
static gboolean
return_to_place (SondeTranscript *self)
{
  const gint64 id = sonde_conversation_get_id (self->conversation);
  const Place *place = g_hash_table_lookup (self->places, &id);
  guint n = g_list_model_get_n_items (self->messages);

  if (place == NULL)
    return FALSE;

  for (guint i = n; i > 0 && n - i < AHEAD_TURNS; i--) {
    g_autoptr (SondeMessage) message = g_list_model_get_item (self->messages, i - 1);

    if (sonde_message_get_id (message) != place->message_id)
      continue;
    while (self->first >= i)
      insert_earlier (self);
    sonde_turn_column_hold_at (self->column, sonde_turn_column_get_turn (self->column, 0),
                               place->y);
    return TRUE;
  }

  return FALSE;
}

static void
rebuild (SondeTranscript *self)
{
  guint n_lines = 0;

  clear_turns (self);
  if (self->messages == NULL)
    return;

  self->first = g_list_model_get_n_items (self->messages);
  sonde_turn_column_follow (self->column);
  return_to_place (self);
  while (self->first > 0 &&
         (sonde_turn_column_get_n_turns (self->column) < FIRST_TURNS || n_lines < FIRST_LINES))
    n_lines += insert_earlier (self);
  update_last (self);
  queue_build (self);
}

static void
items_changed_cb (SondeTranscript *self, guint position, guint removed, guint added)
{
  gboolean asked = FALSE;

  /* Before what is built, or so much that it is another conversation: begin anew. */
  if (position < self->first || sonde_turn_column_get_n_turns (self->column) == removed) {
    rebuild (self);
    return;
  }

  sonde_turn_column_remove (self->column, position - self->first, removed);
  for (guint i = position; i < position + added; i++) {
    g_autoptr (SondeMessage) message = g_list_model_get_item (self->messages, i);

    asked = asked || sonde_message_get_role (message) == SONDE_ROLE_USER;
    insert_turn (self, i);
  }
  update_last (self);
  /* Who asks wants to see the answer. */
  if (asked)
    sonde_turn_column_follow (self->column);
}

static void
models_changed_cb (SondeTranscript *self)
{
  for (guint i = 0; i < sonde_turn_column_get_n_turns (self->column); i++)
    update_name (self, SONDE_TURN (sonde_turn_column_get_turn (self->column, i)));
}

static void
keep_place (SondeTranscript *self)
{
  gint64 id = sonde_conversation_get_id (self->conversation);
  double y = 0;
  GtkWidget *turn = sonde_turn_column_get_following (self->column)
                      ? NULL
                      : sonde_turn_column_get_first_visible (self->column, &y);
  Place *place;

  g_hash_table_remove (self->places, &id);
  if (turn == NULL)
    return;

  place = g_new (Place, 1);
  place->message_id = sonde_message_get_id (sonde_turn_get_message (SONDE_TURN (turn)));
  place->y = y;
  g_hash_table_insert (self->places, g_memdup2 (&id, sizeof id), place);
}

/* --- end ---------------------------------------------------------------------- */

static void
to_bottom_cb (SondeTranscript *self)
{
  sonde_turn_column_follow (self->column);
}

static void
notify_following_cb (SondeTranscript *self)
{
  gtk_widget_set_visible (self->to_bottom, !sonde_turn_column_get_following (self->column));
}

/* --- object ------------------------------------------------------------------- */

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
sonde_transcript_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeTranscript *self = SONDE_TRANSCRIPT (object);

  switch (id) {
  case PROP_CONVERSATION:
    g_value_set_object (value, self->conversation);
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
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_transcript_dispose (GObject *object)
{
  SondeTranscript *self = SONDE_TRANSCRIPT (object);

  g_clear_handle_id (&self->builder, g_source_remove);
  if (self->messages != NULL)
    g_signal_handlers_disconnect_by_func (self->messages, items_changed_cb, self);
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
  g_hash_table_unref (SONDE_TRANSCRIPT (object)->places);

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
  g_object_class_install_properties (object_class, N_PROPS, properties);

  sonde_transcript_register_resource ();
  g_type_ensure (SONDE_TYPE_TURN_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCES "sonde-transcript.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeTranscript, overlay);
  gtk_widget_class_bind_template_child (widget_class, SondeTranscript, column);
  gtk_widget_class_bind_template_child (widget_class, SondeTranscript, to_bottom);
  gtk_widget_class_bind_template_callback (widget_class, near_start_cb);
  gtk_widget_class_bind_template_callback (widget_class, notify_following_cb);
  gtk_widget_class_bind_template_callback (widget_class, to_bottom_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "transcript");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LOG);
}

static void
sonde_transcript_init (SondeTranscript *self)
{
  self->places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  add_style (gdk_display_get_default ());
  gtk_widget_init_template (GTK_WIDGET (self));
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
  if (conversation != NULL)
    self->messages = g_object_ref (sonde_conversation_get_messages (conversation));
  if (self->messages != NULL)
    g_signal_connect_object (self->messages, "items-changed", G_CALLBACK (items_changed_cb), self,
                             G_CONNECT_SWAPPED);
  rebuild (self);
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
