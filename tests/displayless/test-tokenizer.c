/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <sqlite3.h>
#include <string.h>

#include "sonde-search-module.h"
#include "sonde-snippet.h"
#include "sonde-test.h"
#include "sonde-tokenizer.h"

static int
collect_cb (const SondeToken *token, gpointer user_data)
{
  GString *words = user_data;

  if (words->len > 0)
    g_string_append_c (words, token->same_place ? '/' : ' ');
  g_string_append_len (words, token->text, (gssize) token->length);

  return 0;
}

/* The words of @text, with a slash before one that stands at the same place. */
static char *
split (const char *text, SondeTokenizerMode mode)
{
  GString *words = g_string_new (NULL);

  sonde_tokenizer_run (text, strlen (text), mode, collect_cb, words);

  return g_string_free (words, FALSE);
}

static void
test_words (void)
{
  static const struct {
    const char *text;
    const char *document;
    const char *query; /* NULL: the same */
  } rows[] = {
    { "", "" },
    { "  ...\n\t--", "" },
    { "Hello, World!", "hello world" },
    { "don't stop", "don t stop" },
    { "3.14 is pi", "3 14 is pi" },
    /* Case and diacritics. */
    { "Größe GRÖSSE groesse", "grosse grosse groesse" },
    { "Straße STRASSE ẞ", "strasse strasse ss" },
    { "über Ärger Öl", "uber arger ol" },
    { "u\xcc\x88"
      "ber",
      "uber" },
    { "Ćwikła Łódź ŒUVRE Ærø", "cwikla lodz oeuvre aero" },
    { "İstanbul ısı", "istanbul isi" },
    { "ΟΔΥΣΣΕΥΣ Οδυσσεύς", "οδυσσευσ οδυσσευσ" },
    { "Ёлка МОЙ мои", "елка мой мои" },
    { "tiếng Việt", "tieng viet" },
    { "ﬁne Ｆｕｌｌ １２３", "fine full 123" },
    { "الْعَرَبِيَّة", "العربية" },
    { "أهلا مـــرحبا", "اهلا مرحبا" },
    { "שָׁלוֹם", "שלום" },
    { "हिन्दी भाषा", "हिन्दी भाषा" },
    { "soft\xc2\xadhyphen", "softhyphen" },
    /* Scripts without spaces. */
    { "中", "中" },
    { "中文", "中文/中/文", "中文" },
    { "全文搜索", "全文/全 文搜/文 搜索/搜/索", "全文 文搜 搜索" },
    { "用C语言写", "用 c 语言/语 言写/言/写", "用 c 语言 言写" },
    { "东京，大阪", "东京/东/京 大阪/大/阪", "东京 大阪" },
    { "ひらがな", "ひら/ひ らが/ら がな/が/な", "ひら らが がな" },
    { "か\xe3\x82\x99な", "がな/が/な", "がな" },
    { "ｶﾞｽ", "ガス/ガ/ス", "ガス" },
    { "ー", "ー" },
    { "한국어", "한국/한 국어/국/어", "한국 국어" },
    { "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab\xe1\x84\x80\xe1\x85\xae\xe1\x86\xa8", "한국/한/국",
      "한국" },
    { "ภาษา", "ภา/ภ าษ/า ษา/ษ/า", "ภา าษ ษา" },
    { "ລາວ", "ລາ/ລ າວ/າ/ວ", "ລາ າວ" },
    { "ខ្មែរ", "ខ្/ខ ្ម/្ មែ/ម ែរ/ែ/រ", "ខ្ ្ម មែ ែរ" },
    { "𠮷野", "𠮷野/𠮷/野", "𠮷野" },
    /* Emoji. */
    { "party🎉time", "party 🎉 time" },
    { "👍🏽 ❤️", "👍 ❤" },
    { "👩‍💻", "👩 💻" },
    /* Code. */
    { "snake_case_name", "snake case name" },
    { "getElementById", "getelementbyid/get/element/by/id", "getelementbyid" },
    { "HTTPServer", "httpserver/http/server", "httpserver" },
    { "iPhone", "iphone/phone", "iphone" },
    { "DeepSeek V4", "deepseek/deep/seek v4", "deepseek v4" },
    { "C++ and C#, F#.", "c/c++ and c/c# f/f#", "c++ and c# f#" },
    { "a#b i+++", "a b i" },
    { "std::vector<int>", "std vector int" },
    { "naïveBayes", "naivebayes/naive/bayes", "naivebayes" },
    /* Bytes that are no text. */
    { "a\xff\xfe"
      "b\xe4\xb8",
      "a b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *document = split (rows[i].text, SONDE_TOKENIZER_DOCUMENT);
    g_autofree char *query = split (rows[i].text, SONDE_TOKENIZER_QUERY);

    g_assert_cmpstr (document, ==, rows[i].document);
    g_assert_cmpstr (query, ==, rows[i].query != NULL ? rows[i].query : rows[i].document);
  }
}

static void
test_long_word (void)
{
  g_autofree char *text = g_strnfill (100000, 'a');
  g_autofree char *words = split (text, SONDE_TOKENIZER_DOCUMENT);

  g_assert_cmpuint (strlen (words), ==, SONDE_TOKEN_LENGTH);
}

static int
check_offsets_cb (const SondeToken *token, gpointer user_data)
{
  g_autofree char *text =
    g_strndup ((const char *) user_data + token->start, token->end - token->start);

  if (token->length == 3 && memcmp (token->text, "uml", 3) == 0)
    g_assert_cmpstr (text, ==, "Üml");
  if (token->length == 6 && memcmp (token->text, "语言", 6) == 0)
    g_assert_cmpstr (text, ==, "语言");
  if (token->length == 6 && memcmp (token->text, "server", 6) == 0)
    g_assert_cmpstr (text, ==, "Server");

  return 0;
}

static void
test_offsets (void)
{
  const char *text = "x Üml HTTPServer 语言";

  sonde_tokenizer_run (text, strlen (text), SONDE_TOKENIZER_DOCUMENT, check_offsets_cb,
                       (gpointer) text);
}

/* --- the index ----------------------------------------------------------------- */

static void
execute (sqlite3 *handle, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static int
count_matches (sqlite3 *handle, const char *match)
{
  sqlite3_stmt *statement = NULL;
  int n;

  g_assert_cmpint (
    sqlite3_prepare_v2 (handle, "SELECT count (*) FROM t WHERE t MATCH ?1", -1, &statement, NULL),
    ==, SQLITE_OK);
  sqlite3_bind_text (statement, 1, match, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  n = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);

  return n;
}

static void
test_index (void)
{
  static const struct {
    const char *match;
    int n;
  } rows[] = {
    { "\"全文\"", 1 },        { "\"搜索\"", 1 },
    { "\"文\"", 1 },          { "\"文 搜索\"", 1 },
    { "\"全文搜索\"", 1 },    { "\"搜文\"", 0 },
    { "\"索 引擎\"", 1 },     { "\"索引擎\"", 1 },
    { "\"search 全文\"", 1 }, { "\"engine search\"", 1 },
    { "\"全文 \"", 1 },       { "\"grösse\"", 1 },
    { "\"GROSSE\"", 1 },      { "\"sea\"*", 1 },
    { "\"sea\"", 0 },         { "\"deep\"", 1 },
    { "\"deepseek v4\"", 1 }, { "\"국어\"", 1 },
    { "\"어\"", 1 },          { "\"ษา\"", 1 },
    { "\"🎉\"", 1 },          { "\"c++\"", 1 },
    { "\"c\"", 1 },           { "\"擎 한국\"", 1 },
  };
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (":memory:", &handle), ==, SQLITE_OK);
  g_assert_cmpint (sonde_search_module_register (handle), ==, SQLITE_OK);
  execute (handle, "CREATE VIRTUAL TABLE t USING fts5 (x, tokenize = 'sonde', content = '')");
  execute (handle, "INSERT INTO t (rowid, x) VALUES (1, 'engine search 全文搜索引擎 한국어 ภาษา "
                   "Größe DeepSeek V4 🎉 C++')");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].match);
    g_assert_cmpint (count_matches (handle, rows[i].match), ==, rows[i].n);
  }
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

/* --- snippets ------------------------------------------------------------------ */

static void
test_snippets (void)
{
  static const struct {
    const char *phrases;
    const char *text;
    const char *snippet;
  } rows[] = {
    { "world", "Hello, World!\n\nAgain", "Hello, [World]! Again" },
    { "none", "Hello\tWorld", "Hello World" },
    { "wor*", "Hello, World worn", "Hello, [World] [worn]" },
    { "wor", "Hello, World", "Hello, World" },
    { "hello world", "Hello, World; hello", "[Hello, World]; hello" },
    { "搜索", "全文搜索", "全文[搜索]" },
    { "全文搜索", "在全文搜索中", "在[全文搜索]中" },
    { "全文\n搜索", "全文搜索", "[全文搜索]" },
    { "文", "全文文", "全[文文]" },
    { "시", "도시", "도[시]" },
    { "server", "an HTTPServer", "an HTTP[Server]" },
    { "httpserver", "an HTTPServer", "an [HTTPServer]" },
    { "grosse", "die Größe", "die [Größe]" },
    { "a\nb", "a b", "[a] [b]" },
    { "x", "\002x\003", "[x] " },
    { "", "text", "text" },
    { "...", "text", "text" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (SondeSnippet) snippet = sonde_snippet_new (rows[i].phrases);
    g_autofree char *line = sonde_snippet_make (snippet, rows[i].text, strlen (rows[i].text));

    for (char *c = line; *c != '\0'; c++)
      *c = *c == SONDE_SNIPPET_BEGIN ? '[' : *c == SONDE_SNIPPET_END ? ']' : *c;
    g_assert_cmpstr (line, ==, rows[i].snippet);
  }
}

/* A long text: the piece is where most of what is searched is together. */
static void
test_long_snippet (void)
{
  g_autoptr (SondeSnippet) snippet = sonde_snippet_new ("needle\nthread");
  g_autoptr (GString) text = g_string_new ("needle ");
  g_autofree char *line = NULL;

  for (guint i = 0; i < 500; i++)
    g_string_append (text, "hay 干草 ");
  g_string_append (text, "a needle and a thread ");
  for (guint i = 0; i < 500; i++)
    g_string_append (text, "干草干草");
  line = sonde_snippet_make (snippet, text->str, text->len);

  g_assert_true (g_utf8_validate (line, -1, NULL));
  g_assert_cmpuint (strlen (line), <, 300);
  g_assert_nonnull (strstr (line, "\002needle\003 and a \002thread\003"));
  g_assert_true (g_str_has_prefix (line, "…"));
  g_assert_true (g_str_has_suffix (line, "…"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tokenizer/words", test_words);
  g_test_add_func ("/tokenizer/long-word", test_long_word);
  g_test_add_func ("/tokenizer/offsets", test_offsets);
  g_test_add_func ("/tokenizer/index", test_index);
  g_test_add_func ("/tokenizer/snippets", test_snippets);
  g_test_add_func ("/tokenizer/long-snippet", test_long_snippet);

  return g_test_run ();
}
