-- name: lead
SELECT pg_try_advisory_lock($1);

-- name: append_event
WITH told AS (
    INSERT INTO outbox_log (event_id, topic, key, council, timeline, version, occurrence, headers, body)
    SELECT $1, $2, $3, $4, timeline.timeline, $5, $6, $7::jsonb, $8 FROM timeline
    RETURNING id
), latest AS (
    INSERT INTO outbox_latest (council, topic, key, id)
    SELECT $4, $2, $3, id FROM told WHERE NOT $6
        ON CONFLICT (council, topic, key) DO UPDATE SET id = excluded.id
)
INSERT INTO outbox_pending (id) SELECT id FROM told
RETURNING pg_notify('outbox', '');  -- delivered at commit, or never; only a hint

-- name: pending_events
-- the oldest $1, as many as fit into $2 bytes, without the (topic, council) pairs that are shut for a moment
SELECT * FROM (
    SELECT log.*, sum(coalesce(octet_length(log.body), 0)) OVER (ORDER BY log.id) AS bytes_so_far
      FROM (SELECT log.id, log.event_id, log.topic, log.key, log.council, log.timeline, log.version, log.headers, log.body
              FROM outbox_pending AS pending JOIN outbox_log AS log USING (id)
             WHERE NOT EXISTS (SELECT FROM unnest($3::text[], $4::text[]) AS shut (topic, council)
                                WHERE (shut.topic, shut.council) = (log.topic, log.council))
             ORDER BY id
             LIMIT $1) AS log
) AS oldest
 WHERE bytes_so_far <= $2::bigint OR bytes_so_far = octet_length(body)  -- a large one travels alone
 ORDER BY id;

-- name: oldest_pending
-- which goes next, without the (topic, council) pairs that are shut for a moment
SELECT id
  FROM outbox_pending AS pending JOIN outbox_log AS log USING (id)
 WHERE NOT EXISTS (SELECT FROM unnest($1::text[], $2::text[]) AS shut (topic, council)
                    WHERE (shut.topic, shut.council) = (log.topic, log.council))
 ORDER BY id
 LIMIT 1;

-- name: forget_pending
-- a relay that lost its lead without knowing may come late: what the broker ($2) it began with took, a newer one has not
DELETE FROM outbox_pending
 WHERE id = ANY($1::bigint[])
   AND NOT EXISTS (SELECT FROM relay_state AS newer
                    WHERE newer.replayed_at > (SELECT replayed_at FROM relay_state WHERE epoch = $2::text));

-- name: tell_again
INSERT INTO outbox_pending (id) SELECT id FROM outbox_log WHERE id = $1 AND event_id = $2
    ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING id;

-- name: note_asking
-- no row: the same was asked for a short while ago
INSERT INTO told_again_asked AS before (council, topic, key, timeline, version) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (council, topic, key) DO UPDATE
   SET timeline = excluded.timeline, version = excluded.version, asked_at = now()
 WHERE (before.timeline, before.version) <> (excluded.timeline, excluded.version) OR before.asked_at < now() - $6::interval
RETURNING true;

-- name: tell_key_again
INSERT INTO outbox_pending (id)
SELECT id FROM outbox_log WHERE council = $1 AND topic = $2 AND key = $3 AND (timeline, version) >= ($4, $5)
    ON CONFLICT DO NOTHING
RETURNING pg_notify('outbox', '');

-- name: forget_states
-- they count as held up to the version before, so that what is told anew is news
UPDATE key_state AS state SET timeline = wanted.timeline, version = wanted.version - 1
  FROM unnest($3::text[], $4::integer[], $5::bigint[]) AS wanted (key, timeline, version)
 WHERE state.council = $1 AND state.topic = $2 AND state.key = wanted.key AND NOT state.parked;

-- name: tell_states_anew
WITH latest AS (
    SELECT log.*, gen_random_uuid() AS new_id
      FROM outbox_latest AS pointer JOIN outbox_log AS log USING (id)
     WHERE pointer.council = $1 AND pointer.topic = $2 AND pointer.key = ANY($3::text[])
       FOR UPDATE OF pointer SKIP LOCKED  -- who holds one is just telling a newer state of it
), told AS (
    INSERT INTO outbox_log (event_id, topic, key, council, timeline, version, occurrence, headers, body)
    SELECT new_id, topic, key, council, timeline, version, occurrence, headers || jsonb_build_object('ce_id', new_id), body
      FROM latest
    RETURNING id, council, topic, key
), moved AS (
    UPDATE outbox_latest AS pointer SET id = told.id FROM told
     WHERE (pointer.council, pointer.topic, pointer.key) = (told.council, told.topic, told.key)
)
INSERT INTO outbox_pending (id) SELECT id FROM told
RETURNING pg_notify('outbox', '');

-- name: begin_digest_round
-- no row: it is not time yet, or another process began it
UPDATE digest_round SET begun_at = now() WHERE begun_at < now() - $1::interval RETURNING true;

-- name: digests
-- of each council and topic the shards that have keys, and the revision its last digest had
SELECT council, topic, array_agg(shard) AS shards, array_agg(many) AS many, array_agg(total) AS totals,
       coalesce((SELECT log.version FROM outbox_latest AS pointer JOIN outbox_log AS log USING (id)
                  WHERE (pointer.council, pointer.topic, pointer.key) = (shard.council, $1, shard.topic || '/' || shard.council)),
                0) AS revision
  FROM (SELECT pointer.council, pointer.topic, shard_of(pointer.key) AS shard, count(*) AS many,
               mod(sum(fingerprint(pointer.key, log.timeline, log.version)), 9223372036854775808)::bigint AS total
          FROM outbox_latest AS pointer JOIN outbox_log AS log USING (id)
         WHERE pointer.topic NOT LIKE 'upkeep.%'
         GROUP BY pointer.council, pointer.topic, shard_of(pointer.key)) AS shard
 GROUP BY council, topic;

-- name: compare_digest
-- which shards differ; $3 and $4: how many keys and which total each shard should have
WITH held AS (
    SELECT shard_of(key) AS shard, count(*) AS many,
           mod(sum(fingerprint(key, timeline, version)), 9223372036854775808)::bigint AS total
      FROM held_state
     WHERE council = $1 AND topic = $2
     GROUP BY shard_of(key)
), compared AS (
    SELECT (told.place - 1)::integer AS shard, told.many AS told, coalesce(held.many, 0) AS held,
           (told.many, told.total) = (coalesce(held.many, 0), coalesce(held.total, 0)) AS equal
      FROM unnest($3::bigint[], $4::bigint[]) WITH ORDINALITY AS told (many, total, place)
      LEFT JOIN held ON held.shard = told.place - 1
)
INSERT INTO reconciled (council, topic, compared_at, keys_told, keys_held, unequal)
SELECT $1, $2, now(), sum(told), sum(held), coalesce(array_agg(shard ORDER BY shard) FILTER (WHERE NOT equal), '{}') FROM compared
    ON CONFLICT (council, topic) DO UPDATE
   SET compared_at = excluded.compared_at, keys_told = excluded.keys_told, keys_held = excluded.keys_held,
       unequal = excluded.unequal
RETURNING unequal;

-- name: ask_listing
INSERT INTO listing_asked (council, request_id, topic, once_more) VALUES ($1, $2, $3, $4);

-- name: listing_asked
SELECT asked_at, once_more FROM listing_asked WHERE council = $1 AND request_id = $2 AND topic = $3;

-- name: tells_of
SELECT EXISTS (SELECT FROM outbox_latest WHERE council = $1 AND topic = $2);

-- name: list_told
SELECT pointer.key, log.timeline, log.version
  FROM outbox_latest AS pointer JOIN outbox_log AS log USING (id)
 WHERE pointer.council = $1 AND pointer.topic = $2 AND shard_of(pointer.key) = ANY($3::integer[])
 ORDER BY pointer.key COLLATE "C";

-- name: compare_listing
-- $3: shards, $4 and $5: after and up to which key, $6 to $8: the keys listed, $9: when we asked for it,
-- $10 and $11: how long what is behind may be on its way, and how long what is ahead waits for a second listing
WITH held AS (
    SELECT key, timeline, version FROM held_state
     WHERE council = $1 AND topic = $2 AND shard_of(key) = ANY($3::integer[])
       AND ($4::text IS NULL OR key COLLATE "C" > $4) AND ($5::text IS NULL OR key COLLATE "C" <= $5)
), listed AS (
    SELECT * FROM unnest($6::text[], $7::integer[], $8::bigint[]) AS listed (key, timeline, version)
), apart AS (
    SELECT key, coalesce(held.timeline, 0) AS held_timeline, coalesce(held.version, 0) AS held_version,
           coalesce(listed.timeline, 0) AS timeline, coalesce(listed.version, 0) AS version
      FROM held FULL JOIN listed USING (key)
     WHERE (held.timeline, held.version) IS DISTINCT FROM (listed.timeline, listed.version)
), judged AS (
    SELECT apart.*, known.seen_at, known.look_at, coalesce(known.sure, false) AS carried,
           (apart.held_timeline, apart.held_version) > (apart.timeline, apart.version) AS ahead,
           -- a listing made after we held more than it shows: no newer event explains that
           coalesce(known.seen_at <= $9 AND (known.held_timeline, known.held_version) > (apart.timeline, apart.version), false)
               AS confirmed
      FROM apart  -- each is looked up: without statistics PostgreSQL would compare each with each
      LEFT JOIN LATERAL (SELECT * FROM adrift WHERE council = $1 AND topic = $2 AND key = apart.key OFFSET 0) AS known ON true
), found AS (
    INSERT INTO adrift AS known (council, topic, key, held_timeline, held_version, timeline, version, sure, seen_at, look_at)
    SELECT $1, $2, key, held_timeline, held_version, timeline, version, NOT ahead OR confirmed,
           CASE WHEN seen_at IS NOT NULL AND (NOT ahead OR confirmed) THEN seen_at ELSE clock_timestamp() END,
           CASE WHEN ahead AND NOT confirmed THEN now() + $11::interval
                WHEN carried THEN look_at
                WHEN ahead THEN now()
                ELSE now() + $10::interval END
      FROM judged
        ON CONFLICT (council, topic, key) DO UPDATE
       SET held_timeline = excluded.held_timeline, held_version = excluded.held_version, timeline = excluded.timeline,
           version = excluded.version, sure = excluded.sure, seen_at = excluded.seen_at, look_at = excluded.look_at
)
SELECT shard_of(key) AS shard, ahead AND NOT confirmed AS unsure, ahead AND confirmed AND NOT carried AND version = 0 AS phantom
  FROM judged;

-- name: places_adrift
SELECT DISTINCT council, topic FROM adrift WHERE look_at <= now();

-- name: look_at_adrift
-- $3: how long what was asked for may be on its way
SELECT known.key, known.held_timeline, known.held_version, known.timeline, known.version, known.sure,
       known.asked_at IS NOT NULL AS asked, coalesce(known.asked_at < now() - $3::interval, true) AS may_ask,
       EXISTS (SELECT FROM parked AS letter WHERE (letter.council, letter.topic, letter.key) = ($1, $2, known.key))
       OR EXISTS (SELECT FROM skipped AS letter
                   WHERE letter.council = $1
                     AND (letter.topic, letter.key, letter.timeline, letter.version) = ($2, known.key, known.timeline, known.version))
           AS set_aside
  FROM adrift AS known
 WHERE council = $1 AND topic = $2 AND look_at <= now()
 LIMIT $4
   FOR UPDATE SKIP LOCKED;

-- name: held_of
SELECT key, timeline, version FROM held_state WHERE council = $1 AND topic = $2 AND key = ANY($3::text[]);

-- name: asked_for_adrift
UPDATE adrift SET asked_at = now(), held_timeline = 0, held_version = 0, look_at = now() + $4::interval
 WHERE council = $1 AND topic = $2 AND key = ANY($3::text[]);

-- name: look_later
UPDATE adrift SET look_at = now() + $4::interval WHERE council = $1 AND topic = $2 AND key = ANY($3::text[]);

-- name: forget_adrift
DELETE FROM adrift WHERE council = $1 AND topic = $2 AND key = ANY($3::text[]);

-- name: count_repaired
UPDATE reconciled SET repaired = repaired + $3, repaired_at = now() WHERE council = $1 AND topic = $2;

-- name: list_reconciled
-- version 0: its owner never told it
SELECT last.council, last.topic, last.compared_at, last.keys_told, last.keys_held, cardinality(last.unequal) AS unequal_shards,
       last.repaired, last.repaired_at,
       count(known.key) FILTER (WHERE known.sure AND known.version > 0) AS adrift,
       coalesce((array_agg(known.key ORDER BY known.key) FILTER (WHERE known.sure AND known.version = 0))[:20], '{}') AS phantoms
  FROM reconciled AS last LEFT JOIN adrift AS known USING (council, topic)
 GROUP BY last.council, last.topic
 ORDER BY last.council, last.topic;

-- name: has_filled
-- the last one: a broker that we come back to has missed what another was told meanwhile
SELECT coalesce((SELECT epoch = $1 FROM relay_state ORDER BY replayed_at DESC LIMIT 1), false);

-- name: fill_again
INSERT INTO outbox_pending (id)
SELECT id FROM outbox_latest
 UNION
SELECT id FROM outbox_log WHERE occurrence AND created_at > now() - $1::interval AND topic NOT LIKE 'upkeep.%'
    ON CONFLICT DO NOTHING;

-- name: timeline_now
SELECT timeline FROM timeline;

-- name: begin_timeline
UPDATE timeline SET timeline = greatest(timeline + 1, $1) RETURNING timeline;

-- name: tell_states_on_timeline
-- the newest state of each key as a new event, in the order of telling; what was told before stays as it was
WITH latest AS MATERIALIZED (
    SELECT gen_random_uuid() AS new_id, log.* FROM outbox_latest JOIN outbox_log AS log USING (id, council, topic, key)
     WHERE topic NOT LIKE 'upkeep.%'
), anew AS (
    INSERT INTO outbox_log (event_id, topic, key, council, timeline, version, occurrence, headers, body)
    SELECT new_id, topic, key, council, $1, version, false, headers || jsonb_build_object('ce_id', new_id), body
      FROM latest ORDER BY id
    RETURNING id, council, topic, key
), pointed AS (
    UPDATE outbox_latest AS latest SET id = anew.id FROM anew
     WHERE (latest.council, latest.topic, latest.key) = (anew.council, anew.topic, anew.key)
)
INSERT INTO outbox_pending (id) SELECT id FROM anew;

-- name: tell_occurrences_again
INSERT INTO outbox_pending (id)
SELECT id FROM outbox_log WHERE occurrence AND created_at > now() - $1::interval AND topic NOT LIKE 'upkeep.%'
    ON CONFLICT DO NOTHING;

-- name: remember_filled
INSERT INTO relay_state (epoch) VALUES ($1) ON CONFLICT (epoch) DO UPDATE SET replayed_at = now();

-- name: count_attempt
INSERT INTO attempt AS old (event_id, n) VALUES ($1, 1)
    ON CONFLICT (event_id) DO UPDATE SET n = old.n + 1, last_at = now()
RETURNING n;

-- name: count_first_attempts
-- none, where any of them was begun before
INSERT INTO attempt (event_id, n) SELECT DISTINCT unnest($1::uuid[]), 1
 WHERE NOT EXISTS (SELECT FROM attempt WHERE event_id = ANY($1::uuid[]))
    ON CONFLICT DO NOTHING;

-- name: forget_attempts
DELETE FROM attempt WHERE event_id = ANY($1::uuid[]);

-- name: take_up
-- no row: it was heard before. Else the key as it was, its row locked until this transaction ends
WITH sighted AS (
    INSERT INTO inbox (council, event_id, topic, part, off) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING true
)
INSERT INTO key_state AS old (council, topic, key, timeline, version) SELECT $1, $3, $6::text, 0, 0 FROM sighted
    ON CONFLICT (council, topic, key) DO UPDATE SET version = old.version
RETURNING timeline, version, parked;

-- name: first_sight
INSERT INTO inbox (council, event_id, topic, part, off) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING;

-- name: hold_key
INSERT INTO key_state AS old (council, topic, key, timeline, version) VALUES ($1, $2, $3, 0, 0)
    ON CONFLICT (council, topic, key) DO UPDATE SET version = old.version  -- locks the row
RETURNING timeline, version, parked;

-- name: advance_key
UPDATE key_state SET timeline = $4, version = $5 WHERE council = $1 AND topic = $2 AND key = $3;

-- name: park_key
UPDATE key_state SET parked = $4 WHERE council = $1 AND topic = $2 AND key = $3;

-- name: park_event
-- what two people left out stays out, though it is delivered again
INSERT INTO parked (council, topic, key, event_id, timeline, version, headers, body, reason, fields, attempts, part, off, next_try_at)
SELECT $1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11, $12, $13, now() + $14::interval
 WHERE NOT EXISTS (SELECT FROM skipped WHERE council = $1 AND event_id = $4)
    ON CONFLICT (council, event_id) DO NOTHING;

-- name: due_parked_keys
-- of a parked key only its first event may be due; of an open one, each by itself. One that was set aside because ($1) the one
-- before it was missing is due once that one went in: whoever let it in may have died before coming to this one
SELECT DISTINCT council, topic, key
  FROM parked AS letter LEFT JOIN key_state AS state USING (council, topic, key)
 WHERE (letter.next_try_at <= now()
        OR (letter.reason = $1 AND state.parked
            AND (letter.version <= state.version + 1 OR letter.timeline <> greatest(state.timeline, 1))))
   AND (state.parked IS NOT TRUE
        OR NOT EXISTS (SELECT FROM parked AS earlier
                        WHERE (earlier.council, earlier.topic, earlier.key) = (letter.council, letter.topic, letter.key)
                          AND (earlier.timeline, earlier.version, earlier.id) < (letter.timeline, letter.version, letter.id)))
 LIMIT 20;

-- name: open_gaps
-- the first of a key, set aside because ($1) the one before it was missing, so long ago that it is not just late ($2), not asked
-- about lately ($3); none while something of ours waits to be told for longer than $4
SELECT letter.council, letter.topic, letter.key, letter.timeline, state.version + 1 AS from_version
  FROM parked AS letter JOIN key_state AS state USING (council, topic, key)
 WHERE letter.reason = $1
   AND letter.next_try_at IS NULL
   AND state.parked
   AND letter.first_seen < now() - $2::interval
   AND letter.timeline = greatest(state.timeline, 1)
   AND letter.version > state.version + 1
   AND NOT EXISTS (SELECT FROM parked AS earlier
                    WHERE (earlier.council, earlier.topic, earlier.key) = (letter.council, letter.topic, letter.key)
                      AND (earlier.timeline, earlier.version, earlier.id) < (letter.timeline, letter.version, letter.id))
   AND NOT EXISTS (SELECT FROM told_again_asked AS asked
                    WHERE (asked.council, asked.topic, asked.key) = (letter.council, letter.topic, letter.key) AND asked.asked_at > now() - $3::interval)
   AND NOT EXISTS (SELECT FROM outbox_pending WHERE created_at < now() - $4::interval)
 LIMIT 20;

-- name: next_parked
SELECT letter.*, coalesce(state.timeline, 1) AS held_timeline, coalesce(state.version, 0) AS held
  FROM parked AS letter LEFT JOIN key_state AS state USING (council, topic, key)
 WHERE council = $1 AND topic = $2 AND key = $3 AND (state.parked IS TRUE OR letter.next_try_at <= now())
 ORDER BY letter.timeline, letter.version, letter.id
 LIMIT 1;

-- name: hold_parked
SELECT true FROM parked WHERE council = $1 AND id = $2 FOR UPDATE;

-- name: refile_parked
UPDATE parked SET council = $3, key = $4, timeline = $5, version = $6, next_try_at = now() WHERE council = $1 AND id = $2;

-- name: unpark_event
DELETE FROM parked WHERE council = $1 AND id = $2;

-- name: release_key
UPDATE key_state SET parked = false
 WHERE council = $1 AND topic = $2 AND key = $3
   AND NOT EXISTS (SELECT FROM parked WHERE council = $1 AND topic = $2 AND key = $3);

-- name: try_later
UPDATE parked SET attempts = attempts + 1, reason = $3, next_try_at = now() + $4::interval WHERE council = $1 AND id = $2;

-- name: list_parked
SELECT council, id, topic, key, event_id, version, reason, fields, attempts, next_try_at, first_seen
  FROM parked ORDER BY id DESC LIMIT $1;

-- name: show_parked
SELECT council, id, topic, key, event_id, version, reason, fields, attempts, next_try_at, first_seen,
       (SELECT asked_at FROM told_again_asked AS asked
         WHERE (asked.council, asked.topic, asked.key) = (letter.council, letter.topic, letter.key)) AS asked_at,
       (SELECT count(*) FROM parked AS later
         WHERE (later.council, later.topic, later.key) = (letter.council, letter.topic, letter.key)
           AND (later.timeline, later.version, later.id) > (letter.timeline, letter.version, letter.id)) AS behind
  FROM parked AS letter WHERE council = $1 AND id = $2;

-- name: decisions_about
SELECT what, who, why, at FROM parked_decision WHERE council = $1 AND parked_id = $2 ORDER BY id;

-- name: open_ask
SELECT who, why, at + $3::interval AS until FROM parked_decision
 WHERE council = $1 AND parked_id = $2 AND what = 'asked to skip' AND at > now() - $3::interval
 ORDER BY id DESC LIMIT 1;

-- name: hold_key_of_parked
-- before the event itself, as the drainer does
SELECT true FROM key_state AS state JOIN parked AS letter USING (council, topic, key)
 WHERE letter.council = $1 AND letter.id = $2 FOR UPDATE OF state;

-- name: goes_first
-- of a parked key only its first event can be left out; of an open one, each
SELECT NOT EXISTS (SELECT FROM key_state AS state JOIN parked AS earlier USING (council, topic, key)
                    WHERE state.parked AND (earlier.council, earlier.topic, earlier.key) = (letter.council, letter.topic, letter.key)
                      AND (earlier.timeline, earlier.version, earlier.id) < (letter.timeline, letter.version, letter.id))
  FROM parked AS letter WHERE council = $1 AND id = $2;

-- name: write_decision
INSERT INTO parked_decision (council, parked_id, event_id, topic, key, version, what, who, why)
SELECT council, id, event_id, topic, key, version, $3, $4, $5 FROM parked WHERE council = $1 AND id = $2;

-- name: leave_out
WITH leaving AS (
    DELETE FROM parked WHERE council = $1 AND id = $2 RETURNING *
), passed AS (
    -- an occurrence counts as taken, so that the next one follows it; unless a mended one of the same version waits behind it
    UPDATE key_state AS state SET timeline = leaving.timeline, version = leaving.version
      FROM leaving
     WHERE (state.council, state.topic, state.key) = (leaving.council, leaving.topic, leaving.key)
       AND leaving.topic = ANY($3::text[])
       AND (state.timeline, state.version) < (leaving.timeline, leaving.version)
       AND NOT EXISTS (SELECT FROM parked AS mended
                        WHERE (mended.council, mended.topic, mended.key, mended.timeline, mended.version)
                            = (leaving.council, leaving.topic, leaving.key, leaving.timeline, leaving.version)
                          AND mended.id <> leaving.id)
)
INSERT INTO skipped (council, id, topic, key, event_id, timeline, version, headers, body, reason, fields, part, off, first_seen)
SELECT council, id, topic, key, event_id, timeline, version, headers, body, reason, fields, part, off, first_seen FROM leaving
RETURNING topic, key, event_id;

-- name: export_parked
-- those after number $4, as many as fit into $5 bytes
SELECT * FROM (
    SELECT letter.*, sum(coalesce(octet_length(body), 0)) OVER (ORDER BY id) AS bytes_so_far
      FROM (SELECT * FROM parked
             WHERE id > $4 AND ($1::text IS NULL OR council = $1) AND ($2::text IS NULL OR key = $2) AND ($3::bigint IS NULL OR id = $3)
             ORDER BY id LIMIT 100) AS letter
) AS oldest
 WHERE bytes_so_far <= $5::bigint OR bytes_so_far = octet_length(body)  -- a large one comes alone
 ORDER BY id;

-- name: parked_now
UPDATE parked SET next_try_at = now() WHERE council = $1 AND id = $2 RETURNING id;

-- name: sweep_outbox
DELETE FROM outbox_log WHERE id IN (
    SELECT id FROM outbox_log AS log
     WHERE created_at < now() - $1::interval
       AND NOT EXISTS (SELECT FROM outbox_pending AS p WHERE p.id = log.id)
       AND NOT EXISTS (SELECT FROM outbox_latest AS l WHERE l.id = log.id)
     LIMIT $2);

-- name: sweep_upkeep
DELETE FROM outbox_log WHERE id IN (
    SELECT id FROM outbox_log AS log
     WHERE created_at < now() - $1::interval
       AND topic LIKE 'upkeep.%'
       AND NOT EXISTS (SELECT FROM outbox_pending AS p WHERE p.id = log.id)
       AND NOT EXISTS (SELECT FROM outbox_latest AS l WHERE l.id = log.id)
     LIMIT $2);

-- name: sweep_upkeep_heard
DELETE FROM inbox WHERE (council, event_id) IN (
    SELECT council, event_id FROM inbox WHERE done_at < now() - $1::interval AND topic LIKE 'upkeep.%' LIMIT $2);

-- name: sweep_upkeep_keys
-- each request is a key of its own, with one version: once it was heard, the inbox knows it
DELETE FROM key_state WHERE (council, topic, key) IN (
    SELECT council, topic, key FROM key_state WHERE topic LIKE 'upkeep.%' AND version = 1 AND NOT parked LIMIT $1);

-- name: sweep_askings
DELETE FROM told_again_asked WHERE (council, topic, key) IN (
    SELECT council, topic, key FROM told_again_asked WHERE asked_at < now() - $1::interval LIMIT $2);

-- name: sweep_listings
DELETE FROM listing_asked WHERE (council, request_id) IN (
    SELECT council, request_id FROM listing_asked WHERE asked_at < now() - $1::interval LIMIT $2);

-- name: sweep_inbox
DELETE FROM inbox WHERE (council, event_id) IN (
    SELECT council, event_id FROM inbox WHERE done_at < now() - $1::interval LIMIT $2);

-- name: sweep_attempts
DELETE FROM attempt WHERE event_id IN (SELECT event_id FROM attempt WHERE last_at < now() - $1::interval LIMIT $2);

-- name: sweep_skipped
DELETE FROM skipped WHERE (council, id) IN (
    SELECT council, id FROM skipped WHERE skipped_at < now() - $1::interval LIMIT $2);

-- name: begin_erasing
INSERT INTO erased (council, party_id) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: set_aside_with_words
-- also what could not be read: nobody knows whose it is
SELECT event_id, body FROM (
    SELECT event_id, body FROM parked WHERE council IN ($1, '') AND body IS NOT NULL
     UNION ALL
    SELECT event_id, body FROM skipped WHERE council IN ($1, '') AND body IS NOT NULL
) AS letter
 WHERE EXISTS (SELECT FROM unnest($2::bytea[]) AS word WHERE position(word IN letter.body) > 0);

-- name: empty_parked
-- the drainer looks at each once: those behind a state that is empty need not wait for a person
UPDATE parked SET body = NULL, headers = '{}', fields = '{}', reason = $3, next_try_at = now()
 WHERE council IN ($1, '') AND event_id = ANY($2::uuid[]);

-- name: empty_skipped
UPDATE skipped SET body = NULL, headers = '{}', fields = '{}', reason = $3
 WHERE council IN ($1, '') AND event_id = ANY($2::uuid[]);

-- name: done_erasing
UPDATE erased SET erased_at = now() WHERE council = $1 AND party_id = $2 AND erased_at IS NULL;

-- name: is_erased
SELECT EXISTS (SELECT FROM erased WHERE council = $1 AND party_id = $2);

-- name: erased_among
SELECT party_id FROM erased WHERE council = $1 AND party_id = ANY($2::uuid[]);

-- name: erased_at
SELECT erased_at FROM erased WHERE council = $1 AND party_id = $2;

-- name: erasings_under_way
SELECT council, party_id FROM erased WHERE erased_at IS NULL ORDER BY begun_at LIMIT 100;
