/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-extract-package.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "sonde-extract-xml.h"
#include "sonde-extract.h"

#define MAX_MEMBERS 20000
#define MAX_PART    (64 * 1024 * 1024)
#define MAX_ALL     (192 * 1024 * 1024)

/* A text of one word a million times packs to a thousandth; documents do not. */
#define MAX_RATIO   400
#define RATIO_GRACE (16 * 1024 * 1024)

struct _SondeExtractPackage {
  GHashTable *parts; /* by name: GBytes */
};

typedef struct archive Archive;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_read_free)

/* Only XML is read; pictures and fonts are passed over. */
static gboolean
is_of_use (const char *name)
{
  return g_str_has_suffix (name, ".xml") || g_str_has_suffix (name, ".rels");
}

static gboolean
set_error (GError **error, SondeExtractError code, const char *text)
{
  g_set_error_literal (error, SONDE_EXTRACT_ERROR, code, text);

  return FALSE;
}

static gboolean
read_part (Archive *archive, gsize packed, gsize *n_unpacked, GByteArray *part, GError **error)
{
  const void *block;
  gsize size;
  la_int64_t offset;
  int status;

  while ((status = archive_read_data_block (archive, &block, &size, &offset)) == ARCHIVE_OK) {
    *n_unpacked += size;
    if (part->len + size > MAX_PART || *n_unpacked > MAX_ALL ||
        (*n_unpacked > RATIO_GRACE && *n_unpacked / MAX_RATIO > packed))
      return set_error (error, SONDE_EXTRACT_ERROR_TOO_LARGE, "It unpacks to far too much");
    g_byte_array_append (part, block, (guint) size);
  }
  if (status == ARCHIVE_EOF)
    return TRUE;

  return set_error (error, SONDE_EXTRACT_ERROR_DAMAGED, "The document is damaged");
}

static gboolean
read_parts (SondeExtractPackage *self, Archive *archive, gsize packed, GError **error)
{
  struct archive_entry *entry;
  gsize n_unpacked = 0;
  guint n_members = 0;
  int status;

  while ((status = archive_read_next_header (archive, &entry)) == ARCHIVE_OK ||
         status == ARCHIVE_WARN) {
    const char *name = archive_entry_pathname (entry);
    g_autoptr (GByteArray) part = NULL;

    if (++n_members > MAX_MEMBERS)
      return set_error (error, SONDE_EXTRACT_ERROR_TOO_LARGE, "It has too many parts");
    if (archive_entry_is_encrypted (entry))
      return set_error (error, SONDE_EXTRACT_ERROR_ENCRYPTED, "It is protected by a password");
    if (name == NULL || !is_of_use (name))
      continue;
    part = g_byte_array_new ();
    if (!read_part (archive, packed, &n_unpacked, part, error))
      return FALSE;
    g_hash_table_replace (self->parts, g_strdup (name),
                          g_byte_array_free_to_bytes (g_steal_pointer (&part)));
  }
  if (status == ARCHIVE_EOF)
    return TRUE;

  return set_error (error, SONDE_EXTRACT_ERROR_DAMAGED, "The document is damaged");
}

/**
 * sonde_extract_package_open:
 * @file: a zip file
 * @error: of SONDE_EXTRACT_ERROR
 *
 * Unpacks what is XML in it, within bounds, into memory. Names of members are never
 * names of files.
 *
 * Returns: (transfer full) (nullable): the package
 */
SondeExtractPackage *
sonde_extract_package_open (GBytes *file, GError **error)
{
  g_autoptr (SondeExtractPackage) self = g_new0 (SondeExtractPackage, 1);
  g_autoptr (Archive) archive = archive_read_new ();
  gsize size;
  gconstpointer data = g_bytes_get_data (file, &size);

  self->parts =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  archive_read_support_format_zip (archive);
  if (archive_read_open_memory (archive, data, size) != ARCHIVE_OK) {
    set_error (error, SONDE_EXTRACT_ERROR_DAMAGED, "The document is damaged");
    return NULL;
  }
  if (!read_parts (self, archive, size, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * sonde_extract_package_free:
 * @self: a package
 */
void
sonde_extract_package_free (SondeExtractPackage *self)
{
  g_hash_table_unref (self->parts);
  g_free (self);
}

/**
 * sonde_extract_package_has:
 * @self: a package
 * @name: of a part, as `word/document.xml`
 *
 * Returns: whether it is there
 */
gboolean
sonde_extract_package_has (SondeExtractPackage *self, const char *name)
{
  return g_hash_table_contains (self->parts, name);
}

/**
 * sonde_extract_package_get:
 * @self: a package
 * @name: of a part
 *
 * Returns: (transfer none) (nullable): what is in it
 */
GBytes *
sonde_extract_package_get (SondeExtractPackage *self, const char *name)
{
  return g_hash_table_lookup (self->parts, name);
}

/**
 * sonde_extract_package_require:
 * @self: a package
 * @name: of a part that must be there
 * @error: SONDE_EXTRACT_ERROR_DAMAGED
 *
 * Returns: (transfer none) (nullable): what is in it
 */
GBytes *
sonde_extract_package_require (SondeExtractPackage *self, const char *name, GError **error)
{
  GBytes *part = sonde_extract_package_get (self, name);

  if (part == NULL)
    g_set_error (error, SONDE_EXTRACT_ERROR, SONDE_EXTRACT_ERROR_DAMAGED,
                 "The document lacks its part %s", name);

  return part;
}

/* --- relations ---------------------------------------------------------------- */

typedef struct {
  const char *name;        /* of the part whose relations these are */
  GHashTable *targets;     /* (nullable): by id */
  const char *type_suffix; /* (nullable): of the one that is wanted */
  char *found;
} Relations;

/* `../notesSlides/notesSlide1.xml` in `ppt/slides/slide1.xml` is below `ppt/`. */
static char *
resolve (const char *name, const char *target)
{
  g_autofree char *folder = g_path_get_dirname (name);
  g_autofree char *path =
    target[0] == '/' ? g_strdup (target) : g_strconcat ("/", folder, "/", target, NULL);
  g_autofree char *canonical = g_canonicalize_filename (path, "/");

  return g_strdup (canonical + 1);
}

static void
relation_cb (gpointer data, const char *name, xmlTextReader *reader)
{
  Relations *self = data;
  g_autofree char *id = NULL;
  g_autofree char *type = NULL;
  g_autofree char *target = NULL;

  if (strcmp (name, "Relationship") != 0)
    return;

  id = sonde_extract_xml_dup_attribute (reader, "Id");
  type = sonde_extract_xml_dup_attribute (reader, "Type");
  target = sonde_extract_xml_dup_attribute (reader, "Target");
  if (id == NULL || type == NULL || target == NULL)
    return;

  if (self->targets != NULL)
    g_hash_table_replace (self->targets, g_steal_pointer (&id), resolve (self->name, target));
  else if (self->found == NULL && g_str_has_suffix (type, self->type_suffix))
    self->found = resolve (self->name, target);
}

static void
read_relations (SondeExtractPackage *self, Relations *relations)
{
  static const SondeExtractXmlHandler handler = { .start = relation_cb };
  g_autofree char *folder = g_path_get_dirname (relations->name);
  g_autofree char *base = g_path_get_basename (relations->name);
  g_autofree char *path = g_strconcat (folder, "/_rels/", base, ".rels", NULL);
  GBytes *part = sonde_extract_package_get (self, path);

  if (part != NULL)
    sonde_extract_xml_read (part, &handler, relations, NULL);
}

/**
 * sonde_extract_package_read_relations:
 * @self: a package
 * @name: of a part
 *
 * Returns: (transfer full) (element-type utf8 utf8): the names of the parts that it refers
 *   to, by the ids that it uses for them
 */
GHashTable *
sonde_extract_package_read_relations (SondeExtractPackage *self, const char *name)
{
  GHashTable *targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Relations relations = { .name = name, .targets = targets };

  read_relations (self, &relations);

  return targets;
}

/**
 * sonde_extract_package_find_relation:
 * @self: a package
 * @name: of a part
 * @type_suffix: how the type of the relation ends
 *
 * Returns: (transfer full) (nullable): the name of the first part of that type that it refers to
 */
char *
sonde_extract_package_find_relation (SondeExtractPackage *self,
                                     const char *name,
                                     const char *type_suffix)
{
  Relations relations = { .name = name, .type_suffix = type_suffix };

  read_relations (self, &relations);

  return relations.found;
}
