-- Finding people and drawing the worklist among a hundred thousand patients: what
-- is looked up by an index, so that nothing on a screen's way reads everybody.
-- Everything here is derived from the journal and is made again from it.

DROP TABLE summary_search;
DROP TABLE summary;

-- One row per patient.
CREATE TABLE summary (
    place       INTEGER PRIMARY KEY,
    patient     BLOB NOT NULL UNIQUE,
    -- Folded words of the family name, and of everything else they are known by.
    family      TEXT NOT NULL,
    words       TEXT NOT NULL,
    -- What stands in found_by for them: a JSON array of texts.
    keys        TEXT NOT NULL,
    -- What two people are compared by, folded; born is ISO or empty.
    like_family TEXT NOT NULL,
    like_given  TEXT NOT NULL,
    like_place  TEXT NOT NULL,
    born        TEXT NOT NULL,
    -- The list they stand in.
    list        TEXT NOT NULL,
    priority    INTEGER NOT NULL,
    due         TEXT NOT NULL,
    -- ISO day until which nothing is to be done; empty when there is something now.
    rests_until TEXT NOT NULL,
    -- First ISO day past 18 weeks of a wait that runs; empty when none does.
    breach      TEXT NOT NULL,
    red         INTEGER NOT NULL CHECK (red IN (0, 1)),
    written     TEXT NOT NULL,
    json        TEXT NOT NULL
) STRICT;

CREATE INDEX summary_order ON summary (priority, due, patient);
CREATE INDEX summary_list ON summary (list, priority, due, patient);
CREATE INDEX summary_to_do ON summary (rests_until, priority, due, patient);
CREATE INDEX summary_breach ON summary (breach, priority, due, patient) WHERE breach <> '';
CREATE INDEX summary_red ON summary (priority, due, patient) WHERE red = 1;
CREATE INDEX summary_written ON summary (written);
CREATE INDEX summary_like ON summary (like_family, like_given, born);
CREATE INDEX summary_like_born ON summary (born, like_given);
CREATE INDEX summary_like_near ON summary (like_family, born);
CREATE INDEX summary_like_place ON summary (like_family, like_place);

-- Words by their beginnings. Ascii: the words come folded, and what is not ASCII
-- is a letter of some alphabet.
CREATE VIRTUAL TABLE summary_words USING fts5 (
    family, words, content = 'summary', content_rowid = 'place',
    tokenize = 'ascii', prefix = '1 2 3 4', detail = column, columnsize = 0
);
-- A name that is erased leaves nothing in the index.
INSERT INTO summary_words (summary_words, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER summary_words_added AFTER INSERT ON summary BEGIN
    INSERT INTO summary_words (rowid, family, words)
    VALUES (new.place, new.family, new.words);
END;
CREATE TRIGGER summary_words_removed AFTER DELETE ON summary BEGIN
    INSERT INTO summary_words (summary_words, rowid, family, words)
    VALUES ('delete', old.place, old.family, old.words);
END;
CREATE TRIGGER summary_words_changed AFTER UPDATE OF family, words ON summary
WHEN old.family <> new.family OR old.words <> new.words BEGIN
    INSERT INTO summary_words (summary_words, rowid, family, words)
    VALUES ('delete', old.place, old.family, old.words);
    INSERT INTO summary_words (rowid, family, words)
    VALUES (new.place, new.family, new.words);
END;

-- Whole keys, and the beginnings of them: ends of numbers, assessments, days.
CREATE TABLE found_by (
    key   TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (key, place)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER found_by_added AFTER INSERT ON summary BEGIN
    INSERT OR IGNORE INTO found_by (key, place)
    SELECT value, new.place FROM json_each(new.keys);
END;
CREATE TRIGGER found_by_removed AFTER DELETE ON summary BEGIN
    DELETE FROM found_by WHERE place = old.place
        AND key IN (SELECT value FROM json_each(old.keys));
END;
CREATE TRIGGER found_by_changed AFTER UPDATE OF keys ON summary
WHEN old.keys <> new.keys BEGIN
    DELETE FROM found_by WHERE place = old.place
        AND key IN (SELECT value FROM json_each(old.keys));
    INSERT OR IGNORE INTO found_by (key, place)
    SELECT value, new.place FROM json_each(new.keys);
END;

-- How many patients stand in each list; '*' is all of them, '!' those with
-- something to be done now.
CREATE TABLE tally (
    list     TEXT PRIMARY KEY,
    patients INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER tally_added AFTER INSERT ON summary BEGIN
    INSERT INTO tally VALUES ('*', 1), (new.list, 1), ('!', new.rests_until = '')
    ON CONFLICT (list) DO UPDATE SET patients = patients + excluded.patients;
    DELETE FROM tally WHERE patients = 0;
END;
CREATE TRIGGER tally_removed AFTER DELETE ON summary BEGIN
    UPDATE tally SET patients = patients - 1 WHERE list IN ('*', old.list);
    UPDATE tally SET patients = patients - (old.rests_until = '') WHERE list = '!';
    DELETE FROM tally WHERE patients = 0;
END;
CREATE TRIGGER tally_changed AFTER UPDATE OF list, rests_until ON summary
WHEN old.list <> new.list OR (old.rests_until = '') <> (new.rests_until = '') BEGIN
    UPDATE tally SET patients = patients - 1 WHERE list = old.list;
    UPDATE tally SET patients = patients - (old.rests_until = '') WHERE list = '!';
    INSERT INTO tally VALUES (new.list, 1), ('!', new.rests_until = '')
    ON CONFLICT (list) DO UPDATE SET patients = patients + excluded.patients;
    DELETE FROM tally WHERE patients = 0;
END;

-- The lists were taken away: they are made again before anybody reads them.
DELETE FROM setting WHERE name = 'derived';
