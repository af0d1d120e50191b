-- What a workspace is pinned to changes: each change raises its revision and leaves a line of history.
ALTER TABLE dlt.template_version
    ADD COLUMN deprecated text;

ALTER TABLE dlt.workspace
    ADD COLUMN revision bigint NOT NULL DEFAULT 0,
    ADD COLUMN overlay  text,
    ADD COLUMN veiled   text[] NOT NULL DEFAULT '{}';

CREATE TABLE dlt.workspace_history (
    workspace        bigint      NOT NULL,
    revision         bigint      NOT NULL,
    since            timestamptz NOT NULL,
    template_version text        NOT NULL,
    parameters       jsonb       NOT NULL,
    zone             text        NOT NULL,
    placement        text        NOT NULL,
    overlay          text,
    veiled           text[]      NOT NULL,
    reason           text        NOT NULL,
    PRIMARY KEY (workspace, revision)
);
INSERT INTO dlt.workspace_history
SELECT id, 0, created_at, template_version, parameters, zone, placement, NULL, '{}', 'provisioned'
FROM dlt.workspace WHERE state <> 'DELETED';
