// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.MLReader;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Reason;
import org.sllmr.spark.session.Address;

/** Reads a bundle, or a model that {@link SllmrModelWriter} saved. */
final class SllmrModelReader extends MLReader<SllmrModel> {
    /** Digits of a bundle's hash in the name that Spark knows a model by. */
    private static final int HASH_DIGITS = 12;

    @Override
    public SllmrModel load(String path) {
        try {
            return exists(path, "metadata") ? saved(path) : bundle(path);
        } catch (IOException e) {
            throw new InvalidInputException(path, "cannot be read: " + Reason.of(e));
        }
    }

    private SllmrModel saved(String path) throws IOException {
        DefaultParamsReader.Metadata metadata =
                DefaultParamsReader$.MODULE$.loadMetadata(path, sparkSession(), SllmrModel.class.getName());
        String name = SllmrModelWriter.BUNDLE;
        SllmrModel model = bundle(new Path(path, exists(path, name) ? name : name + SllmrModelWriter.ZIP).toString());
        metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
        return model;
    }

    private SllmrModel bundle(String path) {
        LoadedBundle bundle = new LoadedBundle(path, configuration());
        return new SllmrModel("sllmr_" + bundle.recommender().hash().substring(0, HASH_DIGITS), bundle);
    }

    private boolean exists(String path, String name) throws IOException {
        Path folder = Address.of(path);
        FileSystem files = folder.getFileSystem(configuration());
        return files.exists(folder)
                && files.getFileStatus(folder).isDirectory()
                && files.exists(new Path(folder, name));
    }

    private Configuration configuration() {
        return sparkSession().sparkContext().hadoopConfiguration();
    }
}
