-- Keys that came from somebody whose word no longer counts: what they seal can be read, and is shown
-- as unverified, but nothing is written under them.
ALTER TABLE content_key ADD COLUMN reading_only INTEGER NOT NULL DEFAULT 0
    CHECK (reading_only IN (0, 1));
