-- What the matcher holds of others' states, as its own tables have it: a row that is lost or old is seen, whoever did it.

-- A PA who has gone leaves the row, without facets: a row that is missing is one that was lost.
ALTER TABLE profile ALTER COLUMN facets DROP NOT NULL;

-- Where a table and the inbox do not agree, nothing is held for sure: version 0. What facets hold is not compared.
-- Grouped, not joined: without statistics PostgreSQL would join each row with each.
CREATE OR REPLACE VIEW held_state WITH (security_invoker = true) AS
SELECT council, topic, key, coalesce(max(timeline), 1) AS timeline,
       CASE WHEN count(*) = 2 AND min(version) = max(version) THEN max(version) ELSE 0 END AS version
  FROM (
        SELECT council, 'registry.profile.v1'::text AS topic, profile_id::text AS key, NULL::integer AS timeline,
               revision::bigint AS version, true AS is_row
          FROM profile
         UNION ALL
        SELECT council, 'portal.support_plan.v1', plan_id::text, NULL, revision, true FROM plan
         UNION ALL
        SELECT council, topic, key, timeline, version, false
          FROM key_state
         WHERE topic IN ('registry.profile.v1', 'portal.support_plan.v1')
       ) AS row_or_inbox
 GROUP BY council, topic, key
HAVING bool_or(is_row)
 UNION ALL
SELECT council, topic, key, timeline, version
  FROM key_state
 WHERE version > 0 AND topic NOT IN ('registry.profile.v1', 'portal.support_plan.v1');
