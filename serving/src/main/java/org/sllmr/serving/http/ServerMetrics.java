// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving.http;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.format.Manifest;

/** Counts for Prometheus. Labels hold no ids of users or items. */
final class ServerMetrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder()
            .name("sllmr_requests_total")
            .help("Requests by operation, model and HTTP status.")
            .labelNames("operation", "model", "status")
            .register(registry);
    private final Histogram duration = Histogram.builder()
            .name("sllmr_request_duration_seconds")
            .help("Time from the request's body to its answer.")
            .labelNames("operation", "model")
            .classicOnly()
            .classicUpperBounds(.001, .002, .004, .008, .015, .03, .06, .125, .25, .5, 1, 2, 5)
            .register(registry);
    private final Counter scored = Counter.builder()
            .name("sllmr_scored_items_total")
            .help("Items that were scored.")
            .labelNames("model")
            .register(registry);
    private final Counter unknownUsers = Counter.builder()
            .name("sllmr_unknown_users_total")
            .help("Requests that name a user whom the model does not know.")
            .labelNames("model")
            .register(registry);
    private final Gauge underWay = Gauge.builder()
            .name("sllmr_requests_under_way")
            .help("Requests that are worked on.")
            .register(registry);
    private final Gauge info = Gauge.builder()
            .name("sllmr_model_info")
            .help("Always 1: the models that are served.")
            .labelNames("model", "version", "backbone", "guidance", "blend")
            .register(registry);
    private final PrometheusTextFormatWriter writer =
            PrometheusTextFormatWriter.builder().build();

    void request(String operation, String model, int status, double seconds) {
        requests.labelValues(operation, model, Integer.toString(status)).inc();
        duration.labelValues(operation, model).observe(seconds);
    }

    void scored(String model, long items) {
        scored.labelValues(model).inc(items);
    }

    void basis(String model, boolean named, Recommendations.Basis basis) {
        if (named && !basis.userKnown()) {
            unknownUsers.labelValues(model).inc();
        }
    }

    void underWay(int count) {
        underWay.set(count);
    }

    String contentType() {
        return PrometheusTextFormatWriter.CONTENT_TYPE;
    }

    synchronized byte[] text(Models models) throws IOException {
        info.clear();
        for (Models.Served model : models.all()) {
            info.labelValues(
                            model.name(),
                            model.version(),
                            model.recommender().manifest().run().backbone(),
                            model.recommender().manifest().run().guidance(),
                            model.recommender()
                                    .manifest()
                                    .blend()
                                    .map(Manifest.Blend::teacher)
                                    .orElse(""))
                    .set(1);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(out, registry.scrape());
        return out.toByteArray();
    }
}
