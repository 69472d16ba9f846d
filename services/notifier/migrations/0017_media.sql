-- A council's own recordings and films of messages, the newest of each.

CREATE TABLE medium (
    council     text        NOT NULL,
    media_id    uuid        NOT NULL,
    about       text        NOT NULL,
    audience    text        NOT NULL,
    language    text        NOT NULL,
    kind        text        NOT NULL,  -- recording, bsl_video, makaton_video
    words       text        NOT NULL,  -- the mark of the words it was made of
    transcript  text        NOT NULL,
    called      text        NOT NULL,
    link        text,                  -- a film that is kept elsewhere
    media_type  text,
    captions    text,
    body        bytea,
    put_in_by   uuid        NOT NULL,
    put_in_at   timestamptz NOT NULL,
    PRIMARY KEY (council, media_id),
    UNIQUE (council, about, audience, language, kind),
    CHECK ((link IS NULL) <> (body IS NULL)),
    CHECK (transcript <> ''),
    CHECK (kind = 'recording' OR link IS NOT NULL OR captions IS NOT NULL)
);
