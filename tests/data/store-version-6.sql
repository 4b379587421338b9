-- SPDX-FileCopyrightText: 2026 The Sonde authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What the sixth version of the schema added to the fifth, and what was stored with it: a note that
-- stands for older messages, one that was taken back, and a file of a draft. To be read behind
-- store-version-2.sql and store-version-5.sql; never changed.
CREATE TABLE summaries (  message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,  text TEXT NOT NULL,  used INTEGER NOT NULL,  changed_at INTEGER NOT NULL) STRICT;
INSERT INTO summaries VALUES (22, 'It was about a probe.', 1, 1762000001000000);
INSERT INTO summaries VALUES (21, 'Taken back.', 0, 1762000002000000);
INSERT INTO draft_attachments (conversation_id, position, attachment_id, name, media_type, size) VALUES (6, 0, 13, 'later.txt', 'text/markdown', 77);
PRAGMA user_version = 6;
