-- Workspaces that were erased or moved away: whoever still comes to write for one is refused. Numbers are never used again.
CREATE TABLE dlt_data.gone (
    workspace bigint PRIMARY KEY
);

-- As in the app database. Rows of stores need no such check: their tables are gone, and touched is written only beside them.
CREATE FUNCTION dlt_data.refuse_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('dlt alive here ' || NEW.workspace, 0));
    IF EXISTS (SELECT 1 FROM dlt_data.gone WHERE workspace = NEW.workspace) THEN
        RAISE EXCEPTION 'workspace % is not here', NEW.workspace USING ERRCODE = 'DLT01';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER alive BEFORE INSERT ON dlt_data.feature FOR EACH ROW EXECUTE FUNCTION dlt_data.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt_data.feature_run FOR EACH ROW EXECUTE FUNCTION dlt_data.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt_data.check_result FOR EACH ROW EXECUTE FUNCTION dlt_data.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt_data.checkpoint FOR EACH ROW EXECUTE FUNCTION dlt_data.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt_data.checkpoint_state FOR EACH ROW EXECUTE FUNCTION dlt_data.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt_data.batch FOR EACH ROW EXECUTE FUNCTION dlt_data.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt_data.pulse FOR EACH ROW EXECUTE FUNCTION dlt_data.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt_data.quota FOR EACH ROW EXECUTE FUNCTION dlt_data.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt_data.usage FOR EACH ROW EXECUTE FUNCTION dlt_data.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt_data.floor FOR EACH ROW EXECUTE FUNCTION dlt_data.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt_data.consumer FOR EACH ROW EXECUTE FUNCTION dlt_data.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt_data.workspace FOR EACH ROW EXECUTE FUNCTION dlt_data.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt_data.hidden FOR EACH ROW EXECUTE FUNCTION dlt_data.refuse_gone();
