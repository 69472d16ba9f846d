-- What people asked about their own data: a copy, a correction, or to be forgotten; and the copy, for a short time.

CREATE TABLE data_request (
    council     text        NOT NULL,
    request_id  uuid        NOT NULL,
    party_id    uuid        NOT NULL,
    role        text        NOT NULL CHECK (role IN ('person', 'pa', 'broker')),
    kind        text        NOT NULL CHECK (kind IN ('copy', 'correct', 'erase')),
    state       text        NOT NULL,
    revision    integer     NOT NULL CHECK (revision > 0),
    asked_at    timestamptz NOT NULL,
    asked_by    uuid        NOT NULL,  -- the party, or the council worker whom they asked
    due_on      date        NOT NULL,  -- one month after they asked (UK GDPR Art 12(3))
    words       text,                  -- what they say is wrong
    answer      text,                  -- why it was not changed, or why it must be kept
    decided_by  uuid,
    decided_at  timestamptz,
    ready_at    timestamptz,
    kept_until  date,                  -- the last day on which the copy can be taken
    look_at     timestamptz,           -- when the courier looks at it next; null: it waits for a person, or is over
    PRIMARY KEY (council, request_id)
);
CREATE UNIQUE INDEX data_request_open ON data_request (council, party_id, kind)
    WHERE state IN ('asked', 'held', 'agreed', 'erasing');
CREATE INDEX data_request_of_party ON data_request (council, party_id);
CREATE INDEX data_request_to_look_at ON data_request (look_at) WHERE look_at IS NOT NULL;

-- What each service answered, until all have: one that is away is asked again, and the others are not.
CREATE TABLE data_part (
    council     text  NOT NULL,
    request_id  uuid  NOT NULL,
    service     text  NOT NULL,
    document    jsonb NOT NULL,
    PRIMARY KEY (council, request_id, service),
    FOREIGN KEY (council, request_id) REFERENCES data_request
);

CREATE TABLE data_copy (
    council     text  NOT NULL,
    request_id  uuid  NOT NULL,
    body        bytea NOT NULL,  -- a zip
    PRIMARY KEY (council, request_id),
    FOREIGN KEY (council, request_id) REFERENCES data_request
);
ALTER TABLE data_copy ALTER COLUMN body SET STORAGE EXTERNAL;
