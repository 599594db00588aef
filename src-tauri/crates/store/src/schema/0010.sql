-- One row for each entry of the audit trail, for reading it in pages. Derived;
-- can be made again from the envelopes of the audit scope.
CREATE TABLE audit_row (
    entry   BLOB PRIMARY KEY CHECK (length(entry) = 34),
    lamport INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    staff   BLOB NOT NULL,
    device  BLOB NOT NULL,
    action  TEXT NOT NULL,
    patient BLOB,
    account BLOB,
    note    TEXT NOT NULL,
    reason  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_row_order ON audit_row (lamport, entry);
CREATE INDEX audit_row_patient ON audit_row (patient, lamport) WHERE patient IS NOT NULL;
CREATE INDEX audit_row_staff ON audit_row (staff, lamport);
