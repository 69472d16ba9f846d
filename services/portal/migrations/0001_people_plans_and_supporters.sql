-- Council first in every key: one council's rows lie together, and no key tells one council of another's.

CREATE TABLE account (
    council       text NOT NULL,
    account_id    uuid NOT NULL,  -- the person_id, profile_id or supporter_id
    role          text NOT NULL CHECK (role IN ('person', 'pa', 'broker', 'staff')),
    chosen_name   text,           -- null: known only by a number so far
    organisation  text,
    PRIMARY KEY (council, account_id)
);

CREATE TABLE person_ref (
    council    text NOT NULL,
    source     text NOT NULL,
    ref        text NOT NULL,     -- the source's own number for the person
    person_id  uuid NOT NULL,
    PRIMARY KEY (council, source, ref)
);

CREATE TABLE session (
    council       text NOT NULL,
    token_hash    bytea NOT NULL,
    form_token    text NOT NULL,
    account_id    uuid NOT NULL,
    role          text NOT NULL,
    created_at    timestamptz NOT NULL,
    last_used_at  timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    PRIMARY KEY (council, token_hash),
    FOREIGN KEY (council, account_id) REFERENCES account ON DELETE CASCADE
);
CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE plan (
    council         text NOT NULL,
    plan_id         uuid NOT NULL,
    person_id       uuid NOT NULL,
    revision        integer NOT NULL CHECK (revision > 0),
    source          text NOT NULL,
    source_id       text NOT NULL,
    source_version  bigint NOT NULL,
    title           text,
    own_words       text,
    given           text NOT NULL,     -- as it was sent, the postcode cut down
    wants           jsonb NOT NULL,    -- what others are told
    questions       jsonb NOT NULL,
    answers         jsonb NOT NULL,
    changed_at      timestamptz NOT NULL,
    PRIMARY KEY (council, plan_id),
    UNIQUE (council, source, source_id),
    FOREIGN KEY (council, person_id) REFERENCES account (council, account_id)
);
CREATE INDEX plan_of_person ON plan (council, person_id);
CREATE INDEX plan_newest ON plan (council, changed_at DESC);

CREATE TABLE delegation (
    council        text NOT NULL,
    delegation_id  uuid NOT NULL,
    person_id      uuid NOT NULL,
    supporter_id   uuid NOT NULL,
    worker         text,
    organisation   text,
    scopes         text[] NOT NULL,
    start          date NOT NULL,
    until          date NOT NULL,
    evidence       text NOT NULL,
    revision       integer NOT NULL,
    revoked_at     timestamptz,
    PRIMARY KEY (council, delegation_id),
    FOREIGN KEY (council, person_id) REFERENCES account (council, account_id),
    FOREIGN KEY (council, supporter_id) REFERENCES account (council, account_id)
);
CREATE INDEX delegation_of_person ON delegation (council, person_id);
CREATE INDEX delegation_of_supporter ON delegation (council, supporter_id, person_id);

CREATE TABLE look (
    council    text NOT NULL,
    look_id    bigint GENERATED ALWAYS AS IDENTITY,
    person_id  uuid NOT NULL,
    by         uuid NOT NULL,
    by_role    text NOT NULL,
    what       text NOT NULL,
    at         timestamptz NOT NULL,
    plan_id    uuid,
    reason     text,
    PRIMARY KEY (council, look_id)
);
CREATE INDEX look_at_person ON look (council, person_id, at DESC);

CREATE TABLE shortlist_copy (
    council        text NOT NULL,
    plan_id        uuid NOT NULL,
    person_id      uuid NOT NULL,
    revision       integer NOT NULL,
    plan_revision  integer NOT NULL,
    rules_version  integer NOT NULL,
    fitting        integer NOT NULL,
    near           integer NOT NULL,
    others         integer NOT NULL,
    in_scope       integer NOT NULL,
    open           boolean NOT NULL,
    heard_at       timestamptz NOT NULL,
    PRIMARY KEY (council, plan_id)
);

CREATE TABLE introduction_copy (
    council          text NOT NULL,
    introduction_id  uuid NOT NULL,
    plan_id          uuid NOT NULL,
    person_id        uuid NOT NULL,
    profile_id       uuid NOT NULL,
    revision         integer NOT NULL,
    state            text NOT NULL,
    asked_at         timestamptz NOT NULL,
    answer_by        timestamptz NOT NULL,
    quarters         integer NOT NULL,
    route            text,
    PRIMARY KEY (council, introduction_id)
);
CREATE INDEX introduction_of_plan ON introduction_copy (council, plan_id);
CREATE INDEX introduction_of_profile ON introduction_copy (council, profile_id);
CREATE INDEX introduction_of_person ON introduction_copy (council, person_id);

CREATE TABLE message_copy (
    council          text NOT NULL,
    message_id       uuid NOT NULL,
    party_id         uuid NOT NULL,
    about            text NOT NULL,
    state            text NOT NULL,
    at               timestamptz NOT NULL,
    revision         integer NOT NULL,
    plan_id          uuid,
    plan_revision    integer,
    introduction_id  uuid,
    method           text,
    format           text,
    language         text,
    told_at          timestamptz,  -- when it first reached them, if it tells of a list
    PRIMARY KEY (council, message_id)
);
CREATE INDEX message_to_party ON message_copy (council, party_id, at DESC);
CREATE INDEX message_told ON message_copy (council, plan_id, party_id) WHERE told_at IS NOT NULL;
