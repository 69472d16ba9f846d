-- Whether what this service holds of others' states is what their owners told, and what is done where it is not.

CREATE FUNCTION shard_of(key text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (hashtextextended(key, 0) & 63)::integer;

CREATE FUNCTION fingerprint(key text, timeline integer, version bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN hashtextextended(key || ' ' || timeline::text || ' ' || version::text, 0) & 9223372036854775807;

-- What is held of each key. A service puts its own tables here in its own migration: a row somebody deletes then shows.
-- Where it does not, this shows only what the inbox believes was applied.
CREATE VIEW held_state WITH (security_invoker = true) AS
SELECT council, topic, key, timeline, version FROM key_state WHERE version > 0;

CREATE TABLE digest_round (            -- when digests were last told; whoever moves it tells them
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    begun_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO digest_round DEFAULT VALUES;

CREATE TABLE reconciled (              -- how the last comparison went
    council     text        NOT NULL,
    topic       text        NOT NULL,
    compared_at timestamptz NOT NULL,
    keys_told   bigint      NOT NULL,
    keys_held   bigint      NOT NULL,
    unequal     integer[]   NOT NULL,  -- the shards that differed; what was on its way then differs too
    repaired    bigint      NOT NULL DEFAULT 0,  -- keys, ever
    repaired_at timestamptz,
    PRIMARY KEY (council, topic)
);

CREATE TABLE listing_asked (
    council    text        NOT NULL,
    request_id uuid        NOT NULL,
    topic      text        NOT NULL,
    asked_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    once_more  boolean     NOT NULL,   -- true: to be sure of what the one before it showed
    PRIMARY KEY (council, request_id)
);

CREATE TABLE adrift (                  -- keys that are not held as they were told, until they are
    council       text        NOT NULL,
    topic         text        NOT NULL,
    key           text        NOT NULL,
    held_timeline integer     NOT NULL,  -- as it was when first seen; 0 and 0: nothing
    held_version  bigint      NOT NULL,
    timeline      integer     NOT NULL,  -- as its owner told it; 0 and 0: never
    version       bigint      NOT NULL,
    sure          boolean     NOT NULL,  -- false: we hold more than was told, which may only be newer than the listing
    seen_at       timestamptz NOT NULL,  -- not before we held that
    look_at       timestamptz NOT NULL,
    asked_at      timestamptz,           -- when its owner was last asked to tell it anew
    PRIMARY KEY (council, topic, key)
);
CREATE INDEX adrift_due ON adrift (look_at);
