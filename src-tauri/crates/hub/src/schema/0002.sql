-- What each laptop left for its recovery sheet, sealed to it: one a laptop, the newest.
CREATE TABLE deposit (
    device :bytes NOT NULL PRIMARY KEY,
    -- What whoever has the sheet finds it by.
    lookup :bytes NOT NULL,
    kept :number NOT NULL,
    bytes :bytes NOT NULL
) :strict;
CREATE INDEX deposit_lookup ON deposit (lookup);
