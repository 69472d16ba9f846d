-- What the portal holds of others' states, as its own tables have it: a row that is lost or old is seen, whoever did it.

-- Where a table and the inbox do not agree, nothing is held for sure: version 0. Other columns are not compared.
-- Grouped, not joined: without statistics PostgreSQL would join each row with each.
CREATE OR REPLACE VIEW held_state WITH (security_invoker = true) AS
SELECT council, topic, key, coalesce(max(timeline), 1) AS timeline,
       CASE WHEN count(*) = 2 AND min(version) = max(version) THEN max(version) ELSE 0 END AS version
  FROM (
        SELECT council, 'matcher.shortlist.v1'::text AS topic, plan_id::text AS key, NULL::integer AS timeline,
               revision::bigint AS version, true AS is_row
          FROM shortlist_copy
         UNION ALL
        SELECT council, 'matcher.introduction.v1', introduction_id::text, NULL, revision, true FROM introduction_copy
         UNION ALL
        SELECT council, 'notifier.message.v1', message_id::text, NULL, revision, true FROM message_copy
         UNION ALL
        SELECT council, topic, key, timeline, version, false
          FROM key_state
         WHERE topic IN ('matcher.shortlist.v1', 'matcher.introduction.v1', 'notifier.message.v1')
       ) AS row_or_inbox
 GROUP BY council, topic, key
HAVING bool_or(is_row)
 UNION ALL
SELECT council, topic, key, timeline, version
  FROM key_state
 WHERE version > 0 AND topic NOT IN ('matcher.shortlist.v1', 'matcher.introduction.v1', 'notifier.message.v1');
