// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.OptionalLong;
import org.sllmr.data.InteractionLog;

/** Instants in settings: whole seconds since 1970, or a date with or without a time. */
public final class Instants {
    private Instants() {}

    /** Seconds since 1970; empty if the text is not an instant. */
    public static OptionalLong seconds(String text) {
        long seconds = new TimeParser(TimeFormat.SECONDS).parse(text);
        if (seconds == InteractionLog.NO_TIME) {
            seconds = new TimeParser(TimeFormat.ISO).parse(text);
        }
        return seconds == InteractionLog.NO_TIME ? OptionalLong.empty() : OptionalLong.of(seconds);
    }
}
