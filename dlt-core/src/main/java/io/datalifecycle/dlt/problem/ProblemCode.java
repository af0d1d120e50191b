package io.datalifecycle.dlt.problem;

/**
 * The closed catalogue of what DLT complains about. 1000 language, 2000 plan and workspaces, 3000 ingest, 4000 metrics and
 * isolation, 5000 models, 6000 delivery, 7000 storage. Each has a heading in {@code docs/errors.md}.
 */
public enum ProblemCode {
    // 1000: the template language
    SYNTAX(1001),
    UNKNOWN_KEY(1002),
    MISSING_KEY(1003),
    WRONG_TYPE(1004),
    BAD_VALUE(1005),
    BAD_KEY(1006),
    DUPLICATE_KEY(1007),
    UNKNOWN_REFERENCE(1010),
    CYCLIC_REFERENCE(1011),
    UNKNOWN_PARAMETER(1012),
    UNKNOWN_COLUMN(1013),
    UNKNOWN_INPUT(1014),
    BAD_JSON_SCHEMA(1020),
    BAD_SQL(1021),
    BAD_EXPRESSION(1022),
    BAD_CRON(1023),
    NAME_COLLISION(1030),
    NAME_TOO_LONG(1031),
    RETENTION_TOO_SHORT(1032),
    BAD_REDIRECT(1033),
    UNUSED(1034),
    BAD_ROLLUP(1035),
    // 2000: plans, versions and workspaces
    VERSION_FROZEN(2001),
    TEMPLATE_NOT_FOUND(2002),
    WORKSPACE_NOT_FOUND(2003),
    WORKSPACE_EXISTS(2004),
    PARAMETER_MISSING(2005),
    PARAMETER_INVALID(2006),
    ITEM_NOT_FOUND(2007),
    PLAN_REFUSED(2008),
    WORKSPACE_CHANGED(2009),
    UPGRADE_RUNNING(2010),
    DOWNGRADE_REFUSED(2011),
    OVERLAY_CONFLICT(2012),
    WORKSPACE_STATE(2013),
    ARCHIVE_INVALID(2014),
    FLEET_STOPPED(2015),
    PLAN_OUTDATED(2016),
    INCLUDE_FAILED(2017),
    // 3000: ingest
    SOURCE_UNREADABLE(3001),
    ROW_SYNTAX(3002),
    ROW_INVALID(3003),
    ROW_OUT_OF_WINDOW(3004),
    ROW_NOT_STORABLE(3005),
    CSV_HEADER(3006),
    CHECKPOINT_CONFLICT(3007),
    CONNECTOR_UNKNOWN(3010),
    CONNECTOR_OPTION(3011),
    CONNECTOR_FAILED(3012),
    QUOTA_EXCEEDED(3013),
    SAMPLE_UNUSABLE(3014),
    // 4000: metrics and isolation
    INPUT_MISSING(4001),
    INPUT_INVALID(4002),
    QUERY_FAILED(4003),
    QUERY_TIMEOUT(4004),
    QUERY_REFUSED(4005),
    RESULT_MISMATCH(4006),
    EXPRESSION_FAILED(4007),
    REFRESH_FAILED(4010),
    REFRESH_TIMEOUT(4011),
    RUN_TAKEN_OVER(4012),
    CHECK_FAILED(4013),
    // 5000: models
    MODEL_NOT_TRAINED(5001),
    TRAINING_DATA(5002),
    MODEL_UNSAFE(5003),
    ALGORITHM_UNKNOWN(5004),
    MODEL_SIGNATURE(5005),
    MODEL_OPTION(5006),
    TRAINING_SET(5007),
    // 6000: delivery
    DELIVERY_FAILED(6001),
    ADDRESS_REFUSED(6002),
    CHANNEL_UNKNOWN(6003),
    RENDERING_FAILED(6004),
    EXPORT_FAILED(6005),
    // 7000: storage
    DATABASE_UNREACHABLE(7001),
    SCHEMA_OUTDATED(7002),
    GRANT_MISSING(7003),
    STORAGE_FAILED(7004),
    PLUGIN_CONFLICT(7005),
    CONFIGURATION(7006);

    private final int number;

    ProblemCode(int number) {
        this.number = number;
    }

    /** The number within its range, for instance 1010. */
    public int number() {
        return number;
    }

    /** As it is written in messages and in the docs: {@code DLT-1010}. */
    public String label() {
        return "DLT-" + number;
    }
}
