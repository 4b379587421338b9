/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is said of a file. */

#include "sonde-attachment-words.h"

#include <glib/gi18n.h>

/**
 * sonde_attachment_words_describe_problem:
 * @problem: why there is nothing of a file
 *
 * Returns: a sentence that says so
 */
const char *
sonde_attachment_words_describe_problem (SondeAttachmentProblem problem)
{
  switch (problem) {
  case SONDE_ATTACHMENT_PROBLEM_NONE:
    return "";
  case SONDE_ATTACHMENT_PROBLEM_MISSING:
    return _ ("The file is not there any more.");
  case SONDE_ATTACHMENT_PROBLEM_REFUSED:
    return _ ("You are not allowed to read this file.");
  case SONDE_ATTACHMENT_PROBLEM_FOLDER:
    return _ ("This is a folder. Attach the files in it.");
  case SONDE_ATTACHMENT_PROBLEM_SPECIAL:
    return _ ("This is a device or a pipe, not a file.");
  case SONDE_ATTACHMENT_PROBLEM_TOO_LARGE:
    return _ ("There is more in this file than a model can read.");
  case SONDE_ATTACHMENT_PROBLEM_UNSUPPORTED:
    return _ ("There is no text to read in files of this kind.");
  case SONDE_ATTACHMENT_PROBLEM_ENCRYPTED:
    return _ ("The file is protected by a password.");
  case SONDE_ATTACHMENT_PROBLEM_DAMAGED:
    return _ ("The file is damaged.");
  case SONDE_ATTACHMENT_PROBLEM_EMPTY:
    return _ ("There is no text in this file.");
  case SONDE_ATTACHMENT_PROBLEM_TIMED_OUT:
    return _ ("Reading this file takes too long.");
  case SONDE_ATTACHMENT_PROBLEM_FAILED:
    return _ ("The file could not be read.");
  }

  g_return_val_if_reached ("");
}

/**
 * sonde_attachment_words_dup_caption:
 * @attachment: an attachment
 *
 * Returns: (transfer full): its size and about how many tokens it makes, or how it stands
 */
char *
sonde_attachment_words_dup_caption (SondeAttachment *attachment)
{
  g_autofree char *size = NULL;
  g_autofree char *tokens = NULL;
  gint64 n;

  switch (sonde_attachment_get_state (attachment)) {
  case SONDE_ATTACHMENT_LOADING:
    return g_strdup (_ ("Reading…"));
  case SONDE_ATTACHMENT_FAILED:
    return g_strdup (
      sonde_attachment_words_describe_problem (sonde_attachment_get_problem (attachment)));
  case SONDE_ATTACHMENT_READY:
    break;
  }

  n = sonde_attachment_get_tokens (attachment);
  size = g_format_size ((guint64) sonde_attachment_get_size (attachment));
  /* Translators: an estimate; ≈ is the sign for about */
  tokens = g_strdup_printf (g_dngettext (NULL, "≈%'d token", "≈%'d tokens", (gulong) n), (int) n);

  return g_strdup_printf ("%s · %s", size, tokens);
}
