// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.bundle;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A bundle that was sent to all executors. Each opens it once, when its first task needs it; all its tasks share what was
 * opened.
 *
 * @param bytes its files
 * @param hash identifies its contents
 * @param opening opens it; the result must be safe in several threads
 * @param <T> what is opened
 */
public record SentBundle<T>(Broadcast<BundleBytes> bytes, String hash, SentOpening<T> opening) implements Serializable {
    /** What is open in this process. What no task uses goes when memory is short. */
    private static final Map<String, SoftReference<Object>> OPEN = new HashMap<>();

    /** An opening that is sent to executors. */
    public interface SentOpening<T> extends BundleBytes.Opening<T>, Serializable {}

    /**
     * Sends a bundle.
     *
     * @param bundle its folder or zip file
     * @param hash identifies its contents
     * @param opened what the opening gives, for tasks in this process
     */
    public static <T> SentBundle<T> send(
            JavaSparkContext context, Path bundle, String hash, SentOpening<T> opening, T opened) {
        try {
            return send(context, BundleBytes.read(bundle), hash, opening, opened);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a bundle whose files were read; otherwise as {@link #send(JavaSparkContext, Path, String, SentOpening, Object)}. */
    public static <T> SentBundle<T> send(
            JavaSparkContext context, BundleBytes bundle, String hash, SentOpening<T> opening, T opened) {
        SentBundle<T> sent = new SentBundle<>(context.broadcast(bundle), hash, opening);
        synchronized (OPEN) {
            OPEN.put(sent.key(), new SoftReference<>(opened));
        }
        return sent;
    }

    /** The opened bundle; the first call in a process opens it while others wait. */
    @SuppressWarnings("unchecked") // the key names the opening
    public T opened() {
        synchronized (OPEN) {
            SoftReference<Object> known = OPEN.get(key());
            Object open = known == null ? null : known.get();
            if (open == null) {
                open = bytes.value().opened(opening);
                OPEN.put(key(), new SoftReference<>(open));
            }
            return (T) open;
        }
    }

    private String key() {
        return hash + " " + opening.getClass().getName();
    }
}
