-- What is counted of the lists: where too few fit, and whose turn it was on a first page. No list is made with it.

CREATE TABLE list_count (
    council     text        NOT NULL,
    plan_id     uuid        NOT NULL,
    day         date        NOT NULL,
    fitting     integer     NOT NULL,
    counted_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (council, plan_id)
);

-- As it was published. Drawn up once and never again: two versions of one week could be subtracted from each other.
CREATE TABLE gap_week (
    council        text        NOT NULL,
    week           date        NOT NULL,
    rules_version  integer     NOT NULL,
    figures        bytea       NOT NULL,
    published_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (council, week)
);

-- For a year: see usecases/counting.py. A PA who leaves takes their rows along.
CREATE TABLE turn (
    council     text    NOT NULL,
    week        date    NOT NULL,
    profile_id  uuid    NOT NULL,
    shown       integer NOT NULL,
    due         bigint  NOT NULL,  -- millionths of a turn
    PRIMARY KEY (council, week, profile_id)
);

CREATE INDEX turn_by_profile ON turn (council, profile_id);

-- When we first heard of a PA. Of those who were here before, it is not known.
ALTER TABLE profile ADD COLUMN since date;
ALTER TABLE profile ALTER COLUMN since SET DEFAULT current_date;
