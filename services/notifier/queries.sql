-- name: contact_of
SELECT * FROM party WHERE council = $1 AND party_id = $2;

-- name: hold_contact
SELECT * FROM party WHERE council = $1 AND party_id = $2 FOR UPDATE;

-- name: save_contact
INSERT INTO party (council, party_id, version, kind, address_as, shown_as, preferences, phone, email, postal_address,
                   quiet_from, quiet_to, never, discreet, stopped_at, confirmed_on, changed_at, closed, hear_of_gaps,
                   safe_times, shared_post, needs, copies, ask_again_on, unchecked, check_asked_at, list_news)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
        $25, $26, $27)
    ON CONFLICT (council, party_id) DO UPDATE
   SET version = excluded.version, kind = excluded.kind, address_as = excluded.address_as, shown_as = excluded.shown_as,
       preferences = excluded.preferences, phone = excluded.phone, email = excluded.email,
       postal_address = excluded.postal_address, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
       never = excluded.never, discreet = excluded.discreet, stopped_at = excluded.stopped_at,
       confirmed_on = excluded.confirmed_on, changed_at = excluded.changed_at, closed = excluded.closed,
       hear_of_gaps = excluded.hear_of_gaps, safe_times = excluded.safe_times, shared_post = excluded.shared_post,
       needs = excluded.needs, copies = excluded.copies, ask_again_on = excluded.ask_again_on,
       unchecked = excluded.unchecked, check_asked_at = excluded.check_asked_at,
       list_news = excluded.list_news;

-- name: keep_contact_version
INSERT INTO party_version (council, party_id, version, wishes, changed_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING;

-- name: contact_versions
SELECT version, changed_at, wishes FROM party_version WHERE council = $1 AND party_id = $2 ORDER BY version DESC;

-- name: forget_old_versions
DELETE FROM party_version
 WHERE (council, party_id, version) IN (
       SELECT o.council, o.party_id, o.version
         FROM party_version o
        WHERE o.changed_at < $1
          AND EXISTS (SELECT FROM party_version n
                       WHERE n.council = o.council AND n.party_id = o.party_id AND n.version > o.version AND n.changed_at < $1)
        LIMIT $2);

-- name: erase_versions
DELETE FROM party_version WHERE council = $1 AND party_id = $2;

-- name: erase_contact
DELETE FROM party WHERE council = $1 AND party_id = $2;

-- name: erase_codes
DELETE FROM capability WHERE council = $1 AND party_id = $2;

-- name: erase_artefacts
-- to others too, where it says their name
DELETE FROM artefact a USING message m
 WHERE m.council = $1 AND (m.party_id = $2 OR m.given ->> 'of' = $2::uuid::text)
   AND a.council = m.council AND a.message_id = m.message_id;

-- name: erase_tasks
UPDATE task t SET why = '', what_to_say = '' FROM message m
 WHERE m.council = $1 AND (m.party_id = $2 OR m.given ->> 'of' = $2::uuid::text)
   AND t.council = m.council AND t.message_id = m.message_id;

-- name: erase_notes
UPDATE step s SET note = NULL FROM message m
 WHERE m.council = $1 AND (m.party_id = $2 OR m.given ->> 'of' = $2::uuid::text)
   AND s.council = m.council AND s.message_id = m.message_id AND s.note IS NOT NULL;

-- name: erase_places
DELETE FROM meeting_place p USING message m
 WHERE m.council = $1 AND m.party_id = $2 AND p.council = m.council AND m.given ->> 'place' = p.place_id::text;

-- name: erase_sign_in_codes
DELETE FROM sign_in_code c USING message m
 WHERE m.council = $1 AND m.party_id = $2 AND c.council = m.council AND c.message_id = m.message_id;

-- name: erase_facts
-- after the places: they are found by them. What stays of others' messages are names of facts made out anew when it is written
UPDATE message SET given = CASE WHEN party_id = $2 THEN '{}' ELSE given - 'name' - 'where' END
 WHERE council = $1 AND (party_id = $2 OR given ->> 'of' = $2::uuid::text);

-- name: erase_unclear_answers
DELETE FROM unclear_answer WHERE council = $1 AND party_id = $2;

-- name: erase_told_lists
DELETE FROM told_list WHERE council = $1 AND person_id = $2;

-- name: erase_plan_copies
-- their numbers stay: without them nobody could tell whose is erased from whose row was lost
UPDATE plan_copy SET open = false, quarters = 0, outcode = '', tasks = '{}' WHERE council = $1 AND person_id = $2;

-- name: erase_pa_copy
UPDATE pa_copy
   SET looking = false, outcode = '', east_m = 0, north_m = 0, reach_m = 0, languages = '{}', confirmed_on = NULL,
       asked_to_look = NULL, pauses_on = NULL, paused_itself_on = NULL
 WHERE council = $1 AND profile_id = $2;

-- name: sent_to
SELECT message_id FROM message
 WHERE council = $1 AND (party_id = $2 OR given ->> 'of' = $2::uuid::text) AND handed_over_at IS NOT NULL
 ORDER BY asked_at;

-- name: page_contacts
SELECT * FROM party WHERE council = $1 ORDER BY party_id OFFSET $2 LIMIT $3;

-- name: count_contacts
SELECT count(*) FROM party WHERE council = $1;

-- name: contacts_to_ask
SELECT * FROM party
 WHERE council = $1 AND ask_again_on <= $2 AND stopped_at IS NULL
 ORDER BY ask_again_on, party_id
 LIMIT $3;

-- name: contacts_not_yet_asked
SELECT party.* FROM party
 WHERE ask_again_on <= $1 AND stopped_at IS NULL AND kind <> 'staff'
   AND NOT EXISTS (
       SELECT FROM message m
        WHERE m.council = party.council AND m.party_id = party.party_id AND m.about = $2
          AND m.occurrence = to_char(party.ask_again_on, 'YYYY-MM-DD'))
 ORDER BY ask_again_on, party_id
 LIMIT $3
   FOR UPDATE SKIP LOCKED;

-- name: contacts_by_phone
SELECT * FROM party WHERE council = $1 AND phone = $2 ORDER BY party_id;

-- name: contacts_by_email
SELECT * FROM party WHERE council = $1 AND lower(email) = lower($2) ORDER BY party_id;

-- name: add_message
INSERT INTO message (council, message_id, party_id, purpose, subject, occurrence, about, audience, given, plan_id,
                     plan_revision, introduction_id, delegation_id, asked_at, expires_at, state, not_before, revision, tries,
                     spent)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0, 0, '{}')
    ON CONFLICT DO NOTHING;

-- name: message
SELECT * FROM message WHERE council = $1 AND message_id = $2;

-- name: hold_message
SELECT * FROM message WHERE council = $1 AND message_id = $2 FOR UPDATE;

-- name: next_to_write
SELECT * FROM message
 WHERE state = 'waiting' AND (not_before IS NULL OR not_before <= $1) AND party_id <> ALL($2::uuid[])
 ORDER BY asked_at
   FOR UPDATE SKIP LOCKED LIMIT 1;

-- name: next_code_to_write
-- Somebody is looking at the page: a code goes before whatever else waits.
SELECT * FROM message
 WHERE state = 'waiting' AND about = 'sign_in_code' AND (not_before IS NULL OR not_before <= $1) AND party_id <> ALL($2::uuid[])
 ORDER BY asked_at
   FOR UPDATE SKIP LOCKED LIMIT 1;

-- name: save_message
UPDATE message
   SET state = $3, revision = $4, not_before = $5, tries = $6, spent = $7, method = $8, format = $9, language = $10,
       point_size = $11, title = $12, dropped_why = $13, written_at = $14, handed_over_at = $15, given = $16, no_longer = $17
 WHERE council = $1 AND message_id = $2;

-- name: not_yet_sent
SELECT * FROM message
 WHERE council = $1
   AND (state IN ('waiting', 'written', 'task')
        OR state = 'handed_over' AND EXISTS (
           SELECT 1 FROM contact c
            WHERE c.council = message.council AND c.message_id = message.message_id AND c.look_at IS NOT NULL))
   AND ($2::uuid IS NULL OR party_id = $2)
   AND ($3::uuid IS NULL OR plan_id = $3)
   AND ($4::uuid IS NULL OR introduction_id = $4)
   AND ($5::uuid IS NULL OR delegation_id = $5)
   AND ($6::text IS NULL OR about = $6)
 ORDER BY asked_at, message_id
   FOR UPDATE;

-- name: told_of_introduction
SELECT EXISTS (
       SELECT 1 FROM message m LEFT JOIN contact c USING (council, message_id)
        WHERE m.council = $1 AND m.introduction_id = $2 AND m.about = $3
          AND (m.state IN ('handed_over', 'done_by_task') OR c.stage IN ('permitted', 'sending', 'sent', 'unknown')));

-- name: told_before
SELECT EXISTS (
       SELECT 1 FROM message m LEFT JOIN contact c USING (council, message_id)
        WHERE m.council = $1 AND m.introduction_id = $2 AND m.party_id = $3 AND m.about = ANY($4::text[])
          AND starts_with(m.occurrence, $5) AND m.occurrence IS DISTINCT FROM $6
          AND (m.state IN ('handed_over', 'done_by_task') OR c.stage IN ('permitted', 'sending', 'sent', 'unknown')));

-- name: reached_at
SELECT max(handed_over_at) FROM message
 WHERE council = $1 AND party_id = $3 AND subject = $2 AND about = $4 AND state IN ('handed_over', 'done_by_task');

-- name: made_since
SELECT count(*) FROM message
 WHERE council = $1 AND party_id = $2 AND written_at >= $3 AND about = ANY($4::text[]) AND message_id <> $5
   AND state <> 'dropped';

-- name: last_made
SELECT max(written_at) FROM message
 WHERE council = $1 AND party_id = $2 AND plan_id = $3 AND about = $4 AND state <> 'dropped';

-- name: expired
SELECT * FROM message
 WHERE state IN ('waiting', 'written', 'task') AND expires_at <= $1
 ORDER BY expires_at, message_id
   FOR UPDATE SKIP LOCKED LIMIT 50;

-- name: count_messages
SELECT count(*) FROM message
 WHERE council = $1 AND ($2::uuid IS NULL OR party_id = $2) AND (about <> ALL($3::text[]) OR written_at IS NOT NULL);

-- name: page_of_messages
SELECT * FROM message
 WHERE council = $1 AND ($2::uuid IS NULL OR party_id = $2)
   AND (about <> ALL($3::text[]) OR written_at IS NOT NULL)  -- one whose day has not come is no message yet
 ORDER BY asked_at DESC, message_id
OFFSET $4 LIMIT $5;

-- name: forget_artefacts
DELETE FROM artefact WHERE council = $1 AND message_id = $2;

-- name: keep_artefact
INSERT INTO artefact (council, message_id, name, place, media_type, body, words) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: artefacts
SELECT name, media_type, body, words FROM artefact WHERE council = $1 AND message_id = $2 ORDER BY place;

-- name: keep_code
INSERT INTO sign_in_code (council, message_id, code, forget_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING;

-- name: code_of
SELECT code FROM sign_in_code WHERE council = $1 AND message_id = $2;

-- name: code_sent
UPDATE sign_in_code SET code = NULL WHERE council = $1 AND message_id = $2;

-- name: next_code_over
SELECT council, message_id FROM sign_in_code
 WHERE forget_at <= $1
   AND NOT EXISTS (SELECT 1 FROM contact c
                    WHERE c.council = sign_in_code.council AND c.message_id = sign_in_code.message_id
                      AND c.stage IN ('permitted', 'sending'))  -- a channel may still put its copy down
 ORDER BY forget_at
   FOR UPDATE SKIP LOCKED LIMIT 1;

-- name: forget_code_later
UPDATE sign_in_code SET forget_at = $3 WHERE council = $1 AND message_id = $2;

-- name: forget_code
DELETE FROM sign_in_code WHERE council = $1 AND message_id = $2;

-- name: plan_contact
INSERT INTO contact (council, message_id, business_key, position, method, due_at, stage, attempts)
VALUES ($1, $2, $3, $4, $5, $6, 'planned', 0)
    ON CONFLICT (council, message_id) DO UPDATE
   SET position = excluded.position, method = excluded.method, due_at = excluded.due_at, stage = 'planned',
       attempt_ref = NULL, attempts = 0, leased_until = NULL, channel = NULL, called_at = NULL, record_version = NULL,
       doubted_at = NULL, asked = 0, provider_id = NULL, sent_at = NULL, look_at = NULL, fate = NULL
 WHERE contact.stage IN ('planned', 'failed');

-- name: contact_made
SELECT * FROM contact WHERE council = $1 AND message_id = $2;

-- name: next_due
SELECT c.* FROM contact c JOIN message m USING (council, message_id)
 WHERE c.stage = 'planned' AND c.due_at <= $1 AND m.state = 'written' AND m.party_id <> ALL($2::uuid[])
 ORDER BY c.due_at
   FOR UPDATE SKIP LOCKED LIMIT 1;

-- name: in_doubt
SELECT c.* FROM contact c JOIN message m USING (council, message_id)
 WHERE c.stage IN ('permitted', 'sending') AND c.leased_until <= $1
 ORDER BY c.leased_until
   FOR UPDATE SKIP LOCKED LIMIT 1;

-- name: oldest_in_hand
-- Not one in doubt whose channel was asked in vain: it waits on purpose.
SELECT message_id FROM contact WHERE stage IN ('permitted', 'sending') AND asked = 0 ORDER BY leased_until LIMIT 1;

-- name: save_contact_made
UPDATE contact
   SET due_at = $3, stage = $4, attempt_ref = $5, attempts = $6, leased_until = $7, channel = $8, called_at = $9,
       record_version = $10, doubted_at = $11, asked = $12, provider_id = $13, sent_at = $14, look_at = $15, fate = $16
 WHERE council = $1 AND message_id = $2;

-- name: contact_by_reference
SELECT * FROM contact WHERE attempt_ref = $1;

-- name: next_to_look_at
SELECT * FROM contact
 WHERE look_at <= $1
 ORDER BY look_at
   FOR UPDATE SKIP LOCKED LIMIT 1;

-- name: in_hand
-- Not one in doubt whose channel was asked in vain: no call is under way, and none follows without a new permit.
SELECT count(*) FROM contact c JOIN message m USING (council, message_id)
 WHERE m.council = $1 AND m.party_id = $2 AND c.stage IN ('permitted', 'sending') AND c.asked = 0;

-- name: paces
SELECT channel, count(*) AS called, count(*) FILTER (WHERE coalesce(sent_at, $3) - called_at > $2) AS slow
  FROM contact
 WHERE channel IS NOT NULL AND called_at >= $1
 GROUP BY channel;

-- name: keep_receipt
INSERT INTO receipt (provider_id, attempt_ref, status, effect, council, heard_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT DO NOTHING;

-- name: receipts_about
SELECT * FROM receipt WHERE attempt_ref = $1 ORDER BY heard_at;

-- name: turn_of
SELECT * FROM channel_turn WHERE method = $1;

-- name: save_turn
INSERT INTO channel_turn (method, channel, since) VALUES ($1, $2, $3)
    ON CONFLICT (method) DO UPDATE SET channel = excluded.channel, since = excluded.since;

-- name: save_task
INSERT INTO task (council, task_id, message_id, party_id, why, what_to_say, team, due_at, state, tries, closed_at, kind,
                  taken_by, taken_at, next_team_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    ON CONFLICT (council, message_id) DO UPDATE
   SET why = excluded.why, what_to_say = excluded.what_to_say, team = excluded.team, due_at = excluded.due_at,
       state = excluded.state, tries = excluded.tries, closed_at = excluded.closed_at, kind = excluded.kind,
       taken_by = excluded.taken_by, taken_at = excluded.taken_at, next_team_at = excluded.next_team_at;

-- name: task
SELECT * FROM task WHERE council = $1 AND task_id = $2;

-- name: task_of_message
SELECT * FROM task WHERE council = $1 AND message_id = $2;

-- name: tasks
-- The order of due_at is that of late first.
SELECT * FROM task
 WHERE council = $1 AND ($2::text IS NULL OR state = $2) AND ($3::text IS NULL OR team = $3)
 ORDER BY due_at, task_id LIMIT 1000;

-- name: next_late
SELECT t.* FROM task t JOIN message m USING (council, message_id)
 WHERE t.state = 'open' AND t.next_team_at <= $1
 ORDER BY t.next_team_at
   FOR UPDATE SKIP LOCKED LIMIT 1;

-- name: team_counts
SELECT team, count(*) AS open, count(*) FILTER (WHERE due_at <= $2) AS late
  FROM task
 WHERE council = $1 AND state = 'open'
 GROUP BY team;

-- name: add_step
INSERT INTO step (council, message_id, at, what, method, format, language, point_size, channel, attempt_ref, why, team,
                  worker_id, until, answer, route, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- name: steps
SELECT * FROM step WHERE council = $1 AND message_id = $2 ORDER BY id;

-- name: receipts_of
SELECT * FROM receipt WHERE attempt_ref = ANY($1::uuid[]) ORDER BY heard_at;

-- name: end_older_codes
UPDATE capability SET revoked = true WHERE council = $1 AND message_id = $2 AND kind = $3;

-- name: offer_capability
INSERT INTO capability (council, code_hash, kind, message_id, party_id, introduction_id, about, expires_at, question)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: capability_by_hash
SELECT * FROM capability WHERE code_hash = $1 FOR UPDATE;

-- name: open_capabilities
SELECT DISTINCT ON (introduction_id, party_id, split_part(question, '/', 1)) * FROM capability
 WHERE council = $1 AND party_id = ANY($2::uuid[]) AND kind = 'code' AND answer IS NULL AND NOT revoked AND expires_at > $3
 ORDER BY introduction_id, party_id, split_part(question, '/', 1), expires_at DESC, question DESC;

-- name: latest_answered
SELECT * FROM capability
 WHERE council = $1 AND party_id = ANY($2::uuid[]) AND kind = 'code' AND answer IS NOT NULL AND expires_at > $3
 ORDER BY expires_at DESC LIMIT 1;

-- name: answer_capabilities
UPDATE capability SET answer = $4 WHERE council = $1 AND introduction_id = $2 AND party_id = $3 AND question = $5;

-- name: answer_to_question
SELECT answer FROM capability
 WHERE council = $1 AND introduction_id = $2 AND party_id = $3 AND question = $4 AND answer IS NOT NULL LIMIT 1;

-- name: revoke_capabilities
-- Of one kind of question, but not of one that stands: it may be asked several times.
UPDATE capability SET revoked = true
 WHERE council = $1 AND introduction_id = $2 AND NOT revoked AND split_part(question, '/', 1) = $3
   AND ($4::text IS NULL OR NOT (question = $4 OR starts_with(question, $4 || '/')));

-- name: add_place
INSERT INTO meeting_place (council, place_id, words, forget_at) VALUES ($1, $2, $3, $4);

-- name: places
SELECT * FROM meeting_place WHERE council = $1 AND place_id = ANY($2::uuid[]);

-- name: keep_place_until
UPDATE meeting_place SET forget_at = $3 WHERE council = $1 AND place_id = $2;

-- name: forget_places
DELETE FROM meeting_place WHERE forget_at <= $1;

-- name: keep_asker
INSERT INTO asker (council, request_id, name, organisation, forget_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING;

-- name: asker
SELECT * FROM asker WHERE council = $1 AND request_id = $2;

-- name: forget_asker
DELETE FROM asker WHERE council = $1 AND request_id = $2;

-- name: forget_old_askers
DELETE FROM asker WHERE forget_at <= $1;

-- name: remember_unclear
INSERT INTO unclear_answer (council, party_id, introduction_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;

-- name: told_list
SELECT * FROM told_list WHERE council = $1 AND plan_id = $2 FOR UPDATE;

-- name: save_told_list
INSERT INTO told_list (council, plan_id, person_id, fitting, near, others, plan_revision, told_on, added, lost, revision,
                       said_revision, due_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    ON CONFLICT (council, plan_id) DO UPDATE
   SET person_id = excluded.person_id, fitting = excluded.fitting, near = excluded.near, others = excluded.others,
       plan_revision = excluded.plan_revision, told_on = excluded.told_on, added = excluded.added, lost = excluded.lost,
       revision = excluded.revision, said_revision = excluded.said_revision, due_at = excluded.due_at;

-- name: digest_due
SELECT * FROM told_list
 WHERE due_at <= $1
 ORDER BY due_at
   FOR UPDATE SKIP LOCKED LIMIT 1;

-- name: save_plan_copy
INSERT INTO plan_copy (council, plan_id, person_id, open, quarters, outcode, tasks, revision)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (council, plan_id) DO UPDATE
   SET person_id = excluded.person_id, open = excluded.open, quarters = excluded.quarters, outcode = excluded.outcode,
       tasks = excluded.tasks, revision = excluded.revision;

-- name: plan_copy
SELECT * FROM plan_copy WHERE council = $1 AND plan_id = $2;

-- name: save_supporting_copy
INSERT INTO supporting_copy (council, delegation_id, person_id, supporter_id, active, scopes, until, revision)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (council, delegation_id) DO UPDATE
   SET person_id = excluded.person_id, supporter_id = excluded.supporter_id, active = excluded.active,
       scopes = excluded.scopes, until = excluded.until, revision = excluded.revision;

-- name: supporting_copies_of_person
SELECT * FROM supporting_copy WHERE council = $1 AND person_id = $2 AND active ORDER BY delegation_id;

-- name: supporting_copy
SELECT * FROM supporting_copy WHERE council = $1 AND delegation_id = $2;

-- name: save_gap_copy
INSERT INTO gap_copy (council, gap_id, week, bounds, open, people, hours, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (council, gap_id) DO UPDATE
   SET week = $3, bounds = $4, open = $5, people = $6, hours = $7, revision = $8;

-- name: open_gap_copies
SELECT * FROM gap_copy WHERE council = $1 AND open ORDER BY people DESC, gap_id;

-- name: save_pa_copy
INSERT INTO pa_copy (
    council, profile_id, looking, outcode, east_m, north_m, reach_m, languages, revision, confirmed_on, pauses_on, paused_itself_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT (council, profile_id) DO UPDATE
   SET looking = excluded.looking, outcode = excluded.outcode, east_m = excluded.east_m, north_m = excluded.north_m,
       reach_m = excluded.reach_m, languages = excluded.languages, revision = excluded.revision,
       confirmed_on = excluded.confirmed_on, pauses_on = excluded.pauses_on, paused_itself_on = excluded.paused_itself_on
RETURNING asked_to_look,  -- and as the row was before this statement
          (SELECT was.pauses_on FROM pa_copy was WHERE was.council = $1 AND was.profile_id = $2) AS pauses_on,
          (SELECT was.paused_itself_on FROM pa_copy was WHERE was.council = $1 AND was.profile_id = $2) AS paused_itself_on;

-- name: profile_to_look_at
SELECT * FROM pa_copy
 WHERE looking AND confirmed_on <= $1 AND asked_to_look IS DISTINCT FROM confirmed_on AND pauses_on IS NULL
 ORDER BY confirmed_on
   FOR UPDATE SKIP LOCKED LIMIT 1;

-- name: asked_to_look
UPDATE pa_copy SET asked_to_look = confirmed_on WHERE council = $1 AND profile_id = $2;

-- name: pa_copy
SELECT * FROM pa_copy WHERE council = $1 AND profile_id = $2;

-- name: who_hear_of_gaps
SELECT c.*
  FROM pa_copy c JOIN party p ON p.council = c.council AND p.party_id = c.profile_id
 WHERE p.council = $1 AND p.hear_of_gaps AND p.stopped_at IS NULL AND c.looking
 ORDER BY c.profile_id;

-- name: lead
SELECT pg_try_advisory_lock($1);

-- name: still_leading
SELECT EXISTS (
       SELECT 1 FROM pg_locks
        WHERE locktype = 'advisory' AND objid::bigint = $1::bigint AND pid = pg_backend_pid() AND granted);

-- name: save_pool_copy
INSERT INTO pool_copy (council, pool_id, plan_id, people, quarters, revision) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (council, pool_id) DO UPDATE
   SET plan_id = excluded.plan_id, people = excluded.people, quarters = excluded.quarters, revision = excluded.revision;

-- name: pool_copy
SELECT * FROM pool_copy WHERE council = $1 AND pool_id = $2;

-- name: sharing_plan
SELECT people FROM pool_copy WHERE council = $1 AND plan_id = $2;

-- name: translation_edition
SELECT edition FROM translation_edition WHERE council = $1;

-- name: next_translation_edition
-- Holds the council's translations until the work ends.
INSERT INTO translation_edition AS kept (council, edition)
VALUES ($1, 1)
    ON CONFLICT (council) DO UPDATE SET edition = kept.edition + 1
RETURNING edition;

-- name: newest_translations
SELECT DISTINCT ON (language, about, audience) *
  FROM translation
 WHERE council = $1
 ORDER BY language, about, audience, version DESC;

-- name: translation_versions
SELECT * FROM translation
 WHERE council = $1 AND language = $2 AND about = $3 AND audience = $4
 ORDER BY version DESC;

-- name: add_translation
INSERT INTO translation (council, language, about, audience, version, passages, english, written_by, written_at, signed_by,
                         signed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: translations_asked
SELECT language, about, audience, asked_of FROM translation_asked WHERE council = $1;

-- name: ask_translation
INSERT INTO translation_asked (council, language, about, audience, asked_of, asked_by, asked_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (council, language, about, audience) DO UPDATE
   SET asked_of = excluded.asked_of, asked_by = excluded.asked_by, asked_at = excluded.asked_at;

-- name: ask_translation_of_nobody
DELETE FROM translation_asked WHERE council = $1 AND language = $2 AND about = $3 AND audience = $4;

-- name: written_in
-- Made in this language, or a variety of it, and not sent yet. No message named: whatever it is about.
SELECT * FROM message
 WHERE council = $1 AND state = 'written' AND split_part(language, '-', 1) = $2 AND ($3::text IS NULL OR about = $3)
 ORDER BY asked_at, message_id
   FOR UPDATE;

-- name: media
SELECT council, about, audience, language, kind, words, transcript, called, link, media_type, captions, put_in_by, put_in_at
  FROM medium
 WHERE council = $1
 ORDER BY about, audience, language, kind;

-- name: medium
SELECT council, about, audience, language, kind, words, transcript, called, link, media_type, captions, put_in_by, put_in_at
  FROM medium
 WHERE council = $1 AND media_id = $2;

-- name: medium_body
SELECT body FROM medium WHERE council = $1 AND media_id = $2;

-- name: keep_medium
INSERT INTO medium (council, media_id, about, audience, language, kind, words, transcript, called, link, media_type, captions,
                    put_in_by, put_in_at, body)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    ON CONFLICT (council, media_id) DO UPDATE
   SET words = excluded.words, transcript = excluded.transcript, called = excluded.called, link = excluded.link,
       media_type = excluded.media_type, captions = excluded.captions, put_in_by = excluded.put_in_by,
       put_in_at = excluded.put_in_at, body = excluded.body;

-- name: take_away_medium
DELETE FROM medium WHERE council = $1 AND about = $2 AND audience = $3 AND language = $4 AND kind = $5;

-- name: own_contact
SELECT kind, address_as, shown_as AS others_see_you_as, preferences AS how_you_are_told, phone, email, postal_address, quiet_from,
       quiet_to, safe_times, never AS never_use, closed AS do_not_work, unchecked AS not_said_to_be_yours_yet, check_asked_at, discreet,
       shared_post AS somebody_else_opens_your_post, needs, copies AS supporters_who_hear_too, hear_of_gaps AS told_of_work_near_you,
       list_news AS told_of_changes, stopped_at, confirmed_on, ask_again_on, changed_at, version
  FROM party
 WHERE council = $1 AND party_id = $2;

-- name: own_contact_before
SELECT version, changed_at, wishes FROM party_version WHERE council = $1 AND party_id = $2 ORDER BY version;

-- name: own_messages
SELECT message_id, about, purpose, subject, occurrence, audience, title, given AS facts, plan_id, plan_revision, introduction_id,
       delegation_id, state, asked_at, not_before, written_at, handed_over_at, expires_at, method, format, language, point_size,
       dropped_why AS why_not_sent, no_longer AS no_longer_wanted, spent AS ways_tried_in_vain, tries, revision AS times_told
  FROM message
 WHERE council = $1 AND party_id = $2
 ORDER BY asked_at, message_id;

-- name: own_words
SELECT artefact.message_id, artefact.name, artefact.place AS part, artefact.media_type, artefact.words
  FROM artefact
  JOIN message USING (council, message_id)
 WHERE message.council = $1 AND message.party_id = $2
 ORDER BY message.asked_at, artefact.message_id, artefact.place;

-- name: own_sendings
SELECT contact.message_id, contact.position AS recorded_way, contact.method, contact.channel AS sent_by, contact.due_at, contact.stage,
       contact.attempt_ref AS our_number, contact.provider_id AS their_number, contact.attempts, contact.called_at, contact.sent_at,
       contact.doubted_at, contact.fate, contact.record_version, contact.business_key, contact.asked AS times_asked_after,
       contact.leased_until, contact.look_at
  FROM contact
  JOIN message USING (council, message_id)
 WHERE message.council = $1 AND message.party_id = $2
 ORDER BY message.asked_at, contact.message_id;

-- name: own_steps
SELECT step.message_id, step.at, step.what, step.method, step.format, step.language, step.point_size, step.channel AS sent_by,
       step.attempt_ref AS our_number, step.why, step.team, step.worker_id AS worker, step.until, step.answer, step.route, step.note
  FROM step
  JOIN message USING (council, message_id)
 WHERE message.council = $1 AND message.party_id = $2
 ORDER BY step.id;

-- name: own_receipts
SELECT contact.message_id, receipt.provider_id AS their_number, receipt.attempt_ref AS our_number, receipt.status AS what_they_said,
       receipt.effect AS what_it_means, receipt.heard_at
  FROM receipt
  JOIN contact USING (attempt_ref)
  JOIN message ON message.council = contact.council AND message.message_id = contact.message_id
 WHERE message.council = $1 AND message.party_id = $2
 ORDER BY receipt.heard_at;

-- name: own_tasks
SELECT task_id, message_id, kind, why, what_to_say, team, due_at, state, tries, closed_at, taken_by, taken_at, next_team_at
  FROM task
 WHERE council = $1 AND party_id = $2
 ORDER BY due_at, task_id;

-- name: own_questions
-- not the codes: whoever has one can answer in their name
SELECT message_id, about, question, kind AS asked_for_by, introduction_id AS asked_about, expires_at, answer, revoked AS taken_back
  FROM capability
 WHERE council = $1 AND party_id = $2
 ORDER BY expires_at, message_id;

-- name: own_unclear_answers
SELECT introduction_id AS asked_about FROM unclear_answer WHERE council = $1 AND party_id = $2 ORDER BY introduction_id;

-- name: own_sign_in_codes
SELECT code.message_id, code.forget_at AS forgotten_at
  FROM sign_in_code AS code
  JOIN message USING (council, message_id)
 WHERE message.council = $1 AND message.party_id = $2
 ORDER BY code.forget_at;

-- name: own_places
SELECT DISTINCT place.place_id, place.words, place.forget_at AS forgotten_at
  FROM meeting_place AS place
  JOIN message ON message.council = place.council AND message.given ->> 'place' = place.place_id::text
 WHERE message.council = $1 AND message.party_id = $2
 ORDER BY place.forget_at, place.place_id;

-- name: own_lists_told
SELECT plan_id, fitting, near AS nearly_fitting, others, plan_revision, told_on, added, lost, revision, said_revision, due_at
  FROM told_list
 WHERE council = $1 AND person_id = $2
 ORDER BY plan_id;

-- name: own_plans
SELECT plan_id, open, quarters AS quarter_hours_a_week, outcode AS area, tasks, revision
  FROM plan_copy
 WHERE council = $1 AND person_id = $2
 ORDER BY plan_id;

-- name: own_supporting
SELECT delegation_id, person_id, supporter_id, active, scopes, until, revision
  FROM supporting_copy
 WHERE council = $1 AND (person_id = $2 OR supporter_id = $2)
 ORDER BY delegation_id;

-- name: own_askers
SELECT asker.request_id, asker.name, asker.organisation, asker.forget_at
  FROM asker
  JOIN message ON message.council = asker.council AND message.subject = asker.request_id
 WHERE message.council = $1 AND message.party_id = $2 AND message.about = 'supporter_asks_to_act'
 ORDER BY asker.request_id;

-- name: own_shared_jobs
SELECT pool_id, plan_id, quarters AS quarter_hours_a_week_in_all, revision
  FROM pool_copy
 WHERE council = $1 AND $2 = ANY(people)
 ORDER BY pool_id;

-- name: own_profile
SELECT looking, outcode AS area, east_m AS metres_east, north_m AS metres_north, reach_m AS metres_you_would_travel, languages,
       confirmed_on, asked_to_look, pauses_on, paused_itself_on, revision
  FROM pa_copy
 WHERE council = $1 AND profile_id = $2;
