-- Upgrades of workspaces, how far each is, and what it was to do.
CREATE TABLE dlt.upgrade (
    id                bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace         bigint      NOT NULL,
    from_version      text        NOT NULL,
    from_revision     bigint      NOT NULL,
    to_version        text        NOT NULL,
    to_overlay        text,
    to_parameters     jsonb       NOT NULL,
    allow_destructive boolean     NOT NULL,
    plan              text        NOT NULL,
    stage             text        NOT NULL,
    error             text,
    started_at        timestamptz NOT NULL,
    ended_at          timestamptz
);
CREATE INDEX upgrade_workspace ON dlt.upgrade (workspace, id);
