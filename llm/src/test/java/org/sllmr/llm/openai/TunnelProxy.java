// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy on this machine that tunnels to a server, for one user with a password. */
final class TunnelProxy implements AutoCloseable {
    private static final int MAX_HEADER = 10_000;

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final String allowed;
    /** The first line of every request. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    TunnelProxy(String user, String password) throws IOException {
        byte[] secret = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        allowed = "proxy-authorization: basic " + Base64.getEncoder().encodeToString(secret);
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                open.add(client);
                threads.execute(() -> {
                    try (client) {
                        serve(client);
                    } catch (IOException e) {
                        // One of both ends has hung up.
                    }
                });
            }
        } catch (IOException closed) {
            // The proxy was closed.
        }
    }

    private void serve(Socket client) throws IOException {
        List<String> header = header(client.getInputStream());
        asked.add(header.get(0));
        if (header.stream().noneMatch(line -> line.equalsIgnoreCase(allowed))) {
            reply(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"office\"");
            return;
        }
        String[] place = header.get(0).split(" ", -1)[1].split(":", -1);
        try (Socket server = new Socket(place[0], Integer.parseInt(place[1]))) {
            open.add(server);
            reply(client, "200 Connection established");
            threads.execute(() -> copy(server, client));
            copy(client, server);
        } catch (IOException unreachable) {
            reply(client, "502 Bad Gateway");
        }
    }

    private static List<String> header(InputStream in) throws IOException {
        StringBuilder header = new StringBuilder();
        while (header.indexOf("\r\n\r\n") < 0 && header.length() < MAX_HEADER) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended in the header");
            }
            header.append((char) next);
        }
        return header.toString().lines().toList();
    }

    private static void reply(Socket client, String status) throws IOException {
        String empty = status.startsWith("200") ? "" : "\r\nContent-Length: 0\r\nConnection: close";
        client.getOutputStream().write(("HTTP/1.1 " + status + empty + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One of both ends has hung up.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket one : open) {
            one.close();
        }
        threads.shutdownNow();
    }
}
