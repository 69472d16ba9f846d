-- Providers that can be asked and that tell what became of something: which one was called, what it said, and since when we doubt.

ALTER TABLE contact
    ADD COLUMN channel         text,
    ADD COLUMN called_at       timestamptz,
    ADD COLUMN record_version  integer,      -- the party's record that the address came from
    ADD COLUMN doubted_at      timestamptz,
    ADD COLUMN asked           integer NOT NULL DEFAULT 0,
    ADD COLUMN provider_id     text,
    ADD COLUMN sent_at         timestamptz,
    ADD COLUMN look_at         timestamptz,  -- null: nothing more will be heard of it
    ADD COLUMN fate            integer;      -- 1 not reached, 2 never, 3 reached
CREATE INDEX contact_by_reference ON contact (attempt_ref) WHERE attempt_ref IS NOT NULL;
CREATE INDEX contact_to_look_at ON contact (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX contact_called ON contact (called_at) WHERE called_at IS NOT NULL;

ALTER TABLE party ADD COLUMN closed text[] NOT NULL DEFAULT '{}';  -- methods whose address or number does not work
ALTER TABLE message ADD COLUMN no_longer text;

-- Each saying once, true or not; never anybody's address. The council is known only where the reference is ours.
CREATE TABLE receipt (
    provider_id  text NOT NULL,
    attempt_ref  uuid NOT NULL,
    status       text NOT NULL,
    effect       text NOT NULL,
    council      text,
    heard_at     timestamptz NOT NULL,
    PRIMARY KEY (provider_id, attempt_ref, status)
);
CREATE INDEX receipt_by_reference ON receipt (attempt_ref);

CREATE TABLE channel_turn (
    method   text NOT NULL PRIMARY KEY,
    channel  text NOT NULL,
    since    timestamptz NOT NULL
);
