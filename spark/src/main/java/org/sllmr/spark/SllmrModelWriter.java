// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLWriter;
import org.sllmr.spark.bundle.BundleBytes;

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
        BundleBytes bundle = model.bundle().bytes();
        Path target = new Path(path, bundle.isZip() ? BUNDLE + ZIP : BUNDLE);
        try {
            FileSystem files =
                    target.getFileSystem(sparkSession().sparkContext().hadoopConfiguration());
            bundle.writeTo(name -> files.create(name.isEmpty() ? target : new Path(target, name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
