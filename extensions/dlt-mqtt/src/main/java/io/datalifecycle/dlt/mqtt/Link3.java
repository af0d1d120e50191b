package io.datalifecycle.dlt.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectBuilder;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import com.hivemq.client.mqtt.mqtt3.message.unsubscribe.Mqtt3Unsubscribe;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A connection by MQTT 3.1.1: the session lives as long as the broker is set to keep it. */
final class Link3 implements Link {

    private final Wish wish;
    private final InstantSource clock;
    private final Mqtt3AsyncClient client;

    Link3(Wish wish, InstantSource clock) {
        this.wish = wish;
        this.clock = clock;
        this.client = wish.builder().useMqttVersion3().buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, this::received, Runnable::run, true);
    }

    private void received(Mqtt3Publish publish) {
        wish.messages()
                .accept(new Message(
                        publish.getTopic().toString(),
                        publish.getPayloadAsBytes(),
                        publish.isRetain(),
                        clock.instant(),
                        publish::acknowledge));
    }

    @Override
    public CompletableFuture<Boolean> connect() {
        Mqtt3ConnectBuilder connect = Mqtt3Connect.builder().cleanSession(false);
        String user = wish.broker().user().orElse(null);
        if (user != null) {
            connect = connect.simpleAuth(Mqtt3SimpleAuth.builder()
                    .username(user)
                    .password(wish.broker().password())
                    .build());
        }
        return client.connect(connect.build()).thenApply(answer -> answer.isSessionPresent());
    }

    @Override
    public CompletableFuture<Void> subscribe(List<TopicFilter> topics) {
        MqttQos qos = wish.options().qos() == 2 ? MqttQos.EXACTLY_ONCE : MqttQos.AT_LEAST_ONCE;
        Mqtt3Subscribe subscribe = Mqtt3Subscribe.builder()
                .addSubscriptions(topics.stream()
                        .map(topic -> Mqtt3Subscription.builder()
                                .topicFilter(topic.filter())
                                .qos(qos)
                                .build()))
                .build();
        return client.subscribe(subscribe).thenAccept(answer -> {});
    }

    @Override
    public CompletableFuture<Void> unsubscribe(List<String> filters) {
        Mqtt3Unsubscribe unsubscribe = Mqtt3Unsubscribe.builder()
                .addTopicFilters(filters.stream().map(MqttTopicFilter::of))
                .build();
        return client.unsubscribe(unsubscribe);
    }

    @Override
    public CompletableFuture<Void> disconnect() {
        return client.disconnect();
    }
}
