-- The library of rawi; schema-3.sql has what came later. docs/LIBRARY.md explains it and asks it ten questions.
-- Places are Unicode code points into documents.text, end exclusive. Dates are ISO 8601 (2026-11-24).

-- Facts of the library itself: which texts are not linked yet.
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Files, feeds and results that were read, so that what has not changed is not read again.
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,          -- whole path or address
    size INTEGER NOT NULL,              -- bytes
    modified INTEGER NOT NULL,          -- nanoseconds since 1970
    maker TEXT NOT NULL                 -- which model and rules looked through it
);

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,          -- what people and exports call it
    source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
    part TEXT NOT NULL,                 -- which of the source's documents it is: its id there
    title TEXT,
    date TEXT,
    outlet TEXT,
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL,               -- of the text
    maker TEXT NOT NULL,
    copy_of INTEGER REFERENCES documents ON DELETE SET NULL,  -- the earlier document that has nearly the same words
    UNIQUE (source, part)
);
CREATE INDEX documents_date ON documents (date);
CREATE INDEX documents_copy_of ON documents (copy_of) WHERE copy_of IS NOT NULL;

-- A few hashes of each text's word sequences: texts that share most are copies.
CREATE TABLE sketches (
    hash INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    PRIMARY KEY (hash, document)
) WITHOUT ROWID;
CREATE INDEX sketches_document ON sketches (document);

-- People, organizations and places over all documents.
CREATE TABLE identities (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                 -- person, organization, place
    name TEXT NOT NULL,
    entities INTEGER NOT NULL DEFAULT 0,
    documents INTEGER NOT NULL DEFAULT 0,   -- these three leave out copies
    mentions INTEGER NOT NULL DEFAULT 0,
    quotes INTEGER NOT NULL DEFAULT 0,
    first TEXT,                         -- dates
    last TEXT
);
CREATE INDEX identities_rank ON identities (kind, documents DESC, mentions DESC);

-- The forms of their names.
CREATE TABLE spellings (
    identity INTEGER NOT NULL REFERENCES identities ON DELETE CASCADE,
    form TEXT NOT NULL,
    key TEXT NOT NULL,                  -- folded, without blanks and articles
    documents INTEGER NOT NULL,
    PRIMARY KEY (identity, form)
) WITHOUT ROWID;
CREATE INDEX spellings_key ON spellings (key);

-- The parts of the names of people and the words of other names, to look them up by.
CREATE TABLE parts (
    part TEXT NOT NULL,                 -- folded, without article and بن
    sounds TEXT NOT NULL,               -- its consonants by class of sound
    identity INTEGER NOT NULL REFERENCES identities ON DELETE CASCADE,
    PRIMARY KEY (part, identity)
) WITHOUT ROWID;
CREATE INDEX parts_sounds ON parts (sounds);
CREATE INDEX parts_identity ON parts (identity);

-- What one document says of one of them.
CREATE TABLE entities (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    identity INTEGER REFERENCES identities ON DELETE SET NULL,
    reason TEXT,                        -- why it is this identity
    confidence REAL                     -- how sure, 0 to 1
);
CREATE INDEX entities_document ON entities (document);
CREATE INDEX entities_identity ON entities (identity, document);

CREATE TABLE mentions (
    entity INTEGER NOT NULL REFERENCES entities ON DELETE CASCADE,
    document INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    confidence REAL NOT NULL,
    PRIMARY KEY (entity, start)
) WITHOUT ROWID;

CREATE TABLE roles (
    entity INTEGER NOT NULL REFERENCES entities ON DELETE CASCADE,
    text TEXT NOT NULL,
    PRIMARY KEY (entity, text)
) WITHOUT ROWID;

CREATE TABLE quotes (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    kind TEXT NOT NULL,                 -- direct, indirect
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    speaker INTEGER REFERENCES entities ON DELETE SET NULL,  -- the named speaker
    speaker_text TEXT,                  -- the words that say who: a name, or مصدر أمني
    speaker_confidence REAL,
    confidence REAL NOT NULL
);
CREATE INDEX quotes_document ON quotes (document);
CREATE INDEX quotes_speaker ON quotes (speaker);

-- Full text. `words` are folded words as they stand; `stems` are those without و ف ب ل ك and article before them,
-- one for each word, so that phrases and NEAR count alike in both. The rowid is the document's id. Only options that
-- SQLite has had for years: other programs ask it too.
CREATE VIRTUAL TABLE search USING fts5 (
    words, stems, content='', tokenize="unicode61 remove_diacritics 0"
);

CREATE VIEW people AS SELECT id, name, documents, mentions, quotes, first, last FROM identities WHERE kind = 'person';
