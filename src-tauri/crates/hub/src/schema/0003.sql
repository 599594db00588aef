-- The blobs of attachments, each in the scope of a site and on a patient, so that what goes with one
-- patient stays with another; whole, or what one device has brought of it so far.
CREATE TABLE blob (
    place :serial,
    site :bytes NOT NULL,
    id :bytes NOT NULL,
    patient :bytes NOT NULL,
    -- Who brought it: whose quota it counts to.
    device :bytes NOT NULL,
    size :number NOT NULL,
    -- Bytes from its start. It is whole when it was checked, not when they are all there.
    held :number NOT NULL,
    whole :number NOT NULL,
    -- When the last piece came, in milliseconds since 1970.
    touched :number NOT NULL,
    -- In this order, so that one is found without its patient too.
    UNIQUE (site, id, patient, device)
) :strict;
CREATE INDEX blob_room ON blob (device, held);
CREATE INDEX blob_patient ON blob (patient);

-- Their bytes, in the pieces in which they came; each ends where the next begins.
CREATE TABLE blob_piece (
    blob :number NOT NULL REFERENCES blob (place),
    ends :number NOT NULL,
    bytes :bytes NOT NULL,
    PRIMARY KEY (blob, ends)
) :strict;
