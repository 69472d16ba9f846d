-- What the notifier holds of others' states, as its copies have it: a row that is lost or old is seen, whoever did it.

ALTER TABLE plan_copy ADD COLUMN revision bigint NOT NULL DEFAULT 0;
ALTER TABLE supporting_copy ADD COLUMN revision bigint NOT NULL DEFAULT 0;
ALTER TABLE told_list ADD COLUMN revision bigint NOT NULL DEFAULT 0;  -- of the list, so that one told anew counts once

UPDATE plan_copy AS copy SET revision = version FROM key_state AS heard
 WHERE heard.council = copy.council AND heard.topic = 'portal.support_plan.v1' AND heard.key = plan_id::text;
UPDATE supporting_copy AS copy SET revision = version FROM key_state AS heard
 WHERE heard.council = copy.council AND heard.topic = 'portal.supporter.v1' AND heard.key = delegation_id::text;
UPDATE told_list AS told SET revision = version FROM key_state AS heard
 WHERE heard.council = told.council AND heard.topic = 'matcher.shortlist.v1' AND heard.key = plan_id::text;

ALTER TABLE plan_copy ALTER COLUMN revision DROP DEFAULT;
ALTER TABLE supporting_copy ALTER COLUMN revision DROP DEFAULT;
ALTER TABLE told_list ALTER COLUMN revision DROP DEFAULT;

-- Of lists and introductions the notifier keeps no copy, only what it told of them: there the inbox's word stands alone.
-- Where a table and the inbox do not agree, nothing is held for sure: version 0. Other columns are not compared.
-- Grouped, not joined: without statistics PostgreSQL would join each row with each.
CREATE OR REPLACE VIEW held_state WITH (security_invoker = true) AS
SELECT council, topic, key, coalesce(max(timeline), 1) AS timeline,
       CASE WHEN count(*) = 2 AND min(version) = max(version) THEN max(version) ELSE 0 END AS version
  FROM (
        SELECT council, 'portal.support_plan.v1'::text AS topic, plan_id::text AS key, NULL::integer AS timeline,
               revision::bigint AS version, true AS is_row
          FROM plan_copy
         UNION ALL
        SELECT council, 'portal.supporter.v1', delegation_id::text, NULL, revision, true FROM supporting_copy
         UNION ALL
        SELECT council, topic, key, timeline, version, false
          FROM key_state
         WHERE topic IN ('portal.support_plan.v1', 'portal.supporter.v1')
       ) AS row_or_inbox
 GROUP BY council, topic, key
HAVING bool_or(is_row)
 UNION ALL
SELECT council, topic, key, timeline, version
  FROM key_state
 WHERE version > 0 AND topic NOT IN ('portal.support_plan.v1', 'portal.supporter.v1');
