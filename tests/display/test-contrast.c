/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How well the texts of every view stand out from what is behind them, measured from what is
 * drawn: WCAG 2.2, 1.4.3. Light and dark here; ADW_DEBUG_HIGH_CONTRAST=1 measures high contrast. */

#include "sonde-composer.h"
#include "sonde-context-fixture.h"
#include "sonde-contrast.h"
#include "sonde-details-panel.h"
#include "sonde-text-block.h"
#include "sonde-window.h"

typedef struct {
  char *folder;
  SondeKeyring *keyring;
  SondeChatContext *context;
  GtkWidget *window;
} Fixture;

typedef struct {
  const guchar *pixels; /* R, G, B, A */
  int width;
  int height;
} Picture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("sonde-contrast-XXXXXX", NULL);
  fixture->keyring = sonde_memory_keyring_new ();
  fixture->context = sonde_make_context (fixture->folder, fixture->keyring, NULL);
  fixture->window = GTK_WIDGET (sonde_window_new (NULL, fixture->context));
  /* Strokes thick enough to have their full colour. */
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  sonde_chat_context_start (fixture->context);
  sonde_show_window (GTK_WINDOW (fixture->window), 1270, 880);
  sonde_test_wait (sonde_library_get_state (sonde_chat_context_get_library (fixture->context)) ==
                   SONDE_LIBRARY_READY);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  sonde_end_context (fixture->context);
  g_clear_object (&fixture->context);
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
  g_clear_object (&fixture->keyring);
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

/* --- measuring ---------------------------------------------------------------- */

static double
get_contrast (guint32 a, guint32 b)
{
  GdkRGBA colours[] = { { .alpha = 1 }, { .alpha = 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (colours); i++) {
    guint32 colour = i == 0 ? a : b;

    colours[i].red = (float) (colour >> 16) / 255;
    colours[i].green = (float) (colour >> 8 & 0xff) / 255;
    colours[i].blue = (float) (colour & 0xff) / 255;
  }

  return sonde_contrast_get (&colours[0], &colours[1]);
}

/* The contrast between the commonest colour in an area and the one that is farthest from it. */
static double
measure_area (const Picture *picture, const graphene_rect_t *area)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer colour;
  gpointer count;
  guint32 background = 0;
  guint most = 0;
  double best = 0;

  for (int y = (int) area->origin.y; y < (int) (area->origin.y + area->size.height); y++) {
    for (int x = (int) area->origin.x; x < (int) (area->origin.x + area->size.width); x++) {
      const guchar *pixel = picture->pixels + 4 * (y * picture->width + x);
      gpointer key = GUINT_TO_POINTER ((guint) pixel[0] << 16 | (guint) pixel[1] << 8 | pixel[2]);

      g_hash_table_insert (
        counts, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1));
    }
  }

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &colour, &count)) {
    if (GPOINTER_TO_UINT (count) > most) {
      most = GPOINTER_TO_UINT (count);
      background = GPOINTER_TO_UINT (colour);
    }
  }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &colour, NULL))
    best = MAX (best, get_contrast (background, GPOINTER_TO_UINT (colour)));

  return best;
}

/* What of @widget can be seen in @root: all of it, or nothing where a part is scrolled away. */
static gboolean
get_seen_area (GtkWidget *widget, GtkWidget *root, graphene_rect_t *area)
{
  if (!gtk_widget_compute_bounds (widget, root, area) || area->size.width < 4 ||
      area->size.height < 4)
    return FALSE;

  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL;
       parent = gtk_widget_get_parent (parent)) {
    graphene_rect_t bounds;
    graphene_rect_t both;

    if (gtk_widget_compute_bounds (parent, root, &bounds) &&
        (!graphene_rect_intersection (area, &bounds, &both) ||
         both.size.width < area->size.width - 8 || both.size.height < area->size.height - 8))
      return FALSE;
    if (gtk_widget_get_opacity (parent) < 0.01 || parent == root)
      break;
  }

  return TRUE;
}

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_TEXT (widget))
    return gtk_editable_get_text (GTK_EDITABLE (widget));
  if (SONDE_IS_TEXT_BLOCK (widget))
    return "(text)";

  return NULL;
}

/* Emoji are pictures. */
static gboolean
has_letter (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_isalnum (g_utf8_get_char (c)))
      return TRUE;

  return FALSE;
}

/* Adds what is read too badly at and below @widget. */
static void
measure (GtkWidget *widget, GtkWidget *root, const Picture *picture, GString *bad, guint *n)
{
  const char *text = get_text (widget);
  graphene_rect_t area;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget))
    return;

  if (text != NULL && has_letter (text) && get_seen_area (widget, root, &area)) {
    graphene_rect_t all =
      GRAPHENE_RECT_INIT (0, 0, (float) picture->width, (float) picture->height);

    if (graphene_rect_intersection (&area, &all, &area)) {
      double contrast = measure_area (picture, &area);

      *n += 1;
      if (contrast < SONDE_CONTRAST_OF_TEXT)
        g_string_append_printf (bad, "\n%.2f \"%s\" (%s, at %d, %d)", contrast, text,
                                G_OBJECT_TYPE_NAME (widget), (int) area.origin.x,
                                (int) area.origin.y);
    }
  }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    measure (child, root, picture, bad, n);
}

static void
check (Fixture *fixture, const char *view, gpointer top)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++) {
    g_autoptr (GdkPaintable) paintable = NULL;
    g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
    g_autoptr (GskRenderNode) node = NULL;
    g_autoptr (GdkTexture) texture = NULL;
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GString) bad = g_string_new (NULL);
    GdkTextureDownloader *downloader;
    Picture picture = { 0 };
    gsize stride;
    guint n = 0;

    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[i]);
    sonde_wait_frame (fixture->window);
    sonde_wait_frame (fixture->window);

    paintable = gtk_widget_paintable_new (fixture->window);
    picture.width = gtk_widget_get_width (fixture->window);
    picture.height = gtk_widget_get_height (fixture->window);
    gdk_paintable_snapshot (paintable, snapshot, picture.width, picture.height);
    node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
    texture = gsk_renderer_render_texture (
      gtk_native_get_renderer (GTK_NATIVE (fixture->window)), node,
      &GRAPHENE_RECT_INIT (0, 0, (float) picture.width, (float) picture.height));
    downloader = gdk_texture_downloader_new (texture);
    gdk_texture_downloader_set_format (downloader, GDK_MEMORY_R8G8B8A8);
    bytes = gdk_texture_downloader_download_bytes (downloader, &stride);
    gdk_texture_downloader_free (downloader);
    g_assert_cmpuint (stride, ==, (gsize) picture.width * 4);
    picture.pixels = g_bytes_get_data (bytes, NULL);
    if (g_getenv ("SONDE_TEST_PICTURES") != NULL) {
      g_autofree char *path =
        g_strdup_printf ("%s/%s-%u.png", g_getenv ("SONDE_TEST_PICTURES"), view, i);
      gdk_texture_save_to_png (texture, path);
    }

    measure (top, fixture->window, &picture, bad, &n);
    g_test_message ("%s, %s: %u texts", view, i == 0 ? "light" : "dark", n);
    g_assert_cmpuint (n, >=, 3);
    if (bad->len > 0)
      g_test_fail_printf ("%s, %s: too little contrast:%s", view, i == 0 ? "light" : "dark",
                          bad->str);
  }
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

/* --- views -------------------------------------------------------------------- */

static void
ask (Fixture *fixture, const char *question)
{
  SondeLibrary *library = sonde_chat_context_get_library (fixture->context);
  SondeConversation *conversation;

  sonde_composer_set_text (sonde_find_widget (fixture->window, SONDE_TYPE_COMPOSER), question);
  gtk_widget_activate_action (fixture->window, "win.send", NULL);
  conversation = sonde_window_get_conversation (SONDE_WINDOW (fixture->window));
  sonde_test_wait (!sonde_session_get_busy (sonde_library_get_session (library, conversation)));
}

static void
test_conversation (Fixture *fixture, gconstpointer data)
{
  check (fixture, "empty", fixture->window);
  ask (fixture, "Show me some code.\n#demo doc=code rate=0");
  check (fixture, "conversation", fixture->window);
  gtk_widget_activate_action (fixture->window, "win.find", NULL);
  ask (fixture, "And now?\n#demo status=402");
  check (fixture, "failure", fixture->window);
  gtk_widget_activate_action (fixture->window, "win.details", NULL);
  check (fixture, "details", sonde_find_widget (fixture->window, SONDE_TYPE_DETAILS_PANEL));
}

static void
test_dialogs (Fixture *fixture, gconstpointer data)
{
  static const char *const actions[] = { "win.preferences", "win.usage",
                                         "win.presets",     "win.help",
                                         "win.whats-new",   "win.show-shortcuts",
                                         "win.add-key",     "win.restore-backup" };

  ask (fixture, "Show me some code.\n#demo doc=code rate=0");
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++) {
    AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (fixture->window);

    gtk_widget_activate_action (fixture->window, actions[i], NULL);
    sonde_test_wait (adw_application_window_get_visible_dialog (window) != NULL);
    sonde_wait_frame (fixture->window);
    check (fixture, actions[i], adw_application_window_get_visible_dialog (window));
    adw_dialog_force_close (adw_application_window_get_visible_dialog (window));
    sonde_test_wait (adw_application_window_get_visible_dialog (window) == NULL);
  }
}

/* A colour that stands out stays, another one is moved as far as is needed and no farther. */
static void
test_raise (void)
{
  static const char *const backgrounds[] = { "white", "black", "#ededed", "#333333", "#777777" };
  static const char *const colours[] = { "#2190a4", "#c64600", "#9a9996", "#00f", "#ff0", "white" };

  for (guint i = 0; i < G_N_ELEMENTS (backgrounds); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (colours); j++) {
      GdkRGBA background;
      GdkRGBA colour;
      double before;
      double after;

      gdk_rgba_parse (&background, backgrounds[i]);
      gdk_rgba_parse (&colour, colours[j]);
      before = sonde_contrast_get (&colour, &background);
      sonde_contrast_raise (&colour, &background, 4.4);
      after = sonde_contrast_get (&colour, &background);
      if (before >= 4.4)
        g_assert_cmpfloat_with_epsilon (before, after, 1e-9);
      else
        g_assert_true (after >= 4.4 && after < 4.7);
    }
  }
}

int
main (int argc, char *argv[])
{
  sonde_display_test_init (&argc, &argv);

  g_test_add_func ("/contrast/raise", test_raise);
  g_test_add ("/contrast/conversation", Fixture, NULL, set_up, test_conversation, tear_down);
  g_test_add ("/contrast/dialogs", Fixture, NULL, set_up, test_dialogs, tear_down);

  return g_test_run ();
}
