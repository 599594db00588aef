-- The public keys that this laptop's keys may be sealed to: 'sheet', and 'staff:' with the id.
CREATE TABLE holder (
    name   TEXT NOT NULL,
    public BLOB NOT NULL CHECK (length(public) = 32),
    PRIMARY KEY (name, public)
) STRICT, WITHOUT ROWID;
