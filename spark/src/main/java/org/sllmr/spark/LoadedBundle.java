// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.sllmr.bundle.Recommender;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Reason;
import org.sllmr.spark.bundle.BundleBytes;
import org.sllmr.spark.bundle.BundlePlace;
import org.sllmr.spark.bundle.SentBundle;
import org.sllmr.spark.recommendation.OpenRecommender;

/**
 * A bundle that the driver opened. It is sent when a job first needs it, once for a model and all its copies.
 *
 * <p>Its files are held in memory, where those that are sent would be anyway. So what is on the disk may change or go, also
 * because a model is saved in the place that it was loaded from.
 */
final class LoadedBundle {
    private final String name;
    private final BundleBytes bytes;
    private final Recommender recommender;
    private @Nullable SparkContext sender;
    private @Nullable SentBundle<Recommender> sent;

    LoadedBundle(String path, Configuration configuration) {
        this.name = path;
        try (BundlePlace place = BundlePlace.of(path, configuration)) {
            this.recommender = Recommender.open(place.path()).inCallingThread();
            this.bytes = BundleBytes.read(place.path());
        } catch (IOException e) {
            throw new InvalidInputException(path, "cannot be read: " + Reason.of(e));
        }
    }

    /** Where it was loaded from. */
    String name() {
        return name;
    }

    /** Its files. */
    BundleBytes bytes() {
        return bytes;
    }

    Recommender recommender() {
        return recommender;
    }

    /** The bundle for the executors of a session. */
    synchronized SentBundle<Recommender> sent(SparkSession session) {
        SparkContext context = session.sparkContext();
        SentBundle<Recommender> known = context.equals(sender) ? sent : null;
        if (known == null) {
            known = SentBundle.send(
                    JavaSparkContext.fromSparkContext(context),
                    bytes,
                    recommender.hash(),
                    new OpenRecommender(recommender.hash()),
                    recommender);
            sender = context;
            sent = known;
        }
        return known;
    }
}
