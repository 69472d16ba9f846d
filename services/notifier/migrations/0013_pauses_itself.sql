-- When a PA's profile is to pause by itself, and when it did. A capability's introduction_id is what it asks about, whatever that is.

ALTER TABLE pa_copy ADD COLUMN pauses_on date, ADD COLUMN paused_itself_on date;
