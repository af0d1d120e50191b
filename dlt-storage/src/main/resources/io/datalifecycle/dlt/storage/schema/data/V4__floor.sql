-- Up to where rows of a store may have gone by retention; what was derived from them stays as it is.
CREATE TABLE dlt_data.floor (
    workspace      bigint      NOT NULL,
    store          text        NOT NULL,
    dropped_before timestamptz NOT NULL,
    PRIMARY KEY (workspace, store)
);
