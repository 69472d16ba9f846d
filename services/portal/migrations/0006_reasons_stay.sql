-- What was written down of a reason is never written over. Taken away it can be, with the person who has it erased.
CREATE FUNCTION refuse_other_reason() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a lawful reason that was written down is not changed: another line is added'; END $$;

CREATE TRIGGER lawful_reason_stays BEFORE UPDATE ON lawful_reason FOR EACH ROW EXECUTE FUNCTION refuse_other_reason();
