/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-ask-options.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "sonde-attachment-reader.h"
#include "sonde-model-list.h"
#include "sonde-retry.h"

#define LONGEST_STALL (24 * 60 * 60)

/* The words as they were typed, until they are read. */
typedef struct {
  char *thinking;
  char *numbers[SONDE_ASK_N_NUMBERS];
  char *max_tokens;
  char *logprobs;
  char *stall_timeout;
  char *retries;
  char *tools;
  char *conversation;
  char **files;
  char **rest;
} Words;

static const char *const number_names[] = {
  [SONDE_ASK_TEMPERATURE] = "temperature",
  [SONDE_ASK_TOP_P] = "top-p",
  [SONDE_ASK_FREQUENCY_PENALTY] = "frequency-penalty",
  [SONDE_ASK_PRESENCE_PENALTY] = "presence-penalty",
};

#define DEFAULT_MODEL "deepseek-v4-flash"

static void
words_clear (Words *self)
{
  g_free (self->thinking);
  for (gsize i = 0; i < SONDE_ASK_N_NUMBERS; i++)
    g_free (self->numbers[i]);
  g_free (self->max_tokens);
  g_free (self->logprobs);
  g_free (self->stall_timeout);
  g_free (self->retries);
  g_free (self->tools);
  g_free (self->conversation);
  g_strfreev (self->files);
  g_strfreev (self->rest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

G_GNUC_PRINTF (2, 3)
static gboolean
fail (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_clear_error (error);
  if (error != NULL)
    *error = g_error_new_valist (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, args);
  va_end (args);

  return FALSE;
}

static gboolean
parse_words (SondeAskOptions *self, Words *words, int argc, char *argv[], GError **error)
{
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_STRING, &self->model, N_ ("The model that answers"),
      N_ ("ID") },
    { "thinking", 't', 0, G_OPTION_ARG_STRING, &words->thinking,
      N_ ("How hard it thinks: off, low, high or max"), N_ ("LEVEL") },
    { "base-url", 0, 0, G_OPTION_ARG_STRING, &self->base_url, N_ ("The service to ask"),
      N_ ("URL") },
    { "system", 's', 0, G_OPTION_ARG_STRING, &self->system, N_ ("What the model is to be"),
      N_ ("TEXT") },
    { "conversation", 0, 0, G_OPTION_ARG_FILENAME, &words->conversation,
      N_ ("What was said before: a JSON array of messages"), N_ ("FILE") },
    { "file", 'f', 0, G_OPTION_ARG_FILENAME_ARRAY, &words->files,
      N_ ("A file that the question is about; may be given more than once"), N_ ("FILE") },
    { "prefix", 0, 0, G_OPTION_ARG_STRING, &self->prefix,
      N_ ("How the answer begins; the rest of it is printed"), N_ ("TEXT") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("Answer with a JSON object"), NULL },
    { "tools", 0, 0, G_OPTION_ARG_FILENAME, &words->tools,
      N_ ("What the model may call: a JSON array of tools"), N_ ("FILE") },
    { "strict", 0, 0, G_OPTION_ARG_NONE, &self->strict, N_ ("Hold calls to the tools’ schemas"),
      NULL },
    { "max-tokens", 0, 0, G_OPTION_ARG_STRING, &words->max_tokens,
      N_ ("The most that reasoning and answer may have together"), N_ ("N") },
    { "temperature", 0, 0, G_OPTION_ARG_STRING, &words->numbers[SONDE_ASK_TEMPERATURE],
      N_ ("How freely the model chooses its words, 0 to 2"), N_ ("NUMBER") },
    { "top-p", 0, 0, G_OPTION_ARG_STRING, &words->numbers[SONDE_ASK_TOP_P],
      N_ ("The share of likely words that it chooses from, up to 1"), N_ ("NUMBER") },
    { "frequency-penalty", 0, 0, G_OPTION_ARG_STRING, &words->numbers[SONDE_ASK_FREQUENCY_PENALTY],
      N_ ("How much it avoids frequent words, −2 to 2"), N_ ("NUMBER") },
    { "presence-penalty", 0, 0, G_OPTION_ARG_STRING, &words->numbers[SONDE_ASK_PRESENCE_PENALTY],
      N_ ("How much it avoids words that were used, −2 to 2"), N_ ("NUMBER") },
    { "stop", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->stop,
      N_ ("Where the answer ends; may be given up to 16 times"), N_ ("TEXT") },
    { "logprobs", 0, 0, G_OPTION_ARG_STRING, &words->logprobs,
      N_ ("Ask for the tokens’ probabilities, with 0 to 20 alternatives"), N_ ("N") },
    { "no-stream", 0, 0, G_OPTION_ARG_NONE, &self->no_stream, N_ ("Get the answer in one piece"),
      NULL },
    { "stall-timeout", 0, 0, G_OPTION_ARG_STRING, &words->stall_timeout,
      N_ ("How long the service may be silent"), N_ ("SECONDS") },
    { "retries", 0, 0, G_OPTION_ARG_STRING, &words->retries,
      N_ ("How often to try again, 0 to 5; 0 unless given"), N_ ("N") },
    { "show-reasoning", 0, 0, G_OPTION_ARG_NONE, &self->show_reasoning,
      N_ ("Print the reasoning to standard error"), NULL },
    { "usage", 0, 0, G_OPTION_ARG_NONE, &self->show_usage,
      N_ ("Print the tokens used to standard error"), NULL },
    { "raw", 0, 0, G_OPTION_ARG_NONE, &self->raw,
      N_ ("Print what happens, a line of JSON for each event"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &self->dry_run, N_ ("Print the request and send nothing"),
      NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words->rest, NULL, N_ ("PROMPT|-") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);

  g_option_context_set_summary (
    options, _ ("Asks one question and prints the answer as it comes. With “-” the question is "
                "read from standard input. Exits with 0 when the answer is complete, 1 on an "
                "error, 2 on wrong usage, 3 when the answer was cut short."));
  g_option_context_set_translation_domain (options, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (options, entries, GETTEXT_PACKAGE);

  return g_option_context_parse (options, &argc, &argv, error);
}

/* The same in every locale, unlike GOption's own numbers. */
static gboolean
read_number (const char *name, const char *word, double *number, GError **error)
{
  char *end = NULL;

  *number = g_ascii_strtod (word, &end);
  if (end != word && *end == '\0')
    return TRUE;

  return fail (error, _ ("--%s takes a number, not “%s”"), name, word);
}

static gboolean
read_integer (const char *name,
              const char *word,
              gint64 min,
              gint64 max,
              gint64 *number,
              GError **error)
{
  if (g_ascii_string_to_signed (word, 10, min, max, number, NULL))
    return TRUE;
  if (min == G_MININT64 || min == G_MININT)
    return fail (error, _ ("--%s takes a whole number, not “%s”"), name, word);

  return fail (error, _ ("--%s takes a whole number from %d to %d, not “%s”"), name, (int) min,
               (int) max, word);
}

static gboolean
read_numbers (SondeAskOptions *self, const Words *words, GError **error)
{
  gint64 number = 0;

  for (gsize i = 0; i < SONDE_ASK_N_NUMBERS; i++) {
    self->numbers_set[i] = words->numbers[i] != NULL;
    if (words->numbers[i] != NULL &&
        !read_number (number_names[i], words->numbers[i], &self->numbers[i], error))
      return FALSE;
  }

  /* The ranges of what is sent are the request's to check. */
  self->max_tokens_set = words->max_tokens != NULL;
  if (words->max_tokens != NULL && !read_integer ("max-tokens", words->max_tokens, G_MININT64,
                                                  G_MAXINT64, &self->max_tokens, error))
    return FALSE;
  self->logprobs_set = words->logprobs != NULL;
  if (words->logprobs != NULL) {
    if (!read_integer ("logprobs", words->logprobs, 0, 20, &number, error))
      return FALSE;
    self->logprobs = (int) number;
  }
  if (words->stall_timeout != NULL) {
    if (!read_integer ("stall-timeout", words->stall_timeout, 1, LONGEST_STALL, &number, error))
      return FALSE;
    self->stall_timeout = (int) number;
  }
  if (words->retries != NULL) {
    if (!read_integer ("retries", words->retries, 0, SONDE_RETRY_MAX, &number, error))
      return FALSE;
    self->retries = (int) number;
  }

  return TRUE;
}

static gboolean
read_model (SondeAskOptions *self, const Words *words, GError **error)
{
  const char *successor;

  self->thinking = SONDE_THINKING_HIGH;
  if (self->model == NULL)
    self->model = g_strdup (DEFAULT_MODEL);
  successor = sonde_model_info_resolve_alias (self->model, &self->thinking);
  if (successor != NULL) {
    g_printerr (_ ("sonde: The name “%s” is retired; asking %s with thinking %s\n"), self->model,
                successor, self->thinking == SONDE_THINKING_OFF ? _ ("off") : _ ("on"));
    g_set_str (&self->model, successor);
  }
  if (words->thinking != NULL && !sonde_thinking_from_string (words->thinking, &self->thinking))
    return fail (error, _ ("--thinking takes off, low, high or max, not “%s”"), words->thinking);

  return TRUE;
}

static gboolean
read_file (const char *path, char **text, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize length;

  if (path == NULL)
    return TRUE;
  if (!g_file_get_contents (path, &bytes, &length, error))
    return FALSE;
  *text = g_strstrip (g_utf8_make_valid (bytes, (gssize) length));

  return TRUE;
}

static char *
read_standard_input (GError **error)
{
  g_autoptr (GIOChannel) channel = g_io_channel_unix_new (fileno (stdin));
  g_autofree char *text = NULL;
  gsize length;

  if (g_io_channel_set_encoding (channel, NULL, error) != G_IO_STATUS_NORMAL ||
      g_io_channel_read_to_end (channel, &text, &length, error) != G_IO_STATUS_NORMAL)
    return NULL;

  return g_utf8_make_valid (text, (gssize) length);
}

static gboolean
read_prompt (SondeAskOptions *self, const Words *words, GError **error)
{
  const guint n = words->rest != NULL ? g_strv_length (words->rest) : 0;

  if (self->strict && self->tools == NULL)
    return fail (error, _ ("--strict is about tools: give --tools as well"));
  if (n == 0 && self->conversation != NULL)
    return TRUE;
  if (n != 1)
    return fail (error, _ ("Give exactly one question, in quotes, or “-”"));

  self->prompt = g_str_equal (words->rest[0], "-") ? read_standard_input (error)
                                                   : g_utf8_make_valid (words->rest[0], -1);
  if (self->prompt == NULL)
    return FALSE;
  if (self->prompt[strspn (self->prompt, " \t\r\n")] == '\0')
    return fail (error, _ ("The question is empty"));

  return TRUE;
}

static gboolean
read_attachments (SondeAskOptions *self, const Words *words, GError **error)
{
  for (guint i = 0; words->files != NULL && words->files[i] != NULL; i++) {
    g_autoptr (GFile) file = g_file_new_for_commandline_arg (words->files[i]);
    SondeAttachment *attachment = sonde_attachment_read (file, NULL, error);

    if (attachment == NULL) {
      g_prefix_error (error, "%s: ", words->files[i]);
      return FALSE;
    }
    if (self->files == NULL)
      self->files = g_ptr_array_new_with_free_func (g_object_unref);
    g_ptr_array_add (self->files, attachment);
  }
  if (self->files != NULL && self->prompt == NULL)
    return fail (error, _ ("--file belongs to a question: give one"));

  return TRUE;
}

/**
 * sonde_ask_options_parse:
 * @self: zeroed options
 * @argc: how many arguments, without the program's name
 * @argv: `ask` and its arguments
 * @error: where to say what is wrong with them, in the person's language
 *
 * Reads the arguments, and the files and the standard input that they name. An alias that the
 * service has retired is replaced, with a word on standard error.
 *
 * Returns: whether they can be understood
 */
gboolean
sonde_ask_options_parse (SondeAskOptions *self, int argc, char *argv[], GError **error)
{
  g_auto (Words) words = { 0 };

  return parse_words (self, &words, argc, argv, error) && read_model (self, &words, error) &&
         read_numbers (self, &words, error) && read_file (words.tools, &self->tools, error) &&
         read_file (words.conversation, &self->conversation, error) &&
         read_prompt (self, &words, error) && read_attachments (self, &words, error);
}

/**
 * sonde_ask_options_clear:
 * @self: options
 */
void
sonde_ask_options_clear (SondeAskOptions *self)
{
  g_free (self->model);
  g_free (self->base_url);
  g_free (self->prompt);
  g_free (self->system);
  g_free (self->prefix);
  g_free (self->conversation);
  g_free (self->tools);
  g_strfreev (self->stop);
  g_clear_pointer (&self->files, g_ptr_array_unref);
}
