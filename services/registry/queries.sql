-- name: find_profile
SELECT profile.*, (SELECT coalesce(jsonb_agg(consent ORDER BY given_at, facet), '[]') FROM consent
                    WHERE consent.council = $1 AND consent.profile_id = $2) AS consents
  FROM profile
 WHERE council = $1 AND profile_id = $2;

-- name: hold_profile
SELECT profile.*, (SELECT coalesce(jsonb_agg(consent ORDER BY given_at, facet), '[]') FROM consent
                    WHERE consent.council = $1 AND consent.profile_id = $2) AS consents
  FROM profile
 WHERE council = $1 AND profile_id = $2
   FOR UPDATE OF profile;

-- name: next_to_warn
SELECT profile.*, (SELECT coalesce(jsonb_agg(consent ORDER BY given_at, facet), '[]') FROM consent
                    WHERE consent.council = profile.council AND consent.profile_id = profile.profile_id) AS consents
  FROM profile
 WHERE state IN ('looking', 'soon') AND confirmed_on <= $1 AND (free_from IS NULL OR free_from <= $2)
   AND (pauses_on IS NULL OR (pauses_on <= $2 AND warned_on IS NULL))
 ORDER BY confirmed_on
   FOR UPDATE OF profile SKIP LOCKED LIMIT 1;

-- name: next_to_pause
SELECT profile.*, (SELECT coalesce(jsonb_agg(consent ORDER BY given_at, facet), '[]') FROM consent
                    WHERE consent.council = profile.council AND consent.profile_id = profile.profile_id) AS consents
  FROM profile
 WHERE pauses_on <= $1 AND warned_on <= $2
 ORDER BY pauses_on
   FOR UPDATE OF profile SKIP LOCKED LIMIT 1;

-- name: one_register_at_a_time
SELECT pg_advisory_xact_lock(hashtextextended('register/' || $1, 0));

-- name: hold_register
SELECT profile.*, (SELECT coalesce(jsonb_agg(consent ORDER BY given_at, facet), '[]') FROM consent
                    WHERE consent.council = profile.council AND consent.profile_id = profile.profile_id) AS consents
  FROM profile
 WHERE council = $1 AND (profile_id = ANY($2::uuid[]) OR ref = ANY($3::text[]))
 ORDER BY profile_id
   FOR UPDATE OF profile;

-- name: add_profile
INSERT INTO profile (
    council, profile_id, ref, revision, chosen_name, about_me, state, free_from, area, outcode, east_m, north_m, travel,
    furthest_m, languages, practices, skills, tasks, interests, limits, faith, culture, sex, week, sleep_ins, away, least, most,
    short_notice, few_people, least_rate, age_band, employment, confirmed_on, questions, asked_so_far, typed, said, answers,
    pauses_on, warned_on, paused_itself_on
) VALUES (
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
    $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28,
    $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39,
    $40, $41, $42
);

-- name: save_profile
UPDATE profile
   SET (ref, revision, chosen_name, about_me, state, free_from, area, outcode, east_m, north_m, travel,
        furthest_m, languages, practices, skills, tasks, interests, limits, faith, culture, sex, week, sleep_ins, away, least, most,
        short_notice, few_people, least_rate, age_band, employment, confirmed_on, questions, asked_so_far, typed, said,
        answers, pauses_on, warned_on, paused_itself_on)
     = ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
        $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28,
        $29, $30, $31, $32, $33, $34, $35, $36, $37, $38,
        $39, $40, $41, $42)
 WHERE council = $1 AND profile_id = $2;

-- name: keep_consent
INSERT INTO consent (council, profile_id, facet, given_at, how, withdrawn_at)
VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (council, profile_id, facet, given_at) DO UPDATE SET withdrawn_at = excluded.withdrawn_at;

-- name: forget_consents
DELETE FROM consent WHERE council = $1 AND profile_id = $2;

-- name: cards
SELECT profile_id, chosen_name, about_me
  FROM profile
 WHERE council = $1 AND profile_id = ANY($2::uuid[]) AND state <> 'gone'
 ORDER BY profile_id;

-- name: page_of_register
SELECT profile_id, chosen_name, state, outcode, revision, confirmed_on
  FROM profile
 WHERE council = $1 AND ($2::text IS NULL OR state = $2) AND chosen_name <> ''  -- nobody who was erased
 ORDER BY chosen_name, profile_id
OFFSET $3
 LIMIT $4;

-- name: size_of_register
SELECT count(*) FROM profile WHERE council = $1 AND ($2::text IS NULL OR state = $2) AND chosen_name <> '';

-- name: own_profile
SELECT profile_id, ref AS number_in_the_councils_register, chosen_name, about_me, state, free_from, area, outcode,
       east_m AS metres_east, north_m AS metres_north, travel, furthest_m AS furthest_in_metres, languages, practices, skills, tasks,
       interests, limits, faith, culture, sex, week AS free_times, sleep_ins AS would_sleep_in, away AS days_away,
       least AS least_quarter_hours_a_week, most AS most_quarter_hours_a_week, short_notice AS would_come_at_short_notice,
       few_people AS would_rather_work_for_few_people, least_rate AS least_pence_an_hour, age_band, employment,
       confirmed_on AS said_to_be_true_on, questions AS what_we_still_ask, typed AS your_own_words, answers AS what_you_answered,
       said AS marks_of_what_the_register_said, revision AS times_told, asked_so_far AS questions_so_far, pauses_on, warned_on,
       paused_itself_on
  FROM profile
 WHERE council = $1 AND profile_id = $2;

-- name: own_consents
SELECT facet AS about, given_at, how, withdrawn_at
  FROM consent
 WHERE council = $1 AND profile_id = $2
 ORDER BY given_at, facet;
