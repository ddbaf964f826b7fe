// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.session;

import org.apache.hadoop.fs.Path;
import org.sllmr.configuration.InvalidInputException;

/** Places in the file systems of a cluster, as users write them. */
public final class Address {
    private Address() {}

    /**
     * The place that is meant.
     *
     * @param place a path or an address such as {@code hdfs://host/bundle}
     * @throws InvalidInputException if it is neither
     */
    public static Path of(String place) {
        try {
            return new Path(place);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "'" + place + "'",
                    "is neither a path nor an address such as hdfs://host/folder; what is before a colon names the file"
                            + " system, so write ./ before a relative path with a colon");
        }
    }
}
