/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-attachment.h"

G_BEGIN_DECLS

const char *sonde_attachment_words_describe_problem (SondeAttachmentProblem problem);
char *sonde_attachment_words_dup_caption (SondeAttachment *attachment);

G_END_DECLS
