-- Where two people meet, as it was typed, under a random number; and which of several questions a code answers.

CREATE TABLE meeting_place (
    council    text         NOT NULL,
    place_id   uuid         NOT NULL,
    words      text         NOT NULL,
    forget_at  timestamptz  NOT NULL,
    PRIMARY KEY (council, place_id)
);
CREATE INDEX meeting_place_over ON meeting_place (forget_at);

ALTER TABLE capability ADD COLUMN question text NOT NULL DEFAULT 'ask';
