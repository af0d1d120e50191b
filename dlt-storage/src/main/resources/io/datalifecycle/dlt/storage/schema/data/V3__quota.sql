-- Limits of workspaces, and for those with a limit of rows a count: a line for each batch, so that writers do not wait for each other.
CREATE TABLE dlt_data.quota (
    workspace     bigint PRIMARY KEY,
    rate_soft     bigint,
    rate_hard     bigint,
    rows_soft     bigint,
    rows_hard     bigint,
    bytes_soft    bigint,
    bytes_hard    bigint
);

CREATE TABLE dlt_data.usage (
    workspace bigint NOT NULL,
    rows      bigint NOT NULL
);
CREATE INDEX usage_workspace ON dlt_data.usage (workspace);
