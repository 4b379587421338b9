/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-attachment.h"

#include <string.h>

#include "sonde-token-estimate.h"

/* What an image costs at most, whatever its size: it is made smaller by the service. */
#define IMAGE_TOKENS 1100

/**
 * SondeAttachment:
 *
 * A file that goes along with a question: its text, or the image that it is. It is made of
 * what was in the file when it was attached; what becomes of the file later does not matter.
 *
 * The hash is that of the content that is sent, so that what is the same is stored once.
 */
struct _SondeAttachment {
  GObject parent_instance;

  char *name;
  char *media_type;
  gint64 size;
  gboolean is_image;
  GBytes *content; /* of a text, a zero byte follows it in memory */
  char *sha256;
  gint64 tokens; /* -1: not counted yet */
  SondeAttachmentState state;
  SondeAttachmentProblem problem;
};

enum { PROP_NAME = 1, PROP_MEDIA_TYPE, PROP_SIZE, PROP_TOKENS, PROP_STATE, PROP_PROBLEM, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondeAttachment, sonde_attachment, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (SondeAttachmentState,
                    sonde_attachment_state,
                    G_DEFINE_ENUM_VALUE (SONDE_ATTACHMENT_LOADING, "loading"),
                    G_DEFINE_ENUM_VALUE (SONDE_ATTACHMENT_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (SONDE_ATTACHMENT_FAILED, "failed"))

G_DEFINE_ENUM_TYPE (SondeAttachmentProblem,
                    sonde_attachment_problem,
                    G_DEFINE_ENUM_VALUE (SONDE_ATTACHMENT_PROBLEM_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (SONDE_ATTACHMENT_PROBLEM_MISSING, "missing"),
                    G_DEFINE_ENUM_VALUE (SONDE_ATTACHMENT_PROBLEM_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (SONDE_ATTACHMENT_PROBLEM_FOLDER, "folder"),
                    G_DEFINE_ENUM_VALUE (SONDE_ATTACHMENT_PROBLEM_SPECIAL, "special"),
                    G_DEFINE_ENUM_VALUE (SONDE_ATTACHMENT_PROBLEM_TOO_LARGE, "too-large"),
                    G_DEFINE_ENUM_VALUE (SONDE_ATTACHMENT_PROBLEM_UNSUPPORTED, "unsupported"),
                    G_DEFINE_ENUM_VALUE (SONDE_ATTACHMENT_PROBLEM_ENCRYPTED, "encrypted"),
                    G_DEFINE_ENUM_VALUE (SONDE_ATTACHMENT_PROBLEM_DAMAGED, "damaged"),
                    G_DEFINE_ENUM_VALUE (SONDE_ATTACHMENT_PROBLEM_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (SONDE_ATTACHMENT_PROBLEM_TIMED_OUT, "timed-out"),
                    G_DEFINE_ENUM_VALUE (SONDE_ATTACHMENT_PROBLEM_FAILED, "failed"))

static gint64
estimate (const char *text, gsize length)
{
  return (sonde_token_estimate_tenths (text, (gssize) length) + 9) / 10;
}

static void
notify_all (SondeAttachment *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint id = PROP_MEDIA_TYPE; id < N_PROPS; id++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
sonde_attachment_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeAttachment *self = SONDE_ATTACHMENT (object);

  switch (id) {
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_MEDIA_TYPE:
    g_value_set_string (value, self->media_type);
    break;
  case PROP_SIZE:
    g_value_set_int64 (value, self->size);
    break;
  case PROP_TOKENS:
    g_value_set_int64 (value, sonde_attachment_get_tokens (self));
    break;
  case PROP_STATE:
    g_value_set_enum (value, (int) self->state);
    break;
  case PROP_PROBLEM:
    g_value_set_enum (value, (int) self->problem);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_attachment_finalize (GObject *object)
{
  SondeAttachment *self = SONDE_ATTACHMENT (object);

  g_free (self->name);
  g_free (self->media_type);
  g_free (self->sha256);
  g_clear_pointer (&self->content, g_bytes_unref);

  G_OBJECT_CLASS (sonde_attachment_parent_class)->finalize (object);
}

static void
sonde_attachment_class_init (SondeAttachmentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_attachment_get_property;
  object_class->finalize = sonde_attachment_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_MEDIA_TYPE] = g_param_spec_string ("media-type", NULL, NULL, NULL, flags);
  properties[PROP_SIZE] = g_param_spec_int64 ("size", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_TOKENS] = g_param_spec_int64 ("tokens", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, SONDE_TYPE_ATTACHMENT_STATE,
                                              SONDE_ATTACHMENT_LOADING, flags);
  properties[PROP_PROBLEM] = g_param_spec_enum (
    "problem", NULL, NULL, SONDE_TYPE_ATTACHMENT_PROBLEM, SONDE_ATTACHMENT_PROBLEM_NONE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sonde_attachment_init (SondeAttachment *self)
{
  self->tokens = -1;
}

/* A name is a line: it stands in one in what is sent. */
static char *
make_name (const char *name)
{
  char *line = g_utf8_make_valid (name, -1);

  for (char *p = line; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';

  return line;
}

/**
 * sonde_attachment_new:
 * @name: the file's name for people, without its folder
 *
 * Returns: (transfer full): an attachment that is being read
 */
SondeAttachment *
sonde_attachment_new (const char *name)
{
  SondeAttachment *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (SONDE_TYPE_ATTACHMENT, NULL);
  self->name = make_name (name);

  return self;
}

/**
 * sonde_attachment_new_text:
 * @name: the file's name for people
 * @media_type: what the file is
 * @size: the file's size in bytes
 * @text: the text in it, UTF-8
 * @length: its length in bytes, or -1 where it ends with a zero byte
 *
 * Returns: (transfer full): an attachment that is ready
 */
SondeAttachment *
sonde_attachment_new_text (const char *name,
                           const char *media_type,
                           gint64 size,
                           const char *text,
                           gssize length)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr (GBytes) content = g_bytes_new_take (g_strndup (text, n), n);
  SondeAttachment *self =
    sonde_attachment_new_stored (name, media_type, size, NULL, content, FALSE);

  self->tokens = estimate (text, n);

  return self;
}

/**
 * sonde_attachment_new_image:
 * @name: the file's name for people
 * @media_type: `image/` and its format
 * @image: the file
 *
 * Returns: (transfer full): an attachment that is ready
 */
SondeAttachment *
sonde_attachment_new_image (const char *name, const char *media_type, GBytes *image)
{
  return sonde_attachment_new_stored (name, media_type, (gint64) g_bytes_get_size (image), NULL,
                                      image, TRUE);
}

/**
 * sonde_attachment_new_stored:
 * @name: the file's name for people
 * @media_type: what the file is
 * @size: the file's size in bytes
 * @sha256: (nullable): the hash of @content in hexadecimal; %NULL to make it
 * @content: the text, with a zero byte behind it in memory, or the image
 * @is_image: which of them
 *
 * Returns: (transfer full): an attachment that is ready
 */
SondeAttachment *
sonde_attachment_new_stored (const char *name,
                             const char *media_type,
                             gint64 size,
                             const char *sha256,
                             GBytes *content,
                             gboolean is_image)
{
  SondeAttachment *self = sonde_attachment_new (name);

  self->media_type = g_strdup (media_type);
  self->size = size;
  self->is_image = is_image;
  self->content = g_bytes_ref (content);
  self->sha256 =
    sha256 != NULL ? g_strdup (sha256) : g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  self->state = SONDE_ATTACHMENT_READY;

  return self;
}

/**
 * sonde_attachment_take:
 * @self: an attachment that is being read
 * @read: one that is ready
 *
 * Takes over all of @read but its name: it has been read.
 */
void
sonde_attachment_take (SondeAttachment *self, SondeAttachment *read)
{
  g_return_if_fail (SONDE_IS_ATTACHMENT (self));
  g_return_if_fail (SONDE_IS_ATTACHMENT (read));
  g_return_if_fail (self->state == SONDE_ATTACHMENT_LOADING);
  g_return_if_fail (read->state == SONDE_ATTACHMENT_READY);

  g_set_str (&self->media_type, read->media_type);
  self->size = read->size;
  self->is_image = read->is_image;
  self->content = g_bytes_ref (read->content);
  g_set_str (&self->sha256, read->sha256);
  self->tokens = read->tokens;
  self->state = SONDE_ATTACHMENT_READY;
  notify_all (self);
}

/**
 * sonde_attachment_fail:
 * @self: an attachment that is being read
 * @problem: why it could not be
 */
void
sonde_attachment_fail (SondeAttachment *self, SondeAttachmentProblem problem)
{
  g_return_if_fail (SONDE_IS_ATTACHMENT (self));
  g_return_if_fail (self->state == SONDE_ATTACHMENT_LOADING);

  self->problem = problem;
  self->state = SONDE_ATTACHMENT_FAILED;
  notify_all (self);
}

/**
 * sonde_attachment_get_name:
 * @self: an attachment
 *
 * Returns: its name for people, one line
 */
const char *
sonde_attachment_get_name (SondeAttachment *self)
{
  g_return_val_if_fail (SONDE_IS_ATTACHMENT (self), NULL);

  return self->name;
}

/**
 * sonde_attachment_get_media_type:
 * @self: an attachment
 *
 * Returns: (nullable): what the file is; %NULL as long as nobody has looked
 */
const char *
sonde_attachment_get_media_type (SondeAttachment *self)
{
  g_return_val_if_fail (SONDE_IS_ATTACHMENT (self), NULL);

  return self->media_type;
}

/**
 * sonde_attachment_get_size:
 * @self: an attachment
 *
 * Returns: how many bytes the file has
 */
gint64
sonde_attachment_get_size (SondeAttachment *self)
{
  g_return_val_if_fail (SONDE_IS_ATTACHMENT (self), 0);

  return self->size;
}

/**
 * sonde_attachment_is_image:
 * @self: an attachment
 *
 * Returns: whether its content is an image, and no text
 */
gboolean
sonde_attachment_is_image (SondeAttachment *self)
{
  g_return_val_if_fail (SONDE_IS_ATTACHMENT (self), FALSE);

  return self->is_image;
}

/**
 * sonde_attachment_get_content:
 * @self: an attachment
 *
 * Returns: (nullable) (transfer none): the text, UTF-8, or the image; %NULL unless it is ready
 */
GBytes *
sonde_attachment_get_content (SondeAttachment *self)
{
  g_return_val_if_fail (SONDE_IS_ATTACHMENT (self), NULL);

  return self->content;
}

/**
 * sonde_attachment_get_text:
 * @self: an attachment
 * @length: (out) (optional): its length in bytes
 *
 * Returns: (nullable): its text, UTF-8; %NULL unless it is ready and no image
 */
const char *
sonde_attachment_get_text (SondeAttachment *self, gsize *length)
{
  gsize n = 0;
  const char *text = NULL;

  g_return_val_if_fail (SONDE_IS_ATTACHMENT (self), NULL);

  if (self->content != NULL && !self->is_image) {
    text = g_bytes_get_data (self->content, &n);
    if (text == NULL)
      text = "";
  }
  if (length != NULL)
    *length = n;

  return text;
}

/**
 * sonde_attachment_get_sha256:
 * @self: an attachment
 *
 * Returns: (nullable): the hash of its content in hexadecimal; %NULL unless it is ready
 */
const char *
sonde_attachment_get_sha256 (SondeAttachment *self)
{
  g_return_val_if_fail (SONDE_IS_ATTACHMENT (self), NULL);

  return self->sha256;
}

/**
 * sonde_attachment_get_tokens:
 * @self: an attachment
 *
 * Returns: about how many tokens it adds to what is sent
 */
gint64
sonde_attachment_get_tokens (SondeAttachment *self)
{
  g_return_val_if_fail (SONDE_IS_ATTACHMENT (self), 0);

  if (self->tokens < 0 && self->content != NULL) {
    gsize length;
    const char *text = sonde_attachment_get_text (self, &length);

    self->tokens = text != NULL ? estimate (text, length) : IMAGE_TOKENS;
  }

  return MAX (0, self->tokens);
}

/**
 * sonde_attachment_get_state:
 * @self: an attachment
 *
 * Returns: how it stands
 */
SondeAttachmentState
sonde_attachment_get_state (SondeAttachment *self)
{
  g_return_val_if_fail (SONDE_IS_ATTACHMENT (self), SONDE_ATTACHMENT_FAILED);

  return self->state;
}

/**
 * sonde_attachment_get_problem:
 * @self: an attachment
 *
 * Returns: why there is nothing of it
 */
SondeAttachmentProblem
sonde_attachment_get_problem (SondeAttachment *self)
{
  g_return_val_if_fail (SONDE_IS_ATTACHMENT (self), SONDE_ATTACHMENT_PROBLEM_FAILED);

  return self->problem;
}
