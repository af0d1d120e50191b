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
