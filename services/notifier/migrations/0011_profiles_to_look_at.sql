-- When a PA last said that their profile is true, and for which of those days they were asked to look at it again.

ALTER TABLE pa_copy ADD COLUMN confirmed_on date, ADD COLUMN asked_to_look date;
CREATE INDEX pa_copy_to_look_at ON pa_copy (confirmed_on) WHERE looking AND asked_to_look IS DISTINCT FROM confirmed_on;
