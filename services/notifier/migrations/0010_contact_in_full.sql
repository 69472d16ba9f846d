-- What else somebody records of how they are reached, and every version of it. What an older release writes has none of these.

ALTER TABLE party
    ADD COLUMN safe_times   jsonb   NOT NULL DEFAULT '[]',  -- [{days, from, to}]: the only times at which anything may reach them
    ADD COLUMN shared_post  boolean NOT NULL DEFAULT false,
    ADD COLUMN needs        text[]  NOT NULL DEFAULT '{}',  -- SNOMED CT codes of the Accessible Information Standard
    ADD COLUMN copies       jsonb   NOT NULL DEFAULT '[]',  -- [{supporter_id, topics}]
    ADD COLUMN ask_again_on date;
CREATE INDEX party_to_ask ON party (council, ask_again_on, party_id) WHERE ask_again_on IS NOT NULL;
CREATE INDEX supporting_copy_of_person ON supporting_copy (council, person_id) WHERE active;

-- How they wished to be reached, version by version. Never the points themselves: numbers and addresses are in `party` alone.
CREATE TABLE party_version (
    council     text        NOT NULL,
    party_id    uuid        NOT NULL,
    version     integer     NOT NULL,
    wishes      jsonb       NOT NULL,
    changed_at  timestamptz NOT NULL,
    PRIMARY KEY (council, party_id, version)
);
