-- How every party is reached, what they are told, and what comes back. Council first in every key.

CREATE TABLE party (
    council         text NOT NULL,
    party_id        uuid NOT NULL,
    version         integer NOT NULL,
    kind            text NOT NULL,
    address_as      text NOT NULL,
    shown_as        text,
    preferences     jsonb NOT NULL,  -- [{method, format, language, point_size}], in the party's order
    phone           text,            -- E.164
    email           text,
    postal_address  text[] NOT NULL,
    quiet_from      time NOT NULL,
    quiet_to        time NOT NULL,
    never           text[] NOT NULL,
    discreet        boolean NOT NULL,
    stopped_at      timestamptz,
    confirmed_on    date,
    changed_at      timestamptz NOT NULL,
    PRIMARY KEY (council, party_id)
);
CREATE INDEX party_by_phone ON party (council, phone) WHERE phone IS NOT NULL;

CREATE TABLE message (
    council          text NOT NULL,
    message_id       uuid NOT NULL,
    party_id         uuid NOT NULL,
    purpose          text NOT NULL,
    subject          uuid NOT NULL,
    occurrence       text NOT NULL,
    about            text NOT NULL,
    audience         text NOT NULL,
    given            jsonb NOT NULL,
    plan_id          uuid,
    plan_revision    integer,
    introduction_id  uuid,
    delegation_id    uuid,
    asked_at         timestamptz NOT NULL,
    expires_at       timestamptz,
    state            text NOT NULL,
    revision         integer NOT NULL,
    not_before       timestamptz,
    tries            integer NOT NULL,
    spent            jsonb NOT NULL,  -- {position: why} of recorded ways tried in vain
    method           text,
    format           text,
    language         text,
    point_size       integer,
    title            text,
    dropped_why      text,
    written_at       timestamptz,
    handed_over_at   timestamptz,
    PRIMARY KEY (council, message_id),
    UNIQUE (council, party_id, purpose, subject, occurrence)
);
CREATE INDEX message_waiting ON message (asked_at) WHERE state = 'waiting';
CREATE INDEX message_expiring ON message (expires_at) WHERE state IN ('waiting', 'written', 'task');
CREATE INDEX message_newest ON message (council, asked_at DESC);
CREATE INDEX message_of_party ON message (council, party_id, asked_at DESC);
CREATE INDEX message_of_plan ON message (council, plan_id) WHERE plan_id IS NOT NULL;
CREATE INDEX message_of_introduction ON message (council, introduction_id) WHERE introduction_id IS NOT NULL;

CREATE TABLE artefact (
    council     text NOT NULL,
    message_id  uuid NOT NULL,
    name        text NOT NULL,
    place       integer NOT NULL,  -- its order among the message's artefacts
    media_type  text NOT NULL,
    body        bytea NOT NULL,
    words       text NOT NULL,
    PRIMARY KEY (council, message_id, name),
    FOREIGN KEY (council, message_id) REFERENCES message
);

-- The contact ledger. A row is changed only while its message's row is locked.
CREATE TABLE contact (
    council       text NOT NULL,
    message_id    uuid NOT NULL,
    business_key  text NOT NULL,
    position      integer NOT NULL,  -- which recorded way
    method        text NOT NULL,
    due_at        timestamptz NOT NULL,
    stage         text NOT NULL,     -- planned, permitted, sending, sent, failed, unknown
    attempt_ref   uuid,              -- what the channel knows this contact by; committed before it is called
    attempts      integer NOT NULL,
    leased_until  timestamptz,
    PRIMARY KEY (council, message_id),
    UNIQUE (council, business_key),
    FOREIGN KEY (council, message_id) REFERENCES message
);
CREATE INDEX contact_due ON contact (due_at) WHERE stage = 'planned';
CREATE INDEX contact_in_hand ON contact (leased_until) WHERE stage IN ('permitted', 'sending');

CREATE TABLE task (
    council      text NOT NULL,
    task_id      uuid NOT NULL,
    message_id   uuid NOT NULL,
    party_id     uuid NOT NULL,
    why          text NOT NULL,
    what_to_say  text NOT NULL,
    team         text NOT NULL,
    due_at       timestamptz NOT NULL,
    state        text NOT NULL,
    tries        integer NOT NULL,
    closed_at    timestamptz,
    PRIMARY KEY (council, task_id),
    UNIQUE (council, message_id),
    FOREIGN KEY (council, message_id) REFERENCES message
);
CREATE INDEX task_open ON task (council, due_at) WHERE state = 'open';

CREATE TABLE capability (
    council          text NOT NULL,
    code_hash        bytea NOT NULL,
    kind             text NOT NULL,
    message_id       uuid NOT NULL,
    party_id         uuid NOT NULL,
    introduction_id  uuid NOT NULL,
    about            text NOT NULL,
    expires_at       timestamptz NOT NULL,
    answer           text,
    revoked          boolean NOT NULL DEFAULT false,
    PRIMARY KEY (council, code_hash)
);
CREATE INDEX capability_by_hash ON capability (code_hash);
CREATE INDEX capability_of_introduction ON capability (council, introduction_id);
CREATE INDEX capability_of_party ON capability (council, party_id);

CREATE TABLE unclear_answer (
    council          text NOT NULL,
    party_id         uuid NOT NULL,
    introduction_id  uuid NOT NULL,
    PRIMARY KEY (council, party_id, introduction_id)
);

CREATE TABLE told_list (
    council        text NOT NULL,
    plan_id        uuid NOT NULL,
    person_id      uuid NOT NULL,
    fitting        integer NOT NULL,
    near           integer NOT NULL,
    others         integer NOT NULL,
    plan_revision  integer NOT NULL,
    told_on        date,
    added          integer NOT NULL,
    lost           integer NOT NULL,
    PRIMARY KEY (council, plan_id)
);
CREATE INDEX told_list_gathered ON told_list (told_on) WHERE added > 0 OR lost > 0;

CREATE TABLE plan_copy (
    council    text NOT NULL,
    plan_id    uuid NOT NULL,
    person_id  uuid NOT NULL,
    open       boolean NOT NULL,
    quarters   integer NOT NULL,
    outcode    text NOT NULL,
    tasks      text[] NOT NULL,
    PRIMARY KEY (council, plan_id)
);

CREATE TABLE supporting_copy (
    council        text NOT NULL,
    delegation_id  uuid NOT NULL,
    person_id      uuid NOT NULL,
    supporter_id   uuid NOT NULL,
    active         boolean NOT NULL,
    scopes         text[] NOT NULL,
    until          date NOT NULL,
    PRIMARY KEY (council, delegation_id)
);
