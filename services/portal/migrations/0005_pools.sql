-- Pools: several people share one job, each by their own consent. Whoever leaves stays as a row, which records both.

CREATE TABLE pool (
    council   text NOT NULL,
    pool_id   uuid NOT NULL,
    plan_id   uuid NOT NULL,
    code      text NOT NULL,
    revision  integer NOT NULL CHECK (revision > 0),
    PRIMARY KEY (council, pool_id),
    UNIQUE (council, plan_id),
    UNIQUE (council, code)
);

CREATE TABLE pool_member (
    council    text NOT NULL,
    pool_id    uuid NOT NULL,
    nth        integer NOT NULL,   -- in the order they joined
    plan_id    uuid NOT NULL,
    person_id  uuid NOT NULL,
    quarters   integer NOT NULL CHECK (quarters > 0),
    agreed_at  timestamptz NOT NULL,
    consent    text NOT NULL,
    evidence   text NOT NULL,
    left_at    timestamptz,
    PRIMARY KEY (council, pool_id, nth),
    FOREIGN KEY (council, pool_id) REFERENCES pool (council, pool_id),
    FOREIGN KEY (council, plan_id) REFERENCES plan (council, plan_id),
    FOREIGN KEY (council, person_id) REFERENCES account (council, account_id)
);
CREATE UNIQUE INDEX pool_member_once ON pool_member (council, plan_id) WHERE left_at IS NULL;
CREATE INDEX pool_member_of_person ON pool_member (council, person_id);
