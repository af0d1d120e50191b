-- Trained models, states and history of alerts, and messages on their way out.
CREATE TABLE dlt.model_version (
    workspace  bigint      NOT NULL,
    model      text        NOT NULL,
    number     integer     NOT NULL,
    algorithm  text        NOT NULL,
    format     text        NOT NULL,
    content    bytea       NOT NULL,
    sha256     text        NOT NULL,
    signature  text        NOT NULL,
    metrics    jsonb       NOT NULL,
    provenance jsonb       NOT NULL,
    trained_at timestamptz NOT NULL,
    champion   boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (workspace, model, number)
);
CREATE UNIQUE INDEX model_champion ON dlt.model_version (workspace, model) WHERE champion;

CREATE TABLE dlt.alert_status (
    workspace       bigint           NOT NULL,
    alert           text             NOT NULL,
    labels          jsonb            NOT NULL,
    state           text             NOT NULL,
    since           timestamptz      NOT NULL,
    condition_since timestamptz,
    value           double precision NOT NULL,
    last_row_at     timestamptz,
    evaluated_at    timestamptz      NOT NULL,
    detail          text             NOT NULL,
    PRIMARY KEY (workspace, alert, labels)
);

CREATE TABLE dlt.alert_history (
    id         bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace  bigint           NOT NULL,
    alert      text             NOT NULL,
    labels     jsonb            NOT NULL,
    from_state text             NOT NULL,
    to_state   text             NOT NULL,
    at         timestamptz      NOT NULL,
    value      double precision NOT NULL
);
CREATE INDEX alert_history_time ON dlt.alert_history (workspace, at);

CREATE TABLE dlt.outbox (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace    bigint      NOT NULL,
    kind         text        NOT NULL,
    item         text        NOT NULL,
    channel      text        NOT NULL,
    recipient    text        NOT NULL,
    once         text        NOT NULL,
    payload      text        NOT NULL,
    created_at   timestamptz NOT NULL,
    state        text        NOT NULL,
    attempts     integer     NOT NULL DEFAULT 0,
    due_at       timestamptz NOT NULL,
    last_error   text        NOT NULL DEFAULT '',
    receipt      text        NOT NULL DEFAULT '',
    delivered_at timestamptz,
    UNIQUE (workspace, once, channel, recipient)
);
CREATE INDEX outbox_due ON dlt.outbox (due_at) WHERE state = 'WAITING';

CREATE TABLE dlt.outbox_file (
    outbox       bigint  NOT NULL REFERENCES dlt.outbox (id) ON DELETE CASCADE,
    ordinal      integer NOT NULL,
    id           text    NOT NULL,
    content_type text    NOT NULL,
    content      bytea   NOT NULL,
    title        text    NOT NULL,
    inline       boolean NOT NULL,
    PRIMARY KEY (outbox, ordinal)
);
