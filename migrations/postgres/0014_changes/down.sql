DO $$
DECLARE
  followed text;
BEGIN
  FOR followed IN SELECT event_object_table FROM information_schema.triggers
    WHERE trigger_schema = current_schema AND trigger_name = 'touched' GROUP BY 1
  LOOP
    EXECUTE format('DROP TRIGGER touched ON %I', followed);
  END LOOP;
END
$$;
DROP FUNCTION touch();
DROP TABLE touched;
DROP SEQUENCE change_public_seqs;
DROP SEQUENCE change_seqs;
DROP TABLE change_horizon;
DROP TABLE changes;
