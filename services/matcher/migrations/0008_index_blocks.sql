-- The index of a council as columns, kept so that a process that starts need not read every profile. It can be lost at any time.

CREATE TABLE index_cover (
    council   text        PRIMARY KEY,
    cover     bytea,                    -- null: the blocks were taken away, and none came since
    era       uuid,                     -- of which moment of the council's clock they are
    clock     bigint,
    kept_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE index_block (
    council  text    NOT NULL REFERENCES index_cover,
    nth      integer NOT NULL,
    body     bytea   NOT NULL,
    PRIMARY KEY (council, nth)
);

-- PostgreSQL's own way to compress is slow for values this long.
ALTER TABLE index_block ALTER COLUMN body SET STORAGE EXTERNAL;
