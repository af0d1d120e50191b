package io.datalifecycle.dlt.benchmarks;

import io.datalifecycle.dlt.storage.metric.RoleNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The objects of a workspace of {@link Sites}, as somebody who writes SQL would make them: one text, sent as one, one commit, on a connection that is
 * open. Makes what the library makes, and nothing that the library keeps books about. Not thread-safe.
 */
final class ByHand {

    private static final String TABLES = """
            CREATE TABLE hand_sensor_data_$n (ts timestamptz NOT NULL, asset_id text NOT NULL, pressure double precision, flow double precision,
              vibration double precision, temperature double precision, running boolean, _extra jsonb)$cut(ts);
            $hyper(hand_sensor_data_$n, ts);
            CREATE UNIQUE INDEX ON hand_sensor_data_$n (ts, asset_id);
            CREATE TABLE hand_sensor_data_q_$n (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, line bigint NOT NULL, reasons jsonb NOT NULL,
              payload text NOT NULL, source text NOT NULL, template_version text NOT NULL, at timestamptz NOT NULL, expires_at timestamptz NOT NULL);
            CREATE INDEX ON hand_sensor_data_q_$n (expires_at);
            CREATE TABLE hand_work_orders_$n (opened_at timestamptz NOT NULL, asset_id text NOT NULL, note text, hours double precision, _extra jsonb)$cut(opened_at);
            $hyper(hand_work_orders_$n, opened_at);
            CREATE INDEX ON hand_work_orders_$n USING brin (opened_at);
            CREATE TABLE hand_work_orders_q_$n (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, line bigint NOT NULL, reasons jsonb NOT NULL,
              payload text NOT NULL, source text NOT NULL, template_version text NOT NULL, at timestamptz NOT NULL, expires_at timestamptz NOT NULL);
            CREATE INDEX ON hand_work_orders_q_$n (expires_at);
            CREATE TABLE hand_metrics_10min_$n (bucket timestamptz NOT NULL, asset_id text NOT NULL, pressure_avg double precision,
              flow_avg double precision, vibration_max double precision, samples bigint,
              "~pressure_avg~n" bigint, "~pressure_avg~sum" double precision)$cut(bucket);
            $hyper(hand_metrics_10min_$n, bucket);
            CREATE UNIQUE INDEX ON hand_metrics_10min_$n (bucket, asset_id);
            CREATE VIEW hand_metrics_10min_v_$n AS SELECT bucket, asset_id, pressure_avg, flow_avg, vibration_max, samples FROM hand_metrics_10min_$n;
            CREATE TABLE hand_metrics_hour_$n (bucket timestamptz NOT NULL, asset_id text NOT NULL, pressure_avg double precision,
              vibration_max double precision, samples bigint)$cut(bucket);
            $hyper(hand_metrics_hour_$n, bucket);
            CREATE UNIQUE INDEX ON hand_metrics_hour_$n (bucket, asset_id);
            CREATE TABLE hand_work_daily_$n (bucket timestamptz NOT NULL, asset_id text NOT NULL, hours double precision, orders bigint)$cut(bucket);
            $hyper(hand_work_daily_$n, bucket);
            CREATE UNIQUE INDEX ON hand_work_daily_$n (bucket, asset_id);
            CREATE TABLE hand_oddness_$n (bucket timestamptz NOT NULL, asset_id text NOT NULL, score double precision, is_anomaly boolean,
              explanation jsonb)$cut(bucket);
            $hyper(hand_oddness_$n, bucket);
            CREATE UNIQUE INDEX ON hand_oddness_$n (bucket, asset_id);
            """;

    private static final String RIGHTS = """
            CREATE ROLE $role NOLOGIN NOINHERIT;
            GRANT $role TO CURRENT_USER$options;
            GRANT USAGE, CREATE ON SCHEMA dlt_cage TO $role;
            SET LOCAL ROLE $role;
            CREATE FUNCTION dlt_cage.hand_$n (q text, p text[], t timestamptz[]) RETURNS SETOF record LANGUAGE plpgsql STABLE SECURITY DEFINER
              SET search_path = pg_catalog, public, pg_temp SET work_mem = '16MB' AS $$ BEGIN RETURN QUERY EXECUTE q USING p, t; END $$;
            REVOKE ALL ON FUNCTION dlt_cage.hand_$n FROM PUBLIC;
            GRANT EXECUTE ON FUNCTION dlt_cage.hand_$n TO $runner, $owner;
            RESET ROLE;
            REVOKE USAGE, CREATE ON SCHEMA dlt_cage FROM $role;
            GRANT SELECT ON hand_sensor_data_$n, hand_work_orders_$n, hand_metrics_10min_v_$n, hand_metrics_hour_$n, hand_work_daily_$n,
              hand_oddness_$n TO $role;
            """;

    private final Connection connection;
    private final RoleNames names;
    private final boolean timescale;
    private final String owner;
    private final String options;

    ByHand(Connection connection, boolean timescale) throws SQLException {
        this.connection = connection;
        this.timescale = timescale;
        this.names = RoleNames.of(connection);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT current_user, current_setting('server_version_num')::int")) {
            row.next();
            owner = row.getString(1);
            options = row.getInt(2) >= 160_000 ? " WITH SET TRUE, INHERIT FALSE" : "";
        }
        connection.commit();
    }

    /** Makes the objects of one workspace. */
    void make(int number) throws SQLException {
        String sql = (cut() + RIGHTS)
                .replace("$role", names.stem() + "_hand" + number)
                .replace("$runner", names.runner())
                .replace("$owner", owner)
                .replace("$options", options)
                .replace("$n", Integer.toString(number));
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        connection.commit();
    }

    private String cut() {
        return timescale
                ? TABLES.replaceAll("\\$cut\\(\\w+\\)", "")
                        .replaceAll(
                                "\\$hyper\\((\\S+), (\\w+)\\)",
                                "SELECT create_hypertable('$1'::regclass, by_range('$2', interval '7 days'), create_default_indexes => false)")
                : TABLES.replace("$cut", " PARTITION BY RANGE ").replaceAll("\\$hyper\\(\\S+, \\w+\\);\\s*", "");
    }
}
