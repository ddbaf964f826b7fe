// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLWriter;

/** Saves a model: its parameters in the form of Spark's own models, and the bundle beside them. */
final class SllmrModelWriter extends MLWriter {
    /** Name of the bundle in a saved model; a zip file ends with {@value #ZIP}. */
    static final String BUNDLE = "bundle";

    static final String ZIP = ".zip";

    private final SllmrModel model;

    SllmrModelWriter(SllmrModel model) {
        this.model = model;
    }

    @Override
    public void saveImpl(String path) {
        DefaultParamsWriter$.MODULE$.saveMetadata(model, path, sparkSession());
        java.nio.file.Path bundle = model.bundle().place().path();
        Path target = new Path(path, Files.isDirectory(bundle) ? BUNDLE : BUNDLE + ZIP);
        try {
            FileSystem files =
                    target.getFileSystem(sparkSession().sparkContext().hadoopConfiguration());
            files.copyFromLocalFile(new Path(bundle.toUri()), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
