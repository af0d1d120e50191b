package io.datalifecycle.dlt.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.ConnectorHandle;
import io.datalifecycle.dlt.StoreHandle;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.spi.ConnectorSource;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds what is in the database to what was sent: every row once, in the table or in quarantine. */
final class Account {

    private final TestDatabase database;
    private final Workspace workspace;
    private final Feed feed;

    Account(TestDatabase database, Workspace workspace, Feed feed) {
        this.database = database;
        this.workspace = workspace;
        this.feed = feed;
    }

    void check() throws SQLException {
        checkRows();
        int bad = feed.bad().size();
        int repeats = feed.good().size() - feed.unique().size();
        assertThat(ledger(Plant.KEYED))
                .as("counts of the batches")
                .isEqualTo(feed.unique().size() + " " + repeats);
        assertThat(ledger(Plant.PLAIN))
                .as("counts of the batches")
                .isEqualTo(feed.good().size() + " 0");
        assertThat(feed.rows()).as("offered").isEqualTo(feed.unique().size() + repeats + bad);
        checkRollup();
    }

    /** Also that connectors stand behind the last row. */
    void checkFetched() throws SQLException {
        checkRows();
        checkRollup();
        for (String store : Plant.STORES) {
            ConnectorHandle files = workspace.connector(Plant.files(store));
            assertThat(files.run().offered())
                    .as("rows that " + files.key() + " still had")
                    .isZero();
            assertThat(files.lag()).map(ConnectorSource.Lag::waiting).contains(0L);
        }
    }

    private void checkRows() throws SQLException {
        List<Integer> keyed = new ArrayList<>(feed.unique());
        List<Integer> plain = new ArrayList<>(feed.good());
        assertThat(numbers(Plant.KEYED)).as("rows of the store with a key").isEqualTo(keyed);
        assertThat(numbers(Plant.PLAIN)).as("rows of the store without a key").isEqualTo(plain);
        for (String store : Plant.STORES) {
            assertThat(quarantined(store)).as("quarantine of " + store).containsExactlyInAnyOrderElementsOf(feed.bad());
        }
    }

    /** What was logged as touched leads the refresh to every row: the roll-up is that of the whole table. */
    void checkRollup() {
        workspace.featurestore(Plant.ROLLUP).refresh();
        assertThat(rollup()).as("roll-up after refresh").isEqualTo(feed.rollup());
        assertThat(workspace.featurestore(Plant.ROLLUP).recompute().written())
                .as("rows that only a recompute finds")
                .isZero();
    }

    private List<Integer> numbers(String store) {
        List<Integer> numbers = new ArrayList<>();
        read(workspace.datastore(store), rows -> {
            for (int row = 0; row < rows.size(); row++) {
                Map<String, Object> values = rows.row(row);
                int number = ((Long) values.get("n")).intValue();
                numbers.add(number);
                assertThat(values.get("value")).as("value of row " + number).isEqualTo(Feed.value(number));
                if (store.equals(Plant.KEYED)) {
                    assertThat(values.get("ts")).as("time of row " + number).isEqualTo(feed.at(number));
                    assertThat(values.get("asset_id"))
                            .as("asset of row " + number)
                            .isEqualTo(feed.asset(number));
                }
            }
        });
        numbers.sort(null);
        return numbers;
    }

    private Map<String, String> rollup() {
        Map<String, String> buckets = new TreeMap<>();
        read(workspace.featurestore(Plant.ROLLUP), rows -> {
            for (int row = 0; row < rows.size(); row++) {
                Map<String, Object> values = rows.row(row);
                Instant bucket = (Instant) values.get("bucket");
                buckets.put(
                        bucket + " " + values.get("asset_id"),
                        values.get("samples") + " " + ((Number) values.get("total")).longValue());
            }
        });
        return buckets;
    }

    private static void read(StoreHandle store, java.util.function.Consumer<RowBatch> rows) {
        store.extent().ifPresent(range -> store.rows(range, rows));
    }

    private List<String> quarantined(String store) {
        return workspace.datastore(store).quarantine().list(Integer.MAX_VALUE).stream()
                .map(entry -> entry.source() + ":" + entry.rejection().line())
                .toList();
    }

    /** Accepted and duplicate of all batches that are known. */
    private String ledger(String store) throws SQLException {
        String sql = "SELECT coalesce(sum(accepted), 0) || ' ' || coalesce(sum(duplicate), 0) FROM dlt_data.batch"
                + " WHERE workspace = ? AND store = ?";
        try (Connection connection = database.superuser().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            statement.setString(2, store);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
