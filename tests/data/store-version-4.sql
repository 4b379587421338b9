-- SPDX-FileCopyrightText: 2026 The Sonde authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What the fourth version of the schema added to the third, and what was stored with it: that a
-- conversation was deleted for ever, which the backups do not know yet. To be read behind
-- store-version-3.sql; never changed.
CREATE TABLE purges (seq INTEGER PRIMARY KEY, conversation_id INTEGER NOT NULL) STRICT;
CREATE TRIGGER purge_deleted AFTER DELETE ON conversations BEGIN
INSERT INTO purges (conversation_id) VALUES (old.id);
END;
INSERT INTO conversations (id, title, created_at, updated_at, thinking, pinned, unread, leaf_id) VALUES (40, 'Gone', 1761000000000000, 1761000000000000, 'off', 0, 0, 41);
DELETE FROM conversations WHERE id = 40;
PRAGMA user_version = 4;
