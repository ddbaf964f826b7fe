// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Sends bytes that no HTTP client would. */
final class Sockets {
    private Sockets() {}

    /** Sends text as it is, and reads until the server closes, or says nothing for some seconds. */
    static String send(int port, String text) throws IOException {
        return send(port, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String send(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException closed) {
            return "";
        }
    }
}
