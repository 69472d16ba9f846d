-- What a told list was made from, so that it can be made again: the plan and the register as of a moment, and the tables used.
-- A moment is a number on the council's own clock, which moves with each profile and plan that is put.

CREATE TABLE index_clock (
    council  text   PRIMARY KEY,
    at       bigint NOT NULL
);

CREATE TABLE profile_history (
    council     text    NOT NULL,
    profile_id  uuid    NOT NULL,
    clock       bigint  NOT NULL,
    revision    integer NOT NULL,
    shown       boolean NOT NULL,
    facets      bytea,                          -- null: gone, nothing of them is kept
    withheld    text[]  NOT NULL DEFAULT '{}',  -- what they shared then and took back since: no longer in the facets
    PRIMARY KEY (council, profile_id, clock)
);

CREATE TABLE plan_history (
    council   text    NOT NULL,
    plan_id   uuid    NOT NULL,
    clock     bigint  NOT NULL,
    revision  integer NOT NULL,
    facets    bytea   NOT NULL,
    PRIMARY KEY (council, plan_id, clock)
);

CREATE TABLE lore (
    council  text  NOT NULL,
    version  text  NOT NULL,
    tables   bytea NOT NULL,
    PRIMARY KEY (council, version)
);

CREATE TABLE told_list (
    council        text        NOT NULL,
    plan_id        uuid        NOT NULL,
    revision       integer     NOT NULL,
    plan_revision  integer     NOT NULL,
    rules_version  integer     NOT NULL,
    lore_version   text        NOT NULL,
    day            date        NOT NULL,
    clock          bigint      NOT NULL,
    open           boolean     NOT NULL,
    digest         text        NOT NULL,
    told_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (council, plan_id, revision, told_at)
);

CREATE INDEX told_list_by_age ON told_list (told_at);

-- Which tables a list was made with. Lists of before do not say; they are ranked again at the next change or on the next day.
ALTER TABLE shortlist ADD COLUMN lore_version text NOT NULL DEFAULT '';

INSERT INTO index_clock (council, at) SELECT council, 0 FROM profile UNION SELECT council, 0 FROM plan;
INSERT INTO profile_history (council, profile_id, clock, revision, shown, facets)
SELECT council, profile_id, 0, revision, shown, facets FROM profile;
INSERT INTO plan_history (council, plan_id, clock, revision, facets) SELECT council, plan_id, 0, revision, facets FROM plan;
