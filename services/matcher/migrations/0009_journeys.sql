-- What follows a yes. How it stands is one value: nothing in it is asked about in SQL.

CREATE TABLE journey (
    council          text   NOT NULL,
    introduction_id  uuid   NOT NULL,
    plan_id          uuid   NOT NULL,
    person_id        uuid   NOT NULL,
    profile_id       uuid   NOT NULL,
    stands           jsonb  NOT NULL,
    PRIMARY KEY (council, introduction_id)
);
CREATE INDEX journey_of_plan ON journey (council, plan_id);
CREATE INDEX journey_of_profile ON journey (council, profile_id);
CREATE INDEX journey_of_person ON journey (council, person_id);
