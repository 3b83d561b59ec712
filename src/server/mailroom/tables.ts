/** The tables of the mailroom (`docs/storage.md`). */
export const MAILROOM_TABLES = `
CREATE TABLE IF NOT EXISTS messages (
  delivery TEXT PRIMARY KEY, vault TEXT, grp TEXT NOT NULL, priority TEXT NOT NULL,
  address TEXT, subject TEXT, text TEXT, html TEXT, address_hash TEXT, pair_hash TEXT, contact_hash TEXT,
  state TEXT NOT NULL, reason TEXT, batch TEXT, solo INTEGER NOT NULL, enqueued_at INTEGER NOT NULL, done_at INTEGER
);
CREATE INDEX IF NOT EXISTS messages_by_state ON messages (state);
CREATE TABLE IF NOT EXISTS batches (
  key TEXT PRIMARY KEY, members TEXT NOT NULL, body TEXT NOT NULL, frozen_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL, next_at INTEGER NOT NULL, unsure INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS sent (provider TEXT PRIMARY KEY, delivery TEXT NOT NULL, vault TEXT, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS reports (
  delivery TEXT PRIMARY KEY, vault TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, at INTEGER NOT NULL,
  due_at INTEGER NOT NULL, attempts INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS stops (
  hash TEXT NOT NULL, address_hash TEXT NOT NULL, pair_hash TEXT NOT NULL, created_at INTEGER NOT NULL,
  PRIMARY KEY (hash, address_hash)
);
CREATE TABLE IF NOT EXISTS suppressed (hash TEXT PRIMARY KEY, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS codes (
  place TEXT PRIMARY KEY, contact_hash TEXT NOT NULL, vault_hash TEXT NOT NULL, address_hash TEXT NOT NULL,
  pair_hash TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, tries INTEGER NOT NULL, at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS accepted (
  place TEXT PRIMARY KEY, contact_hash TEXT NOT NULL, vault_hash TEXT NOT NULL, address_hash TEXT NOT NULL,
  pair_hash TEXT NOT NULL, at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS accepted_by_contact ON accepted (contact_hash);
CREATE INDEX IF NOT EXISTS accepted_by_vault ON accepted (vault_hash);
CREATE TABLE IF NOT EXISTS counted (
  hash TEXT NOT NULL, kind TEXT NOT NULL, delivery TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (hash, kind, delivery)
);
CREATE INDEX IF NOT EXISTS counted_by_age ON counted (kind, at);
CREATE INDEX IF NOT EXISTS counted_by_delivery ON counted (delivery);
CREATE TABLE IF NOT EXISTS pause (one INTEGER PRIMARY KEY CHECK (one = 1), until INTEGER NOT NULL);
`
