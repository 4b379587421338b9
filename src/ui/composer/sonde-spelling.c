/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-spelling.h"

#include <glib/gi18n.h>

#ifdef HAVE_LIBSPELLING
#include <libspelling.h>
#endif

#define PAUSE 400 /* ms without a key, which is when the dictionary can be read */

/**
 * SondeSpelling:
 *
 * Underlines the misspelled words of a text view, and puts suggestions and the languages into
 * its context menu. Nothing of it is there before [method@Spelling.start]: the dictionary and
 * what it needs are several megabytes, which a window that nobody writes in is not to pay. To read
 * them takes up to a second, which is to be a second in which nobody writes.
 *
 * Where there is no dictionary for the person's languages, the menu says so, and has those that
 * there are; where there is no library, nothing happens.
 */
struct _SondeSpelling {
  GObject parent_instance;

  GtkTextView *view; /* it lives as long as the view does, not longer */
  gboolean enabled;
  char *language;
  guint start_source;
#ifdef HAVE_LIBSPELLING
  SpellingTextBufferAdapter *adapter;
  gboolean is_started;  /* the view has a buffer that can be checked */
  gboolean is_loaded;   /* the dictionary was read, or there is none */
  gboolean is_choosing; /* the language is set from here, not by the person */
#endif
};

enum { PROP_ENABLED = 1, PROP_LANGUAGE, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondeSpelling, sonde_spelling, G_TYPE_OBJECT)

#ifdef HAVE_LIBSPELLING

/* The first of the person's languages that there is a dictionary for. Somebody who has none
 * (the locale is C) writes English; somebody who reads Chinese does not want all of it marked. */
static const char *
choose_language (SondeSpelling *self, SpellingProvider *provider)
{
  const char *const *names = g_get_language_names ();
  gboolean has_language = FALSE;

  if (self->language != NULL && spelling_provider_supports_language (provider, self->language))
    return self->language;

  for (guint i = 0; names[i] != NULL; i++) {
    if (strpbrk (names[i], ".@") != NULL || g_str_equal (names[i], "C") ||
        g_str_equal (names[i], "POSIX"))
      continue;
    has_language = TRUE;
    if (spelling_provider_supports_language (provider, names[i]))
      return names[i];
  }

  return !has_language && spelling_provider_supports_language (provider, "en_US") ? "en_US" : NULL;
}

static void
language_changed_cb (SondeSpelling *self)
{
  if (self->is_choosing)
    return;

  /* The library's own menu leaves what it has looked at as it is. */
  spelling_text_buffer_adapter_invalidate_all (self->adapter);
  if (g_set_str (&self->language, spelling_text_buffer_adapter_get_language (self->adapter)))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LANGUAGE]);
}

/* What is looked at again reaches to the end of the next word, which the library takes the mark
 * from and does not check: its end is not seen in what is cut out of the text. */
static void
tag_removed_cb (SondeSpelling *self, GtkTextTag *tag, GtkTextIter *start, GtkTextIter *end)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter word_start = *end, cursor;
  g_autofree char *word = NULL;

  if (!self->enabled || tag != spelling_text_buffer_adapter_get_tag (self->adapter) ||
      !gtk_text_iter_ends_word (end) || !gtk_text_iter_backward_word_start (&word_start))
    return;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  if (gtk_text_iter_compare (&word_start, start) < 0 ||
      (gtk_text_iter_compare (&word_start, &cursor) <= 0 &&
       gtk_text_iter_compare (&cursor, end) <= 0))
    return;

  word = gtk_text_iter_get_slice (&word_start, end);
  if (!spelling_checker_check_word (spelling_text_buffer_adapter_get_checker (self->adapter), word,
                                    -1))
    gtk_text_buffer_apply_tag (buffer, tag, &word_start, end);
}

/* The suggestions are for the word at the cursor: that is to be the one that is pointed at. */
static void
pressed_cb (SondeSpelling *self, int n_press, double x, double y)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter iter;
  int buffer_x, buffer_y;

  if (gtk_text_buffer_get_has_selection (buffer))
    return;

  gtk_text_view_window_to_buffer_coords (self->view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y,
                                         &buffer_x, &buffer_y);
  gtk_text_view_get_iter_at_location (self->view, &iter, buffer_x, buffer_y);
  gtk_text_buffer_place_cursor (buffer, &iter);
  spelling_text_buffer_adapter_update_corrections (self->adapter);
}

static void
choose_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SondeSpelling *self = user_data;

  sonde_spelling_set_language (self, g_variant_get_string (parameter, NULL));
}

/* There is none for the person's language: says so, and offers the others. */
static void
offer_languages (SondeSpelling *self)
{
  static const GActionEntry actions[] = {
    { .name = "language", .activate = choose_cb, .parameter_type = "s" }
  };
  g_autoptr (GListModel) languages =
    spelling_provider_list_languages (spelling_provider_get_default ());
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) others = g_menu_new ();

  for (guint i = 0; languages != NULL && i < g_list_model_get_n_items (languages); i++) {
    g_autoptr (SpellingLanguage) language = g_list_model_get_item (languages, i);
    g_autoptr (GMenuItem) item = g_menu_item_new (spelling_language_get_name (language), NULL);

    g_menu_item_set_action_and_target (item, "spelling.language", "s",
                                       spelling_language_get_code (language));
    g_menu_append_item (others, item);
  }

  /* Nothing has that action: it is there to be read. */
  g_menu_append (menu, _ ("No Dictionary for Your Language"), "spelling.none");
  if (g_menu_model_get_n_items (G_MENU_MODEL (others)) > 0)
    g_menu_append_submenu (menu, _ ("Check Spelling In"), G_MENU_MODEL (others));

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self->view), "spelling", G_ACTION_GROUP (group));
  gtk_text_view_set_extra_menu (self->view, G_MENU_MODEL (menu));
}

static void
begin_checking (SondeSpelling *self, const char *language)
{
  GtkGesture *gesture;
  g_autoptr (SpellingChecker) checker = NULL;

  checker = spelling_checker_new (NULL, language);
  self->adapter = spelling_text_buffer_adapter_new (
    GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (self->view)), checker);
  g_signal_connect_object (checker, "notify::language", G_CALLBACK (language_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "remove-tag",
                           G_CALLBACK (tag_removed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_object_bind_property (self, "enabled", self->adapter, "enabled",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  /* The word at the cursor is not marked, and it takes the cursor to be at the start until it
   * has heard of it. */
  g_signal_emit_by_name (gtk_text_view_get_buffer (self->view), "cursor-moved");

  gtk_widget_insert_action_group (GTK_WIDGET (self->view), "spelling",
                                  G_ACTION_GROUP (self->adapter));
  gtk_text_view_set_extra_menu (self->view,
                                spelling_text_buffer_adapter_get_menu_model (self->adapter));
  gesture = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (gesture));
}

/* Checks in the language that is to be, as far as there is a dictionary for it. */
static void
apply_language (SondeSpelling *self)
{
  const char *language = choose_language (self, spelling_provider_get_default ());

  if (self->adapter == NULL) {
    if (language != NULL)
      begin_checking (self, language);
    else
      offer_languages (self);
  } else if (language != NULL) {
    self->is_choosing = TRUE;
    spelling_text_buffer_adapter_set_language (self->adapter, language);
    self->is_choosing = FALSE;
  }
}

static gboolean
start_cb (gpointer user_data)
{
  SondeSpelling *self = user_data;

  self->start_source = 0;
  if (!self->enabled)
    return G_SOURCE_REMOVE; /* by now; the next key begins again */

  self->is_loaded = TRUE;
  apply_language (self);

  return G_SOURCE_REMOVE;
}

/* The checker wants a buffer of GtkSourceView's, which reads all colour schemes when the first
 * one is made. */
static void
replace_buffer (SondeSpelling *self)
{
  GtkTextBuffer *old = gtk_text_view_get_buffer (self->view);
  g_autoptr (GtkSourceBuffer) source = gtk_source_buffer_new (NULL);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (source);
  g_autofree char *text = NULL;
  GtkTextIter start, end;
  int insert, bound;

  gtk_text_buffer_get_bounds (old, &start, &end);
  text = gtk_text_buffer_get_text (old, &start, &end, TRUE);
  gtk_text_buffer_get_iter_at_mark (old, &start, gtk_text_buffer_get_insert (old));
  insert = gtk_text_iter_get_offset (&start);
  gtk_text_buffer_get_iter_at_mark (old, &start, gtk_text_buffer_get_selection_bound (old));
  bound = gtk_text_iter_get_offset (&start);

  gtk_source_buffer_set_highlight_matching_brackets (source, FALSE);
  gtk_source_buffer_set_highlight_syntax (source, FALSE);
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, insert);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, bound);
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_text_view_set_buffer (self->view, buffer);
}

#endif

static void
sonde_spelling_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeSpelling *self = SONDE_SPELLING (object);

  switch (id) {
  case PROP_ENABLED:
    g_value_set_boolean (value, self->enabled);
    break;
  case PROP_LANGUAGE:
    g_value_set_string (value, self->language);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_spelling_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeSpelling *self = SONDE_SPELLING (object);

  switch (id) {
  case PROP_ENABLED:
    if (self->enabled != g_value_get_boolean (value)) {
      self->enabled = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  case PROP_LANGUAGE:
    sonde_spelling_set_language (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_spelling_dispose (GObject *object)
{
  SondeSpelling *self = SONDE_SPELLING (object);

  g_clear_handle_id (&self->start_source, g_source_remove);
#ifdef HAVE_LIBSPELLING
  g_clear_object (&self->adapter);
#endif
  g_clear_pointer (&self->language, g_free);

  G_OBJECT_CLASS (sonde_spelling_parent_class)->dispose (object);
}

static void
sonde_spelling_class_init (SondeSpellingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_spelling_get_property;
  object_class->set_property = sonde_spelling_set_property;
  object_class->dispose = sonde_spelling_dispose;

  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, TRUE, flags);
  properties[PROP_LANGUAGE] = g_param_spec_string ("language", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sonde_spelling_init (SondeSpelling *self)
{
  self->enabled = TRUE;
}

/**
 * sonde_spelling_new:
 * @view: the view, which outlives it
 *
 * Returns: (transfer full): a checker that has not started
 */
SondeSpelling *
sonde_spelling_new (GtkTextView *view)
{
  SondeSpelling *self = g_object_new (SONDE_TYPE_SPELLING, NULL);

  self->view = view;

  return self;
}

/**
 * sonde_spelling_start:
 * @self: a checker
 *
 * Somebody writes. From the first call on the view has another buffer; the dictionary follows in
 * the first pause.
 */
void
sonde_spelling_start (SondeSpelling *self)
{
  g_return_if_fail (SONDE_IS_SPELLING (self));

#ifdef HAVE_LIBSPELLING
  if (self->is_loaded || !self->enabled)
    return;

  if (!self->is_started) {
    self->is_started = TRUE;
    replace_buffer (self);
  }
  g_clear_handle_id (&self->start_source, g_source_remove);
  self->start_source = g_timeout_add_full (G_PRIORITY_LOW, PAUSE, start_cb, self, NULL);
#endif
}

/**
 * sonde_spelling_set_language:
 * @self: a checker
 * @language: (nullable): the language to check in, like "en_US"; %NULL for the person's
 */
void
sonde_spelling_set_language (SondeSpelling *self, const char *language)
{
  g_return_if_fail (SONDE_IS_SPELLING (self));

  if (!g_set_str (&self->language, language))
    return;

#ifdef HAVE_LIBSPELLING
  if (self->is_loaded)
    apply_language (self);
#endif
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LANGUAGE]);
}

/**
 * sonde_spelling_get_language:
 * @self: a checker
 *
 * Returns: (nullable): the language that was chosen
 */
const char *
sonde_spelling_get_language (SondeSpelling *self)
{
  g_return_val_if_fail (SONDE_IS_SPELLING (self), NULL);

  return self->language;
}

/**
 * sonde_spelling_get_tag:
 * @self: a checker
 *
 * Returns: (transfer none) (nullable): what misspelled words have; %NULL where none is looked for
 */
GtkTextTag *
sonde_spelling_get_tag (SondeSpelling *self)
{
  g_return_val_if_fail (SONDE_IS_SPELLING (self), NULL);

#ifdef HAVE_LIBSPELLING
  return self->adapter != NULL ? spelling_text_buffer_adapter_get_tag (self->adapter) : NULL;
#else
  return NULL;
#endif
}
