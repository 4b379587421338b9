-- SPDX-FileCopyrightText: 2026 The Sonde authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What the third to fifth version of the schema added to the second, and what was stored with
-- them: an answer that was paid for, a title, and a conversation that was imported. To be read
-- behind store-version-2.sql; never changed.
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
CREATE TABLE purges (seq INTEGER PRIMARY KEY, conversation_id INTEGER NOT NULL) STRICT;
CREATE TRIGGER purge_deleted AFTER DELETE ON conversations BEGIN
INSERT INTO purges (conversation_id) VALUES (old.id);
END;
ALTER TABLE message_attachments ADD COLUMN media_type TEXT NOT NULL DEFAULT '';
ALTER TABLE message_attachments ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
ALTER TABLE draft_attachments ADD COLUMN media_type TEXT NOT NULL DEFAULT '';
ALTER TABLE draft_attachments ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
INSERT INTO conversations (id, title, created_at, updated_at, thinking, pinned, unread, leaf_id, import_id) VALUES (20, 'Paid', 1762000000000000, 1762000000000000, 'off', 0, 0, 22, 0);
INSERT INTO messages (id, conversation_id, parent_id, role, content, state, thinking, created_at, thinking_started_at, thinking_duration) VALUES (21, 20, NULL, 'user', 'What is it?', 'complete', 'off', 1762000000000000, 0, -1);
INSERT INTO messages (id, conversation_id, parent_id, role, content, state, thinking, created_at, thinking_started_at, thinking_duration, model_id, usage_prompt_tokens, usage_completion_tokens, usage_total_tokens, usage_cache_hit_tokens, usage_cache_miss_tokens, usage_reasoning_tokens, rate_currency, rate_hit, rate_miss, rate_output) VALUES (22, 20, 21, 'assistant', 'A probe.', 'complete', 'off', 1762000000000000, 0, -1, 'deepseek-v4-flash', 1000, 50, 1050, 600, 400, 0, 'USD', 0.003, 0.15, 0.6);
INSERT INTO charges VALUES (23, 20, 'title', 'deepseek-v4-flash', 1762000000000000, 60, 5, 65, 0, 60, 0, 'USD', 0.003, 0.15, 0.6);
INSERT INTO conversations (id, title, created_at, updated_at, thinking, pinned, unread, leaf_id, import_id) VALUES (25, 'Imported', 1762000000000000, 1762000000000000, 'off', 0, 0, 26, 24);
INSERT INTO messages (id, conversation_id, parent_id, role, content, state, thinking, created_at, thinking_started_at, thinking_duration, model_id, usage_prompt_tokens, usage_completion_tokens, usage_total_tokens, usage_cache_hit_tokens, usage_cache_miss_tokens, usage_reasoning_tokens) VALUES (26, 25, NULL, 'assistant', 'Elsewhere.', 'complete', 'off', 1762000000000000, 0, -1, 'gpt', 7000, 50, 7050, 0, 7000, 0);
PRAGMA user_version = 5;
