-- How often a person is told that their list changed; and a way to find versions of wishes whose time is over.

ALTER TABLE party ADD COLUMN list_news text NOT NULL DEFAULT 'daily';
CREATE INDEX party_version_began ON party_version (changed_at);
