-- Where too few PAs fit, as the matcher publishes it week by week.

CREATE TABLE gap_copy (
    council   text     NOT NULL,
    gap_id    uuid     NOT NULL,
    week      date     NOT NULL,
    bounds    text     NOT NULL,  -- JSON, as the notifier's own code writes it: nothing in it is asked for by SQL
    open      boolean  NOT NULL,
    people    integer  NOT NULL,
    hours     integer  NOT NULL,
    revision  bigint   NOT NULL,
    PRIMARY KEY (council, gap_id)
);

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
        SELECT council, 'matcher.gap.v1', gap_id::text, NULL, revision, true FROM gap_copy
         UNION ALL
        SELECT council, topic, key, timeline, version, false
          FROM key_state
         WHERE topic IN ('portal.support_plan.v1', 'portal.supporter.v1', 'matcher.gap.v1')
       ) AS row_or_inbox
 GROUP BY council, topic, key
HAVING bool_or(is_row)
 UNION ALL
SELECT council, topic, key, timeline, version
  FROM key_state
 WHERE version > 0 AND topic NOT IN ('portal.support_plan.v1', 'portal.supporter.v1', 'matcher.gap.v1');
