// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving.http;

import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/** Answers requests whose head cannot be read, which no route sees: in JSON as all others, and without causes. */
final class HeadErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        // An HTTP version or an encoding that does not exist is a mistake of the client, not of the server.
        boolean unknown =
                status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 || status == HttpStatus.NOT_IMPLEMENTED_501;
        int told = unknown ? HttpStatus.BAD_REQUEST_400 : status;
        String reason = HttpStatus.isServerError(told)
                ? "the server failed"
                : "the head of the request cannot be read: " + HttpStatus.getMessage(status);
        response.setStatus(told);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        byte[] body = JsonMapper.shared().writeValueAsBytes(new Replies.Failure(reason, List.of()));
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
