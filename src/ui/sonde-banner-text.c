/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the banners of the window say. */

#include "sonde-banner-text.h"

#include <glib/gi18n.h>

/**
 * sonde_banner_text_get_account_title:
 * @state: how it stands with the API key
 *
 * Returns: what the banner says; with a key, that of the demo service
 */
const char *
sonde_banner_text_get_account_title (SondeAccountState state)
{
  switch (state) {
  case SONDE_ACCOUNT_NO_KEY:
    return _ ("No API key: nothing can be asked");
  case SONDE_ACCOUNT_LOCKED:
    return _ ("The keyring with your API key is locked");
  case SONDE_ACCOUNT_UNAVAILABLE:
    return _ ("The keyring with your API key cannot be used");
  case SONDE_ACCOUNT_LOADING:
  case SONDE_ACCOUNT_READY:
    break;
  }

  return _ ("Demo service: answers are simulated");
}

/**
 * sonde_banner_text_get_account_label:
 * @state: how it stands with the API key
 *
 * Returns: what the banner’s button is called, with a mnemonic
 */
const char *
sonde_banner_text_get_account_label (SondeAccountState state)
{
  switch (state) {
  case SONDE_ACCOUNT_LOCKED:
    return _ ("_Unlock…");
  case SONDE_ACCOUNT_UNAVAILABLE:
    return _ ("_Try Again");
  case SONDE_ACCOUNT_NO_KEY:
  case SONDE_ACCOUNT_LOADING:
  case SONDE_ACCOUNT_READY:
    break;
  }

  return _ ("_Add API Key…");
}

/**
 * sonde_banner_text_get_account_action:
 * @state: how it stands with the API key
 *
 * Returns: the action of the banner’s button
 */
const char *
sonde_banner_text_get_account_action (SondeAccountState state)
{
  switch (state) {
  case SONDE_ACCOUNT_LOCKED:
    return "win.unlock-keyring";
  case SONDE_ACCOUNT_UNAVAILABLE:
    return "win.ask-keyring";
  case SONDE_ACCOUNT_NO_KEY:
  case SONDE_ACCOUNT_LOADING:
  case SONDE_ACCOUNT_READY:
    break;
  }

  return "win.add-key";
}

/**
 * sonde_banner_text_dup_problem:
 * @problem: what is wrong with the store
 * @detail: (nullable): a path, or the database's own words
 *
 * Returns: (transfer full): what the banner says
 */
char *
sonde_banner_text_dup_problem (SondeLibraryProblem problem, const char *detail)
{
  switch (problem) {
  case SONDE_LIBRARY_PROBLEM_NONE:
    break;
  case SONDE_LIBRARY_PROBLEM_SET_ASIDE:
    return g_strdup_printf (_ ("The file with your conversations was damaged. It was kept as %s, "
                               "and a new one was begun."),
                            detail);
  case SONDE_LIBRARY_PROBLEM_NEWER:
    return g_strdup (_ ("Your conversations were stored by a newer version of Sonde and were left "
                        "as they are. Nothing said now is kept; please update Sonde."));
  case SONDE_LIBRARY_PROBLEM_FULL:
    return g_strdup (_ ("The disk is full, so conversations cannot be stored. Please make room; "
                        "Sonde then goes on by itself."));
  case SONDE_LIBRARY_PROBLEM_READ_ONLY:
    return g_strdup (_ ("The folder with your conversations cannot be written to. Nothing said now "
                        "is kept."));
  case SONDE_LIBRARY_PROBLEM_BUSY:
    return g_strdup (_ ("Another program is using the file with your conversations. Please close "
                        "it; nothing said meanwhile is kept."));
  case SONDE_LIBRARY_PROBLEM_DAMAGED:
    return g_strdup (_ ("Parts of the file with your conversations are damaged. A backup can be "
                        "restored from the main menu."));
  case SONDE_LIBRARY_PROBLEM_FAILED:
    return g_strdup_printf (_ ("Conversations cannot be stored: %s"),
                            detail != NULL ? detail : _ ("unknown error"));
  }

  return g_strdup ("");
}
