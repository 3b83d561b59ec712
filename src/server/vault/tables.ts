import { CHECK_IN_TABLES } from './check-in-store.ts'

/** The tables of one vault (`docs/storage.md`). Made by its first commit: an unknown vault has none. */
export const VAULT_TABLES = `
CREATE TABLE IF NOT EXISTS vault (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL, token_hash TEXT NOT NULL, version INTEGER NOT NULL,
  last_commit TEXT NOT NULL, document_key TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS sealed_keys (key TEXT PRIMARY KEY, state TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS rosters (version INTEGER PRIMARY KEY, sealed TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pressers (
  id TEXT PRIMARY KEY, hash TEXT NOT NULL, wrapped TEXT NOT NULL, delay_ms INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS cards (lookup TEXT PRIMARY KEY, presser TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS contacts (
  id TEXT PRIMARY KEY, join_hash TEXT NOT NULL, stop_hash TEXT NOT NULL, sealed TEXT NOT NULL, version INTEGER NOT NULL,
  answers INTEGER NOT NULL, answer TEXT, accepted_at INTEGER
);
CREATE TABLE IF NOT EXISTS departures (contact TEXT PRIMARY KEY, at INTEGER NOT NULL, untold INTEGER);
CREATE TABLE IF NOT EXISTS stop_links (hash TEXT PRIMARY KEY, contact TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS letters (
  id TEXT NOT NULL, version INTEGER NOT NULL, key TEXT NOT NULL, receipt TEXT NOT NULL, locks TEXT NOT NULL,
  current INTEGER NOT NULL, gate_state TEXT, PRIMARY KEY (id, version)
);
CREATE TABLE IF NOT EXISTS presses (
  id TEXT PRIMARY KEY, practice INTEGER NOT NULL, received_at INTEGER NOT NULL, pressed_at INTEGER NOT NULL,
  release_at INTEGER NOT NULL, stage TEXT NOT NULL, alert TEXT, wave INTEGER
);
CREATE TABLE IF NOT EXISTS alerts (
  id TEXT PRIMARY KEY, pressed_at INTEGER NOT NULL, opened_at INTEGER NOT NULL, stage TEXT NOT NULL,
  closed_at INTEGER, waves INTEGER NOT NULL, last_wave_at INTEGER NOT NULL,
  repeats INTEGER NOT NULL, owed_at INTEGER,
  letters_out INTEGER NOT NULL, roster_opened INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS holds (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, roster_key TEXT, origin TEXT NOT NULL, at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS deliveries (
  id TEXT PRIMARY KEY, alert TEXT NOT NULL, kind TEXT NOT NULL, wave INTEGER NOT NULL, contact TEXT NOT NULL,
  channel INTEGER NOT NULL, hold TEXT NOT NULL, pressed_at INTEGER NOT NULL, created_at INTEGER NOT NULL,
  handed INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT, changed_at INTEGER NOT NULL, sent_at INTEGER, way TEXT
);
CREATE TABLE IF NOT EXISTS pushes (
  delivery TEXT PRIMARY KEY, due_at INTEGER NOT NULL, attempts INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS gone_pushes (hash TEXT PRIMARY KEY, contact TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS releases (
  alert TEXT NOT NULL, contact TEXT NOT NULL, letter TEXT NOT NULL, version INTEGER NOT NULL,
  at INTEGER NOT NULL, opened_at INTEGER, PRIMARY KEY (alert, contact, letter, version)
);
CREATE TABLE IF NOT EXISTS on_it (
  alert TEXT NOT NULL, contact TEXT NOT NULL, said INTEGER NOT NULL, sealed TEXT, at INTEGER NOT NULL,
  PRIMARY KEY (alert, contact)
);
CREATE TABLE IF NOT EXISTS drills (id TEXT PRIMARY KEY, started_at INTEGER NOT NULL, letters_out INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS guards (
  id TEXT PRIMARY KEY, device TEXT NOT NULL, pins TEXT NOT NULL, share_key TEXT NOT NULL,
  wrong INTEGER NOT NULL, wait_until INTEGER NOT NULL, recent TEXT NOT NULL
);
${CHECK_IN_TABLES}CREATE TABLE IF NOT EXISTS due (kind TEXT PRIMARY KEY, at INTEGER NOT NULL, attempts INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS erasing (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL);
`
