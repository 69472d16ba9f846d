-- Who has a contact task, what kind it is and when the next team is asked; and each step of getting a message to somebody.

ALTER TABLE task
    ADD COLUMN kind          text NOT NULL DEFAULT 'find_a_way',
    ADD COLUMN taken_by      uuid,         -- the worker's account in the portal
    ADD COLUMN taken_at      timestamptz,
    ADD COLUMN next_team_at  timestamptz;  -- null: closed, or there is no team after this one
UPDATE task SET next_team_at = due_at WHERE state = 'open';
CREATE INDEX task_late ON task (next_team_at) WHERE state = 'open' AND next_team_at IS NOT NULL;

-- Never the words of the message. A note is from one worker for the next, and the party may read it.
CREATE TABLE step (
    council      text NOT NULL,
    message_id   uuid NOT NULL,
    id           bigint GENERATED ALWAYS AS IDENTITY,  -- in the order they came
    at           timestamptz NOT NULL,
    what         text NOT NULL,
    method       text,
    format       text,
    language     text,
    point_size   integer,
    channel      text,
    attempt_ref  uuid,
    why          text,
    team         text,
    worker_id    uuid,
    until        timestamptz,
    answer       text,
    route        text,
    note         text,
    PRIMARY KEY (council, message_id, id),
    FOREIGN KEY (council, message_id) REFERENCES message
);
