-- When time alone changes an offer or a trial; null: never.

ALTER TABLE journey ADD COLUMN due_at timestamptz;
CREATE INDEX journey_due ON journey (due_at) WHERE due_at IS NOT NULL;
