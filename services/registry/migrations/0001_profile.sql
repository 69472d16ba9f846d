-- PAs' profiles, and every consent that was ever given for telling faith, culture or sex.

CREATE TABLE profile (
    council       text     NOT NULL,
    profile_id    uuid     NOT NULL,
    ref           text,
    revision      integer  NOT NULL CHECK (revision >= 1),
    chosen_name   text     NOT NULL,
    about_me      text,
    state         text     NOT NULL CHECK (state IN ('looking', 'soon', 'paused', 'gone')),
    free_from     date     CHECK ((state = 'soon') = (free_from IS NOT NULL)),
    area          text     NOT NULL,  -- a sector or outward code, never a whole postcode
    outcode       text     NOT NULL,
    east_m        integer  NOT NULL,
    north_m       integer  NOT NULL,
    travel        text     NOT NULL CHECK (travel IN ('walk', 'bus', 'cycle', 'car')),
    furthest_m    integer  CHECK (furthest_m >= 0),
    languages     jsonb    NOT NULL,
    practices     jsonb    NOT NULL,
    skills        jsonb    NOT NULL,
    tasks         jsonb    NOT NULL,
    interests     jsonb    NOT NULL,
    limits        jsonb    NOT NULL,
    faith         text,
    culture       text,
    sex           text,
    week          text     NOT NULL CHECK (week ~ '^[0-9a-f]{168}$'),
    sleep_ins     boolean,
    away          jsonb    NOT NULL,
    least         smallint CHECK (least BETWEEN 0 AND 672),
    most          smallint CHECK (most BETWEEN 0 AND 672),
    short_notice  boolean,
    few_people    boolean,
    least_rate    integer  CHECK (least_rate >= 0),
    age_band      text     CHECK (age_band IN ('under_18', '18_to_20', '21_and_over')),
    employment    text     CHECK (employment IN ('employed', 'self_employed', 'either')),
    confirmed_on  date     NOT NULL,
    questions     jsonb    NOT NULL,
    asked_so_far  integer  NOT NULL,
    typed         jsonb    NOT NULL,
    said          jsonb    NOT NULL,  -- digests, field by field, of what the council's register last said
    PRIMARY KEY (council, profile_id),
    UNIQUE (council, ref)
);

CREATE INDEX profile_by_name ON profile (council, state, chosen_name, profile_id);

CREATE TABLE consent (
    council       text        NOT NULL,
    profile_id    uuid        NOT NULL,
    facet         text        NOT NULL CHECK (facet IN ('faith', 'culture', 'sex')),
    given_at      timestamptz NOT NULL,
    how           text        NOT NULL CHECK (how IN ('page', 'paper', 'phone', 'in_person', 'register')),
    withdrawn_at  timestamptz,
    PRIMARY KEY (council, profile_id, facet, given_at),
    FOREIGN KEY (council, profile_id) REFERENCES profile ON DELETE CASCADE
);
