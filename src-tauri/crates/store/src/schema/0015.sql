-- The sealed bytes of attachments, in pieces. What each is stands in a sealed entry.

-- Without an id it is being attached. `held` bytes from its start are here; a person may have
-- asked for the rest, and the hub server may have said that it has it not.
CREATE TABLE blob (
    place   INTEGER PRIMARY KEY,
    id      BLOB UNIQUE CHECK (length(id) = 32),
    size    INTEGER NOT NULL,
    held    INTEGER NOT NULL,
    wanted  INTEGER NOT NULL,
    missed  INTEGER,
    opened  INTEGER NOT NULL
) STRICT;

-- Each piece ends where the next begins.
CREATE TABLE blob_piece (
    blob  INTEGER NOT NULL REFERENCES blob (place),
    ends  INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (blob, ends)
) STRICT;

-- On whose record it stands, and in which scopes the hub server is to have it: how much of it is
-- there, when it said so, and why it refused the rest.
CREATE TABLE blob_there (
    blob    INTEGER NOT NULL REFERENCES blob (place),
    patient BLOB NOT NULL,
    scope   TEXT NOT NULL,
    held    INTEGER NOT NULL,
    said    INTEGER,
    refused INTEGER,
    PRIMARY KEY (blob, patient, scope)
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_patient ON blob_there (patient);
