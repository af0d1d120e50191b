package io.datalifecycle.dlt.examples.cli;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.connector.FileConnector;
import io.datalifecycle.dlt.connector.HttpConnector;
import io.datalifecycle.dlt.ml.MlPlugin;
import io.datalifecycle.dlt.notify.NotifyPlugin;
import io.datalifecycle.dlt.storage.PostgresStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where the databases are, from options and the environment; logins and passwords from the environment and files alone, for a command line is
 * there for everybody to read. Opened once for one command.
 */
final class Settings {

    private static final String APP_DB = "DLT_APP_DB";
    private static final String DATA_DB = "DLT_DATA_DB_";
    private static final Pattern SECRET = Pattern.compile("(?i).*([?&;](password|sslpassword|user)=|//[^/]*@).*");
    /** At most; they are made when they are needed. Fleets take three for each of up to 64 workspaces at once. */
    private static final int CONNECTIONS = 200;

    private static final long PATIENCE_MILLIS = 5_000;

    private final Map<String, String> environment;

    Settings(Map<String, String> environment) {
        this.environment = environment;
    }

    /** A value of the environment, or what stands in the file that {@code name_FILE} names. */
    private Optional<String> value(String name) {
        String file = environment.get(name + "_FILE");
        if (file == null) {
            return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
        }
        try {
            return Optional.of(Files.readString(Path.of(file)).strip());
        } catch (IOException e) {
            throw new SettingsException(name + "_FILE: the file it names cannot be read");
        }
    }

    /** The library on these databases; closing it closes their connections. */
    Opened open(Optional<String> appDb, Map<String, String> dataDbs) {
        appDb.ifPresent(url -> refuseSecrets("--app-db", url));
        dataDbs.values().forEach(url -> refuseSecrets("--data-db", url));
        String app = appDb.or(() -> value(APP_DB))
                .orElseThrow(() ->
                        new SettingsException("no database: give --app-db jdbc:postgresql://host:5432/name or set "
                                + APP_DB + ", DLT_APP_USER and DLT_APP_PASSWORD (or DLT_APP_PASSWORD_FILE)"));
        List<HikariDataSource> pools = new ArrayList<>();
        try {
            PostgresStorage.Builder storage = PostgresStorage.builder()
                    .appDatabase(pool(pools, app, value("DLT_APP_USER"), value("DLT_APP_PASSWORD")));
            places(dataDbs)
                    .forEach((name, url) -> storage.dataDatabase(name, pool(pools, url, user(name), password(name))));
            return new Opened(dlt(storage.build()), pools);
        } catch (RuntimeException e) {
            pools.forEach(HikariDataSource::close);
            throw e;
        }
    }

    private Dlt dlt(PostgresStorage storage) {
        Dlt.Builder builder = Dlt.builder()
                .storage(storage)
                .plugin(new MlPlugin())
                .plugin(notify(value("DLT_SMTP"), value("DLT_MAIL_FROM")))
                .connector(FileConnector.below(Path.of(value("DLT_FILES").orElse("."))));
        value("DLT_HTTP")
                .map(text -> text.split("\\s*,\\s*"))
                .ifPresent(origins -> builder.connector(HttpConnector.allowing(origins)));
        return builder.build();
    }

    private static NotifyPlugin notify(Optional<String> server, Optional<String> from) {
        if (server.isEmpty()) {
            return NotifyPlugin.ofDefaults();
        }
        String[] parts = server.get().split(":", 2);
        int port = parts.length == 2 && parts[1].matches("\\d{1,5}") ? Integer.parseInt(parts[1]) : 25;
        return NotifyPlugin.builder()
                .smtp(parts[0], port)
                .from(from.orElseThrow(
                        () -> new SettingsException("DLT_SMTP needs DLT_MAIL_FROM, the sender of all mail")))
                .build();
    }

    /** Those of options count more; of the environment in the order of their names. */
    private Map<String, String> places(Map<String, String> given) {
        if (!given.isEmpty()) {
            return given;
        }
        Map<String, String> places = new LinkedHashMap<>();
        new TreeMap<>(environment).forEach((name, url) -> {
            if (name.startsWith(DATA_DB)) {
                places.put(name.substring(DATA_DB.length()).toLowerCase(Locale.ROOT), url);
            }
        });
        return places;
    }

    private Optional<String> user(String place) {
        return value("DLT_DATA_USER_" + place.toUpperCase(Locale.ROOT)).or(() -> value("DLT_APP_USER"));
    }

    private Optional<String> password(String place) {
        return value("DLT_DATA_PASSWORD_" + place.toUpperCase(Locale.ROOT)).or(() -> value("DLT_APP_PASSWORD"));
    }

    private static void refuseSecrets(String option, String url) {
        if (SECRET.matcher(url).matches()) {
            throw new SettingsException(
                    option + ": holds a login, which everybody can read on a command line; set DLT_APP_USER"
                            + " and DLT_APP_PASSWORD or DLT_APP_PASSWORD_FILE instead");
        }
    }

    private static HikariDataSource pool(
            List<HikariDataSource> pools, String url, Optional<String> user, Optional<String> password) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new SettingsException(
                    "the address of a database is no PostgreSQL address; write it like jdbc:postgresql://host:5432/name");
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        user.ifPresent(config::setUsername);
        password.ifPresent(config::setPassword);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setInitializationFailTimeout(-1); // a server that is away is told by DLT, in its own words
        config.setConnectionTimeout(PATIENCE_MILLIS);
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    /**
     * The library and the pools below it.
     *
     * @param dlt the library
     * @param pools closed after it
     */
    record Opened(Dlt dlt, List<HikariDataSource> pools) implements AutoCloseable {
        @Override
        public void close() {
            dlt.close();
            pools.forEach(HikariDataSource::close);
        }
    }
}
