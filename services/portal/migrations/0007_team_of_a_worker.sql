-- The team a council worker works in, as they chose it: its contact tasks are shown first.

CREATE TABLE works_in (
    council     text NOT NULL,
    account_id  uuid NOT NULL,
    team        text NOT NULL,
    PRIMARY KEY (council, account_id),
    FOREIGN KEY (council, account_id) REFERENCES account (council, account_id)
);
