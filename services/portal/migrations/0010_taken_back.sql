-- What somebody asked about their data may be taken back; and why it was not done is a code, told in any form and language.

ALTER TABLE data_request
    ADD COLUMN reason        text,
    ADD COLUMN about         text,        -- what they said is wrong, where it was not changed
    ADD COLUMN taken_back_by uuid,        -- the party, or the council worker whom they told
    ADD COLUMN taken_back_at timestamptz;
