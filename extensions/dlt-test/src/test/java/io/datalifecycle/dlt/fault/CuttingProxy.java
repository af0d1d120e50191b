package io.datalifecycle.dlt.fault;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A TCP proxy before the database that cuts its connections where it is told to. Thread-safe. */
final class CuttingProxy implements Closeable {

    private static final byte[] COMMIT = "COMMIT".getBytes(StandardCharsets.US_ASCII);

    /** Where it cuts. */
    enum Place {
        /** After so many bytes to the server. */
        UP,
        /** After so many bytes from the server. */
        DOWN,
        /** When a COMMIT comes: the server never sees it. */
        BEFORE_COMMIT,
        /** When the server answers a COMMIT: it is done, and the client does not know. */
        AFTER_COMMIT
    }

    /** A cut to come; bytes are counted over all connections from when it is armed. */
    private static final class Cut {
        final Place place;
        final boolean reset;
        long left;
        boolean committing;

        Cut(Place place, long bytes, boolean reset) {
            this.place = place;
            this.left = bytes;
            this.reset = reset;
        }
    }

    private final String host;
    private final int port;
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Cut> armed = new AtomicReference<>();

    CuttingProxy(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /**
     * Cuts all connections once.
     *
     * @param bytes how many pass before, at {@link Place#UP} and {@link Place#DOWN}; a COMMIT passes {@code bytes} times before it counts
     * @param reset whether the peers see a reset instead of an end
     */
    void arm(Place place, long bytes, boolean reset) {
        armed.set(new Cut(place, bytes, reset));
    }

    /** Whether the cut has come. */
    boolean hasCut() {
        return armed.get() == null;
    }

    /** Takes back a cut that has not come. */
    void disarm() {
        armed.set(null);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket server = new Socket(host, port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                threads.execute(() -> pass(client, server, true));
                threads.execute(() -> pass(server, client, false));
            } catch (IOException e) {
                // closed, or the server is away: the client sees it
            }
        }
    }

    private void pass(Socket from, Socket to, boolean up) {
        byte[] buffer = new byte[8_192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                Cut cut = armed.get();
                int passing = cut == null ? read : passing(cut, buffer, read, up);
                out.write(buffer, 0, passing);
                out.flush();
                if (cut != null && passing < read && armed.compareAndSet(cut, null)) {
                    cutAll(cut.reset);
                }
            }
        } catch (IOException e) {
            // one side is gone: so is the other
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** How many of the bytes still pass; fewer than read for the cut. */
    private static int passing(Cut cut, byte[] buffer, int read, boolean up) {
        synchronized (cut) {
            switch (cut.place) {
                case UP, DOWN -> {
                    if (up == (cut.place == Place.UP)) {
                        int passing = (int) Math.min(cut.left, read);
                        cut.left -= passing;
                        return passing;
                    }
                }
                case BEFORE_COMMIT -> {
                    int at = up ? indexOfCommit(buffer, read) : -1;
                    if (at >= 0 && cut.left-- <= 0) {
                        return at;
                    }
                }
                case AFTER_COMMIT -> {
                    if (up && indexOfCommit(buffer, read) >= 0 && cut.left-- <= 0) {
                        cut.committing = true;
                    } else if (!up && cut.committing && indexOfCommit(buffer, read) >= 0) {
                        return 0; // the server tells COMMIT when it has committed
                    }
                }
            }
            return read;
        }
    }

    private static int indexOfCommit(byte[] buffer, int length) {
        for (int i = 0; i + COMMIT.length <= length; i++) {
            if (java.util.Arrays.equals(buffer, i, i + COMMIT.length, COMMIT, 0, COMMIT.length)) {
                return i;
            }
        }
        return -1;
    }

    private void cutAll(boolean reset) throws IOException {
        for (Socket socket : open) {
            if (reset) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
