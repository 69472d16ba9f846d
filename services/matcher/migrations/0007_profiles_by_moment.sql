-- Whoever keeps the register in memory asks what changed since a moment of the council's clock, and reads that alone.
ALTER TABLE profile ADD COLUMN changed bigint NOT NULL DEFAULT 0;  -- when it was put last, on that clock
CREATE INDEX profile_changed ON profile (council, changed);

-- Moments of two eras cannot be compared: whoever knows another era reads everybody anew.
ALTER TABLE index_clock ADD COLUMN era uuid NOT NULL DEFAULT gen_random_uuid();

-- A row that was lost, or that somebody changed without the clock (by hand, or an older version of the service), ends the era.
CREATE FUNCTION end_era() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        UPDATE index_clock SET era = gen_random_uuid();
    ELSE
        UPDATE index_clock SET era = gen_random_uuid()
         WHERE council = CASE TG_OP WHEN 'DELETE' THEN OLD.council ELSE NEW.council END;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER profile_added AFTER INSERT ON profile FOR EACH ROW WHEN (NEW.changed = 0) EXECUTE FUNCTION end_era();
CREATE TRIGGER profile_meddled AFTER UPDATE ON profile FOR EACH ROW WHEN (NEW.changed = OLD.changed) EXECUTE FUNCTION end_era();
CREATE TRIGGER profile_lost AFTER DELETE ON profile FOR EACH ROW EXECUTE FUNCTION end_era();
CREATE TRIGGER profiles_lost AFTER TRUNCATE ON profile FOR EACH STATEMENT EXECUTE FUNCTION end_era();
