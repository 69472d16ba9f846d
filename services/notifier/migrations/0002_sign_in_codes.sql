-- Sign-in codes. The code is here in clear until it is handed over, and nowhere else but in the artefact made of it.

CREATE TABLE sign_in_code (
    council     text NOT NULL,
    message_id  uuid NOT NULL,
    code        text,                  -- null: handed over
    forget_at   timestamptz NOT NULL,  -- then the row, the artefact and the channel's copy go
    PRIMARY KEY (council, message_id),
    FOREIGN KEY (council, message_id) REFERENCES message
);
CREATE INDEX sign_in_code_over ON sign_in_code (forget_at);

CREATE INDEX message_code_waiting ON message (asked_at) WHERE state = 'waiting' AND about = 'sign_in_code';
CREATE INDEX party_by_email ON party (council, lower(email)) WHERE email IS NOT NULL;
