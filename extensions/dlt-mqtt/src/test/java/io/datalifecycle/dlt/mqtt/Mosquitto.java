package io.datalifecycle.dlt.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A real broker on a loopback port, which keeps sessions over a restart. Needs the package mosquitto. */
final class Mosquitto implements AutoCloseable {

    private static final List<Path> PLACES = Stream.of(
                    "/usr/sbin/mosquitto",
                    "/usr/bin/mosquitto",
                    "/usr/local/sbin/mosquitto",
                    "/opt/homebrew/sbin/mosquitto")
            .map(Path::of)
            .toList();

    private final Path binary;
    private final Path directory;
    private final int port;
    private Process process;

    /** @param lines of its configuration beyond port and persistence */
    Mosquitto(Path directory, String... lines) throws IOException {
        this.binary = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        Assumptions.assumeTrue(binary != null, "there is no mosquitto on this machine: apt-get install mosquitto");
        this.directory = directory;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        Files.write(
                directory.resolve("mosquitto.conf"),
                Stream.concat(
                                Stream.of(
                                        "listener " + port + " 127.0.0.1",
                                        "allow_anonymous true",
                                        "persistence true",
                                        "persistence_location " + directory + "/",
                                        "max_queued_messages 0",
                                        "user root"),
                                Stream.of(lines))
                        .toList());
        start();
    }

    void start() {
        try {
            process = new ProcessBuilder(
                            binary.toString(),
                            "-c",
                            directory.resolve("mosquitto.conf").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::answers);
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Ends it; it writes down its sessions. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    int port() {
        return port;
    }

    /** Publishes and waits until the broker has all. */
    void publish(boolean retain, List<String> topics, List<String> payloads) {
        Mqtt5BlockingClient client = MqttClient.builder()
                .useMqttVersion5()
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildBlocking();
        client.connect();
        for (int i = 0; i < topics.size(); i++) {
            client.publishWith()
                    .topic(topics.get(i))
                    .qos(MqttQos.EXACTLY_ONCE)
                    .retain(retain)
                    .payload(payloads.get(i).getBytes(StandardCharsets.UTF_8))
                    .send();
        }
        client.disconnect();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
