package io.datalifecycle.dlt.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One connection to a broker, made once. */
interface Link {

    /** Connects; gives whether the broker still had our session. Messages may come before this returns. */
    CompletableFuture<Boolean> connect();

    /** Subscribes; fails when the broker refuses one of the topics. */
    CompletableFuture<Void> subscribe(List<TopicFilter> topics);

    /** Takes subscriptions back. */
    CompletableFuture<Void> unsubscribe(List<String> filters);

    /** Ends the connection, the session stays. */
    CompletableFuture<Void> disconnect();

    /**
     * What a connection needs. Immutable.
     *
     * @param broker where
     * @param options of the connector
     * @param client identifier of the session
     * @param window messages that may be unacknowledged
     * @param messages takes what comes; called by one of the client's threads, must not wait
     * @param lost called when the connection ends, for whatever reason
     */
    @SuppressWarnings("checkstyle:ParameterNumber") // one value each; made in one place
    record Wish(
            MqttBroker broker,
            MqttOptions options,
            String client,
            int window,
            Consumer<Message> messages,
            Runnable lost) {

        MqttClientBuilder builder() {
            MqttClientBuilder builder = MqttClient.builder()
                    .identifier(client)
                    .addDisconnectedListener(context -> lost.run())
                    .transportConfig()
                    .serverHost(broker.host())
                    .serverPort(broker.port())
                    .socketConnectTimeout(broker.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .mqttConnectTimeout(broker.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .applyTransportConfig();
            if (broker.isTls()) {
                builder = builder.sslConfig(MqttClientSslConfig.builder()
                        .trustManagerFactory(broker.trusted())
                        .keyManagerFactory(broker.own())
                        .build());
            }
            return builder;
        }
    }
}
