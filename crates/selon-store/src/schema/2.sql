-- Decisions by hand. Never changed or removed: undoing one is another decision.
CREATE TABLE review (
    seq INTEGER PRIMARY KEY, tx INTEGER NOT NULL, at TEXT NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL, body TEXT NOT NULL);
CREATE TRIGGER review_is_kept BEFORE DELETE ON review BEGIN SELECT raise(ABORT, 'decisions are kept'); END;
CREATE TRIGGER review_is_final BEFORE UPDATE ON review BEGIN SELECT raise(ABORT, 'decisions are not changed'); END;

-- What each article tells of one occurrence, as the joining compares it; where it is looked up; which pairs are alike.
CREATE TABLE report (row INTEGER PRIMARY KEY, document INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE report_event (event INTEGER, report INTEGER, PRIMARY KEY (event, report)) WITHOUT ROWID;
CREATE INDEX report_document ON report (document);
CREATE TABLE report_block (block INTEGER, report INTEGER, PRIMARY KEY (block, report)) WITHOUT ROWID;
CREATE TABLE likeness (report INTEGER, other INTEGER, score REAL NOT NULL, why TEXT NOT NULL, PRIMARY KEY (report, other)) WITHOUT ROWID;

-- Runs of words that tell wire copies.
CREATE TABLE shingle (hash INTEGER, document INTEGER, PRIMARY KEY (hash, document)) WITHOUT ROWID;
CREATE TABLE shingles (document INTEGER PRIMARY KEY, count INTEGER NOT NULL);
-- Pairs of copies, both ways; a group of copies is what hangs together.
CREATE TABLE copy (document INTEGER, other INTEGER, PRIMARY KEY (document, other)) WITHOUT ROWID;

CREATE TABLE incident_document (incident INTEGER, document INTEGER, PRIMARY KEY (incident, document)) WITHOUT ROWID;

-- What changed since a transaction.
CREATE INDEX document_from ON document (tx_from);
CREATE INDEX event_from ON event (tx_from);
CREATE INDEX statement_from ON statement (tx_from);
CREATE INDEX incident_from ON incident (tx_from);
CREATE INDEX document_closed ON document (tx_to) WHERE tx_to < 9223372036854775807;
CREATE INDEX event_closed ON event (tx_to) WHERE tx_to < 9223372036854775807;
CREATE INDEX statement_closed ON statement (tx_to) WHERE tx_to < 9223372036854775807;
CREATE INDEX incident_closed ON incident (tx_to) WHERE tx_to < 9223372036854775807;

-- Articles written but not yet joined, and reports whose component must be grouped anew.
CREATE TABLE pending (document INTEGER PRIMARY KEY);
CREATE TABLE touched (report INTEGER PRIMARY KEY);
CREATE TABLE orphan (incident INTEGER PRIMARY KEY);

-- Days of series, from which campaigns are made.
CREATE TABLE series (series TEXT, day INTEGER, incident INTEGER, PRIMARY KEY (series, day, incident)) WITHOUT ROWID;
CREATE INDEX series_incident ON series (incident);
CREATE INDEX incident_document_document ON incident_document (document);
CREATE INDEX copy_other ON copy (other);
CREATE INDEX membership_incident ON membership (incident) WHERE tx_to = 9223372036854775807;
INSERT INTO pending (document) SELECT row FROM document WHERE tx_to = 9223372036854775807;
