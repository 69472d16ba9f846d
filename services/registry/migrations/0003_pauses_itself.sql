-- A profile that nobody confirms is to pause, when the warning of that reached its PA, and when it paused by itself.

ALTER TABLE profile
    ADD COLUMN pauses_on         date,
    ADD COLUMN warned_on         date,
    ADD COLUMN paused_itself_on  date;
CREATE INDEX profile_to_warn ON profile (confirmed_on) WHERE state IN ('looking', 'soon');
CREATE INDEX profile_to_pause ON profile (pauses_on) WHERE pauses_on IS NOT NULL;
