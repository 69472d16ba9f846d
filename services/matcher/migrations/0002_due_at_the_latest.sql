-- A list waits for profiles to settle, but never past this moment. Rows of before are due at once.
ALTER TABLE due_ranking ADD COLUMN latest_at timestamptz NOT NULL DEFAULT now();

-- A list is compressed before it comes here: PostgreSQL's own way is slow for values this long.
ALTER TABLE shortlist ALTER COLUMN listed SET STORAGE EXTERNAL;
