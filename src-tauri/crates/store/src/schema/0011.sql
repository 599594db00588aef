-- Streams that other devices write too: their branches, what came before its turn, and what the
-- hub server has on its disk.

-- The ends of the branches of each stream, kept beside the journal so that a journal cut short
-- shows. One is the rule, several are a fork.
CREATE TABLE tip (
    scope       TEXT NOT NULL,
    device      BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    sequence    INTEGER NOT NULL,
    head        BLOB NOT NULL CHECK (length(head) = 32),
    PRIMARY KEY (scope, device, incarnation, sequence, head)
) STRICT, WITHOUT ROWID;
INSERT INTO tip SELECT scope, device, incarnation, sequence, head FROM stream;
DROP TABLE stream;

-- The first number of a stream at which two envelopes stand: a copied disk.
CREATE TABLE fork (
    scope       TEXT NOT NULL,
    device      BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    sequence    INTEGER NOT NULL,
    PRIMARY KEY (scope, device, incarnation)
) STRICT, WITHOUT ROWID;

-- Envelopes whose predecessor is not here yet.
CREATE TABLE ahead (
    place       INTEGER PRIMARY KEY REFERENCES envelope (place),
    id          BLOB NOT NULL UNIQUE,
    scope       TEXT NOT NULL,
    device      BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    sequence    INTEGER NOT NULL,
    previous    BLOB NOT NULL
) STRICT;
CREATE INDEX ahead_stream ON ahead (scope, device, incarnation, sequence, previous);

-- How far the hub server had each stream on its disk when it last said so.
CREATE TABLE acknowledged (
    scope       TEXT NOT NULL,
    device      BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    sequence    INTEGER NOT NULL,
    head        BLOB NOT NULL CHECK (length(head) = 32),
    PRIMARY KEY (scope, device, incarnation, sequence, head)
) STRICT, WITHOUT ROWID;

-- When this device's own streams first reached so far, for the receipts of a case.
CREATE TABLE delivered (
    scope       TEXT NOT NULL,
    incarnation INTEGER NOT NULL,
    sequence    INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (scope, incarnation, sequence)
) STRICT, WITHOUT ROWID;

-- Envelopes the hub server took before their turn: emergencies.
CREATE TABLE delivered_early (
    id BLOB PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Envelopes that wait for the key their header names.
CREATE TABLE closed (
    key   BLOB NOT NULL,
    place INTEGER NOT NULL REFERENCES envelope (place),
    PRIMARY KEY (key, place)
) STRICT, WITHOUT ROWID;

-- Patients of whom an entry waits for the certificate it was signed under.
CREATE TABLE unproven (
    certificate BLOB NOT NULL,
    patient     BLOB NOT NULL,
    PRIMARY KEY (certificate, patient)
) STRICT, WITHOUT ROWID;

-- The newest time that each device claims in a scope: "as of".
CREATE TABLE heard (
    scope  TEXT NOT NULL,
    device BLOB NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (scope, device)
) STRICT, WITHOUT ROWID;
