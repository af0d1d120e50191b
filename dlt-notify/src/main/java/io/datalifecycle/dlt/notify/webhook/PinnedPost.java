package io.datalifecycle.dlt.notify.webhook;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One HTTP/1.1 POST to an address that was resolved and checked before. The JDK's clients look the name up again when they connect,
 * which lets a name server answer differently the second time; here the checked address itself is connected to, and TLS still verifies
 * the name. No redirects, no keep-alive, the answer's body is not read.
 */
final class PinnedPost {

    private static final int MAX_STATUS_LINE = 512;

    private PinnedPost() {}

    /** Status of the answer. */
    static int send(URI url, InetAddress address, Map<String, String> headers, byte[] body, Duration timeout)
            throws IOException {
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
        int millis = Math.toIntExact(timeout.toMillis());
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address, port), millis);
            plain.setSoTimeout(millis);
            if (!tls) {
                return exchange(plain, url, headers, body);
            }
            try (SSLSocket secure = (SSLSocket)
                    ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, url.getHost(), port, true)) {
                SSLParameters parameters = secure.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                if (!url.getHost().matches("[0-9.]+|\\[.*")) {
                    parameters.setServerNames(List.of(new SNIHostName(url.getHost())));
                }
                secure.setSSLParameters(parameters);
                secure.startHandshake();
                return exchange(secure, url, headers, body);
            }
        }
    }

    private static int exchange(Socket socket, URI url, Map<String, String> headers, byte[] body) throws IOException {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        StringBuilder head = new StringBuilder();
        head.append("POST ").append(path).append(query).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(url.getRawAuthority()).append("\r\n");
        head.append("Content-Length: ").append(body.length).append("\r\n");
        head.append("Connection: close\r\n");
        headers.forEach((name, value) ->
                head.append(name).append(": ").append(oneLine(value)).append("\r\n"));
        head.append("\r\n");
        OutputStream out = socket.getOutputStream();
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
        return status(new BufferedInputStream(socket.getInputStream(), MAX_STATUS_LINE));
    }

    private static String oneLine(String value) {
        return value.replaceAll("[\\r\\n\\x00]", " ");
    }

    private static int status(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n' && line.length() < MAX_STATUS_LINE; c = in.read()) {
            line.append((char) c);
        }
        String[] words = line.toString().strip().split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5][0-9][0-9]")) {
            throw new IOException("the answer is not HTTP");
        }
        return Integer.parseInt(words[1]);
    }
}
