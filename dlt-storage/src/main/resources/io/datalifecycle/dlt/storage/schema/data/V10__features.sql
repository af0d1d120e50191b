-- What has to be redone of each featurestore, and until when it was asked: what is older and not in todo is up to date.
CREATE TABLE dlt_data.feature (
    workspace  bigint         NOT NULL,
    store      text           NOT NULL,
    definition text           NOT NULL,
    todo       tstzmultirange NOT NULL DEFAULT '{}',
    asked      timestamptz,
    paused     boolean        NOT NULL DEFAULT false,
    fence      bigint         NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace, store)
);

-- One line per transaction of a refresh, written with its rows, and one per failure.
CREATE TABLE dlt_data.feature_run (
    id         bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace  bigint         NOT NULL,
    store      text           NOT NULL,
    kind       text           NOT NULL,
    started_at timestamptz    NOT NULL,
    took       bigint         NOT NULL,
    node       text           NOT NULL,
    template   text           NOT NULL,
    definition text           NOT NULL,
    processed  tstzmultirange NOT NULL,
    watermarks jsonb          NOT NULL,
    rows_in    bigint         NOT NULL,
    written    bigint         NOT NULL,
    removed    bigint         NOT NULL,
    error      text
);
CREATE INDEX feature_run_store ON dlt_data.feature_run (workspace, store, id);
