// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.fetch;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.preparation.read.SourceSettings;

/**
 * The 5-core datasets of Amazon Reviews 2014 that can be fetched (McAuley, Targett, Shi and van den Hengel, SIGIR 2015;
 * He and McAuley, WWW 2016).
 */
public enum AmazonDataset {
    /** Beauty: 22,363 users, 12,101 items. */
    BEAUTY("amazon-beauty", "Beauty"),
    /** Sports and Outdoors: 35,598 users, 18,357 items. */
    SPORTS("amazon-sports", "Sports_and_Outdoors"),
    /** Toys and Games: 19,412 users, 11,924 items. */
    TOYS("amazon-toys", "Toys_and_Games");

    /** The public address of the files. */
    public static final URI ADDRESS = URI.create("https://snap.stanford.edu/data/amazon/productGraph/categoryFiles/");

    private final String id;
    private final String category;

    AmazonDataset(String id, String category) {
        this.id = id;
        this.category = category;
    }

    /** The dataset with an id such as {@code amazon-beauty}. */
    public static AmazonDataset ofId(String id) {
        Optional<AmazonDataset> found =
                Arrays.stream(values()).filter(set -> set.id.equals(id)).findFirst();
        return found.orElseThrow(() -> new InvalidInputException(
                "dataset",
                "is '" + id + "', allowed is "
                        + Arrays.stream(values()).map(AmazonDataset::id).collect(Collectors.joining(", "))));
    }

    /** Name on the command line, such as {@code amazon-beauty}. */
    public String id() {
        return id;
    }

    /** Name of the file of reviews. */
    public String reviews() {
        return "reviews_" + category + "_5.json.gz";
    }

    /** Name of the file of item metadata. */
    public String metadata() {
        return "meta_" + category + ".json.gz";
    }

    /** Names of all files. */
    public List<String> files() {
        return List.of(reviews(), metadata());
    }

    /** Settings that read the files from the folder to which they were fetched. */
    public SourceSettings sources(Path folder) {
        return SourceSettings.amazon2014(folder.resolve(reviews()), folder.resolve(metadata()));
    }
}
