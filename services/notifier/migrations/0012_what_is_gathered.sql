-- What changed in a list is gathered until a time that is kept; and which revision of the plan they were told of last.

ALTER TABLE told_list
    ADD COLUMN said_revision  integer,      -- null: written by a release before this one; as plan_revision
    ADD COLUMN due_at         timestamptz;  -- null: nothing is gathered
UPDATE told_list SET due_at = now() WHERE added > 0 OR lost > 0;
CREATE INDEX told_list_due ON told_list (due_at) WHERE due_at IS NOT NULL;
DROP INDEX told_list_gathered;
