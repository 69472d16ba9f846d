-- The words of a message in one language, as a council's own people wrote them and signed them off.

CREATE TABLE translation (
    council     text        NOT NULL,
    language    text        NOT NULL,
    about       text        NOT NULL,
    audience    text        NOT NULL,
    version     integer     NOT NULL,
    passages    jsonb       NOT NULL,  -- {name: words}
    english     text        NOT NULL,  -- the mark of the English they were written beside
    written_by  uuid        NOT NULL,
    written_at  timestamptz NOT NULL,
    signed_by   uuid,
    signed_at   timestamptz,
    PRIMARY KEY (council, language, about, audience, version),
    CHECK ((signed_by IS NULL) = (signed_at IS NULL))
);

CREATE TABLE translation_asked (
    council      text        NOT NULL,
    language     text        NOT NULL,
    about        text        NOT NULL,
    audience     text        NOT NULL,
    asked_of     uuid        NOT NULL,
    asked_by     uuid        NOT NULL,
    asked_at     timestamptz NOT NULL,
    PRIMARY KEY (council, language, about, audience)
);

-- One more with every change, so that whoever keeps a council's words in memory sees that they are old.
CREATE TABLE translation_edition (
    council  text   PRIMARY KEY,
    edition  bigint NOT NULL
);
