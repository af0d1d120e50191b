package io.datalifecycle.dlt.storage.schema;

/** What is done about DLT's own tables when it is opened. */
public enum SchemaMode {
    /** They are created or brought up to date. */
    MIGRATE,
    /** They must be up to date already. */
    VALIDATE,
    /** Nothing is looked at. */
    OFF
}
