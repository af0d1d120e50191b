-- What checks of featurestores found, kept also when the rows they looked at were rolled back.
CREATE TABLE dlt_data.check_result (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace  bigint      NOT NULL,
    store      text        NOT NULL,
    "check"    text        NOT NULL,
    at         timestamptz NOT NULL,
    range_from timestamptz,
    range_to   timestamptz,
    failed     bigint      NOT NULL,
    passed     boolean     NOT NULL,
    blocked    boolean     NOT NULL,
    detail     text
);
CREATE INDEX check_result_check ON dlt_data.check_result (workspace, store, "check", id);
