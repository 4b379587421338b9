-- SPDX-FileCopyrightText: 2026 The Sonde authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What the third version of the schema added to the second, and what was stored with it: what can be
-- searched, a file that goes with a message, and a message that the index does not have yet. To be
-- read behind store-version-2.sql; never changed.
CREATE TABLE search_rows (  place INTEGER PRIMARY KEY,  message_id INTEGER NOT NULL UNIQUE,  names TEXT) STRICT;
CREATE VIRTUAL TABLE search_index USING fts5 (content, reasoning, names, tokenize = 'sonde',   content = '', columnsize = 0);
INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE search_titles USING fts5 (title, tokenize = 'sonde', content = '',   columnsize = 0);
INSERT INTO search_titles (search_titles, rank) VALUES ('secure-delete', 1);
CREATE TABLE search_backlog (below INTEGER NOT NULL) STRICT;
INSERT INTO search_backlog SELECT ifnull (max (id), -1) + 1 FROM messages;
CREATE VIEW search_entries AS SELECT id, created_at, content, reasoning FROM messages;
CREATE TRIGGER search_entry_inserted INSTEAD OF INSERT ON search_entries BEGIN
INSERT INTO search_rows (place, message_id) SELECT new.created_at / 1000 + 0, new.id WHERE NOT EXISTS (SELECT 1 FROM search_rows WHERE message_id = new.id) AND NOT EXISTS (SELECT 1 FROM search_rows WHERE place = new.created_at / 1000 + 0);
INSERT INTO search_rows (place, message_id) SELECT new.created_at / 1000 + 1 + new.id % 16, new.id WHERE NOT EXISTS (SELECT 1 FROM search_rows WHERE message_id = new.id) AND NOT EXISTS (SELECT 1 FROM search_rows WHERE place = new.created_at / 1000 + 1 + new.id % 16);
INSERT INTO search_rows (place, message_id) SELECT new.created_at / 1000 + 17 + new.id % 4099, new.id WHERE NOT EXISTS (SELECT 1 FROM search_rows WHERE message_id = new.id) AND NOT EXISTS (SELECT 1 FROM search_rows WHERE place = new.created_at / 1000 + 17 + new.id % 4099);
INSERT INTO search_rows (place, message_id) SELECT new.created_at / 1000 + 4116 + new.id % 1048573, new.id WHERE NOT EXISTS (SELECT 1 FROM search_rows WHERE message_id = new.id) AND NOT EXISTS (SELECT 1 FROM search_rows WHERE place = new.created_at / 1000 + 4116 + new.id % 1048573);
INSERT INTO search_rows (place, message_id) SELECT new.created_at / 1000 + 1052689 + new.id, new.id WHERE NOT EXISTS (SELECT 1 FROM search_rows WHERE message_id = new.id) AND NOT EXISTS (SELECT 1 FROM search_rows WHERE place = new.created_at / 1000 + 1052689 + new.id);
UPDATE search_rows SET names = (SELECT group_concat (name, char (10) ORDER BY position)     FROM message_attachments WHERE message_id = new.id) WHERE message_id = new.id;
INSERT INTO search_index (rowid, content, reasoning, names)     SELECT place, new.content, new.reasoning, names FROM search_rows WHERE message_id = new.id;
END;
CREATE TRIGGER search_message_inserted AFTER INSERT ON messages WHEN new.state <> 'streaming' BEGIN
INSERT INTO search_entries (id, created_at, content, reasoning) VALUES (new.id, new.created_at, new.content, new.reasoning);
END;
CREATE TRIGGER search_message_updated AFTER UPDATE OF content, reasoning, state ON messages WHEN new.state <> 'streaming' AND (new.content IS NOT old.content OR   new.reasoning IS NOT old.reasoning OR   NOT EXISTS (SELECT 1 FROM search_rows WHERE message_id = new.id)) BEGIN
INSERT INTO search_index (search_index, rowid, content, reasoning, names) SELECT 'delete', place, old.content, old.reasoning, names FROM search_rows WHERE message_id = old.id;
INSERT INTO search_entries (id, created_at, content, reasoning) VALUES (new.id, new.created_at, new.content, new.reasoning);
END;
CREATE TRIGGER search_message_deleted AFTER DELETE ON messages BEGIN
INSERT INTO search_index (search_index, rowid, content, reasoning, names) SELECT 'delete', place, old.content, old.reasoning, names FROM search_rows WHERE message_id = old.id;
DELETE FROM search_rows WHERE message_id = old.id;
END;
CREATE TRIGGER search_attachment_inserted AFTER INSERT ON message_attachments BEGIN
INSERT INTO search_index (search_index, rowid, content, reasoning, names) SELECT 'delete', place, content, reasoning, names FROM search_rows JOIN messages ON id = message_id WHERE message_id = new.message_id;
INSERT INTO search_entries (id, created_at, content, reasoning) SELECT id, created_at, content, reasoning FROM messages WHERE id = new.message_id AND EXISTS (SELECT 1 FROM search_rows WHERE message_id = id);
END;
CREATE TRIGGER search_attachment_deleted AFTER DELETE ON message_attachments BEGIN
INSERT INTO search_index (search_index, rowid, content, reasoning, names) SELECT 'delete', place, content, reasoning, names FROM search_rows JOIN messages ON id = message_id WHERE message_id = old.message_id;
INSERT INTO search_entries (id, created_at, content, reasoning) SELECT id, created_at, content, reasoning FROM messages WHERE id = old.message_id AND EXISTS (SELECT 1 FROM search_rows WHERE message_id = id);
END;
CREATE TRIGGER search_title_inserted AFTER INSERT ON conversations BEGIN
INSERT INTO search_titles (rowid, title) SELECT new.id, new.title WHERE new.title IS NOT NULL;
END;
CREATE TRIGGER search_title_updated AFTER UPDATE OF title ON conversations WHEN new.title IS NOT old.title BEGIN
INSERT INTO search_titles (search_titles, rowid, title) SELECT 'delete', old.id, old.title WHERE old.title IS NOT NULL;
INSERT INTO search_titles (rowid, title) SELECT new.id, new.title WHERE new.title IS NOT NULL;
END;
CREATE TRIGGER search_title_deleted AFTER DELETE ON conversations BEGIN
INSERT INTO search_titles (search_titles, rowid, title) SELECT 'delete', old.id, old.title WHERE old.title IS NOT NULL;
END;
INSERT INTO search_titles (rowid, title)   SELECT id, title FROM conversations WHERE title IS NOT NULL;
INSERT INTO conversations (id, title, created_at, updated_at, thinking, pinned, unread, leaf_id) VALUES (30, 'Searched 深海', 1761000000000000, 1761000000000000, 'off', 0, 0, 32);
INSERT INTO messages (id, conversation_id, parent_id, role, content, state, thinking, created_at, thinking_started_at, thinking_duration) VALUES (31, 30, NULL, 'user', 'Where is the anchor?', 'complete', 'off', 1761000000000000, 0, -1);
INSERT INTO messages (id, conversation_id, parent_id, role, content, reasoning, state, thinking, created_at, thinking_started_at, thinking_duration) VALUES (32, 30, 31, 'assistant', '在水里。', 'Below the hull.', 'complete', 'high', 1761000000000001, 0, -1);
INSERT INTO attachments (id, sha256, media_type, size, text, data) VALUES (33, '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae', 'text/plain', 3, NULL, x'666f6f') ON CONFLICT DO NOTHING;
INSERT INTO message_attachments SELECT 31, 0, id, 'chart-of-the-bay.txt' FROM attachments LIMIT 1;
PRAGMA user_version = 3;
