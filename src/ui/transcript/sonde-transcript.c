/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-transcript.h"

#include <glib/gi18n.h>

#include "sonde-find-bar.h"
#include "sonde-markdown.h"
#include "sonde-model-info.h"
#include "sonde-selection-input.h"
#include "sonde-selection.h"
#include "sonde-transcript-resources.h"
#include "sonde-turn-column.h"
#include "sonde-turn.h"

#define RESOURCES "/io/github/sondechat/Sonde/transcript/"

#define MAX_ANNOUNCEMENT 2000 /* bytes of an answer that are read out when it is there */

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
  SondeFindBar *find_bar;
  GtkWidget *to_bottom;

  SondeSelection *selection;
  SondeSelectionInput *selection_input;
  SondeConversation *conversation;
  GListModel *messages;
  GListModel *models;
  SondeMessage *awaited;  /* that is on its way, to be announced */
  GHashTable *places;     /* by conversation id: where it was left, of type SondeTurnPlace */
  SondeTurnPlace *wanted; /* where to go as soon as its message is there, or NULL */
};

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

/* Tells assistive technology of a finished answer, once and without hurry. */
static void
notify_state_cb (SondeTranscript *self)
{
  SondeMessageState state = sonde_message_get_state (self->awaited);

  if (state == SONDE_MESSAGE_STREAMING)
    return;

  if (state == SONDE_MESSAGE_COMPLETE) {
    g_autofree char *name = find_model_name (self, sonde_message_get_model_id (self->awaited));
    g_autofree char *text = dup_beginning (self->awaited);
    g_autofree char *announcement = g_strdup_printf ("%s: %s", name, text);

    gtk_accessible_announce (GTK_ACCESSIBLE (self), announcement,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  }
  g_signal_handlers_disconnect_by_func (self->awaited, notify_state_cb, self);
  g_clear_object (&self->awaited);
}

/* Only the last message can be on its way. */
static void
await_last (SondeTranscript *self)
{
  guint n = self->messages != NULL ? g_list_model_get_n_items (self->messages) : 0;
  g_autoptr (SondeMessage) last = n > 0 ? g_list_model_get_item (self->messages, n - 1) : NULL;

  if (last != NULL && sonde_message_get_state (last) != SONDE_MESSAGE_STREAMING)
    g_clear_object (&last);
  if (self->awaited == last)
    return;

  if (self->awaited != NULL)
    g_signal_handlers_disconnect_by_func (self->awaited, notify_state_cb, self);
  g_set_object (&self->awaited, last);
  if (last != NULL)
    g_signal_connect_object (last, "notify::state", G_CALLBACK (notify_state_cb), self,
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

/* Goes where it is wanted as soon as that is there: the beginning of a long conversation
 * comes after its end. */
static void
go_to_wanted (SondeTranscript *self)
{
  if (self->wanted != NULL && sonde_turn_column_go_to (self->column, self->wanted))
    g_clear_pointer (&self->wanted, g_free);
}

static void
items_changed_cb (SondeTranscript *self, guint position, guint removed, guint added)
{
  guint n = g_list_model_get_n_items (self->messages);
  gboolean opened = added == n;

  await_last (self);
  go_to_wanted (self);
  if (opened || position + added < n)
    return;

  /* Who asks wants to see the answer. */
  for (guint i = position; i < n; i++) {
    g_autoptr (SondeMessage) message = g_list_model_get_item (self->messages, i);

    if (sonde_message_get_role (message) == SONDE_ROLE_USER) {
      g_clear_pointer (&self->wanted, g_free);
      sonde_turn_column_follow (self->column);
    }
  }
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

  if (self->messages != NULL)
    g_signal_handlers_disconnect_by_func (self->messages, items_changed_cb, self);
  if (self->awaited != NULL)
    g_signal_handlers_disconnect_by_func (self->awaited, notify_state_cb, self);
  g_clear_object (&self->awaited);
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

  g_object_unref (self->selection_input);
  g_object_unref (self->selection);
  g_hash_table_unref (self->places);
  g_free (self->wanted);

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
  g_type_ensure (SONDE_TYPE_FIND_BAR);
  g_type_ensure (SONDE_TYPE_TURN_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCES "sonde-transcript.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeTranscript, overlay);
  gtk_widget_class_bind_template_child (widget_class, SondeTranscript, column);
  gtk_widget_class_bind_template_child (widget_class, SondeTranscript, find_bar);
  gtk_widget_class_bind_template_child (widget_class, SondeTranscript, to_bottom);
  gtk_widget_class_bind_template_callback (widget_class, turn_added_cb);
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
  self->selection = sonde_selection_new ();
  sonde_selection_install (self->selection, GTK_WIDGET (self));
  self->selection_input = sonde_selection_input_new (self->selection, GTK_WIDGET (self->column));
  sonde_find_bar_set_view (self->find_bar, self->selection, self->column);
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
  g_clear_pointer (&self->wanted, g_free);
  if (conversation != NULL) {
    gint64 id = sonde_conversation_get_id (conversation);

    self->messages = g_object_ref (sonde_conversation_get_messages (conversation));
    self->wanted = g_memdup2 (g_hash_table_lookup (self->places, &id), sizeof (SondeTurnPlace));
  }
  sonde_find_bar_close (self->find_bar);
  /* The selection and the column hear of changes first. */
  sonde_selection_set_messages (self->selection, self->messages);
  sonde_turn_column_set_messages (self->column, self->messages);
  if (self->messages != NULL)
    g_signal_connect_object (self->messages, "items-changed", G_CALLBACK (items_changed_cb), self,
                             G_CONNECT_SWAPPED);
  await_last (self);
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

  sonde_find_bar_open (self->find_bar);
}
