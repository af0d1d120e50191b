-- What must commit together with rows: what they touched, where a reader stands, which batches are in.
CREATE TABLE dlt_data.touched (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace  bigint      NOT NULL,
    consumer   text        NOT NULL,
    source     text        NOT NULL,
    range_from timestamptz NOT NULL,
    range_to   timestamptz NOT NULL
);
CREATE INDEX touched_consumer ON dlt_data.touched (workspace, consumer, id);

CREATE TABLE dlt_data.checkpoint (
    workspace bigint NOT NULL,
    name      text   NOT NULL,
    position  text   NOT NULL,
    PRIMARY KEY (workspace, name)
);

CREATE TABLE dlt_data.checkpoint_state (
    workspace bigint NOT NULL,
    name      text   NOT NULL,
    part      text   NOT NULL,
    content   bytea  NOT NULL,
    PRIMARY KEY (workspace, name, part)
);

CREATE TABLE dlt_data.batch (
    workspace bigint      NOT NULL,
    store     text        NOT NULL,
    id        text        NOT NULL,
    accepted  bigint      NOT NULL,
    duplicate bigint      NOT NULL,
    written_at timestamptz NOT NULL,
    PRIMARY KEY (workspace, store, id)
);
