-- Published templates and the workspaces made from them.
CREATE TABLE dlt.template_version (
    key          text        NOT NULL,
    version      text        NOT NULL,
    hash         text        NOT NULL,
    canonical    text        NOT NULL,
    published_at timestamptz NOT NULL,
    ordinal      bigint      GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (key, version)
);

CREATE TABLE dlt.workspace (
    id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key              text        NOT NULL,
    template_key     text        NOT NULL,
    template_version text        NOT NULL,
    parameters       jsonb       NOT NULL,
    zone             text        NOT NULL,
    placement        text        NOT NULL,
    state            text        NOT NULL,
    created_at       timestamptz NOT NULL,
    FOREIGN KEY (template_key, template_version) REFERENCES dlt.template_version (key, version)
);

-- A key is free again once its workspace is deleted; an id never is.
CREATE UNIQUE INDEX workspace_key ON dlt.workspace (key) WHERE state <> 'DELETED';
