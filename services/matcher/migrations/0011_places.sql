-- A list as columns. `listed` is read where this is null, and goes with the next release.

ALTER TABLE shortlist ADD COLUMN places bytea;
ALTER TABLE shortlist ALTER COLUMN places SET STORAGE EXTERNAL;
ALTER TABLE earlier_list ADD COLUMN places bytea;
ALTER TABLE earlier_list ALTER COLUMN places SET STORAGE EXTERNAL;
