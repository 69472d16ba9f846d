-- Pages of a list hold together while profiles change, and a list says what its last change was.
ALTER TABLE shortlist ADD COLUMN edition integer NOT NULL DEFAULT 1;
ALTER TABLE shortlist ADD COLUMN read_until timestamptz;  -- somebody turns its pages: when it is replaced, keep it until then
ALTER TABLE shortlist ADD COLUMN last_change bytea;  -- compressed, as `listed` is

-- What somebody is still reading. Nothing else of a list that was replaced is kept here.
CREATE TABLE earlier_list (
    council        text        NOT NULL,
    plan_id        uuid        NOT NULL,
    edition        integer     NOT NULL,
    person_id      uuid        NOT NULL,
    revision       integer     NOT NULL,
    plan_revision  integer     NOT NULL,
    rules_version  integer     NOT NULL,
    day            date        NOT NULL,
    cause          text        NOT NULL,
    open           boolean     NOT NULL,
    listed         bytea       NOT NULL,
    last_change    bytea,
    read_until     timestamptz NOT NULL,
    PRIMARY KEY (council, plan_id, edition)
);
ALTER TABLE earlier_list ALTER COLUMN listed SET STORAGE EXTERNAL;
CREATE INDEX earlier_list_read ON earlier_list (read_until);

-- How each PA stood at the end of each week, counted over all lists: numbers and reasons, nothing of whose lists they were.
CREATE TABLE standing_week (
    council     text    NOT NULL,
    profile_id  uuid    NOT NULL,
    week        date    NOT NULL,  -- its Monday
    counted_on  date    NOT NULL,
    in_lists    integer NOT NULL,
    fitting     integer NOT NULL,
    near        integer NOT NULL,
    kept_out    jsonb   NOT NULL,  -- code: lists
    PRIMARY KEY (council, profile_id, week)
);
CREATE INDEX standing_week_old ON standing_week (week);
