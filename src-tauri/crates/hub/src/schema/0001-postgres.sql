-- Sealed content does not compress, so PostgreSQL need not try.
ALTER TABLE envelope ALTER COLUMN bytes SET STORAGE EXTERNAL;
