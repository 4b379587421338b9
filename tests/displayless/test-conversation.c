/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-conversation.h"

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  guint *count = data;

  (*count)++;
}

static void
append (SondeConversation *conversation, gint64 id, SondeRole role)
{
  g_autoptr (SondeMessage) message =
    sonde_message_new (id, sonde_conversation_get_leaf_id (conversation), role, id * 1000);

  sonde_conversation_append (conversation, message);
}

static void
assert_path (SondeConversation *conversation, const gint64 *ids, guint n_ids)
{
  GListModel *messages = sonde_conversation_get_messages (conversation);

  g_assert_cmpuint (g_list_model_get_n_items (messages), ==, n_ids);
  for (guint i = 0; i < n_ids; i++) {
    g_autoptr (SondeMessage) message = g_list_model_get_item (messages, i);

    g_assert_cmpint (sonde_message_get_id (message), ==, ids[i]);
  }
  g_assert_cmpint (sonde_conversation_get_leaf_id (conversation), ==,
                   n_ids > 0 ? ids[n_ids - 1] : 0);
}

static void
test_construct (void)
{
  SondeConversation *conversation = sonde_conversation_new (3, 1000);

  g_assert_cmpint (sonde_conversation_get_id (conversation), ==, 3);
  g_assert_cmpint (sonde_conversation_get_created_at (conversation), ==, 1000);
  g_assert_cmpint (sonde_conversation_get_updated_at (conversation), ==, 1000);
  g_assert_null (sonde_conversation_get_title (conversation));
  g_assert_null (sonde_conversation_get_model_id (conversation));
  g_assert_null (sonde_conversation_get_draft (conversation));
  g_assert_cmpint (sonde_conversation_get_thinking (conversation), ==, SONDE_THINKING_OFF);
  g_assert_false (sonde_conversation_get_pinned (conversation));
  g_assert_false (sonde_conversation_get_unread (conversation));
  g_assert_false (sonde_conversation_get_streaming (conversation));
  g_assert_false (sonde_conversation_get_loaded (conversation));
  g_assert_true (g_list_model_get_item_type (sonde_conversation_get_messages (conversation)) ==
                 SONDE_TYPE_MESSAGE);
  assert_path (conversation, NULL, 0);
  g_assert_finalize_object (conversation);
}

/* Every writable property: it is what it was set to, and notifies when it changes. */
static void
test_properties (void)
{
  static const struct {
    const char *name;
    const char *value; /* as GVariant writes it */
  } properties[] = {
    { "title", "'Irrationality'" }, { "updated-at", "int64 2000" }, { "model-id", "'some'" },
    { "pinned", "true" },           { "unread", "true" },           { "streaming", "true" },
    { "leaf-id", "int64 9" },       { "draft", "'Prove that'" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (properties); i++) {
    SondeConversation *conversation = sonde_conversation_new (3, 1000);
    g_autofree char *signal = g_strdup_printf ("notify::%s", properties[i].name);
    g_autoptr (GVariant) variant = g_variant_parse (NULL, properties[i].value, NULL, NULL, NULL);
    g_auto (GValue) value = G_VALUE_INIT;
    g_auto (GValue) read = G_VALUE_INIT;
    g_autoptr (GVariant) same = NULL;
    guint own = 0, all = 0;

    g_dbus_gvariant_to_gvalue (variant, &value);
    g_signal_connect (conversation, signal, G_CALLBACK (count_cb), &own);
    g_signal_connect (conversation, "notify", G_CALLBACK (count_cb), &all);
    g_object_set_property (G_OBJECT (conversation), properties[i].name, &value);
    g_object_set_property (G_OBJECT (conversation), properties[i].name, &value);
    g_assert_cmpuint (own, ==, 1);
    g_assert_cmpuint (all, ==, 1);
    g_object_get_property (G_OBJECT (conversation), properties[i].name, &read);
    same = g_dbus_gvalue_to_gvariant (&read, g_variant_get_type (variant));
    g_assert_cmpvariant (variant, same);
    g_assert_finalize_object (conversation);
  }
}

static void
test_thinking (void)
{
  SondeConversation *conversation = sonde_conversation_new (3, 1000);
  guint count = 0;

  g_signal_connect (conversation, "notify::thinking", G_CALLBACK (count_cb), &count);
  g_object_set (conversation, "thinking", SONDE_THINKING_MAX, NULL);
  sonde_conversation_set_thinking (conversation, SONDE_THINKING_MAX);
  g_assert_cmpint (sonde_conversation_get_thinking (conversation), ==, SONDE_THINKING_MAX);
  g_assert_cmpuint (count, ==, 1);
  g_assert_finalize_object (conversation);
}

/* A conversation gets its number when it is stored, once. */
static void
test_id (void)
{
  SondeConversation *conversation = sonde_conversation_new (0, 1000);
  guint count = 0;

  g_signal_connect (conversation, "notify::id", G_CALLBACK (count_cb), &count);
  g_assert_cmpint (sonde_conversation_get_id (conversation), ==, 0);
  sonde_conversation_set_id (conversation, 12);
  g_assert_cmpint (sonde_conversation_get_id (conversation), ==, 12);
  g_assert_cmpuint (count, ==, 1);
  g_assert_finalize_object (conversation);
}

static void
test_append (void)
{
  SondeConversation *conversation = sonde_conversation_new (3, 1000);
  guint count = 0;

  g_signal_connect (conversation, "notify::leaf-id", G_CALLBACK (count_cb), &count);
  append (conversation, 10, SONDE_ROLE_USER);
  append (conversation, 11, SONDE_ROLE_ASSISTANT);
  assert_path (conversation, (const gint64[]) { 10, 11 }, 2);
  g_assert_cmpuint (count, ==, 2);
  g_assert_finalize_object (conversation);
}

typedef struct {
  guint count, position, removed, added;
} Change;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  Change *change = data;

  change->count++;
  change->position = position;
  change->removed = removed;
  change->added = added;
}

/* What two paths have in common is left alone, in one step: a view keeps its place. */
static void
test_choose (void)
{
  SondeConversation *conversation = sonde_conversation_new (3, 1000);
  g_autoptr (SondeMessage) version = sonde_message_new (12, 10, SONDE_ROLE_ASSISTANT, 3000);
  Change change = { 0 };

  append (conversation, 10, SONDE_ROLE_USER);
  append (conversation, 11, SONDE_ROLE_ASSISTANT);
  g_signal_connect (sonde_conversation_get_messages (conversation), "items-changed",
                    G_CALLBACK (items_changed_cb), &change);
  sonde_conversation_choose (conversation, version);
  assert_path (conversation, (const gint64[]) { 10, 12 }, 2);
  g_assert_cmpuint (change.count, ==, 1);
  g_assert_cmpuint (change.position, ==, 1);
  g_assert_cmpuint (change.removed, ==, 1);
  g_assert_cmpuint (change.added, ==, 1);
  g_assert_finalize_object (conversation);
}

static void
test_set_messages (void)
{
  SondeConversation *conversation = sonde_conversation_new (3, 1000);
  g_autoptr (GPtrArray) path = g_ptr_array_new_with_free_func (g_object_unref);
  guint count = 0;
  Change change = { 0 };

  g_signal_connect (conversation, "notify::loaded", G_CALLBACK (count_cb), &count);
  append (conversation, 9, SONDE_ROLE_USER);
  g_signal_connect (sonde_conversation_get_messages (conversation), "items-changed",
                    G_CALLBACK (items_changed_cb), &change);
  g_ptr_array_add (path, sonde_message_new (10, 0, SONDE_ROLE_USER, 1000));
  g_ptr_array_add (path, sonde_message_new (11, 10, SONDE_ROLE_ASSISTANT, 2000));
  sonde_conversation_set_leaf_id (conversation, 11);
  sonde_conversation_set_messages (conversation, path);
  assert_path (conversation, (const gint64[]) { 10, 11 }, 2);
  g_assert_true (sonde_conversation_get_loaded (conversation));
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpuint (change.count, ==, 1);
  g_assert_finalize_object (conversation);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/conversation/construct", test_construct);
  g_test_add_func ("/conversation/properties", test_properties);
  g_test_add_func ("/conversation/thinking", test_thinking);
  g_test_add_func ("/conversation/id", test_id);
  g_test_add_func ("/conversation/append", test_append);
  g_test_add_func ("/conversation/choose", test_choose);
  g_test_add_func ("/conversation/set-messages", test_set_messages);

  return g_test_run ();
}
