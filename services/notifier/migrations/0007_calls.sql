-- A PA may ask to be told where help is wanted near them. Of profiles only what says whom such a gap concerns.

ALTER TABLE party ADD COLUMN hear_of_gaps boolean NOT NULL DEFAULT false;
CREATE INDEX party_hearing_of_gaps ON party (council) WHERE hear_of_gaps;

CREATE TABLE pa_copy (
    council     text     NOT NULL,
    profile_id  uuid     NOT NULL,
    looking     boolean  NOT NULL,
    outcode     text     NOT NULL,
    east_m      integer  NOT NULL,
    north_m     integer  NOT NULL,
    reach_m     integer  NOT NULL,
    languages   text[]   NOT NULL,  -- tags, in small letters
    revision    bigint   NOT NULL,
    PRIMARY KEY (council, profile_id)
);

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
        SELECT council, 'portal.pool.v1', pool_id::text, NULL, revision, true FROM pool_copy
         UNION ALL
        SELECT council, 'registry.profile.v1', profile_id::text, NULL, revision, true FROM pa_copy
         UNION ALL
        SELECT council, topic, key, timeline, version, false
          FROM key_state
         WHERE topic IN (
               'portal.support_plan.v1', 'portal.supporter.v1', 'matcher.gap.v1', 'portal.pool.v1', 'registry.profile.v1')
       ) AS row_or_inbox
 GROUP BY council, topic, key
HAVING bool_or(is_row)
 UNION ALL
SELECT council, topic, key, timeline, version
  FROM key_state
 WHERE version > 0
   AND topic NOT IN (
       'portal.support_plan.v1', 'portal.supporter.v1', 'matcher.gap.v1', 'portal.pool.v1', 'registry.profile.v1');
