// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.data.Column;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.TrainingData;
import org.sllmr.model.RequestScorer;
import org.sllmr.model.schema.GivenValues;
import org.sllmr.runs.ranking.RankingTargets;

/**
 * A user to rank, with all that its scores need besides the bundle. It has arrays and plain maps, because each of Spark's
 * serializers can send those.
 */
final class Asked implements Serializable {
    private final int row;
    private final int user;
    private final int[] history;
    private final int[] positives;
    private final HashMap<String, ArrayList<String>> values = new HashMap<>();
    private final HashMap<String, Float> numbers = new HashMap<>();

    /**
     * The user of a target.
     *
     * @param data the data that the model was trained on
     * @param log where histories and contexts are looked up
     * @param row index of the target
     */
    Asked(TrainingData data, InteractionLog log, RankingTargets targets, int row) {
        this.row = row;
        this.user = targets.users()[row];
        this.history = targets.history(log, row);
        this.positives = targets.positives()[row];
        int context = log.contextIndex(user, targets.positions()[row]);
        if (context >= 0) {
            for (Column column : data.contextFields()) {
                values.put(column.name(), new ArrayList<>(column.texts(context)));
            }
            for (NumberColumn column : data.numeric().contextNumbers()) {
                float number = column.value(context);
                if (!Float.isNaN(number)) {
                    numbers.put(column.name(), number);
                }
            }
        }
    }

    int row() {
        return row;
    }

    int[] positives() {
        return positives;
    }

    int[] excluded() {
        return RankingTargets.excluded(history, positives);
    }

    RequestScorer.Request request() {
        GivenValues context = new GivenValues(Map.copyOf(values), numbers, Map.of());
        return new RequestScorer.Request(user, history, GivenValues.NONE, context, List.of());
    }
}
