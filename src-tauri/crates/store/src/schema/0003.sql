-- The backups this laptop has made, so that it knows its own again: a backup that
-- stands under the name of another is found out by the hash of its manifest, and a
-- backup made before the keys were renewed can still be tested.
CREATE TABLE backup (
    id       BLOB PRIMARY KEY CHECK (length(id) = 16),
    made     TEXT NOT NULL,
    folder   TEXT NOT NULL,
    manifest BLOB NOT NULL CHECK (length(manifest) = 32),
    secret   BLOB NOT NULL CHECK (length(secret) = 32),
    tested   TEXT,
    fine     INTEGER NOT NULL CHECK (fine IN (0, 1)),
    words    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX backup_made ON backup (made);
