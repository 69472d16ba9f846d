-- name: put_account
INSERT INTO account AS known (council, account_id, role, chosen_name, organisation)
VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (council, account_id) DO UPDATE
   SET chosen_name  = coalesce(excluded.chosen_name, known.chosen_name),
       organisation = coalesce(excluded.organisation, known.organisation)
 WHERE (coalesce(excluded.chosen_name, known.chosen_name), coalesce(excluded.organisation, known.organisation))
       IS DISTINCT FROM (known.chosen_name, known.organisation);

-- name: find_account
SELECT * FROM account WHERE council = $1 AND account_id = $2;

-- name: named_accounts
SELECT * FROM account WHERE council = $1 AND account_id = ANY($2::uuid[]);

-- name: page_accounts
SELECT *
  FROM account
 WHERE council = $1
   AND NOT EXISTS (SELECT FROM erased WHERE erased.council = account.council AND erased.party_id = account.account_id)
   AND ($2::text IS NULL OR role = $2)
   AND ($5::text = '' OR strpos(lower(chosen_name), lower($5)) > 0)
 ORDER BY chosen_name NULLS LAST, account_id
OFFSET $3
 LIMIT $4;

-- name: put_team
INSERT INTO works_in (council, account_id, team) VALUES ($1, $2, $3)
    ON CONFLICT (council, account_id) DO UPDATE SET team = excluded.team;

-- name: team_of
SELECT team FROM works_in WHERE council = $1 AND account_id = $2;

-- name: councils
SELECT DISTINCT council FROM account ORDER BY council;

-- name: first_ref
INSERT INTO person_ref (council, source, ref, person_id)
SELECT $1::text, $2::text, $3::text, $4::uuid
 WHERE NOT EXISTS (SELECT FROM person_ref WHERE council = $1 AND source = $2 AND ref = 'erased ' || encode(sha256(convert_to($2 || ' ' || $3, 'UTF8')), 'hex'))
    ON CONFLICT DO NOTHING;

-- name: find_ref
SELECT person_id FROM person_ref WHERE council = $1 AND source = $2 AND ref IN ($3, 'erased ' || encode(sha256(convert_to($2 || ' ' || $3, 'UTF8')), 'hex'));

-- name: add_session
INSERT INTO session (council, token_hash, form_token, account_id, role, created_at, last_used_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: find_session
SELECT * FROM session WHERE council = $1 AND token_hash = $2;

-- name: used_session
UPDATE session SET last_used_at = greatest(last_used_at, $3) WHERE council = $1 AND token_hash = $2;

-- name: end_session
DELETE FROM session WHERE council = $1 AND token_hash = $2;

-- name: sweep_sessions
DELETE FROM session WHERE expires_at <= $1;

-- name: hold_asks
-- Two asks at once would count the same, so a council's asks are counted one after the other.
SELECT pg_advisory_xact_lock(hashtextextended('sign-in ' || $1::text, 7061));

-- name: count_asks
SELECT count(*) FILTER (WHERE contact_hash = $2 AND asked_at > $4) AS for_contact,
       count(*) FILTER (WHERE contact_hash = $2)                   AS for_contact_in_a_day,
       count(*) FILTER (WHERE from_hash = $3 AND asked_at > $4)    AS from_address,
       count(*) FILTER (WHERE asked_at > $4)                       AS in_all
  FROM sign_in_ask
 WHERE council = $1 AND asked_at > $5;

-- name: note_ask
INSERT INTO sign_in_ask (council, contact_hash, from_hash, asked_at) VALUES ($1, $2, $3, $4);

-- name: sweep_asks
DELETE FROM sign_in_ask
 WHERE (council, ask_id) IN (SELECT council, ask_id FROM sign_in_ask WHERE asked_at <= $1 FOR UPDATE SKIP LOCKED);

-- name: add_code
INSERT INTO sign_in_code (council, browser_hash, code_hash, account_id, expires_at, tries_left) VALUES ($1, $2, $3, $4, $5, $6);

-- name: hold_code
SELECT * FROM sign_in_code WHERE council = $1 AND browser_hash = $2 FOR UPDATE;

-- name: save_code
UPDATE sign_in_code SET tries_left = $3 WHERE council = $1 AND browser_hash = $2;

-- name: end_code
DELETE FROM sign_in_code WHERE council = $1 AND browser_hash = $2;

-- name: end_codes_of_account
DELETE FROM sign_in_code WHERE council = $1 AND account_id = $2;

-- name: sweep_codes
DELETE FROM sign_in_code
 WHERE (council, browser_hash) IN (SELECT council, browser_hash FROM sign_in_code WHERE expires_at <= $1 FOR UPDATE SKIP LOCKED);

-- name: hold_source
-- Two systems may send the same new plan at once: there is no row to lock yet, so its place is locked instead.
SELECT pg_advisory_xact_lock(hashtextextended($1::text || ' ' || $2::text || ' ' || $3::text, 7060));

-- name: hold_plan_by_source
SELECT * FROM plan WHERE council = $1 AND source = $2 AND source_id = $3 FOR UPDATE;

-- name: hold_plan
SELECT * FROM plan WHERE council = $1 AND plan_id = $2 FOR UPDATE;

-- name: find_plan
SELECT * FROM plan WHERE council = $1 AND plan_id = $2;

-- name: save_plan
INSERT INTO plan (council, plan_id, person_id, revision, source, source_id, source_version,
                  title, own_words, given, wants, questions, answers, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    ON CONFLICT (council, plan_id) DO UPDATE
   SET person_id      = excluded.person_id,  -- only a pool's moves: to whoever has shared it longest
       revision       = excluded.revision,
       source_id      = excluded.source_id,  -- only when it is erased
       source_version = excluded.source_version,
       title          = excluded.title,
       own_words      = excluded.own_words,
       given          = excluded.given,
       wants          = excluded.wants,
       questions      = excluded.questions,
       answers        = excluded.answers,
       changed_at     = excluded.changed_at;

-- name: plans_of_person
SELECT * FROM plan WHERE council = $1 AND person_id = $2 ORDER BY changed_at DESC, plan_id;

-- name: page_plans
SELECT * FROM plan WHERE council = $1 AND given <> '{}' ORDER BY changed_at DESC, plan_id OFFSET $2 LIMIT $3;

-- name: count_plans
SELECT count(*) FROM plan WHERE council = $1 AND given <> '{}';  -- nobody's who was erased

-- name: add_delegation
INSERT INTO delegation (council, delegation_id, person_id, supporter_id, worker, organisation,
                        scopes, start, until, evidence, revision, revoked_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: hold_delegation
SELECT * FROM delegation WHERE council = $1 AND delegation_id = $2 FOR UPDATE;

-- name: save_delegation
UPDATE delegation SET revision = $3, revoked_at = $4 WHERE council = $1 AND delegation_id = $2;

-- name: standing_delegations
-- FOR SHARE: taking somebody off waits for the work that began before it, and is seen by all that begins after.
SELECT *
  FROM delegation
 WHERE council = $1
   AND supporter_id = $2
   AND person_id = $3
   AND revoked_at IS NULL
   FOR SHARE;

-- name: delegations_of_person
SELECT * FROM delegation WHERE council = $1 AND person_id = $2 ORDER BY start DESC, delegation_id;

-- name: delegations_of_supporter
SELECT *
  FROM delegation
 WHERE council = $1
   AND supporter_id = $2
   AND revoked_at IS NULL
 ORDER BY start DESC, delegation_id;

-- name: add_look
INSERT INTO look (council, person_id, by, by_role, what, at, plan_id, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: looks_at_person
SELECT look.*, account.chosen_name, account.organisation
  FROM look
  LEFT JOIN account ON account.council = look.council AND account.account_id = look.by
 WHERE look.council = $1
   AND look.person_id = $2
 ORDER BY look.at DESC, look.look_id DESC
 LIMIT $3;

-- name: put_shortlist
INSERT INTO shortlist_copy (council, plan_id, person_id, revision, plan_revision, rules_version,
                                     fitting, near, others, in_scope, open, heard_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT (council, plan_id) DO UPDATE
   SET person_id = excluded.person_id, revision = excluded.revision, plan_revision = excluded.plan_revision,
       rules_version = excluded.rules_version, fitting = excluded.fitting, near = excluded.near, others = excluded.others,
       in_scope = excluded.in_scope, open = excluded.open, heard_at = excluded.heard_at;

-- name: find_shortlist
SELECT shortlist_copy.*,
       (SELECT min(told_at)
          FROM message_copy AS told
         WHERE told.council = shortlist_copy.council
           AND told.plan_id = shortlist_copy.plan_id
           AND told.party_id = shortlist_copy.person_id) AS told_at
  FROM shortlist_copy
 WHERE council = $1 AND plan_id = $2;

-- name: put_introduction
INSERT INTO introduction_copy (council, introduction_id, plan_id, person_id, profile_id, revision,
                                        state, asked_at, answer_by, quarters, route)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (council, introduction_id) DO UPDATE
   SET revision = excluded.revision, state = excluded.state, answer_by = excluded.answer_by,
       quarters = excluded.quarters, route = excluded.route;

-- name: find_introduction
SELECT * FROM introduction_copy WHERE council = $1 AND introduction_id = $2;

-- name: find_introductions
SELECT *
  FROM introduction_copy
 WHERE council = $1
   AND ($2::uuid IS NULL OR plan_id = $2)
   AND ($3::uuid IS NULL OR profile_id = $3)
   AND ($4::uuid IS NULL OR person_id = $4)
 ORDER BY asked_at DESC, introduction_id;

-- name: put_message
-- Told once is told: a later state does not take it back.
INSERT INTO message_copy AS known (council, message_id, party_id, about, state, at, revision,
                                   plan_id, plan_revision, introduction_id, method, format, language, told_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    ON CONFLICT (council, message_id) DO UPDATE
   SET state = excluded.state, at = excluded.at, revision = excluded.revision, method = excluded.method,
       format = excluded.format, language = excluded.language, told_at = coalesce(known.told_at, excluded.told_at);

-- name: messages_to_party
SELECT * FROM message_copy WHERE council = $1 AND party_id = $2 ORDER BY at DESC, message_id LIMIT $3;

-- name: first_told
SELECT min(told_at) FROM message_copy WHERE council = $1 AND plan_id = $2 AND party_id = $3 AND told_at IS NOT NULL;

-- name: add_lawful_reason
INSERT INTO lawful_reason (council, plan_id, person_id, plan_revision, at, by, source, act, criterion, values, tasks, until, why)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: lawful_reasons_of_plan
SELECT * FROM lawful_reason WHERE council = $1 AND plan_id = $2 ORDER BY entry_id;

-- name: hold_pool
SELECT * FROM pool WHERE council = $1 AND pool_id = $2 FOR UPDATE;

-- name: hold_pool_by_code
SELECT * FROM pool WHERE council = $1 AND code = $2 FOR UPDATE;

-- name: hold_pool_of_plan
SELECT pool.*
  FROM pool
  JOIN pool_member AS member USING (council, pool_id)
 WHERE pool.council = $1 AND member.plan_id = $2 AND member.left_at IS NULL
   FOR UPDATE OF pool;

-- name: find_pool
SELECT * FROM pool WHERE council = $1 AND pool_id = $2;

-- name: find_pool_with_plan
SELECT * FROM pool WHERE council = $1 AND plan_id = $2;

-- name: pools_of_person
SELECT DISTINCT pool.*
  FROM pool
  JOIN pool_member AS member USING (council, pool_id)
 WHERE pool.council = $1 AND member.person_id = $2 AND member.left_at IS NULL
 ORDER BY pool_id;

-- name: pool_members
SELECT plan_id, person_id, quarters, agreed_at, consent, evidence, left_at
  FROM pool_member WHERE council = $1 AND pool_id = $2 ORDER BY nth;

-- name: save_pool
INSERT INTO pool (council, pool_id, plan_id, code, revision)
VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (council, pool_id) DO UPDATE
   SET revision = excluded.revision;

-- name: save_pool_member
INSERT INTO pool_member (council, pool_id, nth, plan_id, person_id, quarters, agreed_at, consent, evidence, left_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (council, pool_id, nth) DO UPDATE
   SET quarters = excluded.quarters, left_at = excluded.left_at;

-- name: own_account
SELECT account.account_id, account.role, account.chosen_name, account.organisation, works_in.team
  FROM account
  LEFT JOIN works_in USING (council, account_id)
 WHERE council = $1 AND account_id = $2;

-- name: refs_of
SELECT source, ref FROM person_ref WHERE council = $1 AND person_id = $2;

-- name: own_refs
SELECT source AS other_system, ref AS your_number_there FROM person_ref WHERE council = $1 AND person_id = $2 ORDER BY source, ref;

-- name: own_sign_ins
-- not the tokens: whoever has one is signed in
SELECT role, created_at AS signed_in_at, last_used_at, expires_at
  FROM session
 WHERE council = $1 AND account_id = $2
 ORDER BY created_at;

-- name: own_sign_in_codes
SELECT expires_at, tries_left FROM sign_in_code WHERE council = $1 AND account_id = $2 ORDER BY expires_at;

-- name: own_plans
SELECT plan_id, title, own_words, given AS as_it_was_given, wants AS as_it_was_understood, questions AS what_we_still_ask,
       answers AS what_you_answered, source AS other_system, source_id AS its_number_there, source_version AS its_version_there,
       revision AS times_told, changed_at
  FROM plan
 WHERE council = $1 AND person_id = $2 AND source <> 'pool'
 ORDER BY changed_at, plan_id;

-- name: own_reasons
SELECT plan_id, plan_revision, at, by, source, act, criterion, values, tasks, until, why
  FROM lawful_reason
 WHERE council = $1 AND person_id = $2
 ORDER BY entry_id;

-- name: own_supporters
SELECT delegation_id, person_id, supporter_id, worker AS supporters_name, organisation, scopes, start AS from_day, until, evidence,
       revoked_at AS taken_off_at, revision AS times_told
  FROM delegation
 WHERE council = $1 AND (person_id = $2 OR supporter_id = $2)
 ORDER BY start, delegation_id;

-- name: own_support_requests
-- A supporter must not learn from their copy whether anybody was asked, nor that it was a no before its time is over.
SELECT request_id, supporter_id, CASE WHEN person_id = $2 THEN person_id END AS person_id,
       CASE WHEN supporter_id = $2 THEN named_as END AS named_as, relation, scopes, until, asked_at, answer_by,
       CASE WHEN person_id = $2 THEN said_no END AS said_no,
       CASE WHEN state = 'kept_out' AND supporter_id = $2 THEN 'open' ELSE state END AS state
  FROM support_request
 WHERE council = $1 AND (person_id = $2 OR supporter_id = $2)
 ORDER BY asked_at, request_id;

-- name: own_looks
SELECT look.at, look.by, account.chosen_name AS name, account.organisation, look.by_role, look.what, look.plan_id, look.reason
  FROM look
  LEFT JOIN account ON account.council = look.council AND account.account_id = look.by
 WHERE look.council = $1 AND look.person_id = $2
 ORDER BY look.look_id;

-- name: own_looking
-- without the reason: it is about somebody else
SELECT at, person_id, what, plan_id FROM look WHERE council = $1 AND by = $2 ORDER BY look_id;

-- name: own_lists
SELECT plan_id, revision, plan_revision, rules_version, fitting, near AS nearly_fitting, others, in_scope, open, heard_at
  FROM shortlist_copy
 WHERE council = $1 AND person_id = $2
 ORDER BY plan_id;

-- name: own_introductions
SELECT introduction_id, plan_id, person_id, profile_id, state, asked_at, answer_by, quarters AS quarter_hours_a_week,
       route AS answered_by, revision
  FROM introduction_copy
 WHERE council = $1 AND (person_id = $2 OR profile_id = $2)
 ORDER BY asked_at, introduction_id;

-- name: own_messages
SELECT message_id, about, state, at, plan_id, plan_revision, introduction_id, method, format, language, told_at, revision
  FROM message_copy
 WHERE council = $1 AND party_id = $2
 ORDER BY at, message_id;

-- name: own_shared_jobs
SELECT pool_id, member.plan_id, quarters AS quarter_hours_a_week, agreed_at, consent, evidence, left_at, pool.code AS code_to_join_by
  FROM pool_member AS member
  JOIN pool USING (council, pool_id)
 WHERE council = $1 AND member.person_id = $2
 ORDER BY agreed_at;

-- name: own_data_asks
SELECT request_id, kind, state, asked_at, asked_by, due_on, words AS your_words, answer AS our_answer, decided_by, decided_at,
       ready_at, kept_until, reason AS our_reason, about AS what_it_is_about, taken_back_by, taken_back_at
  FROM data_request
 WHERE council = $1 AND party_id = $2
 ORDER BY asked_at;

-- name: add_data_request
INSERT INTO data_request (council, request_id, party_id, role, kind, state, revision, asked_at, asked_by, due_on, words, answer,
                          decided_by, decided_at, ready_at, kept_until, look_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
    ON CONFLICT (council, party_id, kind) WHERE state IN ('asked', 'held', 'agreed', 'erasing') DO NOTHING;

-- name: save_data_request
UPDATE data_request
   SET state = $3, revision = $4, words = $5, answer = $6, decided_by = $7, decided_at = $8, ready_at = $9, kept_until = $10,
       look_at = $11, reason = $12, about = $13, taken_back_by = $14, taken_back_at = $15
 WHERE council = $1 AND request_id = $2;

-- name: find_data_request
SELECT * FROM data_request WHERE council = $1 AND request_id = $2;

-- name: hold_data_request
SELECT * FROM data_request WHERE council = $1 AND request_id = $2 FOR UPDATE;

-- name: data_requests_of
SELECT * FROM data_request WHERE council = $1 AND party_id = $2 ORDER BY asked_at DESC, request_id;

-- name: open_data_requests
SELECT * FROM data_request
 WHERE council = $1 AND state IN ('asked', 'held', 'agreed', 'erasing')
 ORDER BY asked_at, request_id
 LIMIT 500;

-- name: ready_data_requests
SELECT * FROM data_request WHERE council = $1 AND state = 'ready' ORDER BY ready_at DESC, request_id LIMIT 500;

-- name: data_requests_taken_back
SELECT * FROM data_request
 WHERE council = $1 AND state = 'taken_back' AND taken_back_at > $2
 ORDER BY taken_back_at DESC, request_id
 LIMIT 500;

-- name: next_data_request
SELECT * FROM data_request WHERE look_at <= $1 ORDER BY look_at FOR UPDATE SKIP LOCKED LIMIT 1;

-- name: keep_data_part
INSERT INTO data_part (council, request_id, service, document) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING;

-- name: data_parts
SELECT service, document FROM data_part WHERE council = $1 AND request_id = $2;

-- name: forget_data_parts
DELETE FROM data_part WHERE council = $1 AND request_id = $2;

-- name: keep_data_copy
INSERT INTO data_copy (council, request_id, body) VALUES ($1, $2, $3)
    ON CONFLICT (council, request_id) DO UPDATE SET body = excluded.body;

-- name: data_copy
SELECT body FROM data_copy WHERE council = $1 AND request_id = $2;

-- name: forget_data_copy
DELETE FROM data_copy WHERE council = $1 AND request_id = $2;

-- name: open_erasure
SELECT * FROM data_request WHERE council = $1 AND party_id = $2 AND kind = 'erase' AND state = 'agreed' FOR UPDATE;

-- name: erase_account
UPDATE account SET chosen_name = NULL, organisation = NULL WHERE council = $1 AND account_id = $2;

-- name: erase_sessions
DELETE FROM session WHERE council = $1 AND account_id = $2;

-- name: erase_refs
-- a mark that only whoever has the number can match stays, so that its source cannot send them in again
UPDATE person_ref SET ref = 'erased ' || encode(sha256(convert_to(source || ' ' || ref, 'UTF8')), 'hex') WHERE council = $1 AND person_id = $2 AND ref NOT LIKE 'erased %';

-- name: erase_delegations
UPDATE delegation SET worker = NULL, organisation = NULL, evidence = '' WHERE council = $1 AND (person_id = $2 OR supporter_id = $2);

-- name: erase_look_reasons
UPDATE look SET reason = NULL WHERE council = $1 AND person_id = $2;

-- name: erase_lawful_reasons
DELETE FROM lawful_reason WHERE council = $1 AND person_id = $2;

-- name: erase_pool_words
UPDATE pool_member SET evidence = '' WHERE council = $1 AND person_id = $2;

-- name: erase_support_requests
UPDATE support_request SET named_as = '', named_hash = '' WHERE council = $1 AND (supporter_id = $2 OR person_id = $2);

-- name: erase_data_parts
DELETE FROM data_part p USING data_request r
 WHERE r.council = $1 AND r.party_id = $2 AND p.council = r.council AND p.request_id = r.request_id;

-- name: erase_data_copies
DELETE FROM data_copy c USING data_request r
 WHERE r.council = $1 AND r.party_id = $2 AND c.council = r.council AND c.request_id = r.request_id;

-- name: hold_supporter_who_asks
-- Two asks at once would count the same, so one supporter's are counted one after the other.
SELECT pg_advisory_xact_lock(hashtextextended('ask to support ' || $1::text || ' ' || $2::uuid::text, 7062));

-- name: save_support_request
INSERT INTO support_request (council, request_id, supporter_id, person_id, named_hash, named_as, relation, scopes, until,
                             asked_at, answer_by, state, revision, said_no)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    ON CONFLICT (council, request_id) DO UPDATE
   SET state = excluded.state, revision = excluded.revision, said_no = excluded.said_no;

-- name: hold_support_request
SELECT * FROM support_request WHERE council = $1 AND request_id = $2 FOR UPDATE;

-- name: support_requests_of
SELECT * FROM support_request WHERE council = $1 AND supporter_id = $2 ORDER BY asked_at DESC, request_id;

-- name: support_requests_between
SELECT * FROM support_request WHERE council = $1 AND supporter_id = $2 AND person_id = $3 ORDER BY asked_at FOR UPDATE;

-- name: support_requests_open_to
SELECT * FROM support_request WHERE council = $1 AND person_id = $2 AND state = 'open' ORDER BY asked_at, request_id;

-- name: next_support_request_over
SELECT * FROM support_request
 WHERE state IN ('open', 'kept_out') AND answer_by <= $1
 ORDER BY answer_by
   FOR UPDATE SKIP LOCKED LIMIT 1;

-- name: forget_support_requests
DELETE FROM support_request WHERE person_id IS NULL AND state = 'over' AND answer_by <= $1;

-- name: people_of_ref
SELECT DISTINCT person_id FROM person_ref WHERE council = $1 AND ref = $2 LIMIT 2;
