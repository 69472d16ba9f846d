-- Numbers and addresses that are new, and where nobody has said yet that it is theirs. What is here already counts as it stands.

ALTER TABLE party
    ADD COLUMN unchecked       jsonb NOT NULL DEFAULT '{}',  -- {method: the version of the record that it came with}
    ADD COLUMN check_asked_at  timestamptz;
