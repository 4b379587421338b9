/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-search-provider.h"

#include <string.h>

#include "sonde-database-file.h"
#include "sonde-search.h"
#include "sonde-statement.h"

#define INTERFACE   "org.gnome.Shell.SearchProvider2"
#define OBJECT_PATH "/io/github/sondechat/Sonde/SearchProvider"

/* The desktop shows a handful of conversations; one may have many of the hits. */
#define MAX_HITS 100

/* The desktop asks again with every key; between two searches it is not worth to end. */
#define INACTIVITY_MS 30000

/**
 * SondeSearchProvider:
 *
 * Finds titles and messages for the desktop's overview. It reads the database and cannot
 * write it, and hands what is chosen to the application over D-Bus. Each search takes some
 * milliseconds, so that they are carried out one by one as they come.
 *
 * A result is one conversation, at its first hit: its title or else its newest message. The
 * id of a result is `CONVERSATION-MESSAGE`, with message 0 for a title.
 */
struct _SondeSearchProvider {
  GApplication parent_instance;

  char *path;
  SondeDatabase *database; /* NULL until there is one */
  GHashTable *hits;        /* of the last search: id to SondeSearchHit */
  guint registration;
};

G_DEFINE_FINAL_TYPE (SondeSearchProvider, sonde_search_provider, G_TYPE_APPLICATION)

static const char interface_xml[] = "<node>"
                                    "<interface name='" INTERFACE "'>"
                                    "<method name='GetInitialResultSet'>"
                                    "<arg type='as' name='terms' direction='in'/>"
                                    "<arg type='as' name='results' direction='out'/>"
                                    "</method>"
                                    "<method name='GetSubsearchResultSet'>"
                                    "<arg type='as' name='previous_results' direction='in'/>"
                                    "<arg type='as' name='terms' direction='in'/>"
                                    "<arg type='as' name='results' direction='out'/>"
                                    "</method>"
                                    "<method name='GetResultMetas'>"
                                    "<arg type='as' name='identifiers' direction='in'/>"
                                    "<arg type='aa{sv}' name='metas' direction='out'/>"
                                    "</method>"
                                    "<method name='ActivateResult'>"
                                    "<arg type='s' name='identifier' direction='in'/>"
                                    "<arg type='as' name='terms' direction='in'/>"
                                    "<arg type='u' name='timestamp' direction='in'/>"
                                    "</method>"
                                    "<method name='LaunchSearch'>"
                                    "<arg type='as' name='terms' direction='in'/>"
                                    "<arg type='u' name='timestamp' direction='in'/>"
                                    "</method>"
                                    "</interface>"
                                    "</node>";

/* --- the database -------------------------------------------------------------------------- */

/* Without a database there is nothing to find: Sonde was never started. */
static gboolean
open_database (SondeSearchProvider *self)
{
  g_autoptr (GError) error = NULL;

  if (self->database == NULL && g_file_test (self->path, G_FILE_TEST_EXISTS)) {
    self->database = sonde_database_file_open_reader (self->path, &error);
    if (self->database == NULL)
      g_message ("The conversations cannot be read: %s", error->message);
  }

  return self->database != NULL;
}

static char *
find_title (SondeSearchProvider *self, gint64 conversation_id)
{
  g_autoptr (SondeStatement) statement = NULL;

  if (!open_database (self))
    return NULL;
  statement =
    sonde_statement_get (self->database, "SELECT title FROM conversations WHERE id = ?", NULL);
  if (statement == NULL)
    return NULL;
  sonde_statement_bind_int64 (statement, 1, conversation_id);

  return sonde_statement_next (statement, NULL)
           ? g_strdup (sonde_statement_get_string (statement, 0))
           : NULL;
}

static GPtrArray *
search (SondeSearchProvider *self, const char *const *terms)
{
  g_autofree char *text = g_strjoinv (" ", (char **) terms);
  g_autoptr (GError) error = NULL;
  GPtrArray *hits;

  if (!open_database (self))
    return NULL;
  hits = sonde_search_run (self->database, text, MAX_HITS, &error);
  if (hits == NULL) {
    /* A database of another version, or one that was replaced: the next search opens it anew. */
    g_message ("Nothing can be searched: %s", error->message);
    g_clear_pointer (&self->database, sonde_database_close);
  }

  return hits;
}

/* --- the methods --------------------------------------------------------------------------- */

static char *
make_id (SondeSearchHit *hit)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT,
                          sonde_search_hit_get_conversation_id (hit),
                          sonde_search_hit_get_message_id (hit));
}

static gboolean
read_id (const char *id, gint64 *conversation_id, gint64 *message_id)
{
  g_auto (GStrv) parts = g_strsplit (id, "-", 2);

  return g_strv_length (parts) == 2 &&
         g_ascii_string_to_signed (parts[0], 10, 1, G_MAXINT64, conversation_id, NULL) &&
         g_ascii_string_to_signed (parts[1], 10, 0, G_MAXINT64, message_id, NULL);
}

static GVariant *
get_result_set (SondeSearchProvider *self, const char *const *terms)
{
  g_autoptr (GPtrArray) hits = search (self, terms);
  g_autoptr (GHashTable) listed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GVariantBuilder ids;

  g_hash_table_remove_all (self->hits);
  g_variant_builder_init (&ids, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; hits != NULL && i < hits->len; i++) {
    SondeSearchHit *hit = g_ptr_array_index (hits, i);
    gint64 conversation_id = sonde_search_hit_get_conversation_id (hit);
    char *id;

    if (!g_hash_table_add (listed, g_memdup2 (&conversation_id, sizeof conversation_id)))
      continue;
    id = make_id (hit);
    g_variant_builder_add (&ids, "s", id);
    g_hash_table_insert (self->hits, id, g_object_ref (hit));
  }

  return g_variant_new ("(as)", &ids);
}

/* One line: the desktop shows no more. */
static char *
make_line (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, "\r\n\t", -1);
  g_autofree char *line = g_strjoinv (" ", words);

  return g_strdup (g_strstrip (line));
}

/* What is gone in the meantime has no meta. */
static void
add_meta (SondeSearchProvider *self, GVariantBuilder *metas, const char *id)
{
  SondeSearchHit *hit = g_hash_table_lookup (self->hits, id);
  g_autofree char *snippet = NULL;
  g_autofree char *title = NULL;
  gint64 conversation_id, message_id;

  if (!read_id (id, &conversation_id, &message_id))
    return;
  if (hit != NULL && message_id != 0)
    snippet = make_line (sonde_search_hit_get_snippet (hit));
  title = find_title (self, conversation_id);
  if (title == NULL)
    return;

  g_variant_builder_open (metas, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (metas, "{sv}", "id", g_variant_new_string (id));
  g_variant_builder_add (metas, "{sv}", "name",
                         g_variant_new_string (*title == '\0' && snippet ? snippet : title));
  g_variant_builder_add (metas, "{sv}", "gicon", g_variant_new_string (SONDE_APP_ID));
  if (snippet != NULL)
    g_variant_builder_add (metas, "{sv}", "description", g_variant_new_string (snippet));
  g_variant_builder_close (metas);
}

static GVariant *
get_result_metas (SondeSearchProvider *self, const char *const *ids)
{
  GVariantBuilder metas;

  g_variant_builder_init (&metas, G_VARIANT_TYPE ("aa{sv}"));
  for (gsize i = 0; ids[i] != NULL; i++)
    add_meta (self, &metas, ids[i]);

  return g_variant_new ("(aa{sv})", &metas);
}

static void
activated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL)
    g_message ("Sonde does not answer: %s", error->message);
  g_application_release (self);
}

/* Has the application do it, which D-Bus starts where it does not run. */
static void
activate_action (SondeSearchProvider *self,
                 const char *action,
                 GVariant *parameter,
                 guint32 timestamp)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self));
  g_autofree char *startup_id = g_strdup_printf ("_TIME%u", timestamp);
  GVariantBuilder parameters, platform_data;

  g_variant_builder_init (&parameters, G_VARIANT_TYPE ("av"));
  g_variant_builder_add (&parameters, "v", parameter);
  g_variant_builder_init (&platform_data, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&platform_data, "{sv}", "desktop-startup-id",
                         g_variant_new_string (startup_id));

  g_application_hold (G_APPLICATION (self));
  g_dbus_connection_call (bus, SONDE_APP_ID, SONDE_APP_PATH, "org.freedesktop.Application",
                          "ActivateAction",
                          g_variant_new ("(sava{sv})", action, &parameters, &platform_data), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, activated_cb, g_object_ref (self));
}

static void
activate_result (SondeSearchProvider *self, const char *id, guint32 timestamp)
{
  gint64 conversation_id, message_id;

  if (read_id (id, &conversation_id, &message_id))
    activate_action (self, "open-conversation", g_variant_new ("(xx)", conversation_id, message_id),
                     timestamp);
}

static void
method_called_cb (GDBusConnection *connection,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *method,
                  GVariant *parameters,
                  GDBusMethodInvocation *invocation,
                  gpointer user_data)
{
  SondeSearchProvider *self = user_data;
  g_autofree const char **words = NULL;
  GVariant *answer = NULL;
  const char *id;
  guint32 timestamp;

  /* The time without requests begins anew. */
  g_application_hold (G_APPLICATION (self));
  if (g_str_equal (method, "GetInitialResultSet")) {
    g_variant_get (parameters, "(^a&s)", &words);
    answer = get_result_set (self, words);
  } else if (g_str_equal (method, "GetSubsearchResultSet")) {
    g_variant_get (parameters, "(as^a&s)", NULL, &words);
    answer = get_result_set (self, words);
  } else if (g_str_equal (method, "GetResultMetas")) {
    g_variant_get (parameters, "(^a&s)", &words);
    answer = get_result_metas (self, words);
  } else if (g_str_equal (method, "ActivateResult")) {
    g_variant_get (parameters, "(&s^a&su)", &id, &words, &timestamp);
    activate_result (self, id, timestamp);
  } else {
    g_autofree char *text = NULL;

    g_variant_get (parameters, "(^a&su)", &words, &timestamp);
    text = g_strjoinv (" ", (char **) words);
    activate_action (self, "search", g_variant_new_string (text), timestamp);
  }
  g_dbus_method_invocation_return_value (invocation, answer);
  g_application_release (G_APPLICATION (self));
}

/* --- the object ---------------------------------------------------------------------------- */

static gboolean
sonde_search_provider_dbus_register (GApplication *application,
                                     GDBusConnection *connection,
                                     const char *object_path,
                                     GError **error)
{
  SondeSearchProvider *self = SONDE_SEARCH_PROVIDER (application);
  static const GDBusInterfaceVTable vtable = { .method_call = method_called_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, NULL);

  self->registration = g_dbus_connection_register_object (
    connection, OBJECT_PATH, node->interfaces[0], &vtable, self, NULL, error);

  return self->registration != 0;
}

static void
sonde_search_provider_dbus_unregister (GApplication *application,
                                       GDBusConnection *connection,
                                       const char *object_path)
{
  SondeSearchProvider *self = SONDE_SEARCH_PROVIDER (application);

  if (self->registration != 0)
    g_dbus_connection_unregister_object (connection, self->registration);
  self->registration = 0;
}

static void
sonde_search_provider_finalize (GObject *object)
{
  SondeSearchProvider *self = SONDE_SEARCH_PROVIDER (object);

  g_clear_pointer (&self->database, sonde_database_close);
  g_hash_table_unref (self->hits);
  g_free (self->path);

  G_OBJECT_CLASS (sonde_search_provider_parent_class)->finalize (object);
}

static void
sonde_search_provider_class_init (SondeSearchProviderClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sonde_search_provider_finalize;

  application_class->dbus_register = sonde_search_provider_dbus_register;
  application_class->dbus_unregister = sonde_search_provider_dbus_unregister;
}

static void
sonde_search_provider_init (SondeSearchProvider *self)
{
  self->hits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * sonde_search_provider_new:
 * @path: (type filename): the database; it need not be there yet
 *
 * Returns: (transfer full): the provider, to be run
 */
SondeSearchProvider *
sonde_search_provider_new (const char *path)
{
  SondeSearchProvider *self =
    g_object_new (SONDE_TYPE_SEARCH_PROVIDER, "application-id", SONDE_APP_ID ".SearchProvider",
                  "flags", G_APPLICATION_IS_SERVICE, "inactivity-timeout", INACTIVITY_MS, NULL);

  self->path = g_strdup (path);

  return self;
}
