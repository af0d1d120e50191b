package io.datalifecycle.dlt.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A connection by MQTT 5: the broker holds back what exceeds the receive maximum. */
final class Link5 implements Link {

    private final Wish wish;
    private final InstantSource clock;
    private final Mqtt5AsyncClient client;

    Link5(Wish wish, InstantSource clock) {
        this.wish = wish;
        this.clock = clock;
        this.client = wish.builder().useMqttVersion5().buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, this::received, Runnable::run, true);
    }

    private void received(Mqtt5Publish publish) {
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
        Mqtt5ConnectBuilder connect = Mqtt5Connect.builder()
                .cleanStart(false)
                .sessionExpiryInterval(wish.options().session().toSeconds())
                .restrictions()
                .receiveMaximum(wish.window())
                .applyRestrictions();
        String user = wish.broker().user().orElse(null);
        if (user != null) {
            connect = connect.simpleAuth(Mqtt5SimpleAuth.builder()
                    .username(user)
                    .password(wish.broker().password())
                    .build());
        }
        return client.connect(connect.build()).thenApply(answer -> answer.isSessionPresent());
    }

    @Override
    public CompletableFuture<Void> subscribe(List<TopicFilter> topics) {
        MqttQos qos = wish.options().qos() == 2 ? MqttQos.EXACTLY_ONCE : MqttQos.AT_LEAST_ONCE;
        Mqtt5RetainHandling retained =
                wish.options().retained() ? Mqtt5RetainHandling.SEND : Mqtt5RetainHandling.DO_NOT_SEND;
        Mqtt5Subscribe subscribe = Mqtt5Subscribe.builder()
                .addSubscriptions(topics.stream()
                        .map(topic -> Mqtt5Subscription.builder()
                                .topicFilter(topic.filter())
                                .qos(qos)
                                .retainHandling(retained)
                                .build()))
                .build();
        return client.subscribe(subscribe).thenAccept(answer -> {});
    }

    @Override
    public CompletableFuture<Void> unsubscribe(List<String> filters) {
        Mqtt5Unsubscribe unsubscribe = Mqtt5Unsubscribe.builder()
                .addTopicFilters(filters.stream().map(MqttTopicFilter::of))
                .build();
        return client.unsubscribe(unsubscribe).thenAccept(answer -> {});
    }

    @Override
    public CompletableFuture<Void> disconnect() {
        return client.disconnect();
    }
}
