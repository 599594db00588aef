-- Everything here is inside the encrypted file. STRICT tables: a wrong type is
-- an error at writing, not a surprise at reading.

-- Which installation this is, its own keys, the root it trusts.
CREATE TABLE installation (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    identity    TEXT NOT NULL,
    signing     BLOB NOT NULL CHECK (length(signing) = 32),
    sealing     BLOB NOT NULL CHECK (length(sealing) = 32),
    root        BLOB NOT NULL CHECK (length(root) = 32),
    incarnation INTEGER NOT NULL CHECK (incarnation >= 1)
) STRICT;

-- The journal: envelopes exactly as they were written. Rows are only added.
CREATE TABLE envelope (
    place       INTEGER PRIMARY KEY,
    id          BLOB NOT NULL UNIQUE,
    scope       TEXT NOT NULL,
    subject     TEXT NOT NULL,
    device      BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    sequence    INTEGER NOT NULL,
    bytes       BLOB NOT NULL
) STRICT;

-- Not unique: a copied disk makes two envelopes at one place, and both must fit.
CREATE INDEX envelope_stream ON envelope (scope, device, incarnation, sequence);

CREATE INDEX envelope_subject ON envelope (subject);

-- The end of each stream, kept beside the journal so that a journal cut short shows.
CREATE TABLE stream (
    scope       TEXT NOT NULL,
    device      BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    sequence    INTEGER NOT NULL,
    head        BLOB NOT NULL CHECK (length(head) = 32),
    PRIMARY KEY (scope, device, incarnation)
) STRICT, WITHOUT ROWID;

-- Keys that open envelopes.
CREATE TABLE content_key (
    id         BLOB PRIMARY KEY CHECK (length(id) = 32),
    scope      TEXT,
    patient    BLOB,
    generation INTEGER NOT NULL CHECK (generation >= 1),
    secret     BLOB NOT NULL CHECK (length(secret) = 32),
    CHECK ((scope IS NULL) <> (patient IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX content_key_patient ON content_key (patient, generation);
CREATE INDEX content_key_scope ON content_key (scope, generation);

-- What has been typed and is not yet in an envelope.
CREATE TABLE draft (
    staff    BLOB NOT NULL,
    context  TEXT NOT NULL,
    name     TEXT NOT NULL,
    patient  BLOB,
    body     BLOB NOT NULL,
    typed_at TEXT NOT NULL,
    PRIMARY KEY (context, name, staff)
) STRICT, WITHOUT ROWID;

-- One derived row per patient, for the worklist and for finding people.
CREATE TABLE summary (
    place    INTEGER PRIMARY KEY,
    patient  BLOB NOT NULL UNIQUE,
    search   TEXT NOT NULL,
    priority INTEGER NOT NULL,
    due      TEXT NOT NULL,
    json     TEXT NOT NULL
) STRICT;

CREATE INDEX summary_order ON summary (priority, due, patient);

CREATE VIRTUAL TABLE summary_search USING fts5 (
    search, content = 'summary', content_rowid = 'place', tokenize = 'trigram'
);

CREATE TRIGGER summary_added AFTER INSERT ON summary BEGIN
    INSERT INTO summary_search (rowid, search) VALUES (new.place, new.search);
END;
CREATE TRIGGER summary_removed AFTER DELETE ON summary BEGIN
    INSERT INTO summary_search (summary_search, rowid, search)
    VALUES ('delete', old.place, old.search);
END;
CREATE TRIGGER summary_changed AFTER UPDATE ON summary BEGIN
    INSERT INTO summary_search (summary_search, rowid, search)
    VALUES ('delete', old.place, old.search);
    INSERT INTO summary_search (rowid, search) VALUES (new.place, new.search);
END;

-- Local and never sent: text size, filters, confirmed numbers.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The highest Lamport counter seen.
CREATE TABLE counter (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    lamport INTEGER NOT NULL CHECK (lamport >= 0)
) STRICT;
INSERT INTO counter (id, lamport) VALUES (1, 0);
