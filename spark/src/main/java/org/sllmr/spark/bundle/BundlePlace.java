// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Folders;
import org.sllmr.data.file.Reason;
import org.sllmr.spark.session.Address;

/**
 * A bundle in the driver's own file system: where it was, or copied from a file system of the cluster.
 *
 * @param path its folder or zip file
 * @param copied the folder of the copy, which goes with {@link #close}; the path itself if there is none
 */
public record BundlePlace(Path path, Path copied) implements AutoCloseable {
    /**
     * Finds a bundle.
     *
     * @param place a path or an address such as {@code hdfs://host/bundle}; one without a scheme is of Spark's usual file
     *     system
     * @throws InvalidInputException if it cannot be read
     */
    public static BundlePlace of(String place, Configuration configuration) {
        try {
            org.apache.hadoop.fs.Path address = Address.of(place);
            FileSystem files = address.getFileSystem(configuration);
            if (files.getScheme().equals("file")) {
                Path path = Path.of(address.toUri().getPath());
                return new BundlePlace(path, path);
            }
            if (!files.exists(address)) {
                throw new InvalidInputException(place, "does not exist; 'sllmr export' writes a bundle");
            }
            Path folder = Files.createTempDirectory("sllmr-bundle");
            Path copy = folder.resolve("bundle");
            files.copyToLocalFile(false, address, new org.apache.hadoop.fs.Path(copy.toUri()), true);
            return new BundlePlace(copy, folder);
        } catch (IOException e) {
            throw new InvalidInputException(place, "cannot be read: " + Reason.of(e));
        }
    }

    @Override
    public void close() {
        if (!copied.equals(path)) {
            Folders.delete(copied);
        }
    }
}
