-- When each store was last written or refreshed; written beside the rows, at most every ten seconds per node.
CREATE TABLE dlt_data.pulse (
    workspace bigint      NOT NULL,
    item      text        NOT NULL,
    at        timestamptz NOT NULL,
    PRIMARY KEY (workspace, item)
);
