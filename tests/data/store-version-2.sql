-- SPDX-FileCopyrightText: 2026 The Sonde authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A database as the second version of the schema left it: never changed, only read.
PRAGMA journal_mode = WAL;
CREATE TABLE attachments (  id INTEGER PRIMARY KEY,  sha256 TEXT NOT NULL UNIQUE,  media_type TEXT NOT NULL,  size INTEGER NOT NULL,  text TEXT,  data BLOB NOT NULL) STRICT;
INSERT INTO "attachments" VALUES(13,'2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae','text/plain',3,'foo',X'666F6F');
CREATE TABLE charges (  id INTEGER PRIMARY KEY,  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,  purpose TEXT NOT NULL,  model_id TEXT,  created_at INTEGER NOT NULL,  usage_prompt_tokens INTEGER NOT NULL,  usage_completion_tokens INTEGER NOT NULL,  usage_total_tokens INTEGER NOT NULL,  usage_cache_hit_tokens INTEGER NOT NULL,  usage_cache_miss_tokens INTEGER NOT NULL,  usage_reasoning_tokens INTEGER NOT NULL,  rate_currency TEXT,  rate_hit REAL,  rate_miss REAL,  rate_output REAL) STRICT;
INSERT INTO "charges" VALUES(14,1,'title','deepseek-v4-flash',1760000000000000,50,6,56,-1,-1,-1,'USD',0.028,0.28,0.42);
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
, folder_id INTEGER NOT NULL DEFAULT 0, archived INTEGER NOT NULL DEFAULT 0, trashed_at INTEGER NOT NULL DEFAULT 0, title_manual INTEGER NOT NULL DEFAULT 0, json_output INTEGER NOT NULL DEFAULT 0, system_prompt TEXT, parameters TEXT, origin TEXT, import_id INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "conversations" VALUES(1,'无理数',1750000000000000,1750000900000000,'deepseek-v4-pro','max',1,0,3,NULL,10,1,0,1,0,'Be brief.','{"top_p":0.5}','sonde:1',0);
INSERT INTO "conversations" VALUES(6,NULL,1740000000000000,1740000000000000,NULL,'off',0,1,0,'Why is',0,0,1760000000000000,0,0,NULL,NULL,NULL,0);
INSERT INTO "conversations" VALUES(7,'Left empty',1760000000000000,1760000000000000,NULL,'low',0,0,0,'',0,0,0,0,0,NULL,NULL,NULL,0);
INSERT INTO "conversations" VALUES(12,'Half imported',1,1,NULL,'off',0,0,0,'x',0,0,0,0,0,NULL,NULL,NULL,11);
CREATE TABLE draft_attachments (  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,  position INTEGER NOT NULL,  attachment_id INTEGER NOT NULL REFERENCES attachments (id),  name TEXT NOT NULL,  PRIMARY KEY (conversation_id, position)) STRICT, WITHOUT ROWID;
CREATE TABLE folders (  id INTEGER PRIMARY KEY,  name TEXT NOT NULL,  position INTEGER NOT NULL) STRICT;
INSERT INTO "folders" VALUES(10,'Arbeit',0);
CREATE TABLE imports (id INTEGER PRIMARY KEY) STRICT;
INSERT INTO "imports" VALUES(11);
CREATE TABLE journal (
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (message_id, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO "journal" VALUES(5,1,'reasoning','Fir');
INSERT INTO "journal" VALUES(5,2,'reasoning','st');
INSERT INTO "journal" VALUES(5,3,'content','Suppose ');
INSERT INTO "journal" VALUES(5,4,'content','not');
CREATE TABLE message_attachments (  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,  position INTEGER NOT NULL,  attachment_id INTEGER NOT NULL REFERENCES attachments (id),  name TEXT NOT NULL,  PRIMARY KEY (message_id, position)) STRICT, WITHOUT ROWID;
INSERT INTO "message_attachments" VALUES(2,0,13,'foo.txt');
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
, name TEXT, tool_call_id TEXT, tool_calls TEXT, title TEXT, extra TEXT, logprobs TEXT, system_fingerprint TEXT, trace_id TEXT, parameters TEXT, rate_currency TEXT, rate_hit REAL, rate_miss REAL, rate_output REAL, first_token_ms INTEGER NOT NULL DEFAULT -1, duration_ms INTEGER NOT NULL DEFAULT -1, deleted_at INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "messages" VALUES(2,1,NULL,'user','Prove that √2 is irrational.',NULL,'complete',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'off',1750000000000000,0,-1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,-1,-1,0);
INSERT INTO "messages" VALUES(3,1,2,'assistant','Assume it''s p/q.','','complete',NULL,NULL,NULL,NULL,'stop',100,20,120,64,36,-1,'deepseek-v4-flash','high',1750000001000000,1750000002000000,12000,NULL,NULL,'[{"id":"call_1","type":"function","function":{"name":"look","arguments":"{\"a\" : 1.50}"}}]',NULL,'{"x":1.0}',NULL,NULL,NULL,NULL,'USD',0.028,0.28,0.42,321,4321,0);
INSERT INTO "messages" VALUES(4,1,2,'assistant','',NULL,'failed',11,503,'busy','trace',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'deepseek-v4-pro','max',1750000003000000,0,-1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,-1,-1,1760000000000000);
INSERT INTO "messages" VALUES(5,1,2,'assistant','',NULL,'streaming',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'deepseek-v4-pro','max',1750000004000000,1750000005000000,-1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,-1,-1,0);
CREATE INDEX messages_by_conversation ON messages (conversation_id);
CREATE INDEX messages_by_parent ON messages (parent_id);
CREATE INDEX messages_streaming ON messages (id) WHERE state = 'streaming';
CREATE INDEX messages_deleted ON messages (id) WHERE deleted_at <> 0;
CREATE INDEX conversations_by_update ON conversations (updated_at DESC, id DESC);
CREATE INDEX conversations_by_import ON conversations (import_id) WHERE import_id <> 0;
CREATE INDEX message_attachments_by_attachment ON message_attachments (attachment_id);
CREATE INDEX draft_attachments_by_attachment ON draft_attachments (attachment_id);
CREATE INDEX charges_by_conversation ON charges (conversation_id);
PRAGMA user_version = 2;
