-- What people decide about events that were set aside, and what they left out.

CREATE TABLE parked_decision (         -- only ever added to
    council   text        NOT NULL,
    id        bigint GENERATED ALWAYS AS IDENTITY (CACHE 1),
    parked_id bigint      NOT NULL,
    event_id  uuid        NOT NULL,
    topic     text        NOT NULL,
    key       text        NOT NULL,
    version   bigint      NOT NULL,
    what      text        NOT NULL CHECK (what IN ('asked to skip', 'skip refused', 'skipped', 'retried', 'exported')),
    who       text        NOT NULL CHECK (length(who) BETWEEN 1 AND 100),
    why       text        NOT NULL CHECK (length(why) <= 500),   -- typed by staff: shown to staff, never logged
    at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (council, id)
);
CREATE INDEX parked_decision_of_event ON parked_decision (council, parked_id, id);

CREATE FUNCTION never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was decided is never changed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER parked_decision_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON parked_decision
    FOR EACH STATEMENT EXECUTE FUNCTION never_changed();

CREATE TABLE skipped (                 -- dead letters that two people left out, whole; swept by age
    council    text        NOT NULL,
    id         bigint      NOT NULL,   -- the number it had in parked
    topic      text        NOT NULL,
    key        text        NOT NULL,
    event_id   uuid        NOT NULL,
    timeline   integer     NOT NULL,
    version    bigint      NOT NULL,
    headers    jsonb       NOT NULL,
    body       bytea,
    reason     text        NOT NULL,
    fields     text[]      NOT NULL,
    part       integer     NOT NULL,
    off        bigint      NOT NULL,
    first_seen timestamptz NOT NULL,
    skipped_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (council, id)
);
CREATE UNIQUE INDEX skipped_once ON skipped (council, event_id);
CREATE INDEX skipped_by_age ON skipped (skipped_at);
