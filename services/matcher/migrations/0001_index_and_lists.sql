-- The index, the plans, what is due to be ranked, the lists, and the introductions.
-- Facets are whole values as the matcher's own code writes them: nothing in them is asked for by SQL.

CREATE TABLE profile (
    council     text    NOT NULL,
    profile_id  uuid    NOT NULL,
    revision    integer NOT NULL,
    shown       boolean NOT NULL,  -- false: paused, so on no list
    facets      bytea   NOT NULL,
    PRIMARY KEY (council, profile_id)
);

CREATE TABLE plan (
    council   text    NOT NULL,
    plan_id   uuid    NOT NULL,
    revision  integer NOT NULL,
    state     text    NOT NULL,
    facets    bytea   NOT NULL,
    PRIMARY KEY (council, plan_id)
);

CREATE INDEX plan_open ON plan (council) WHERE state = 'open';

CREATE TABLE due_ranking (
    council  text        NOT NULL,
    plan_id  uuid        NOT NULL,
    cause    text        NOT NULL,
    asked    bigint      NOT NULL,  -- goes up with each asking: one that came meanwhile is not lost
    due_at   timestamptz NOT NULL,
    PRIMARY KEY (council, plan_id),
    FOREIGN KEY (council, plan_id) REFERENCES plan ON DELETE CASCADE
);

CREATE INDEX due_ranking_next ON due_ranking (due_at);

CREATE TABLE shortlist (
    council        text        NOT NULL,
    plan_id        uuid        NOT NULL,
    person_id      uuid        NOT NULL,
    revision       integer     NOT NULL,
    plan_revision  integer     NOT NULL,
    rules_version  integer     NOT NULL,
    day            date        NOT NULL,
    cause          text        NOT NULL,
    open           boolean     NOT NULL,
    listed         bytea       NOT NULL,
    ranked_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (council, plan_id)
);

CREATE INDEX shortlist_by_day ON shortlist (day) WHERE open;

CREATE TABLE introduction (
    council          text        NOT NULL,
    introduction_id  uuid        NOT NULL,
    plan_id          uuid        NOT NULL,
    person_id        uuid        NOT NULL,
    profile_id       uuid        NOT NULL,
    state            text        NOT NULL,
    asked_by         text        NOT NULL,
    asked_at         timestamptz NOT NULL,
    answer_by        timestamptz NOT NULL,
    quarters         integer     NOT NULL,
    route            text,
    revision         integer     NOT NULL,
    PRIMARY KEY (council, introduction_id)
);

CREATE UNIQUE INDEX introduction_open ON introduction (council, plan_id, profile_id) WHERE state = 'asked';
CREATE INDEX introduction_by_plan ON introduction (council, plan_id, asked_at);
CREATE INDEX introduction_by_profile ON introduction (council, profile_id, asked_at);
CREATE INDEX introduction_by_person ON introduction (council, person_id, asked_at);
CREATE INDEX introduction_late ON introduction (answer_by) WHERE state = 'asked';
