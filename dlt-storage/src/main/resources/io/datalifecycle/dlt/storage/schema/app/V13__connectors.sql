-- What connectors did, and which are paused. Where they stand is kept beside the rows, in dlt_data.checkpoint.
CREATE TABLE dlt.connector (
    workspace   bigint      NOT NULL,
    key         text        NOT NULL,
    paused      boolean     NOT NULL DEFAULT false,
    last_run_at timestamptz,
    failures    integer     NOT NULL DEFAULT 0,
    last_error  text,
    offered     bigint      NOT NULL DEFAULT 0,
    accepted    bigint      NOT NULL DEFAULT 0,
    duplicate   bigint      NOT NULL DEFAULT 0,
    rejected    bigint      NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace, key)
);
