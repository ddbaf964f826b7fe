// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.Samples;
import org.sllmr.data.store.StoredParts;
import org.sllmr.preparation.read.RawLabels;

/** How many samples and positives each part has, summed over pieces of a dataset. */
public final class PartSizes {
    private final PartKind kind;
    private final long[] samples = new long[RawLabels.CALIBRATION + 1];
    private final long[] positives = new long[RawLabels.CALIBRATION + 1];

    /** No samples yet. */
    public PartSizes(PartKind kind) {
        this.kind = kind;
    }

    /** Adds the samples of some users. */
    public void add(StoredParts parts) {
        add(RawLabels.TRAINING, parts.training());
        add(RawLabels.VALIDATION, parts.validation());
        add(RawLabels.TEST, parts.test());
        parts.calibration().ifPresent(all -> add(RawLabels.CALIBRATION, all));
    }

    private void add(byte part, Samples all) {
        samples[part] += all.size();
        positives[part] += all.positives();
    }

    /**
     * Requires that every part has rows of both classes.
     *
     * @param users number of users of the dataset
     * @throws InvalidInputException with every part that has not
     */
    public void check(long users) {
        List<Problem> problems = new ArrayList<>();
        byte last = kind == PartKind.FOLDS ? RawLabels.CALIBRATION : RawLabels.TEST;
        for (byte part = RawLabels.TRAINING; part <= last; part++) {
            check(part, users, problems);
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private void check(byte part, long users, List<Problem> problems) {
        String what = "leave the " + PartedSamples.name(part) + " part ";
        if (samples[part] == 0) {
            problems.add(new Problem(
                    "split.parts",
                    what + "without rows; "
                            + switch (kind) {
                                case FILES -> "check its file";
                                case FOLDS ->
                                    "too few users have candidates, of which some are in the test file and some are"
                                            + " not; check --test and --candidates, or take fewer folds";
                                case USERS -> "there are too few users: " + users;
                                default -> "choose other instants (--validation-from, --test-from)";
                            }));
        } else if (positives[part] == 0 || positives[part] == samples[part]) {
            problems.add(new Problem(
                    "split.parts",
                    what + "with " + (positives[part] == 0 ? "negatives" : "positives") + " only (" + samples[part]
                            + " rows); check the label, or choose other parts"));
        }
    }
}
