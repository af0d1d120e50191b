package io.datalifecycle.dlt.mqtt;

import io.datalifecycle.dlt.connector.OptionReader;
import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ConnectorSource;
import io.datalifecycle.dlt.spi.ConnectorType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Connectors of type {@code mqtt}: messages of topics, by MQTT 3.1.1 or 5, from a persistent session, each acknowledged once its rows are
 * in. Templates name brokers that the host has given here and nothing else. Immutable but for the client identifiers in use, thread-safe.
 *
 * <pre>{@code
 * Dlt.builder().connector(MqttConnector.broker("plant", b -> b.host("broker.example.com").version5().user("dlt", secret).tls()))
 * }</pre>
 */
public final class MqttConnector implements ConnectorType {

    private final Map<String, MqttBroker> brokers;
    private final Map<String, Object> clients = new ConcurrentHashMap<>();

    private MqttConnector(Map<String, MqttBroker> brokers) {
        this.brokers = Collections.unmodifiableMap(new LinkedHashMap<>(brokers));
    }

    /**
     * One broker under the name that templates use.
     *
     * @throws IllegalArgumentException when the settings lack something, says what
     */
    public static MqttConnector broker(String name, Consumer<MqttBroker.Builder> settings) {
        return new MqttConnector(Map.of(name, MqttBroker.of(name, settings)));
    }

    /** The same with one more broker. */
    public MqttConnector and(String name, Consumer<MqttBroker.Builder> settings) {
        Map<String, MqttBroker> more = new LinkedHashMap<>(brokers);
        if (more.put(name, MqttBroker.of(name, settings)) != null) {
            throw new IllegalArgumentException("name: there is a broker " + name + " already");
        }
        return new MqttConnector(more);
    }

    @Override
    public String type() {
        return "mqtt";
    }

    @Override
    public List<Problem> check(Map<String, Object> options) {
        OptionReader reader = new OptionReader(options);
        String broker = MqttOptions.read(reader).broker();
        if (!broker.isEmpty() && !broker.contains("${") && !brokers.containsKey(broker)) {
            reader.wrong("broker", DidYouMean.hint(broker, brokers.keySet()));
        }
        return reader.problems();
    }

    @Override
    public ConnectorSource open(Opening opening) {
        OptionReader reader = new OptionReader(opening.options());
        MqttOptions options = MqttOptions.read(reader);
        reader.throwIfWrong(opening.connector());
        MqttBroker broker = brokers.get(options.broker());
        if (broker == null) {
            throw new DltException(
                    ProblemCode.CONNECTOR_FAILED,
                    "connector " + opening.connector() + ": there is no broker of that name; "
                            + DidYouMean.hint(options.broker(), brokers.keySet()));
        }
        options.topics().forEach(topic -> broker.refuseForeign(topic, opening));
        String client = options.clientId()
                .orElseGet(() -> broker.prefix() + "-" + opening.workspace() + "-" + opening.connector());
        String name = broker.name() + "/" + client;
        Object owner = List.of(opening.workspace(), opening.connector());
        Object holder = clients.putIfAbsent(name, owner);
        if (holder != null && !holder.equals(owner)) {
            throw new DltException(
                    ProblemCode.CONNECTOR_OPTION,
                    "connector " + opening.connector() + ": client_id " + client
                            + " is used by another connector, which would lose its session; leave client_id out or put"
                            + " a parameter of the workspace into it");
        }
        return new MqttSource(options, broker, opening, client, () -> clients.remove(name, owner));
    }
}
