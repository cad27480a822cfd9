-- Every change of the store is one transaction: the axis of "when we knew".
CREATE TABLE tx (tx INTEGER PRIMARY KEY, at TEXT NOT NULL, what TEXT NOT NULL);

-- Articles. Ids are the records' sixteen hexadecimal digits as a signed integer; `key` is the address, shared by an article's versions.
CREATE TABLE document (
    row INTEGER PRIMARY KEY, id INTEGER NOT NULL, tx_from INTEGER NOT NULL, tx_to INTEGER NOT NULL, key TEXT, version INTEGER NOT NULL,
    outlet TEXT, lang TEXT NOT NULL, day INTEGER NOT NULL, coder TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX document_id ON document (id, tx_to);
CREATE INDEX document_key ON document (key, tx_to) WHERE key IS NOT NULL;
CREATE INDEX document_coder ON document (coder, row) WHERE tx_to = 9223372036854775807;

CREATE TABLE event (
    row INTEGER PRIMARY KEY, id INTEGER NOT NULL, tx_from INTEGER NOT NULL, tx_to INTEGER NOT NULL, document INTEGER NOT NULL,
    day INTEGER NOT NULL, day_to INTEGER NOT NULL, lat REAL, lon REAL, body TEXT NOT NULL);
CREATE INDEX event_id ON event (id, tx_to);
CREATE INDEX event_document ON event (document);

CREATE TABLE statement (
    row INTEGER PRIMARY KEY, id INTEGER NOT NULL, tx_from INTEGER NOT NULL, tx_to INTEGER NOT NULL, document INTEGER NOT NULL,
    day INTEGER NOT NULL, day_to INTEGER NOT NULL, lat REAL, lon REAL, body TEXT NOT NULL);
CREATE INDEX statement_id ON statement (id, tx_to);
CREATE INDEX statement_document ON statement (document);

CREATE TABLE incident (
    row INTEGER PRIMARY KEY, id INTEGER NOT NULL, tx_from INTEGER NOT NULL, tx_to INTEGER NOT NULL, document INTEGER NOT NULL,
    day INTEGER NOT NULL, day_to INTEGER NOT NULL, lat REAL, lon REAL, body TEXT NOT NULL);
CREATE INDEX incident_id ON incident (id, tx_to);

-- Which incident an event belongs to, and which id a merged incident now answers to.
CREATE TABLE membership (event INTEGER, tx_from INTEGER, tx_to INTEGER, incident INTEGER, PRIMARY KEY (event, tx_from)) WITHOUT ROWID;
CREATE TABLE alias (id INTEGER, tx_from INTEGER, tx_to INTEGER, target INTEGER, PRIMARY KEY (id, tx_from)) WITHOUT ROWID;

-- What can be filtered by: each value a number, each number a list of rows by day.
CREATE TABLE facet (facet INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, count INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL);
CREATE TABLE event_facet (facet INTEGER, day INTEGER, row INTEGER, PRIMARY KEY (facet, day, row)) WITHOUT ROWID;
CREATE TABLE statement_facet (facet INTEGER, day INTEGER, row INTEGER, PRIMARY KEY (facet, day, row)) WITHOUT ROWID;
CREATE TABLE incident_facet (facet INTEGER, day INTEGER, row INTEGER, PRIMARY KEY (facet, day, row)) WITHOUT ROWID;

-- Titles and texts, accents folded; rowid is the document's row.
CREATE VIRTUAL TABLE document_text USING fts5 (title, text, content = '', tokenize = 'unicode61 remove_diacritics 2');
