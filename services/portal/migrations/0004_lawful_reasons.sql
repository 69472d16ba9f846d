-- Each must about sex, faith or culture that was written down, changed or ended, with its reason. Rows are only added.
CREATE TABLE lawful_reason (
    council        text        NOT NULL,
    entry_id       bigint      GENERATED ALWAYS AS IDENTITY,
    plan_id        uuid        NOT NULL,
    person_id      uuid        NOT NULL,
    plan_revision  integer     NOT NULL,
    at             timestamptz NOT NULL,
    by             uuid,                  -- null: the system that the plan comes from
    source         text        NOT NULL,
    act            text        NOT NULL CHECK (act IN ('recorded', 'changed', 'ended')),
    criterion      text        NOT NULL,
    values         text[]      NOT NULL,
    tasks          text[]      NOT NULL,
    until          date        NOT NULL,
    why            text        NOT NULL,
    PRIMARY KEY (council, entry_id)
);
CREATE INDEX lawful_reason_of_plan ON lawful_reason (council, plan_id, at);

-- What was there before this record was begun.
INSERT INTO lawful_reason (council, plan_id, person_id, plan_revision, at, source, act, criterion, values, tasks, until, why)
SELECT council, plan_id, person_id, revision, changed_at, source, 'recorded', wish ->> 'criterion',
       ARRAY(SELECT jsonb_array_elements_text(wish -> 'values')),
       ARRAY(SELECT jsonb_array_elements_text(wish -> 'reason' -> 'tasks')), (wish -> 'reason' ->> 'until')::date,
       wish -> 'reason' ->> 'why'
  FROM plan, jsonb_array_elements(wants -> 'wishes') AS wish
 WHERE wish ->> 'strength' = 'must' AND jsonb_typeof(wish -> 'reason') = 'object';
