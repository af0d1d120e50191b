-- Who takes in changes of which store now: a writer that still works with an earlier version logs for the new readers, too.
CREATE TABLE dlt_data.consumer (
    workspace bigint NOT NULL,
    source    text   NOT NULL,
    consumer  text   NOT NULL,
    PRIMARY KEY (workspace, source, consumer)
);

-- The revision that the tables of a workspace are of; and the upgrade that builds tables beside them, while it does.
CREATE TABLE dlt_data.workspace (
    workspace bigint PRIMARY KEY,
    revision  bigint NOT NULL,
    building  bigint
);

-- Columns and tables that no version in use declares any more; they wait for a way back, or for a purge.
CREATE TABLE dlt_data.hidden (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace  bigint      NOT NULL,
    store      text        NOT NULL,
    "column"   text,
    type       text,
    relation   text        NOT NULL,
    shape      text        NOT NULL,
    reason     text        NOT NULL,
    hidden_at  timestamptz NOT NULL
);
CREATE INDEX hidden_workspace ON dlt_data.hidden (workspace);
