/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the transcript costs. Every measurement is a process of its own, so that
 * none leaves anything behind for the next; no two run at once.
 *
 *   memory-long         memory of a long conversation, scrolled end to end, against a short one
 *   open-long           from opening it to the first paint, the same
 *   token-growth-KIND   processor time of 2,000 tokens behind 100,000 against behind 1,000
 *   stream-cpu          processor time of 5,000 tokens at 200 a second, against a GtkTextView
 *   stream-frames       frames that came late meanwhile
 *   key-latency         from a key in the composer to after the paint meanwhile */

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench-corpus.h"
#include "sonde-bench.h"
#include "sonde-composer.h"
#include "sonde-transcript.h"
#include "sonde-ui.h"

#define RUNS          5
#define LONG_RUNS     3
#define WIDTH         1100
#define HEIGHT        760
#define LONG          10000
#define SHORT         10
#define FRAME_SECONDS (1.0 / 60)
#define PIECES        5000 /* streamed for the figures of streaming */
#define PIECE_RATE    200
#define SETTLE_FRAMES 30

typedef struct {
  GtkWindow *window;
  GtkWidget *transcript;
  GtkWidget *composer;
  GtkWidget *view; /* the plain text view of the floor */
  SondeConversation *conversation;
  SondeMessage *answer;
  gint64 last_id;
  guint frames;
  guint tick;
} Bench;

/* --- a window -------------------------------------------------------------------- */

static double
get_process_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static gboolean
count_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Bench *self = data;

  self->frames++;

  return G_SOURCE_CONTINUE;
}

/* Lets so many frames pass. */
static void
run_frames (Bench *self, guint n)
{
  const guint end = self->frames + n;
  const guint tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->window), count_cb, self, NULL);

  while (self->frames < end)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (GTK_WIDGET (self->window), tick);
}

static void
show (Bench *self, GtkWidget *content)
{
  self->window = g_object_new (ADW_TYPE_WINDOW, "content", content, "default-width", WIDTH,
                               "default-height", HEIGHT, "title", "Sonde Bench", NULL);
  gtk_window_present (self->window);
  run_frames (self, SETTLE_FRAMES);
}

static void
show_transcript (Bench *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->transcript = sonde_transcript_new ();
  self->composer = sonde_composer_new ();
  gtk_widget_set_vexpand (self->transcript, TRUE);
  gtk_box_append (GTK_BOX (box), self->transcript);
  gtk_box_append (GTK_BOX (box), self->composer);
  show (self, box);
}

/* The floor: the same text in a text view that shows it as it is. */
static void
show_view (Bench *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->view = gtk_text_view_new ();
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  show (self, scroller);
}

static void
append_view (Bench *self, const char *text, gsize length)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, text, (int) length);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self->view), &end, 0, FALSE, 0, 0);
}

static GtkAdjustment *
find_adjustment (GtkWidget *widget)
{
  if (GTK_IS_SCROLLED_WINDOW (widget))
    return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkAdjustment *found = find_adjustment (child);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static SondeConversation *
new_conversation (Bench *self, guint n_messages)
{
  SondeConversation *conversation = sonde_conversation_new (++self->last_id, 0);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);

  for (guint i = 0; i < n_messages; i++) {
    gboolean question = i % 2 == 0;
    SondeMessage *message =
      sonde_message_new (i + 1, i, question ? SONDE_ROLE_USER : SONDE_ROLE_ASSISTANT, 0);
    g_autofree char *text =
      question ? bench_corpus_dup_words (random, 40) : bench_corpus_dup_markdown (random, 300);

    sonde_message_set_text (message, SONDE_TEXT_CONTENT, text);
    if (!question) {
      g_autofree char *reasoning = bench_corpus_dup_words (random, 150);

      sonde_message_set_text (message, SONDE_TEXT_REASONING, reasoning);
    }
    g_ptr_array_add (messages, message);
  }
  sonde_conversation_set_messages (conversation, messages);

  return conversation;
}

static void
show_answer (Bench *self, const char *text)
{
  self->conversation = sonde_conversation_new (++self->last_id, 0);
  self->answer = sonde_message_new (2, 0, SONDE_ROLE_ASSISTANT, 0);
  sonde_message_set_text (self->answer, SONDE_TEXT_CONTENT, text);
  sonde_message_set_state (self->answer, SONDE_MESSAGE_STREAMING);
  sonde_message_set_phase (self->answer, SONDE_PHASE_ANSWERING);
  sonde_conversation_append (self->conversation, self->answer);
  sonde_transcript_set_conversation (SONDE_TRANSCRIPT (self->transcript), self->conversation);
  run_frames (self, SETTLE_FRAMES);
}

/* --- measurements, each in a process of its own ------------------------------------ */

static double
get_memory (void)
{
  g_autofree char *rollup = NULL;
  const char *pss;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &rollup, NULL, NULL) ||
      (pss = strstr (rollup, "\nPss:")) == NULL)
    g_error ("The memory of this process is not known");

  return g_ascii_strtod (pss + 5, NULL);
}

static void
measure_memory (Bench *self, guint n_messages)
{
  g_autoptr (SondeConversation) conversation = new_conversation (self, n_messages);
  GtkAdjustment *adjustment;

  show_transcript (self);
  sonde_transcript_set_conversation (SONDE_TRANSCRIPT (self->transcript), conversation);
  run_frames (self, SETTLE_FRAMES);
  adjustment = find_adjustment (self->transcript);
  for (guint i = 0; i <= 400; i++) {
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) * (400 - i) / 400);
    run_frames (self, 1);
  }
  run_frames (self, SETTLE_FRAMES);
  g_print ("%.0f\n", get_memory ());
}

static void
after_paint_cb (GdkFrameClock *clock, gint64 *time)
{
  *time = g_get_monotonic_time ();
}

static void
measure_open (Bench *self, guint n_messages)
{
  g_autoptr (SondeConversation) first = new_conversation (self, SHORT);
  g_autoptr (SondeConversation) second = new_conversation (self, n_messages);
  gint64 start, painted = 0;

  show_transcript (self);
  sonde_transcript_set_conversation (SONDE_TRANSCRIPT (self->transcript), first);
  run_frames (self, SETTLE_FRAMES);
  start = g_get_monotonic_time ();
  sonde_transcript_set_conversation (SONDE_TRANSCRIPT (self->transcript), second);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (self->window)), "after-paint",
                    G_CALLBACK (after_paint_cb), &painted);
  gtk_widget_queue_draw (GTK_WIDGET (self->window));
  while (painted == 0)
    g_main_context_iteration (NULL, TRUE);
  g_print ("%.6f\n", (double) (painted - start) / G_USEC_PER_SEC);
}

static void
measure_growth (Bench *self, const char *kind, guint n_before)
{
  g_autofree char *before = bench_corpus_dup_tokens (kind, SEED, n_before);
  g_autofree char *more = bench_corpus_dup_tokens (kind, SEED + 1, 2200);
  const char *p = more;
  double start = 0;

  show_transcript (self);
  show_answer (self, before);
  /* The first frames warm what is cached. */
  for (guint frame = 0; frame < 110; frame++) {
    const char *end = bench_corpus_skip_tokens (kind, p, 20);

    if (frame == 10)
      start = get_process_time ();
    sonde_message_append_text (self->answer, SONDE_TEXT_CONTENT, p, end - p);
    p = end;
    run_frames (self, 1);
  }
  g_print ("%.6f\n", get_process_time () - start);
}

typedef struct {
  Bench *bench;
  const char *text;
  const char *p;
  guint fed;
  gint64 start;
  gint64 last_frame;
  GArray *intervals; /* of type gint64 */
  GArray *latencies;
  guint32 key_time;
} Stream;

static gboolean
feed_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Stream *self = data;
  const gint64 now = g_get_monotonic_time ();
  const guint due = (guint) MIN ((now - self->start) * PIECE_RATE / G_USEC_PER_SEC, PIECES);

  if (self->last_frame != 0) {
    const gint64 interval = now - self->last_frame;

    g_array_append_val (self->intervals, interval);
  }
  self->last_frame = now;
  if (due > self->fed) {
    const char *end = bench_corpus_skip_tokens ("markdown", self->p, due - self->fed);

    if (self->bench->view != NULL)
      append_view (self->bench, self->p, end - self->p);
    else
      sonde_message_append_text (self->bench->answer, SONDE_TEXT_CONTENT, self->p, end - self->p);
    self->p = end;
    self->fed = due;
  }

  return G_SOURCE_CONTINUE;
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, Stream *self)
{
  if (self->key_time == 0)
    self->key_time = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (keys));

  return GDK_EVENT_PROPAGATE;
}

/* The X server stamps its events with the monotonic clock, in milliseconds. */
static void
key_painted_cb (GdkFrameClock *clock, Stream *self)
{
  const guint32 now = (guint32) (g_get_monotonic_time () / 1000);
  guint32 latency;

  if (self->key_time == 0)
    return;
  latency = now - self->key_time;
  self->key_time = 0;
  g_array_append_val (self->latencies, latency);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

/* Prints the processor time, the share of late frames, the longest interval in
 * frames, the 99th percentile of the keys in seconds and how many keys came. */
static void
measure_stream (Bench *bench, gboolean floor)
{
  g_autofree char *before = bench_corpus_dup_tokens ("markdown", SEED, 45000);
  g_autofree char *more = bench_corpus_dup_tokens ("markdown", SEED + 1, PIECES + 100);
  Stream self = { .bench = bench, .text = more, .p = more };
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autoptr (GSubprocess) typist = NULL;
  g_autofree char *letters = g_strnfill (150, 'a');
  double start, cpu;
  guint late = 0;
  gint64 longest = 0;
  guint tick;

  if (floor) {
    show_view (bench);
    append_view (bench, before, strlen (before));
    run_frames (bench, 2 * SETTLE_FRAMES);
  } else {
    show_transcript (bench);
    show_answer (bench, before);
    gtk_widget_grab_focus (bench->composer);
    run_frames (bench, SETTLE_FRAMES);
  }
  self.intervals = g_array_new (FALSE, FALSE, sizeof (gint64));
  self.latencies = g_array_new (FALSE, FALSE, sizeof (guint32));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), &self);
  gtk_widget_add_controller (GTK_WIDGET (bench->window), keys);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (bench->window)), "after-paint",
                    G_CALLBACK (key_painted_cb), &self);

  if (!floor)
    typist =
      g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "xdotool", "search", "--name",
                        "^Sonde Bench$", "windowfocus", "type", "--delay", "150", letters, NULL);
  self.start = g_get_monotonic_time ();
  start = get_process_time ();
  tick = gtk_widget_add_tick_callback (GTK_WIDGET (bench->window), feed_cb, &self, NULL);
  while (self.fed < PIECES)
    g_main_context_iteration (NULL, TRUE);
  cpu = get_process_time () - start;
  gtk_widget_remove_tick_callback (GTK_WIDGET (bench->window), tick);
  if (typist != NULL)
    g_subprocess_force_exit (typist);

  for (guint i = 0; i < self.intervals->len; i++) {
    const gint64 interval = g_array_index (self.intervals, gint64, i);

    late += (double) interval > 1.5 * FRAME_SECONDS * G_USEC_PER_SEC;
    longest = MAX (longest, interval);
  }
  g_array_sort (self.latencies, compare_times);
  g_print ("%.6f %.6f %.3f %.6f %u\n", cpu, (double) late / MAX (self.intervals->len, 1),
           (double) longest / G_USEC_PER_SEC / FRAME_SECONDS,
           self.latencies->len > 0
             ? g_array_index (self.latencies, guint32, (self.latencies->len - 1) * 99 / 100) /
                 1000.0
             : 0,
           self.latencies->len);
}

static int
measure (int argc, char *argv[])
{
  Bench self = { 0 };
  const guint n = argc > 3 ? (guint) atoi (argv[3]) : 0;

  adw_init ();
  sonde_ui_init ();
  if (g_str_equal (argv[2], "memory"))
    measure_memory (&self, n);
  else if (g_str_equal (argv[2], "open"))
    measure_open (&self, n);
  else if (g_str_equal (argv[2], "stream"))
    measure_stream (&self, n == 0);
  else
    measure_growth (&self, argv[2], n);

  return 0;
}

/* --- figures ----------------------------------------------------------------------- */

/* Runs this program for one measurement; returns what it printed. */
static char *
run (const char *what, guint n)
{
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  const char *argv[] = { program, "measure", what, number, NULL };
  char *output = NULL;
  int status = 0;
  g_autoptr (GError) error = NULL;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL,
                     &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("%s %u: %s", what, n, error->message);

  return output;
}

static double
run_number (const char *what, guint n)
{
  g_autofree char *output = run (what, n);

  return g_ascii_strtod (output, NULL);
}

static gboolean
figure (const char *name, const char *what, guint above, guint below, double limit, guint n_runs)
{
  double ratios[RUNS];
  double difference = 0;

  for (guint i = 0; i < n_runs; i++) {
    const double floor = run_number (what, below);
    const double value = run_number (what, above);

    ratios[i] = value / floor;
    difference += (value - floor) / n_runs;
    g_printerr ("%s: %g against %g\n", name, value, floor);
  }
  if (g_str_equal (what, "open") && difference <= FRAME_SECONDS)
    return sonde_bench_report_as (name, limit, ratios, n_runs, TRUE);

  return sonde_bench_report (name, limit, ratios, n_runs);
}

static gboolean
figure_stream (void)
{
  double cpu[LONG_RUNS], frames[LONG_RUNS], keys[LONG_RUNS];
  gboolean steady = TRUE;
  gboolean within;

  for (guint i = 0; i < LONG_RUNS; i++) {
    g_autofree char *floor = run ("stream", 0);
    g_autofree char *output = run ("stream", 1);
    g_auto (GStrv) f = g_strsplit (g_strstrip (floor), " ", -1);
    g_auto (GStrv) v = g_strsplit (g_strstrip (output), " ", -1);

    g_printerr (
      "stream: cpu %s late %s longest %s key %s of %s; the floor: cpu %s late %s longest %s\n",
      v[0], v[1], v[2], v[3], v[4], f[0], f[1], f[2]);
    cpu[i] = g_ascii_strtod (v[0], NULL) / g_ascii_strtod (f[0], NULL);
    frames[i] = g_ascii_strtod (v[1], NULL) / 0.01;
    steady = steady && g_ascii_strtod (v[2], NULL) <= 4;
    keys[i] = g_ascii_strtod (v[3], NULL) / (2 * FRAME_SECONDS);
    if (atoi (v[4]) < 50)
      g_error ("Only %s keys came", v[4]);
  }

  within = sonde_bench_report ("stream-cpu", 2.0, cpu, LONG_RUNS);
  within = sonde_bench_report_as ("stream-frames", 1.0, frames, LONG_RUNS,
                                  steady && frames[LONG_RUNS / 2] <= 1) &&
           within;
  within = sonde_bench_report ("key-latency", 1.0, keys, LONG_RUNS) && within;

  return within;
}

int
main (int argc, char *argv[])
{
  static const char *const kinds[] = { "prose", "markdown", "code", "chinese" };
  gboolean within = TRUE;

  if (argc > 2 && g_str_equal (argv[1], "measure"))
    return measure (argc, argv);

  g_print ("transcript: GSK_RENDERER=%s\n", g_getenv ("GSK_RENDERER"));
  within = figure ("open-long", "open", LONG, SHORT, 1.5, RUNS) && within;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *name = g_strconcat ("token-growth-", kinds[i], NULL);

    within = figure (name, kinds[i], 100000, 1000, 1.2, RUNS) && within;
  }
  within = figure ("memory-long", "memory", LONG, SHORT, 1.3, LONG_RUNS) && within;
  within = figure_stream () && within;

  return within ? 0 : 1;
}
