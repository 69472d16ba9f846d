-- Supporters ask to be let in. Whom they named is a keyed hash: what they typed is not kept.

CREATE TABLE support_request (
    council       text         NOT NULL,
    request_id    uuid         NOT NULL,
    supporter_id  uuid         NOT NULL,
    person_id     uuid,        -- null: nobody is asked by it
    named_hash    bytea        NOT NULL,
    named_as      text         NOT NULL,
    relation      text         NOT NULL,
    scopes        text[]       NOT NULL,
    until         date         NOT NULL,
    asked_at      timestamptz  NOT NULL,
    answer_by     timestamptz  NOT NULL,
    state         text         NOT NULL CHECK (state IN ('open', 'let_in', 'kept_out', 'over')),
    revision      integer      NOT NULL,
    said_no       boolean      NOT NULL,
    PRIMARY KEY (council, request_id),
    FOREIGN KEY (council, person_id) REFERENCES account (council, account_id),
    FOREIGN KEY (council, supporter_id) REFERENCES account (council, account_id)
);
CREATE INDEX support_request_of_supporter ON support_request (council, supporter_id, asked_at DESC);
CREATE INDEX support_request_of_person ON support_request (council, person_id);
CREATE INDEX support_request_over ON support_request (answer_by) WHERE state IN ('open', 'kept_out');

CREATE INDEX person_by_ref ON person_ref (council, ref);
