package io.datalifecycle.dlt.storage.metric;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which functions template SQL may call. Of PostgreSQL's own: those that are not volatile, less the ones that run SQL, look at settings,
 * catalogues, files or other sessions. Of extensions: the analytic functions of TimescaleDB that look at their arguments only.
 */
final class FunctionRules {

    private static final Pattern DENIED = Pattern.compile(
            "pg_.*|lo_.*|lo|.*to_xml.*|xpath_table|ts_stat|ts_rewrite|current_setting|set_config|has_.*_privilege|row_security_active|"
                    + "to_reg.*|inet_client_.*|inet_server_.*|txid_.*|current_database|current_schemas?|version|getdatabaseencoding|"
                    + "(obj|col|shobj)_description|currval|lastval|nextval|setval|dblink.*|acl.*|makeaclitem|getpgusername|"
                    + "(dense_)?currtid.*|query_to_.*|table_to_.*|cursor_to_.*|schema_to_.*|database_to_.*|binary_upgrade_.*|unique_key_recheck|"
                    + "suppress_redundant_updates_trigger|tsvector_update_trigger.*|statement_timestamp|clock_timestamp|timeofday|repeat|"
                    + "format_type|satisfies_hash_partition|get_current_ts_config|ts_debug|"
                    + "oidvectortypes|current_user|session_user|system_user|.*_validator");

    private static final Set<String> TIMESCALE = Set.of("time_bucket", "first", "last", "histogram");

    private FunctionRules() {}

    /**
     * A function that SQL calls.
     *
     * @param schema where it lives
     * @param name its name
     * @param volatility {@code i}, {@code s} or {@code v}
     * @param extension the extension it belongs to, empty for none
     * @param raw whether it takes or gives values as the server keeps them: {@code cstring} or {@code internal}
     */
    record Called(String schema, String name, char volatility, String extension, boolean raw) {}

    /** Empty when allowed, else why not. */
    static String problem(Called function) {
        if (!function.schema().equals("pg_catalog")) {
            // by extension, not by schema: a host may have a function named first of its own
            return function.extension().equals("timescaledb") && TIMESCALE.contains(function.name())
                    ? ""
                    : "only PostgreSQL's own functions are allowed";
        }
        if (function.volatility() == 'v') {
            return "functions that change something or answer differently every time are not allowed";
        }
        if (function.raw()) {
            return "it reads or writes values of any type by its number, and so shows names of others"; // array_in,
            // record_in
        }
        return DENIED.matcher(function.name()).matches() ? "it reaches beyond its arguments" : "";
    }
}
