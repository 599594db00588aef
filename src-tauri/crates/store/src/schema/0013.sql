-- One index of words for all that people are found by, in which the words of a
-- family name stand twice: as words, and marked as words of a family name. So
-- whose family name it is can be asked for by itself and costs what it finds,
-- and the index is no larger, since it need not say in which column a word stands.

DROP TRIGGER summary_words_added;
DROP TRIGGER summary_words_removed;
DROP TRIGGER summary_words_changed;
DROP TABLE summary_words;

-- Ascii: the words come folded, and what is not ASCII is a letter of some
-- alphabet. The mark is no letter, so nobody can type it. A beginning that is
-- longer than the longest of these is gathered from all the words it begins.
CREATE VIRTUAL TABLE summary_words USING fts5 (
    words, content = '', tokenize = "ascii tokenchars '='",
    prefix = '1 2 3 4 5 6 7 8 9', detail = none, columnsize = 0
);
-- A name that is erased leaves nothing in the index.
INSERT INTO summary_words (summary_words, rank) VALUES ('secure-delete', 1);
-- A part of the index fits into one page of an encrypted file, which has less
-- room than a page of a plain one: each page read is decrypted.
INSERT INTO summary_words (summary_words, rank) VALUES ('pgsz', 3900);

INSERT INTO summary_words (rowid, words)
SELECT place, words || ' ' || family || ' =' || replace(family, ' ', ' =') FROM summary;

CREATE TRIGGER summary_words_added AFTER INSERT ON summary BEGIN
    INSERT INTO summary_words (rowid, words) VALUES (new.place,
        new.words || ' ' || new.family || ' =' || replace(new.family, ' ', ' ='));
END;
CREATE TRIGGER summary_words_removed AFTER DELETE ON summary BEGIN
    INSERT INTO summary_words (summary_words, rowid, words) VALUES ('delete', old.place,
        old.words || ' ' || old.family || ' =' || replace(old.family, ' ', ' ='));
END;
CREATE TRIGGER summary_words_changed AFTER UPDATE OF family, words ON summary
WHEN old.family <> new.family OR old.words <> new.words BEGIN
    INSERT INTO summary_words (summary_words, rowid, words) VALUES ('delete', old.place,
        old.words || ' ' || old.family || ' =' || replace(old.family, ' ', ' ='));
    INSERT INTO summary_words (rowid, words) VALUES (new.place,
        new.words || ' ' || new.family || ' =' || replace(new.family, ' ', ' ='));
END;
