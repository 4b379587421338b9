/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "sonde-json-tree.h"

static void
dump (GString *out, const SondeJsonValue *value)
{
  if (value->key != NULL)
    g_string_append_printf (out, "%s=", value->key);
  if (value->children == NULL) {
    g_string_append_printf (out, value->kind == SONDE_JSON_STRING ? "'%s'" : "%s", value->text);
    return;
  }
  g_string_append_c (out, value->kind == SONDE_JSON_OBJECT ? '{' : '[');
  for (guint i = 0; i < value->children->len; i++) {
    if (i > 0)
      g_string_append_c (out, ' ');
    dump (out, value->children->pdata[i]);
  }
  g_string_append_c (out, value->kind == SONDE_JSON_OBJECT ? '}' : ']');
}

static void
test_parse (void)
{
  static const struct {
    const char *text;
    const char *dump; /* NULL: nothing */
    gboolean complete;
    gboolean truncated;
    gsize offset;
    guint line;
  } cases[] = {
    { "{}", "{}", TRUE, FALSE, 2, 1 },
    { " [1, -2.50e+3 ,true,null]\n", "[1 -2.50e+3 true null]", TRUE, FALSE, 26, 2 },
    { "{\"a\": {\"b\":\"x\\n\\u00fc\\ud83d\\ude00\"}, \"a\": \"中\"}", "{a={b='x\nü😀'} a='中'}",
      TRUE, FALSE, 48, 1 },
    { "\"\\ud83d\"", "'\357\277\275'", TRUE, FALSE, 8, 1 },
    /* It breaks off. */
    { "", NULL, FALSE, TRUE, 0, 1 },
    { "{\"a\": 1,\n \"b\": [tr", "{a=1 b=[tr]}", FALSE, TRUE, 18, 2 },
    { "{\"a\": \"begin", "{a='begin'}", FALSE, TRUE, 12, 1 },
    { "{\"a\"", "{}", FALSE, TRUE, 4, 1 },
    { "[1.", "[1.]", FALSE, TRUE, 3, 1 },
    /* It is something else. */
    { "Here it is: {}", NULL, FALSE, FALSE, 0, 1 },
    { "```json\n{}\n```", NULL, FALSE, FALSE, 0, 1 },
    { "{\"a\": 1} and more", "{a=1}", FALSE, FALSE, 9, 1 },
    { "{\"a\":\n01}", "{a=0}", FALSE, FALSE, 7, 2 },
    { "[1,]", "[1]", FALSE, FALSE, 3, 1 },
    { "{'a': 1}", "{}", FALSE, FALSE, 1, 1 },
    { "[\"a\tb\"]", "['a']", FALSE, FALSE, 3, 1 },
    { "[\"\\x\"]", "['']", FALSE, FALSE, 3, 1 },
    { "[tru]", "[]", FALSE, FALSE, 1, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SondeJsonTree) tree = sonde_json_tree_parse (cases[i].text, strlen (cases[i].text));
    g_autoptr (GString) out = g_string_new (NULL);

    g_test_message ("%s", cases[i].text);
    if (tree->root != NULL)
      dump (out, tree->root);
    g_assert_cmpstr (out->str, ==, cases[i].dump != NULL ? cases[i].dump : "");
    g_assert_cmpint (tree->complete, ==, cases[i].complete);
    g_assert_cmpint (tree->truncated, ==, cases[i].truncated);
    g_assert_cmpuint (tree->offset, ==, cases[i].offset);
    g_assert_cmpuint (tree->line, ==, cases[i].line);
  }
}

/* Whatever is cut off it, the rest is read and known to be cut; and what is deep is not. */
static void
test_cuts (void)
{
  static const char text[] = "{\"a\": [1, {\"b\": \"c\\u00e4\"}], \"d\": {}, \"e\": false}";
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autoptr (SondeJsonTree) tree = sonde_json_tree_parse (deep, 100000);

  g_assert_false (tree->complete);
  g_assert_false (tree->truncated);
  for (gsize length = 0; length < sizeof text - 1; length++) {
    g_autoptr (SondeJsonTree) cut = sonde_json_tree_parse (text, length);

    g_assert_false (cut->complete);
    g_assert_true (cut->truncated);
    g_assert_cmpuint (cut->offset, ==, length);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-tree/parse", test_parse);
  g_test_add_func ("/json-tree/cuts", test_cuts);

  return g_test_run ();
}
