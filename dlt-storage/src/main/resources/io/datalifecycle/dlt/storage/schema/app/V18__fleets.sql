-- Upgrades of many workspaces of a template: how each run stands, and how far each workspace is. Lines stay when a workspace is erased, as its
-- record does; what a canary found in it goes.
CREATE TABLE dlt.fleet_run (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    template   text        NOT NULL,
    to_version text        NOT NULL,
    settings   jsonb       NOT NULL,
    phase      text        NOT NULL,
    reason     text        NOT NULL,
    due_at     timestamptz NOT NULL,
    tried      boolean     NOT NULL,
    back       boolean     NOT NULL,
    findings   jsonb       NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at   timestamptz
);
CREATE UNIQUE INDEX fleet_run_open ON dlt.fleet_run (template) WHERE ended_at IS NULL;

CREATE TABLE dlt.fleet_member (
    run           bigint      NOT NULL REFERENCES dlt.fleet_run,
    workspace     bigint      NOT NULL,
    position      integer     NOT NULL,
    key           text        NOT NULL,
    wave          integer     NOT NULL,
    state         text        NOT NULL,
    from_version  text        NOT NULL,
    from_revision bigint      NOT NULL,
    error         text,
    started_at    timestamptz,
    ended_at      timestamptz,
    PRIMARY KEY (run, workspace)
);

-- Texts of failures and of what a canary found may show values of rows. From the moment a workspace is being erased none is written of it, with the
-- lock of dlt.refuse_gone(); erasing says so itself of what was written before.
CREATE FUNCTION dlt.hush_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('dlt alive ' || NEW.workspace, 0));
    IF NEW.error IS NOT NULL AND EXISTS
            (SELECT 1 FROM dlt.workspace WHERE id = NEW.workspace AND state IN ('DELETING', 'DELETED')) THEN
        NEW.error := 'was deleted';
    END IF;
    RETURN NEW;
END
$$;

-- That a workspace itself is missing is no value of it.
CREATE FUNCTION dlt.hush_findings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('dlt alive ' || m.workspace, 0)) FROM dlt.fleet_member AS m
    WHERE m.run = NEW.id AND m.key IN (SELECT f ->> 'workspace' FROM jsonb_array_elements(NEW.findings) AS f);
    NEW.findings := coalesce(
        (SELECT jsonb_agg(f) FROM jsonb_array_elements(NEW.findings) AS f WHERE f ->> 'what' = 'the workspace' OR NOT EXISTS
            (SELECT 1 FROM dlt.fleet_member AS m JOIN dlt.workspace AS w ON w.id = m.workspace
             WHERE m.run = NEW.id AND m.key = f ->> 'workspace' AND w.state IN ('DELETING', 'DELETED'))), '[]');
    RETURN NEW;
END
$$;

CREATE TRIGGER alive BEFORE INSERT OR UPDATE OF error ON dlt.fleet_member FOR EACH ROW EXECUTE FUNCTION dlt.hush_member();
CREATE TRIGGER alive BEFORE UPDATE OF findings ON dlt.fleet_run FOR EACH ROW WHEN (NEW.findings <> '[]') EXECUTE FUNCTION dlt.hush_findings();
