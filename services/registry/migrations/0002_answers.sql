-- What the PA said their words mean, so that the same words are not asked about again.

ALTER TABLE profile ADD COLUMN answers jsonb NOT NULL DEFAULT '{}';
