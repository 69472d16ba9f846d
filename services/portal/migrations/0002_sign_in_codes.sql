-- Signing in by a one-time code. No contact point is kept here: only keyed hashes, to count how often a code was asked for.

CREATE TABLE sign_in_code (
    council       text NOT NULL,
    browser_hash  bytea NOT NULL,     -- SHA-256 of the token in the browser that asked
    code_hash     bytea NOT NULL,     -- of the code, keyed with that token: nobody can try codes on this table alone
    account_id    uuid,               -- null: nobody we know; the row is there so that both look and take the same
    expires_at    timestamptz NOT NULL,
    tries_left    integer NOT NULL CHECK (tries_left >= 0),
    PRIMARY KEY (council, browser_hash)
);
CREATE INDEX sign_in_code_of_account ON sign_in_code (council, account_id) WHERE account_id IS NOT NULL;
CREATE INDEX sign_in_code_expires ON sign_in_code (expires_at);

CREATE TABLE sign_in_ask (
    council       text NOT NULL,
    ask_id        bigint GENERATED ALWAYS AS IDENTITY,
    contact_hash  bytea NOT NULL,
    from_hash     bytea NOT NULL,
    asked_at      timestamptz NOT NULL,
    PRIMARY KEY (council, ask_id)
);
CREATE INDEX sign_in_ask_newest ON sign_in_ask (council, asked_at);
CREATE INDEX sign_in_ask_over ON sign_in_ask (asked_at);
