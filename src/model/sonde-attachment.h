/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SondeAttachmentState:
 * @SONDE_ATTACHMENT_LOADING: the file is being read
 * @SONDE_ATTACHMENT_READY: there is a text or an image
 * @SONDE_ATTACHMENT_FAILED: there is nothing, and a problem that says why
 *
 * How an attachment stands.
 */
typedef enum {
  SONDE_ATTACHMENT_LOADING,
  SONDE_ATTACHMENT_READY,
  SONDE_ATTACHMENT_FAILED,
} SondeAttachmentState;

/**
 * SondeAttachmentProblem:
 * @SONDE_ATTACHMENT_PROBLEM_NONE: none
 * @SONDE_ATTACHMENT_PROBLEM_MISSING: the file is not there, or not there any more
 * @SONDE_ATTACHMENT_PROBLEM_REFUSED: the person may not read it
 * @SONDE_ATTACHMENT_PROBLEM_FOLDER: it is a folder
 * @SONDE_ATTACHMENT_PROBLEM_SPECIAL: it is no file: a device, a pipe or a socket
 * @SONDE_ATTACHMENT_PROBLEM_TOO_LARGE: it, or what is in it, is larger than can be sent
 * @SONDE_ATTACHMENT_PROBLEM_UNSUPPORTED: there is no text in what is of this kind
 * @SONDE_ATTACHMENT_PROBLEM_ENCRYPTED: it is protected by a password
 * @SONDE_ATTACHMENT_PROBLEM_DAMAGED: it is broken
 * @SONDE_ATTACHMENT_PROBLEM_EMPTY: there is no text in it
 * @SONDE_ATTACHMENT_PROBLEM_TIMED_OUT: reading it took too long
 * @SONDE_ATTACHMENT_PROBLEM_FAILED: it could not be read for another reason
 *
 * Why there is nothing of a file.
 */
typedef enum {
  SONDE_ATTACHMENT_PROBLEM_NONE,
  SONDE_ATTACHMENT_PROBLEM_MISSING,
  SONDE_ATTACHMENT_PROBLEM_REFUSED,
  SONDE_ATTACHMENT_PROBLEM_FOLDER,
  SONDE_ATTACHMENT_PROBLEM_SPECIAL,
  SONDE_ATTACHMENT_PROBLEM_TOO_LARGE,
  SONDE_ATTACHMENT_PROBLEM_UNSUPPORTED,
  SONDE_ATTACHMENT_PROBLEM_ENCRYPTED,
  SONDE_ATTACHMENT_PROBLEM_DAMAGED,
  SONDE_ATTACHMENT_PROBLEM_EMPTY,
  SONDE_ATTACHMENT_PROBLEM_TIMED_OUT,
  SONDE_ATTACHMENT_PROBLEM_FAILED,
} SondeAttachmentProblem;

#define SONDE_TYPE_ATTACHMENT_STATE (sonde_attachment_state_get_type ())
GType sonde_attachment_state_get_type (void);
#define SONDE_TYPE_ATTACHMENT_PROBLEM (sonde_attachment_problem_get_type ())
GType sonde_attachment_problem_get_type (void);

/* Properties, read only: "name", "media-type", "size", "tokens", "state", "problem". */
#define SONDE_TYPE_ATTACHMENT (sonde_attachment_get_type ())
G_DECLARE_FINAL_TYPE (SondeAttachment, sonde_attachment, SONDE, ATTACHMENT, GObject)

SondeAttachment *sonde_attachment_new (const char *name);
SondeAttachment *sonde_attachment_new_text (const char *name,
                                            const char *media_type,
                                            gint64 size,
                                            const char *text,
                                            gssize length);
SondeAttachment *
sonde_attachment_new_image (const char *name, const char *media_type, GBytes *image);
SondeAttachment *sonde_attachment_new_stored (const char *name,
                                              const char *media_type,
                                              gint64 size,
                                              const char *sha256,
                                              GBytes *content,
                                              gboolean is_image);
void sonde_attachment_take (SondeAttachment *self, SondeAttachment *read);
void sonde_attachment_fail (SondeAttachment *self, SondeAttachmentProblem problem);

const char *sonde_attachment_get_name (SondeAttachment *self);
const char *sonde_attachment_get_media_type (SondeAttachment *self);
gint64 sonde_attachment_get_size (SondeAttachment *self);
gboolean sonde_attachment_is_image (SondeAttachment *self);
GBytes *sonde_attachment_get_content (SondeAttachment *self);
const char *sonde_attachment_get_text (SondeAttachment *self, gsize *length);
const char *sonde_attachment_get_sha256 (SondeAttachment *self);
gint64 sonde_attachment_get_tokens (SondeAttachment *self);
SondeAttachmentState sonde_attachment_get_state (SondeAttachment *self);
SondeAttachmentProblem sonde_attachment_get_problem (SondeAttachment *self);

G_END_DECLS
