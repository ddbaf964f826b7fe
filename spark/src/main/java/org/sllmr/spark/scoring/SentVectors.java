// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.scoring;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.teacher.vector.Embeddings;

/** The vectors of all items and how histories are compared with them. Arrays and a plain map, which are sent by broadcast. */
final class SentVectors implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int dimension;
    private final boolean[] present;
    private final float[] values;
    private final HashMap<String, String> settings;

    SentVectors(Embeddings embeddings, Map<String, String> settings) {
        this.dimension = embeddings.dimension();
        this.present = embeddings.present();
        this.values = embeddings.values();
        this.settings = new HashMap<>(settings);
    }

    Embeddings open() {
        return new Embeddings(dimension, present, values);
    }

    EmbeddingTeacherSettings settings() {
        return EmbeddingTeacherSettings.of(settings);
    }

    /** The teacher of these vectors; whose model it is, the driver knows. */
    EmbeddingTeacher teacher() {
        return new EmbeddingTeacher(open(), "", settings());
    }
}
