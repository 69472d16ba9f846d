-- name: next_version
INSERT INTO told_so_far (key, version) VALUES ($1, 1)
    ON CONFLICT (key) DO UPDATE SET version = told_so_far.version + 1
RETURNING version;

-- name: apply
INSERT INTO applied (council, topic, key, version) VALUES ($1, $2, $3, $4);

-- name: told
SELECT topic, key, version, event_id, occurrence FROM outbox_log
 WHERE council = $1 AND topic NOT LIKE 'upkeep.%' ORDER BY id;

-- name: applied
SELECT topic, key, version FROM applied WHERE council = $1 ORDER BY nth;

-- name: set_aside
SELECT topic, key, version, event_id, reason, next_try_at FROM parked WHERE council = $1 AND topic NOT LIKE 'upkeep.%';

-- name: on_record
SELECT event_id FROM inbox WHERE council = $1;

-- name: held
SELECT topic, key, version FROM key_state WHERE council = $1 AND version > 0;

-- name: waiting
SELECT count(*) FROM outbox_pending JOIN outbox_log USING (id) WHERE council = $1 AND topic NOT LIKE 'upkeep.%';

-- name: told_whole
SELECT id, topic, key, council, timeline, headers, body FROM outbox_log WHERE council = $1 ORDER BY id;

-- name: skip_all
-- as two people would, one by one
DELETE FROM parked WHERE council = $1;

-- name: lose_one
-- the first occurrence of a key is never told: as if the broker had lost it
DELETE FROM outbox_pending WHERE id = (SELECT id FROM outbox_log WHERE key = $1 AND occurrence AND version = 1);

-- name: damage_one
-- a state that the reader has had is forgotten; not one of a key that waits for a person anyway
DELETE FROM key_state
 WHERE (council, topic, key) = (SELECT council, topic, key FROM key_state AS state
                                 WHERE council = $1 AND topic = 'portal.supporter.v1'
                                   AND NOT EXISTS (SELECT FROM parked WHERE parked.key = state.key)
                                 ORDER BY key LIMIT 1)
RETURNING key;

-- name: is_mended
SELECT state.version > 0 AND last.repaired > 0
  FROM key_state AS state JOIN reconciled AS last USING (council, topic)
 WHERE council = $1 AND topic = 'portal.supporter.v1' AND key = $2;
