-- Whom this service has erased, or is erasing: nothing of them is to come again, whatever is told anew or restored elsewhere.

CREATE TABLE erased (
    council   text        NOT NULL,
    party_id  uuid        NOT NULL,
    begun_at  timestamptz NOT NULL DEFAULT now(),
    erased_at timestamptz,                         -- null: under way
    PRIMARY KEY (council, party_id)
);
CREATE INDEX erased_under_way ON erased (begun_at) WHERE erased_at IS NULL;
