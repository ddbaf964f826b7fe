// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of a dataset.
 *
 * @param interactions the interactions
 * @param items the items; none if only their ids are known
 * @param users the users; none if only their ids are known
 */
public record SourceSettings(InteractionSource interactions, Optional<ItemSource> items, Optional<UserSource> users) {
    /** Interactions and items. */
    public static SourceSettings of(InteractionSource interactions, ItemSource items) {
        return new SourceSettings(interactions, Optional.of(items), Optional.empty());
    }

    /**
     * The original files of the Amazon Reviews 2014 data (McAuley et al. 2015; He and McAuley 2016).
     *
     * @param reviews such as {@code reviews_Beauty_5.json.gz}
     * @param metadata such as {@code meta_Beauty.json.gz}
     */
    public static SourceSettings amazon2014(Path reviews, Path metadata) {
        return of(
                InteractionSource.of(
                        TableFile.of(reviews, TableFormat.JSON_LINES), "reviewerID", "asin", "unixReviewTime"),
                new ItemSource(
                        TableFile.of(metadata, TableFormat.PYTHON_LINES),
                        "asin",
                        List.of(FieldSettings.of("brand"), FieldSettings.of("categories")),
                        List.of("title", "brand", "categories")));
    }
}
