-- Who asks a person to be let in, as their own account in the portal has them: for the message, until the ask is over.

CREATE TABLE asker (
    council       text         NOT NULL,
    request_id    uuid         NOT NULL,
    name          text         NOT NULL,
    organisation  text,
    forget_at     timestamptz  NOT NULL,
    PRIMARY KEY (council, request_id)
);
CREATE INDEX asker_over ON asker (forget_at);
