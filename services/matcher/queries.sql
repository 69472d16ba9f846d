-- name: find_profile
SELECT facets FROM profile WHERE council = $1 AND profile_id = $2;

-- name: several_profiles
SELECT profile_id, facets FROM profile WHERE council = $1 AND profile_id = ANY($2::uuid[]) AND facets IS NOT NULL;

-- name: put_profile
-- the row of the clock is held to the end of the work, so a reader who sees a moment sees all that happened up to it
-- and until then this work alone sees it moved, for it may be undone
WITH moment AS (
    INSERT INTO index_clock AS clock (council, at) VALUES ($1, 1)
        ON CONFLICT (council) DO UPDATE SET at = clock.at + 1
    RETURNING at, set_config('matcher.moved', 'yes', true)
), remembered AS (
    INSERT INTO profile_history (council, profile_id, clock, revision, shown, facets)
    SELECT $1, $2, at, $3, $4, $5 FROM moment
)
INSERT INTO profile (council, profile_id, revision, shown, facets, changed) SELECT $1, $2, $3, $4, $5, at FROM moment
    ON CONFLICT (council, profile_id) DO UPDATE
   SET revision = $3, shown = $4, facets = $5, changed = excluded.changed;

-- name: drop_profile
-- its number stays: without it nobody could tell who has gone from whose row was lost
WITH moment AS (
    INSERT INTO index_clock AS clock (council, at) VALUES ($1, 1)
        ON CONFLICT (council) DO UPDATE SET at = clock.at + 1
    RETURNING at, set_config('matcher.moved', 'yes', true)
), remembered AS (
    INSERT INTO profile_history (council, profile_id, clock, revision, shown) SELECT $1, $2, at, $3, false FROM moment
)
INSERT INTO profile (council, profile_id, revision, shown, changed) SELECT $1, $2, $3, false, at FROM moment
    ON CONFLICT (council, profile_id) DO UPDATE
   SET revision = $3, shown = false, facets = NULL, changed = excluded.changed;

-- name: forget_facets
UPDATE profile_history SET facets = NULL, withheld = '{}' WHERE council = $1 AND profile_id = $2 AND facets IS NOT NULL;

-- name: changed_profiles
-- $2, $3: the moment and the era that are known; of another era, or where the clock went back, everybody
-- one row without a profile where nobody changed: the moment is wanted all the same
SELECT coalesce(clock.at, 0) AS clock, clock.era, coalesce(current_setting('matcher.moved', true) = 'yes', false) AS unsure,
       changed.profile_id, CASE WHEN changed.shown THEN changed.facets END AS facets
  FROM (VALUES ($1::text)) AS wanted (council)
  LEFT JOIN index_clock AS clock USING (council)
  LEFT JOIN profile AS changed
    ON changed.council = wanted.council
   AND changed.changed > CASE WHEN clock.era = $3::uuid AND clock.at >= $2::bigint THEN $2::bigint ELSE -1 END;

-- name: find_cover
SELECT cover.cover, cover.era, cover.clock, cover.era = clock.era AND cover.clock <= clock.at AS of_our_time
  FROM index_cover AS cover LEFT JOIN index_clock AS clock USING (council)
 WHERE cover.council = $1 AND cover.cover IS NOT NULL;

-- name: find_block
SELECT body FROM index_block WHERE council = $1 AND nth = $2;

-- name: as_of_moment
-- who is shown and did not change since that moment, id and revision as 20 bytes each; and the ids of whoever did change
SELECT (SELECT coalesce(string_agg(uuid_send(profile_id) || int4send(revision), '' ORDER BY profile_id), '')
          FROM profile WHERE council = $1 AND changed <= $2 AND shown) AS unchanged,
       (SELECT coalesce(string_agg(uuid_send(profile_id), ''), '') FROM profile WHERE council = $1 AND changed > $2) AS changed;

-- name: hold_cover
-- whoever keeps an index and whoever takes one away do it one after the other, also where there is none yet
INSERT INTO index_cover AS held (council) VALUES ($1)
    ON CONFLICT (council) DO UPDATE SET council = held.council
RETURNING era, clock;

-- name: put_cover
UPDATE index_cover SET cover = $2, era = $3, clock = $4, kept_at = clock_timestamp() WHERE council = $1;

-- name: put_block
INSERT INTO index_block (council, nth, body) VALUES ($1, $2, $3);

-- name: drop_blocks
DELETE FROM index_block WHERE council = $1;

-- name: empty_cover
INSERT INTO index_cover AS held (council) VALUES ($1)
    ON CONFLICT (council) DO UPDATE SET cover = NULL, era = NULL, clock = NULL;

-- name: find_plan
SELECT facets FROM plan WHERE council = $1 AND plan_id = $2;

-- name: hold_plan
-- its number stays, so rows that point at it may still be written meanwhile
SELECT facets FROM plan WHERE council = $1 AND plan_id = $2 FOR NO KEY UPDATE;

-- name: put_plan
WITH moment AS (
    INSERT INTO index_clock AS clock (council, at) VALUES ($1, 1)
        ON CONFLICT (council) DO UPDATE SET at = clock.at + 1
    RETURNING at
), remembered AS (
    INSERT INTO plan_history (council, plan_id, clock, revision, facets) SELECT $1, $2, at, $3, $5 FROM moment
)
INSERT INTO plan (council, plan_id, revision, state, facets) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (council, plan_id) DO UPDATE
   SET revision = $3, state = $4, facets = $5;

-- name: plans_of_person
SELECT facets FROM plan WHERE council = $1 AND convert_from(facets, 'UTF8')::jsonb ->> 'person_id' = $2::uuid::text ORDER BY plan_id;

-- name: forget_plan_before
DELETE FROM plan_history AS old
 WHERE council = $1 AND plan_id = $2
   AND clock < (SELECT max(clock) FROM plan_history AS newest WHERE newest.council = $1 AND newest.plan_id = $2);

-- name: forget_told_of_plan
DELETE FROM told_list WHERE council = $1 AND plan_id = $2;

-- name: empty_shortlist
UPDATE shortlist SET listed = $3, places = NULL, last_change = NULL WHERE council = $1 AND plan_id = $2;

-- name: drop_earlier_lists_of_plan
DELETE FROM earlier_list WHERE council = $1 AND plan_id = $2;

-- name: open_plans
SELECT plan_id, revision, xmin::text AS written,
       EXISTS (SELECT FROM due_ranking AS due WHERE due.council = plan.council AND due.plan_id = plan.plan_id) AS due
  FROM plan WHERE council = $1 AND state = 'open';

-- name: some_plans
SELECT plan_id, revision, xmin::text AS written, facets
  FROM plan WHERE council = $1 AND plan_id = ANY($2::uuid[]);

-- name: mark_due
-- $4: how long to wait for quiet; $5: how long to wait at most. The ranker's bell rings at commit, or never
WITH marked AS (
    INSERT INTO due_ranking AS old (council, plan_id, cause, asked, due_at, latest_at)
    SELECT $1, plan_id, $3, 1, clock_timestamp() + make_interval(secs => $4), clock_timestamp() + make_interval(secs => $5)
      FROM unnest($2::uuid[]) AS wanted (plan_id)
     ORDER BY plan_id  -- always in one order, so never a deadlock
        ON CONFLICT (council, plan_id) DO UPDATE
       SET asked     = old.asked + 1,
           cause     = CASE WHEN 'plan' IN (old.cause, excluded.cause) THEN 'plan' ELSE excluded.cause END,
           latest_at = least(old.latest_at, excluded.latest_at),
           due_at    = least(old.latest_at, excluded.latest_at, greatest(old.due_at, excluded.due_at))
)
SELECT pg_notify('matcher_due', '');

-- name: ask_again
WITH held AS (
    SELECT council, plan_id FROM due_ranking WHERE council = $1 ORDER BY plan_id FOR UPDATE
)
UPDATE due_ranking AS due
   SET asked = due.asked + 1,
       due_at = least(due.latest_at, greatest(due.due_at, clock_timestamp() + make_interval(secs => $2)))
  FROM held WHERE (due.council, due.plan_id) = (held.council, held.plan_id);

-- name: mark_older_than
WITH older AS (
    SELECT council, plan_id, CASE WHEN rules_version < $2 THEN $4 ELSE $3 END AS cause
      FROM shortlist WHERE open AND (day < $1 OR rules_version < $2) ORDER BY council, plan_id
)
INSERT INTO due_ranking AS old (council, plan_id, cause, asked, due_at, latest_at)
SELECT council, plan_id, cause, 1, clock_timestamp(), clock_timestamp() FROM older
    ON CONFLICT (council, plan_id) DO UPDATE SET asked = old.asked + 1;

-- name: take_due
SELECT due.cause, due.asked, plan.facets
  FROM due_ranking AS due
  JOIN plan USING (council, plan_id)
 WHERE due.due_at <= clock_timestamp()
 ORDER BY due.due_at
 LIMIT 1
   FOR NO KEY UPDATE OF plan SKIP LOCKED;

-- name: done_ranking
DELETE FROM due_ranking WHERE council = $1 AND plan_id = $2 AND asked = $3;

-- name: stays_due
-- the plan was held, so what came meanwhile came of profiles
UPDATE due_ranking
   SET cause     = 'profiles',
       due_at    = clock_timestamp() + make_interval(secs => $3),
       latest_at = clock_timestamp() + make_interval(secs => $4)
 WHERE council = $1 AND plan_id = $2;

-- name: put_off
UPDATE due_ranking
   SET due_at    = clock_timestamp() + make_interval(secs => $3),
       latest_at = clock_timestamp() + make_interval(secs => $3)
 WHERE council = $1 AND plan_id = $2;

-- name: find_shortlist
SELECT * FROM shortlist WHERE council = $1 AND plan_id = $2;

-- name: find_earlier_list
SELECT * FROM earlier_list WHERE council = $1 AND plan_id = $2 AND edition = $3 AND read_until > clock_timestamp();

-- name: mark_read
-- at most once in a while: reading should seldom write
UPDATE shortlist SET read_until = clock_timestamp() + make_interval(secs => $3)
 WHERE council = $1 AND plan_id = $2
   AND (read_until IS NULL OR read_until < clock_timestamp() + make_interval(secs => $3 / 2));

-- name: drop_earlier_lists
DELETE FROM earlier_list WHERE read_until <= clock_timestamp();

-- name: save_shortlist
-- the one before stays for whoever is turning its pages
WITH kept AS (
    INSERT INTO earlier_list (council, plan_id, edition, person_id, revision, plan_revision, rules_version, day, cause, open,
                              listed, last_change, read_until, places)
    SELECT council, plan_id, edition, person_id, revision, plan_revision, rules_version, day, cause, open,
           listed, last_change, read_until, places
      FROM shortlist
     WHERE council = $1 AND plan_id = $2 AND edition < $11 AND read_until > clock_timestamp()
        ON CONFLICT DO NOTHING
)
INSERT INTO shortlist (council, plan_id, person_id, revision, plan_revision, rules_version, day, cause, open, listed, edition,
                       last_change, lore_version, places)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    ON CONFLICT (council, plan_id) DO UPDATE
   SET person_id = $3, revision = $4, plan_revision = $5, rules_version = $6, day = $7, cause = $8, open = $9, listed = $10,
       edition = $11, last_change = $12, lore_version = $13, places = $14, ranked_at = clock_timestamp();

-- name: keep_told
INSERT INTO told_list (council, plan_id, revision, plan_revision, rules_version, lore_version, day, clock, open, digest, told_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: find_told
SELECT * FROM told_list WHERE council = $1 AND plan_id = $2 AND revision = $3 ORDER BY told_at DESC LIMIT 1;

-- name: all_told
SELECT * FROM told_list WHERE council = $1 AND plan_id = $2 ORDER BY told_at DESC LIMIT 500;

-- name: lore_is_kept
SELECT EXISTS (SELECT FROM lore WHERE council = $1 AND version = $2);

-- name: keep_lore
INSERT INTO lore (council, version, tables) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;

-- name: find_lore
SELECT tables FROM lore WHERE council = $1 AND version = $2;

-- name: plan_as_of
SELECT facets FROM plan_history WHERE council = $1 AND plan_id = $2 AND clock <= $3 ORDER BY clock DESC LIMIT 1;

-- name: register_as_of
-- whoever had left by then is remembered as not shown
SELECT DISTINCT ON (profile_id) profile_id, revision, shown, facets, withheld
  FROM profile_history WHERE council = $1 AND clock <= $2
 ORDER BY profile_id, clock DESC;

-- name: remembered_facets
SELECT clock, facets, withheld FROM profile_history
 WHERE council = $1 AND profile_id = $2 AND facets IS NOT NULL
   FOR UPDATE;

-- name: withhold
UPDATE profile_history SET facets = $4, withheld = $5 WHERE council = $1 AND profile_id = $2 AND clock = $3;

-- name: forget_told
DELETE FROM told_list WHERE told_at < $1;

-- name: forget_old_states
-- of plans and profiles: what was there at the oldest moment a list is still kept of stays, and all that came after
WITH oldest AS (
    SELECT clock.council, coalesce(min(told.clock) FILTER (WHERE told.open), clock.at) AS at
      FROM index_clock AS clock LEFT JOIN told_list AS told USING (council)
     GROUP BY clock.council, clock.at
), forgotten_plans AS (
    DELETE FROM plan_history AS old USING oldest
     WHERE old.council = oldest.council
       AND EXISTS (SELECT FROM plan_history AS newer
                    WHERE newer.council = old.council AND newer.plan_id = old.plan_id
                      AND newer.clock > old.clock AND newer.clock <= oldest.at)
)
DELETE FROM profile_history AS old USING oldest
 WHERE old.council = oldest.council
   AND EXISTS (SELECT FROM profile_history AS newer
                WHERE newer.council = old.council AND newer.profile_id = old.profile_id
                  AND newer.clock > old.clock AND newer.clock <= oldest.at);

-- name: forget_old_lore
DELETE FROM lore WHERE NOT EXISTS (
    SELECT FROM told_list AS told WHERE told.council = lore.council AND told.lore_version = lore.version
);

-- name: add_introduction
INSERT INTO introduction (council, introduction_id, plan_id, person_id, profile_id, state, asked_by, asked_at, answer_by, quarters,
                          route, revision)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT (council, plan_id, profile_id) WHERE state = 'asked' DO NOTHING;

-- name: hold_introduction
SELECT * FROM introduction WHERE council = $1 AND introduction_id = $2 FOR UPDATE;

-- name: save_introduction
UPDATE introduction SET state = $3, route = $4, revision = $5 WHERE council = $1 AND introduction_id = $2;

-- name: introductions
SELECT * FROM introduction
 WHERE council = $1
   AND ($2::uuid IS NULL OR plan_id = $2)
   AND ($3::uuid IS NULL OR profile_id = $3)
   AND ($4::uuid IS NULL OR person_id = $4)
 ORDER BY asked_at DESC, introduction_id
 LIMIT 500;

-- name: hold_open_introductions
SELECT * FROM introduction
 WHERE council = $1 AND state = 'asked'
   AND ($2::uuid IS NULL OR plan_id = $2)
   AND ($3::uuid IS NULL OR profile_id = $3)
   AND ($4::uuid IS NULL OR person_id = $4)
 ORDER BY introduction_id
   FOR UPDATE;

-- name: hold_late_introductions
SELECT * FROM introduction
 WHERE state = 'asked' AND answer_by <= $1
 ORDER BY answer_by
 LIMIT 100
   FOR UPDATE SKIP LOCKED;

-- name: hold_journey
SELECT stands FROM journey WHERE council = $1 AND introduction_id = $2 FOR UPDATE;

-- name: save_journey
INSERT INTO journey (council, introduction_id, plan_id, person_id, profile_id, stands, due_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (council, introduction_id) DO UPDATE SET stands = $6, due_at = $7;

-- name: hold_due_journeys
SELECT stands FROM journey
 WHERE due_at <= $1
 ORDER BY due_at
 LIMIT $2
   FOR UPDATE SKIP LOCKED;

-- name: journeys
SELECT stands FROM journey
 WHERE council = $1
   AND ($2::uuid IS NULL OR plan_id = $2)
   AND ($3::uuid IS NULL OR profile_id = $3)
   AND ($4::uuid IS NULL OR person_id = $4)
 ORDER BY introduction_id
 LIMIT 500;

-- name: hold_journeys
SELECT stands FROM journey
 WHERE council = $1
   AND ($2::uuid IS NULL OR plan_id = $2)
   AND ($3::uuid IS NULL OR profile_id = $3)
   AND ($4::uuid IS NULL OR person_id = $4)
 ORDER BY introduction_id
   FOR UPDATE;

-- name: councils_with_lists
SELECT DISTINCT council FROM shortlist WHERE open ORDER BY council;

-- name: open_lists
SELECT plan_id, listed, places FROM shortlist WHERE council = $1 AND open;

-- name: keep_standing_week
INSERT INTO standing_week (council, profile_id, week, counted_on, in_lists, fitting, near, kept_out)
SELECT $1, $2, $3, $4, $5, $6, $7, $8
 WHERE EXISTS (SELECT FROM profile WHERE council = $1 AND profile_id = $2 AND facets IS NOT NULL)  -- nobody who has gone
    ON CONFLICT (council, profile_id, week) DO UPDATE
   SET counted_on = $4, in_lists = $5, fitting = $6, near = $7, kept_out = $8;

-- name: standing_weeks
SELECT * FROM standing_week WHERE council = $1 AND profile_id = $2 ORDER BY week DESC LIMIT 53;

-- name: drop_standing_weeks
DELETE FROM standing_week WHERE council = $1 AND week < $2;

-- name: forget_standing
DELETE FROM standing_week WHERE council = $1 AND profile_id = $2;

-- name: count_list
-- the day it was counted before
WITH counted AS (
    INSERT INTO list_count (council, plan_id, day, fitting) VALUES ($1, $2, $3, $4)
        ON CONFLICT (council, plan_id) DO UPDATE SET day = $3, fitting = $4, counted_at = clock_timestamp()
)
SELECT day FROM list_count WHERE council = $1 AND plan_id = $2;

-- name: uncount_list
DELETE FROM list_count WHERE council = $1 AND plan_id = $2;

-- name: list_counts
SELECT plan_id, fitting FROM list_count WHERE council = $1;

-- name: publish_gaps
INSERT INTO gap_week (council, week, rules_version, figures) VALUES ($1, $2, $3, $4)
    ON CONFLICT (council, week) DO NOTHING;

-- name: published_gaps
SELECT week, rules_version, figures
  FROM gap_week
 WHERE council = $1
   AND ($2::date IS NULL OR week = $2)
   AND ($3::date IS NULL OR week < $3)
 ORDER BY week DESC
 LIMIT 1;

-- name: gap_weeks
SELECT week FROM gap_week WHERE council = $1 ORDER BY week DESC LIMIT 53;

-- name: unpublished_gaps
-- $2: seconds without a new list
SELECT council
  FROM list_count AS counted
 WHERE NOT EXISTS (SELECT FROM gap_week WHERE gap_week.council = counted.council AND week = $1)
   AND NOT EXISTS (SELECT FROM due_ranking AS due WHERE due.council = counted.council)
 GROUP BY council
HAVING max(counted_at) < clock_timestamp() - make_interval(secs => $2);

-- name: note_turns
INSERT INTO turn AS old (council, week, profile_id, shown, due)
SELECT $1, $2, profile_id, shown, due
  FROM unnest($3::uuid[], $4::integer[], $5::bigint[]) AS noted (profile_id, shown, due)
 ORDER BY profile_id  -- always in one order, so never a deadlock
    ON CONFLICT (council, week, profile_id) DO UPDATE SET shown = old.shown + excluded.shown, due = old.due + excluded.due;

-- name: seen_pas
-- midnight is the week's own, where the plans are
SELECT profile_id, profile.since, coalesce(turns.shown, 0) AS shown, coalesce(turns.due, 0) AS due, coalesce(asks.asked, 0) AS asked
  FROM profile
  LEFT JOIN (SELECT profile_id, sum(shown)::bigint AS shown, sum(due)::bigint AS due
               FROM turn WHERE council = $1 AND week >= $2 AND week < $3 GROUP BY profile_id) AS turns USING (profile_id)
  LEFT JOIN (SELECT profile_id, count(*) AS asked
               FROM introduction
              WHERE council = $1
                AND asked_at >= $2::date::timestamp AT TIME ZONE 'Europe/London' AND asked_at < $3::date::timestamp AT TIME ZONE 'Europe/London'
              GROUP BY profile_id) AS asks USING (profile_id)
 WHERE profile.council = $1 AND profile.shown;

-- name: forget_turns
DELETE FROM turn WHERE council = $1 AND profile_id = $2;

-- name: sweep_turns
DELETE FROM turn WHERE week < $1;

-- name: own_profile
SELECT revision AS times_told, shown AS in_lists, since AS known_since, facets
  FROM profile
 WHERE council = $1 AND profile_id = $2;

-- name: own_profile_before
SELECT profile_id, revision AS times_told, shown AS in_lists, facets, withheld AS taken_back_since
  FROM profile_history
 WHERE council = $1 AND profile_id = $2
 ORDER BY clock;

-- name: own_standing
SELECT week, counted_on, in_lists, fitting, near AS nearly_fitting, kept_out
  FROM standing_week
 WHERE council = $1 AND profile_id = $2
 ORDER BY week;

-- name: own_turns
SELECT week, shown AS times_on_a_first_page, due AS millionths_of_turns_due
  FROM turn
 WHERE council = $1 AND profile_id = $2
 ORDER BY week;

-- name: own_plans
-- of a job that several share too: it says whose which hours are
SELECT plan_id, revision AS times_told, state, facets, $2::uuid AS mine
  FROM plan
 WHERE council = $1 AND convert_from(facets, 'UTF8')::jsonb ->> 'person_id' = $2::uuid::text
 ORDER BY plan_id;

-- name: own_plans_before
SELECT plan_id, revision AS times_told, facets, $2::uuid AS mine
  FROM plan_history
 WHERE council = $1 AND convert_from(facets, 'UTF8')::jsonb ->> 'person_id' = $2::uuid::text
 ORDER BY plan_id, clock;

-- name: own_lists
SELECT plan_id, revision AS times_told, plan_revision, rules_version, day, cause, open, ranked_at, listed, places
  FROM shortlist
 WHERE council = $1 AND person_id = $2
 ORDER BY plan_id;

-- name: own_lists_told
SELECT told.plan_id, told.revision, told.plan_revision, told.rules_version, told.lore_version AS tables_version, told.day, told.open,
       told.digest AS mark_of_the_list, told.told_at
  FROM told_list AS told
  JOIN shortlist AS list USING (council, plan_id)
 WHERE told.council = $1 AND list.person_id = $2
 ORDER BY told.told_at;

-- name: own_counts
SELECT counted.plan_id, counted.day, counted.fitting, counted.counted_at
  FROM list_count AS counted
  JOIN shortlist AS list USING (council, plan_id)
 WHERE counted.council = $1 AND list.person_id = $2
 ORDER BY counted.plan_id;

-- name: own_introductions
SELECT introduction_id, plan_id, person_id, profile_id, state, asked_by, asked_at, answer_by, quarters AS quarter_hours_a_week,
       route AS answered_by, revision AS times_told
  FROM introduction
 WHERE council = $1 AND (person_id = $2 OR profile_id = $2)
 ORDER BY asked_at;

-- name: own_journeys
SELECT introduction_id, plan_id, person_id, profile_id, stands, CASE WHEN person_id = $2 THEN 'person' ELSE 'pa' END AS side
  FROM journey
 WHERE council = $1 AND (person_id = $2 OR profile_id = $2)
 ORDER BY introduction_id;
