-- SPDX-FileCopyrightText: 2026 The Sonde authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A database as the first version left it: never changed, only read.
PRAGMA journal_mode = WAL;
CREATE TABLE conversations (
  id INTEGER PRIMARY KEY,
  title TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  model_id TEXT,
  thinking TEXT NOT NULL,
  pinned INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  leaf_id INTEGER NOT NULL,
  draft TEXT
) STRICT;
CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  parent_id INTEGER REFERENCES messages (id),
  role TEXT NOT NULL,
  content TEXT NOT NULL,
  reasoning TEXT,
  state TEXT NOT NULL,
  failure_kind INTEGER,
  failure_http_status INTEGER,
  failure_detail TEXT,
  failure_trace_id TEXT,
  finish_reason TEXT,
  usage_prompt_tokens INTEGER,
  usage_completion_tokens INTEGER,
  usage_total_tokens INTEGER,
  usage_cache_hit_tokens INTEGER,
  usage_cache_miss_tokens INTEGER,
  usage_reasoning_tokens INTEGER,
  model_id TEXT,
  thinking TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  thinking_started_at INTEGER NOT NULL,
  thinking_duration INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_by_conversation ON messages (conversation_id);
CREATE INDEX messages_by_parent ON messages (parent_id);
CREATE INDEX messages_streaming ON messages (id) WHERE state = 'streaming';
CREATE TABLE journal (
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (message_id, seq)
) STRICT, WITHOUT ROWID;
PRAGMA user_version = 1;
INSERT INTO conversations VALUES
  (1, '无理数', 1750000000000000, 1750000900000000, 'deepseek-v4-pro', 'max', 1, 0, 3, NULL),
  (6, NULL, 1740000000000000, 1740000000000000, NULL, 'off', 0, 1, 0, 'Why is'),
  (7, 'Left empty', 1760000000000000, 1760000000000000, NULL, 'low', 0, 0, 0, '');
INSERT INTO messages VALUES
  (2, 1, NULL, 'user', 'Prove that √2 is irrational.', NULL, 'complete', NULL, NULL, NULL, NULL,
   NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'off', 1750000000000000, 0, -1),
  (3, 1, 2, 'assistant', 'Assume it''s p/q.', '', 'complete', NULL, NULL, NULL, NULL,
   'stop', 100, 20, 120, 64, 36, -1, 'deepseek-v4-flash', 'high', 1750000001000000,
   1750000002000000, 12000),
  (4, 1, 2, 'assistant', '', NULL, 'failed', 11, 503, 'busy', 'trace',
   NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'deepseek-v4-pro', 'max', 1750000003000000, 0, -1),
  (5, 1, 2, 'assistant', '', NULL, 'streaming', NULL, NULL, NULL, NULL,
   NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'deepseek-v4-pro', 'max', 1750000004000000,
   1750000005000000, -1);
INSERT INTO journal VALUES
  (5, 1, 'reasoning', 'Fir'),
  (5, 2, 'reasoning', 'st'),
  (5, 3, 'content', 'Suppose '),
  (5, 4, 'content', 'not');
