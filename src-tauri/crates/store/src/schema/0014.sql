-- Whose rows are older than their records: of what comes in great numbers the
-- envelopes are kept first, and each person's row is made once, afterwards.
CREATE TABLE row_owed (
    patient BLOB PRIMARY KEY CHECK (length(patient) = 16)
) STRICT, WITHOUT ROWID;
