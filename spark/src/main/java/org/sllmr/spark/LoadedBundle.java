// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.sllmr.bundle.Recommender;
import org.sllmr.spark.bundle.BundlePlace;
import org.sllmr.spark.bundle.SentBundle;
import org.sllmr.spark.recommendation.OpenRecommender;

/** A bundle that the driver opened. It is sent when a job first needs it, once for a model and all its copies. */
final class LoadedBundle {
    private final BundlePlace place;
    private final Recommender recommender;
    private @Nullable SparkContext sender;
    private @Nullable SentBundle<Recommender> sent;

    LoadedBundle(String path, Configuration configuration) {
        this.place = BundlePlace.of(path, configuration);
        this.recommender = Recommender.open(place.path()).inCallingThread();
    }

    BundlePlace place() {
        return place;
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
                    place.path(),
                    recommender.hash(),
                    new OpenRecommender(recommender.hash()),
                    recommender);
            sender = context;
            sent = known;
        }
        return known;
    }
}
