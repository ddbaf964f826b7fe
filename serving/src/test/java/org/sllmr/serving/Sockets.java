// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends bytes that no HTTP client would. */
final class Sockets {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");

    private Sockets() {}

    /** Sends text as it is, and reads until the server closes, or says nothing for some seconds. */
    static String send(int port, String text) throws IOException {
        return send(port, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes a few at a time. */
    static String sendSlowly(int port, byte[] bytes, int piece) throws IOException, InterruptedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(120_000);
            OutputStream out = socket.getOutputStream();
            for (int from = 0; from < bytes.length; from += piece) {
                out.write(bytes, from, Math.min(piece, bytes.length - from));
                out.flush();
                Thread.sleep(1);
            }
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException closed) {
            return "";
        }
    }

    /** Sends the first bytes and breaks the connection off, with a reset or with an end. */
    static void cut(int port, byte[] bytes, int count, boolean reset) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(bytes, 0, count);
            if (reset) {
                socket.setSoLinger(true, 0);
            }
        } catch (SocketException closed) {
            // The server was quicker.
        }
    }

    static String send(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(120_000);
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException closed) {
            return "";
        }
    }

    /** A connection that is kept, for many requests that follow each other. */
    static final class Kept implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        Kept(int port) throws IOException {
            this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(60_000);
            socket.setTcpNoDelay(true);
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        /** Sends a request, without a body if that is empty; the status and the body of the reply. */
        String send(String path, String body) throws IOException {
            String head = (body.isEmpty() ? "GET " : "POST ") + path + " HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.ISO_8859_1));
            StringBuilder reply = new StringBuilder();
            while (reply.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("the server closed the connection after: " + reply);
                }
                reply.append((char) next);
            }
            Matcher length = LENGTH.matcher(reply);
            if (!length.find()) {
                throw new IOException("a reply of unknown length: " + reply);
            }
            byte[] bytes = in.readNBytes(Integer.parseInt(length.group(1)));
            return reply.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()) + " "
                    + new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
