package io.datalifecycle.dlt.mqtt;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ConnectorType.Opening;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** How a broker is reached, as the host says. Immutable, thread-safe; it never shows the password. */
public final class MqttBroker {

    /** What a client may at most have unacknowledged. */
    static final int ANY = 65_535;

    private final String name;
    private final String host;
    private final int port;
    private final boolean version5;
    private final boolean tls;
    private final @Nullable TrustManagerFactory trusted;
    private final @Nullable KeyManagerFactory own;
    private final @Nullable String user;
    private final Supplier<String> password;
    private final Duration timeout;
    private final String prefix;
    private final List<String> allowed;
    private final int receiveMaximum;
    private final int buffer;

    private MqttBroker(String name, Builder from) {
        this.name = name;
        this.host = from.host;
        this.port = from.port > 0 ? from.port : from.tls ? 8883 : 1883;
        this.version5 = from.version5;
        this.tls = from.tls;
        this.trusted = from.trusted;
        this.own = from.own;
        this.user = from.user;
        this.password = from.password;
        this.timeout = from.timeout;
        this.prefix = from.prefix;
        this.allowed = from.allowed;
        this.receiveMaximum = from.receiveMaximum;
        this.buffer = from.buffer;
    }

    static MqttBroker of(String name, Consumer<Builder> settings) {
        Builder builder = new Builder();
        settings.accept(builder);
        if (name.isBlank() || builder.host.isBlank()) {
            throw new IllegalArgumentException("broker: a name and a host are needed");
        }
        return new MqttBroker(name, builder);
    }

    String name() {
        return name;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    boolean isVersion5() {
        return version5;
    }

    boolean isTls() {
        return tls;
    }

    @Nullable
    TrustManagerFactory trusted() {
        return trusted;
    }

    @Nullable
    KeyManagerFactory own() {
        return own;
    }

    Optional<String> user() {
        return Optional.ofNullable(user);
    }

    byte[] password() {
        return password.get().getBytes(StandardCharsets.UTF_8);
    }

    Duration timeout() {
        return timeout;
    }

    String prefix() {
        return prefix;
    }

    int receiveMaximum() {
        return receiveMaximum;
    }

    int buffer() {
        return buffer;
    }

    /** Throws {@code CONNECTOR_FAILED} for topics that the host has not opened to this workspace. */
    void refuseForeign(TopicFilter topic, Opening opening) {
        boolean open = allowed.isEmpty()
                || allowed.stream()
                        .map(text -> text.replace("{workspace}", opening.workspace()))
                        .anyMatch(text -> TopicFilter.covers(text, topic.filter()));
        if (!open) {
            throw new DltException(
                    ProblemCode.CONNECTOR_FAILED,
                    "connector " + opening.connector() + ": topic " + topic.filter()
                            + " is not open to this workspace; name another or have the host allow it (topics of the"
                            + " broker)");
        }
    }

    @Override
    public String toString() {
        return (tls ? "mqtts://" : "mqtt://") + host + ":" + port;
    }

    /** Settings of a broker. Not thread-safe. */
    public static final class Builder {

        private String host = "";
        private int port;
        private boolean version5;
        private boolean tls;
        private @Nullable TrustManagerFactory trusted;
        private @Nullable KeyManagerFactory own;
        private @Nullable String user;
        private Supplier<String> password = () -> "";
        private Duration timeout = Duration.ofSeconds(10);
        private String prefix = "dlt";
        private List<String> allowed = List.of();
        private int receiveMaximum = ANY;
        private int buffer = 64 << 20;

        private Builder() {}

        /** Name or address of the machine. Needed. */
        public Builder host(String value) {
            host = value;
            return this;
        }

        /** 1883 when not given, 8883 with TLS. */
        public Builder port(int value) {
            if (value < 1 || value > 65_535) {
                throw new IllegalArgumentException("port: 1 to 65535 is expected");
            }
            port = value;
            return this;
        }

        /** Speaks MQTT 5; MQTT 3.1.1 when not called. */
        public Builder version5() {
            version5 = true;
            return this;
        }

        /** Who logs in. */
        public Builder user(String value, String password) {
            return user(value, () -> password);
        }

        /** Who logs in, with a password that is asked for at each connection. */
        public Builder user(String value, Supplier<String> password) {
            this.user = value;
            this.password = password;
            return this;
        }

        /** Encrypted, trusting whom this Java trusts. */
        public Builder tls() {
            tls = true;
            return this;
        }

        /** Encrypted, trusting these authorities. */
        public Builder tls(TrustManagerFactory authorities) {
            trusted = authorities;
            return tls();
        }

        /** Encrypted, trusting these authorities and showing a certificate of our own. */
        public Builder tls(TrustManagerFactory authorities, KeyManagerFactory certificate) {
            own = certificate;
            return tls(authorities);
        }

        /** How long the broker may take to answer; 10 seconds when not given. */
        public Builder timeout(Duration value) {
            if (value.compareTo(Duration.ofMillis(100)) < 0 || value.compareTo(Duration.ofMinutes(5)) > 0) {
                throw new IllegalArgumentException("timeout: 100 ms to 5 minutes is expected");
            }
            timeout = value;
            return this;
        }

        /**
         * How client identifiers begin that templates do not name; {@code dlt} when not given. Installations that share a broker need
         * different ones, or they throw each other out.
         */
        public Builder clientPrefix(String value) {
            prefix = value;
            return this;
        }

        /**
         * Topics that templates may read, as filters in which {@code {workspace}} is the workspace's key: {@code site/{workspace}/#}.
         * All that the login may read when not given.
         */
        public Builder topics(String... filters) {
            allowed = Stream.of(filters).toList();
            return this;
        }

        /**
         * How many messages the broker may send unacknowledged, 1 to 65535, MQTT 5 only. Left to the broker when not given; some send more
         * than they were asked to, Mosquitto 2.0.11 for one, which costs a new connection.
         */
        public Builder receiveMaximum(int value) {
            if (value < 1 || value > ANY) {
                throw new IllegalArgumentException("receiveMaximum: 1 to 65535 is expected");
            }
            receiveMaximum = value;
            return this;
        }

        /**
         * Bytes of messages that are kept in memory for a connector until it reads them; 64 MiB when not given. A broker that sends more
         * sends it again, after a new connection.
         */
        public Builder buffer(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("buffer: 1 or more is expected");
            }
            buffer = bytes;
            return this;
        }
    }
}
