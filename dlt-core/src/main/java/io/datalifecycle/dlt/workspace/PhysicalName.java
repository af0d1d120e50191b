package io.datalifecycle.dlt.workspace;

import java.nio.charset.StandardCharsets;

/** Names of database objects, derived in this one place and never longer than PostgreSQL keeps. */
public final class PhysicalName {

    /** Longest name PostgreSQL keeps whole, in bytes. */
    public static final int MAX_BYTES = 63;

    /** Room left for the digits of a workspace's id in checks that have no workspace yet. */
    public static final int MAX_ID_DIGITS = 10;

    private PhysicalName() {}

    /** Table of a store: {@code sensor_data_wid7}. */
    public static String table(String storeKey, WorkspaceId id) {
        return checked(storeKey + "_wid" + id.value());
    }

    /** Table of a datastore's refused rows: {@code sensor_data_q_wid7}. */
    public static String quarantine(String storeKey, WorkspaceId id) {
        return checked(storeKey + "_q_wid" + id.value());
    }

    /** Table of what a featurestore's rows were before they changed: {@code pump_metrics_h_wid7}. */
    public static String history(String storeKey, WorkspaceId id) {
        return checked(storeKey + "_h_wid" + id.value());
    }

    /** View of a featurestore's declared columns, where its table holds more or its newest buckets come from its source: {@code pump_metrics_v_wid7}. */
    public static String view(String storeKey, WorkspaceId id) {
        return checked(storeKey + "_v_wid" + id.value());
    }

    /** View of the stored rows of a featurestore that is both realtime and has hidden columns: {@code pump_metrics_s_wid7}. */
    public static String stored(String storeKey, WorkspaceId id) {
        return checked(storeKey + "_s_wid" + id.value());
    }

    /** An index or partition of a table: table name and suffix. */
    public static String derived(String table, String suffix) {
        return checked(table + suffix);
    }

    /** NOLOGIN role that owns nothing but may read a workspace's tables: {@code dlt_<database>_w7} is built by storage from this stem. */
    public static String roleStem(WorkspaceId id) {
        return "w" + id.value();
    }

    /** Bytes of a name in UTF-8. */
    public static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String checked(String name) {
        if (bytes(name) > MAX_BYTES) {
            throw new IllegalArgumentException("name: " + name + " has more than " + MAX_BYTES + " bytes");
        }
        return name;
    }
}
