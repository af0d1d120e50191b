-- What was erased with a workspace, without anything of the customer's; kept when all else is gone.
CREATE TABLE dlt.erasure (
    workspace        bigint PRIMARY KEY,
    key              text        NOT NULL,
    template_key     text        NOT NULL,
    template_version text        NOT NULL,
    template_hash    text        NOT NULL,
    stores           jsonb       NOT NULL,
    models           bigint      NOT NULL DEFAULT 0,
    messages         bigint      NOT NULL DEFAULT 0,
    sha256           text        NOT NULL,
    begun_at         timestamptz NOT NULL,
    erased_at        timestamptz
);

-- Whoever writes for a workspace shares this lock until the end of its transaction. Erasing first says DELETING, then takes the lock alone for a
-- moment: from then on nobody writes who did not see it, and whoever comes later is refused.
CREATE FUNCTION dlt.refuse_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('dlt alive ' || NEW.workspace, 0));
    IF EXISTS (SELECT 1 FROM dlt.workspace WHERE id = NEW.workspace AND state IN ('DELETING', 'DELETED')) THEN
        RAISE EXCEPTION 'workspace % is deleted', NEW.workspace USING ERRCODE = 'DLT01';
    END IF;
    RETURN NEW;
END
$$;

-- The workspace of a job is a generated column, which triggers do not see yet.
CREATE FUNCTION dlt.refuse_job_of_gone() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of bigint := split_part(NEW.task_instance, '/', 1)::bigint;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('dlt alive ' || of, 0));
    IF EXISTS (SELECT 1 FROM dlt.workspace WHERE id = of AND state IN ('DELETING', 'DELETED')) THEN
        RAISE EXCEPTION 'workspace % is deleted', of USING ERRCODE = 'DLT01';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER alive BEFORE INSERT ON dlt.outbox FOR EACH ROW EXECUTE FUNCTION dlt.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt.alert_history FOR EACH ROW EXECUTE FUNCTION dlt.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt.alert_status FOR EACH ROW EXECUTE FUNCTION dlt.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt.model_version FOR EACH ROW EXECUTE FUNCTION dlt.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt.connector FOR EACH ROW EXECUTE FUNCTION dlt.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt.workspace_history FOR EACH ROW EXECUTE FUNCTION dlt.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt.upgrade FOR EACH ROW EXECUTE FUNCTION dlt.refuse_gone();
CREATE TRIGGER alive BEFORE INSERT ON dlt.job FOR EACH ROW EXECUTE FUNCTION dlt.refuse_job_of_gone();
