-- One schema for both databases: the words after a colon are put in by `database/schema.rs`.

-- What the hub server was set up for.
CREATE TABLE about (
    name TEXT NOT NULL PRIMARY KEY,
    value :bytes NOT NULL
) :strict;

-- The envelopes of one life of one device in one scope. Whoever writes to a stream locks its row
-- by setting `touched`, so that two hub servers never join the same stream at once.
CREATE TABLE stream (
    id :serial,
    scope TEXT NOT NULL,
    device :bytes NOT NULL,
    incarnation :number NOT NULL,
    -- The number of the transaction that wrote to it last: by it is seen what has changed.
    touched :number NOT NULL,
    UNIQUE (scope, device, incarnation)
) :strict;
CREATE INDEX stream_touched ON stream (touched);
CREATE INDEX stream_scope ON stream (scope, touched);

-- A run of envelopes in which each follows the one before. One is the rule; every fork adds one,
-- which begins after `from_sequence` of `from_branch`. What is held beyond some place is then a
-- range of each branch, and no chain has to be walked.
CREATE TABLE branch (
    stream :number NOT NULL REFERENCES stream (id),
    number :number NOT NULL,
    from_branch :number,
    from_sequence :number NOT NULL,
    tip_sequence :number NOT NULL,
    tip_hash :bytes NOT NULL,
    PRIMARY KEY (stream, number)
) :strict;

-- Envelopes as they were written. A place in a stream is taken once by each header.
CREATE TABLE envelope (
    id :bytes NOT NULL PRIMARY KEY,
    stream :number NOT NULL REFERENCES stream (id),
    sequence :number NOT NULL,
    header_hash :bytes NOT NULL,
    previous :bytes NOT NULL,
    -- Null while an envelope before it is missing: it is kept ahead.
    branch :number,
    size :number NOT NULL,
    bytes :bytes NOT NULL,
    -- The patient that its header names, so that an erasure finds what it drops.
    patient :bytes,
    UNIQUE (stream, sequence, header_hash)
) :strict;
CREATE INDEX envelope_ahead ON envelope (stream) WHERE branch IS NULL;
CREATE INDEX envelope_patient ON envelope (patient) WHERE patient IS NOT NULL;

-- Erasures that two people signed, each with its proof as it was shown.
CREATE TABLE erasure (
    id :bytes NOT NULL PRIMARY KEY,
    bytes :bytes NOT NULL
) :strict;

-- Whose content those erasures drop, now and whenever it is offered again.
CREATE TABLE erased (
    patient :bytes NOT NULL PRIMARY KEY
) :strict;

-- Certificates that lead to the pinned root.
CREATE TABLE certificate (
    place :serial,
    id :bytes NOT NULL UNIQUE,
    issuer :bytes,
    -- The device that it names as one; null for the root and for people.
    device :bytes,
    bytes :bytes NOT NULL
) :strict;
CREATE INDEX certificate_device ON certificate (device);

-- Devices that may not speak to the hub server. Times are milliseconds since 1970, by its clock.
CREATE TABLE blocked (
    device :bytes NOT NULL PRIMARY KEY,
    since :number NOT NULL
) :strict;

-- Nonces of logins, each good for one, until they would have run out by themselves.
CREATE TABLE used_nonce (
    nonce :bytes NOT NULL PRIMARY KEY,
    until :number NOT NULL
) :strict;

-- Who is logged in. The token itself is not kept, only its hash.
CREATE TABLE pass (
    token_hash :bytes NOT NULL PRIMARY KEY,
    certificate :bytes NOT NULL REFERENCES certificate (id),
    until :number NOT NULL
) :strict;
