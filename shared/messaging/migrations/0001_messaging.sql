-- Every service's database holds these beside its own tables.

CREATE TABLE outbox_log (              -- every event ever told, immutable; old ones are swept by age
    id         bigint GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now(),
    event_id   uuid        NOT NULL,
    topic      text        NOT NULL,
    key        text        NOT NULL,
    council    text        NOT NULL,
    timeline   integer     NOT NULL,
    version    bigint      NOT NULL,
    occurrence boolean     NOT NULL,   -- false: whole state, so only the newest of a key matters
    headers    jsonb       NOT NULL,
    body       bytea                   -- null: a tombstone
);
CREATE INDEX outbox_log_by_age ON outbox_log (created_at);

CREATE TABLE outbox_pending (          -- hot and narrow: what the broker has not acknowledged yet
    id         bigint PRIMARY KEY REFERENCES outbox_log (id),
    created_at timestamptz NOT NULL DEFAULT now()
) WITH (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 500);

CREATE TABLE outbox_latest (           -- the newest state of each key: what a fresh broker is filled with
    council text   NOT NULL,
    topic   text   NOT NULL,
    key     text   NOT NULL,
    id      bigint NOT NULL REFERENCES outbox_log (id),
    PRIMARY KEY (council, topic, key)
);

CREATE TABLE relay_state (             -- the brokers this service has filled
    epoch       text PRIMARY KEY,
    replayed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE timeline (                -- goes up by one after a restore, so that readers take the restored truth
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    timeline integer NOT NULL
);
INSERT INTO timeline (timeline) VALUES (1);

CREATE TABLE inbox (                   -- each event counts once
    council  text   NOT NULL,
    event_id uuid   NOT NULL,
    topic    text   NOT NULL,
    part     integer NOT NULL,
    off      bigint NOT NULL,
    done_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (council, event_id)
);
CREATE INDEX inbox_by_age ON inbox (done_at);

CREATE TABLE key_state (               -- the version of each key that was applied last
    council  text    NOT NULL,
    topic    text    NOT NULL,
    key      text    NOT NULL,
    timeline integer NOT NULL,
    version  bigint  NOT NULL,
    parked   boolean NOT NULL DEFAULT false,
    PRIMARY KEY (council, topic, key)
);

CREATE TABLE attempt (                 -- counted before handling, so that an event that kills the process is caught
    event_id uuid PRIMARY KEY,
    n        integer NOT NULL,
    last_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE parked (                  -- dead letters: set aside with their reason, never lost
    council     text        NOT NULL,
    id          bigint GENERATED ALWAYS AS IDENTITY (CACHE 1),
    topic       text        NOT NULL,
    key         text        NOT NULL,
    event_id    uuid        NOT NULL,
    timeline    integer     NOT NULL,
    version     bigint      NOT NULL,
    headers     jsonb       NOT NULL,
    body        bytea,
    reason      text        NOT NULL,
    fields      text[]      NOT NULL DEFAULT '{}',  -- which fields were wrong; never what they held
    attempts    integer     NOT NULL DEFAULT 0,
    part        integer     NOT NULL,
    off         bigint      NOT NULL,
    next_try_at timestamptz,                        -- null: waits for a person
    first_seen  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (council, id)
);
CREATE UNIQUE INDEX parked_once ON parked (council, event_id);
CREATE INDEX parked_by_key ON parked (council, topic, key, id);
