// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.List;
import java.util.Optional;
import org.sllmr.data.TrainingData;

/**
 * The course of a training that is made again without anything to validate on: as many epochs as were best, each with
 * the learning rate that it had.
 *
 * @param rates learning rate of each epoch; none if the backbone alone was kept, which then is trained on everything
 * @param reference the same of the reference training (the backbone alone); empty if the guidance needs none
 * @param judged the data of the training that was validated: guidance is made from it, since the teacher was asked about
 *     it
 */
public record Course(List<Double> rates, Optional<List<Double>> reference, TrainingData judged) {
    /** Copies the lists and checks that there are epochs. */
    public Course {
        rates = List.copyOf(rates);
        reference = reference.map(List::copyOf);
        if ((rates.isEmpty() && reference.isEmpty())
                || reference.filter(List::isEmpty).isPresent()) {
            throw new IllegalArgumentException("a course without epochs");
        }
    }
}
