/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "transfer-fixture.h"

/* What @n records like the first one come to. */
static char *
export_records (SondeExportFormat format, SondeExportFlags flags, guint n)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  SondeExporter *exporter = sonde_exporter_new (format, flags, stream);

  for (guint i = 0; i < n; i++) {
    g_autoptr (SondeTransferRecord) record = make_record (100 + 10 * i);

    sonde_exporter_add (exporter, record, NULL, &error);
    g_assert_no_error (error);
  }
  sonde_exporter_finish (exporter, NULL, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (exporter);
  g_output_stream_write (stream, "", 1, NULL, &error);
  g_output_stream_close (stream, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

#define FRONT                                                                                      \
  "---\n"                                                                                          \
  "title: \"<b>Steuern</b>, 税: \\\"x\\\" & \\\\\"\n"                                              \
  "created: \"2026-01-05T02:00:00.123456Z\"\n"                                                     \
  "updated: \"2026-01-05T02:01:39.999999Z\"\n"                                                     \
  "model: \"deepseek-v4-pro\"\n"                                                                   \
  "folder: \"Money\"\n"                                                                            \
  "system_prompt: \"Always in verse.\"\n"                                                          \
  "---\n"
#define NOTE     "\n> **Summary of the messages above**\n>\n> It was \"about\"\n> <taxes>.\n"
#define QUESTION "Show <script>alert(1)</script>\n\n```c\nint a = 1 < 2;\n```\nend 😀\n"

static void
test_markdown (void)
{
  g_autofree char *path = export_records (SONDE_EXPORT_MARKDOWN, 0, 1);
  g_autofree char *all =
    export_records (SONDE_EXPORT_MARKDOWN, SONDE_EXPORT_REASONING | SONDE_EXPORT_ALL_BRANCHES, 1);
  g_autofree char *two = export_records (SONDE_EXPORT_MARKDOWN, 0, 2);
  g_autofree char *expected = NULL;

  g_assert_cmpstr (path, ==,
                   FRONT "\n## System\n\nBe brief.\n"
                         "\n## You\n\n" QUESTION "\n## DeepSeek V4 Pro\n\nFirst *answer*\n" NOTE);
  g_assert_cmpstr (
    all, ==,
    FRONT "\n## System (#1)\n\nBe brief.\n"
          "\n## You (#1 → #2, 1/2)\n\n" QUESTION "\n## DeepSeek V4 Pro (#2 → #3, 1/2)\n\n"
          "> **Reasoning**\n>\n> Think\n>\n> </details> one\n\nFirst *answer*\n" NOTE
          "\n## somebody-s-model (#2 → #4, 2/2)\n\n\n"
          "\n## You (#1 → #5, 2/2)\n\n📎 <i> & \"税\".md\n\n````\n```c\n1 < 2\n```\n````\n\n"
          "📎 p.png\n\nSecond version\n");
  expected = g_strdup_printf ("%s\n%s", path, path);
  g_assert_cmpstr (two, ==, expected);
}

static void
test_text (void)
{
  g_autofree char *path = export_records (SONDE_EXPORT_TEXT, SONDE_EXPORT_REASONING, 1);

  g_assert_cmpstr (path, ==,
                   "<b>Steuern</b>, 税: \"x\" & \\\n2026-01-05T02:00:00.123456Z\n"
                   "\nSystem:\nBe brief.\n\nYou:\n" QUESTION "\nDeepSeek V4 Pro:\n"
                   "[Reasoning]\nThink\n\n</details> one\n[/Reasoning]\nFirst *answer*\n"
                   "[Summary of the messages above]\nIt was \"about\"\n<taxes>.\n"
                   "[/Summary of the messages above]\n");
}

static void
test_html (void)
{
  g_autofree char *page =
    export_records (SONDE_EXPORT_HTML, SONDE_EXPORT_REASONING | SONDE_EXPORT_ALL_BRANCHES, 2);
  const char *found;

  g_assert_true (g_str_has_prefix (page, "<!DOCTYPE html>\n"));
  g_assert_true (g_str_has_suffix (page, "</body>\n</html>\n"));
  /* Nothing that was said is markup, and nothing runs or is fetched. */
  g_assert_null (strstr (page, "<script"));
  g_assert_null (strstr (page, "<b>"));
  g_assert_null (strstr (page, "href"));
  g_assert_null (strstr (page, "<i>"));
  found = strstr (page, "src=");
  g_assert_true (g_str_has_prefix (found, "src=\"data:image/png;base64,iVBORw==\">"));
  g_assert_nonnull (strstr (page,
                            "<details>\n<summary>📎 &lt;i&gt; &amp; &quot;税&quot;.md</summary>\n"
                            "<pre>```c\n1 &lt; 2\n```</pre>\n</details>"));
  g_assert_nonnull (strstr (page, "default-src 'none'"));
  g_assert_nonnull (strstr (page, "color-scheme:light dark"));
  g_assert_nonnull (strstr (page, "<title>&lt;b&gt;Steuern&lt;/b&gt;, 税: &quot;x&quot; &amp; \\"));
  g_assert_nonnull (
    strstr (page, "<div class=\"text\" dir=\"auto\">Show &lt;script&gt;alert(1)&lt;/script&gt;\n\n"
                  "</div>\n<pre><code>int a = 1 &lt; 2;\n</code></pre>\n"
                  "<div class=\"text\" dir=\"auto\">end 😀</div>\n"));
  g_assert_nonnull (strstr (page, "<summary>Reasoning</summary>\n<div class=\"text\" dir=\"auto\">"
                                  "Think\n\n&lt;/details&gt; one</div>\n</details>"));
  g_assert_nonnull (strstr (page, "<summary>Summary of the messages above</summary>\n"
                                  "<div class=\"text\" dir=\"auto\">It was &quot;about&quot;\n"
                                  "&lt;taxes&gt;.</div>\n</details>\n</section>"));
  g_assert_null (strstr (page, "Taken back"));
  found = strstr (page, "<article>");
  g_assert_nonnull (found);
  g_assert_nonnull (strstr (found + 1, "<article>"));
}

/* A fence that is never closed, one inside another, and one that is none. */
static void
test_html_fences (void)
{
  static const struct {
    const char *text;
    const char *expected;
  } cases[] = {
    { "```\nopen <", "<pre><code>open &lt;</code></pre>\n" },
    { "````\n```\nx\n```\n````\n", "<pre><code>```\nx\n```\n</code></pre>\n" },
    { "~~~\n```\n~~~", "<pre><code>```\n</code></pre>\n" },
    { "    ```\n", "<div class=\"text\" dir=\"auto\">    ```\n</div>\n" },
    { "``x``", "<div class=\"text\" dir=\"auto\">``x``</div>\n" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SondeConversation) conversation = sonde_conversation_new (1, 1);
    g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
    g_autoptr (SondeExporter) exporter = sonde_exporter_new (SONDE_EXPORT_HTML, 0, stream);
    g_autoptr (SondeTransferRecord) record = NULL;
    g_autofree char *expected =
      g_strconcat ("<h2>You</h2>\n", cases[i].expected, "</section>", NULL);
    g_autofree char *page = NULL;
    SondeMessage *message = sonde_message_new (2, 0, SONDE_ROLE_USER, 1);

    sonde_message_set_text (message, SONDE_TEXT_CONTENT, cases[i].text);
    g_ptr_array_add (messages, message);
    record = sonde_transfer_record_new (conversation, messages);
    g_assert_true (sonde_exporter_add (exporter, record, NULL, NULL));
    page = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                      g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
    g_assert_nonnull (strstr (page, expected));
  }
}

/* JSON comes back as it was, also a second time. */
static void
test_round_trip (void)
{
  g_autofree char *json = export_records (SONDE_EXPORT_JSON, 0, 2);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (SondeImporter) importer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *imported = NULL;

  for (guint i = 0; i < 2; i++) {
    g_autoptr (SondeTransferRecord) record = make_record (1 + 6 * i);

    record->origin = g_strdup_printf ("sonde:%u-1767578400123456", 100 + 10 * i);
    dump_record (expected, record);
  }
  imported = import_data (json, strlen (json), NULL, &importer, &error);
  g_assert_no_error (error);
  /* The tree is read from the top: what its numbers are does not matter, and they are the
   * same here because it was written so. */
  g_assert_cmpstr (imported, ==, expected->str);
  g_assert_cmpint (sonde_importer_get_report (importer)->format, ==, SONDE_IMPORT_SONDE);
  g_assert_cmpuint (sonde_importer_get_report (importer)->n_conversations, ==, 2);
  g_assert_cmpuint (sonde_importer_get_report (importer)->n_messages, ==, 10);
  g_assert_cmpuint (sonde_importer_get_report (importer)->n_omitted, ==, 0);
  g_assert_cmpuint (sonde_importer_get_report (importer)->n_skipped, ==, 0);
}

static void
test_nothing (void)
{
  g_autofree char *json = export_records (SONDE_EXPORT_JSON, 0, 0);
  g_autofree char *html = export_records (SONDE_EXPORT_HTML, 0, 0);
  g_autofree char *text = export_records (SONDE_EXPORT_TEXT, 0, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *imported = import_data (json, strlen (json), NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (imported, ==, "");
  g_assert_true (g_str_has_suffix (html, "<body>\n</body>\n</html>\n"));
  g_assert_cmpstr (text, ==, "");
}

/* A leaf that is not there, and messages that are no tree. */
static void
test_broken_tree (void)
{
  const SondeExportFlags flags[] = { 0, SONDE_EXPORT_ALL_BRANCHES };

  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++) {
    g_autoptr (SondeConversation) conversation = sonde_conversation_new (1, 1);
    g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
    g_autoptr (SondeExporter) exporter = sonde_exporter_new (SONDE_EXPORT_TEXT, flags[i], stream);
    g_autoptr (SondeTransferRecord) record = NULL;

    sonde_conversation_set_leaf_id (conversation, 77);
    g_ptr_array_add (messages, sonde_message_new (2, 3, SONDE_ROLE_USER, 1));
    g_ptr_array_add (messages, sonde_message_new (3, 2, SONDE_ROLE_ASSISTANT, 1));
    record = sonde_transfer_record_new (conversation, messages);
    g_assert_true (sonde_exporter_add (exporter, record, NULL, NULL));
  }
}

static void
test_refused (void)
{
  g_autoptr (SondeTransferRecord) record = make_record (1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (SondeExporter) exporter = sonde_exporter_new (SONDE_EXPORT_JSON, 0, stream);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (sonde_exporter_add (exporter, record, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_labels (void)
{
  const SondeExportLabels labels = { "你", "助手", "系统", "工具", "思考", "摘要", "无题" };
  g_autoptr (SondeTransferRecord) record = make_record (1);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (SondeExporter) exporter =
    sonde_exporter_new (SONDE_EXPORT_TEXT, SONDE_EXPORT_REASONING, stream);
  g_autofree char *text = NULL;

  sonde_exporter_set_labels (exporter, &labels);
  sonde_conversation_set_title (record->conversation, NULL);
  g_assert_true (sonde_exporter_add (exporter, record, NULL, NULL));
  text = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
  g_assert_true (g_str_has_prefix (text, "无题\n"));
  g_assert_nonnull (strstr (text, "\n你:\n"));
  g_assert_nonnull (strstr (text, "\n[思考]\n"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exporter/markdown", test_markdown);
  g_test_add_func ("/exporter/text", test_text);
  g_test_add_func ("/exporter/html", test_html);
  g_test_add_func ("/exporter/html-fences", test_html_fences);
  g_test_add_func ("/exporter/round-trip", test_round_trip);
  g_test_add_func ("/exporter/nothing", test_nothing);
  g_test_add_func ("/exporter/broken-tree", test_broken_tree);
  g_test_add_func ("/exporter/refused", test_refused);
  g_test_add_func ("/exporter/labels", test_labels);

  return g_test_run ();
}
