-- What was asked to be told again, so that a standing gap is not asked about at every look.

CREATE TABLE told_again_asked (
    council  text        NOT NULL,
    topic    text        NOT NULL,
    key      text        NOT NULL,
    timeline integer     NOT NULL,
    version  bigint      NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (council, topic, key)
);

CREATE INDEX outbox_log_by_key ON outbox_log (council, topic, key);
