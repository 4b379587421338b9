/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-shortcuts.h"

#include <glib/gi18n.h>

static const SondeShortcut shortcuts[] = {
  { N_ ("Conversations"), N_ ("New Conversation"), "win.new-conversation", { "<Control>n" } },
  { NULL, N_ ("New Temporary Conversation"), "win.new-temporary", { "<Control><Shift>n" } },
  { NULL, N_ ("Search Conversations"), "win.search", { "<Control>k" } },
  { NULL, N_ ("Previous Conversation"), "win.previous-conversation", { "<Control>Page_Up" } },
  { NULL, N_ ("Next Conversation"), "win.next-conversation", { "<Control>Page_Down" } },
  { NULL, N_ ("Find in Conversation"), "win.find", { "<Control>f" } },
  { NULL, N_ ("Import"), "win.import", { "<Control>o" } },
  { NULL, N_ ("Print"), "win.print", { "<Control>p" } },
  { NULL, N_ ("Ask Again"), "win.retry", { "<Control>r" } },
  { NULL, N_ ("Stop the Answer"), "win.stop", { "<Control>period" } },
  { N_ ("List of Conversations"), N_ ("Rename"), NULL, { "F2" } },
  { NULL, N_ ("Delete"), NULL, { "Delete" } },
  { NULL, N_ ("Menu of the Conversation"), NULL, { "Menu", "<Shift>F10" } },
  { NULL, N_ ("Select Several"), NULL, { "<Control>space", "<Control>a" } },
  { NULL, N_ ("Fold and Unfold a Folder"), NULL, { "Left", "Right" } },
  { N_ ("Message"), N_ ("Write a Message"), "win.focus-composer", { "<Control>l" } },
  { NULL, N_ ("Send"), NULL, { "Return", "<Control>Return" }, SONDE_SHORTCUT_ENTER_SENDS },
  { NULL, N_ ("Send"), NULL, { "<Control>Return" }, SONDE_SHORTCUT_ENTER_BREAKS },
  { NULL, N_ ("Line Break"), NULL, { "<Shift>Return" }, SONDE_SHORTCUT_ENTER_SENDS },
  { NULL, N_ ("Line Break"), NULL, { "Return" }, SONDE_SHORTCUT_ENTER_BREAKS },
  { NULL, N_ ("Stop the Answer While Writing"), NULL, { "Escape" } },
  { N_ ("Reading"), N_ ("Previous Message"), NULL, { "<Alt>Up" } },
  { NULL, N_ ("Next Message"), NULL, { "<Alt>Down" } },
  { NULL, N_ ("Scroll a Page Up"), NULL, { "Page_Up" } },
  { NULL, N_ ("Scroll a Page Down"), NULL, { "Page_Down" } },
  { NULL, N_ ("Scroll to the Start"), NULL, { "Home", "<Control>Home" } },
  { NULL, N_ ("Scroll to the End"), NULL, { "End", "<Control>End" } },
  { NULL, N_ ("Larger Text"), NULL, { "<Control>plus" } },
  { NULL, N_ ("Smaller Text"), NULL, { "<Control>minus" } },
  { NULL, N_ ("Normal Text Size"), NULL, { "<Control>0" } },
  { N_ ("Window"), N_ ("Show or Hide the Sidebar"), "win.toggle-sidebar", { "F9" } },
  { NULL, N_ ("Show or Hide the Details"), "win.details", { "<Alt>Return" } },
  { NULL, N_ ("Next Area"), "win.next-area", { "F6" } },
  { NULL, N_ ("Previous Area"), "win.previous-area", { "<Shift>F6" } },
  { NULL, N_ ("Main Menu"), NULL, { "F10" } },
  { NULL, N_ ("Usage"), "win.usage", { "<Control>u" } },
  { NULL, N_ ("Preferences"), "win.preferences", { "<Control>comma" } },
  { NULL, N_ ("Help"), "win.help", { "F1" } },
  { NULL, N_ ("Keyboard Shortcuts"), "win.show-shortcuts", { "<Control>question" } },
  { NULL, N_ ("Close the Window"), "window.close", { "<Control>w" } },
  { NULL, N_ ("Quit"), "app.quit", { "<Control>q" } },
};

/**
 * sonde_shortcuts_get:
 * @n_shortcuts: (out): how many there are
 *
 * Returns: (array length=n_shortcuts): every key of the window, in the order of the
 *   dialog; texts are not translated yet
 */
const SondeShortcut *
sonde_shortcuts_get (gsize *n_shortcuts)
{
  *n_shortcuts = G_N_ELEMENTS (shortcuts);

  return shortcuts;
}
