// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.util.Optional;
import org.sllmr.configuration.Checks;
import org.sllmr.preparation.read.Instants;

/**
 * How rows are divided into training, validation and test.
 *
 * @param by what decides; by default the files if the parts are files of their own, otherwise the time where rows have
 *     labels, otherwise {@code leave-one-out}
 * @param validationFrom first instant of the validation part, in seconds since 1970 or as a date with or without a
 *     time; by default that of the rows' {@code validationShare}
 * @param testFrom first instant of the test part
 * @param validationShare share of the rows (by users: of the users) that are of the validation part, above 0 up to 0.5;
 *     by time they are those before the test part
 * @param testShare share of the rows (by users: of the users) that are of the test part, above 0 up to 0.5; by time
 *     they are the last ones
 * @param folds into how many parts users are divided, 3 to 100; by folds
 * @param fold which of them is tested, 1 to {@code folds}; the next one, after the last the first, is the validation
 *     part
 */
public record PartSettings(
        Optional<PartKind> by,
        Optional<String> validationFrom,
        Optional<String> testFrom,
        double validationShare,
        double testShare,
        int folds,
        int fold) {
    /** Checks instants and shares. */
    public PartSettings {
        Checks checks = new Checks()
                .aboveUpTo("validationShare", validationShare, 0, 0.5)
                .aboveUpTo("testShare", testShare, 0, 0.5)
                .between("folds", folds, 3, 100)
                .between("fold", fold, 1, folds)
                .require(
                        validationFrom.isPresent() == testFrom.isPresent(),
                        validationFrom.isPresent() ? "validationFrom" : "testFrom",
                        "is set, but " + (validationFrom.isPresent() ? "testFrom" : "validationFrom")
                                + " is not; two instants divide the time line into three parts")
                .require(
                        validationFrom.isEmpty() || by.isEmpty() || by.get() == PartKind.TIME,
                        "validationFrom",
                        "is set, but only parts by time have instants");
        validationFrom.ifPresent(text -> checkInstant(checks, "validationFrom", text));
        testFrom.ifPresent(text -> checkInstant(checks, "testFrom", text));
        checks.done();
        if (validationFrom.isPresent() && testFrom.isPresent()) {
            long first = Instants.seconds(validationFrom.get()).orElseThrow();
            long second = Instants.seconds(testFrom.get()).orElseThrow();
            new Checks()
                    .require(
                            first < second,
                            "testFrom",
                            "is " + testFrom.get() + ", allowed is an instant after validationFrom, "
                                    + validationFrom.get())
                    .done();
        }
    }

    /** By default; the last tenth of the rows is the test part, the tenth before it the validation part. */
    public static PartSettings defaults() {
        return new PartSettings(Optional.empty(), Optional.empty(), Optional.empty(), 0.1, 0.1, 5, 1);
    }

    /** These settings with another kind. */
    public PartSettings withBy(PartKind kind) {
        return new PartSettings(Optional.of(kind), validationFrom, testFrom, validationShare, testShare, folds, fold);
    }

    /** These settings by folds. */
    public PartSettings withFold(int tested, int of) {
        return new PartSettings(
                Optional.of(PartKind.FOLDS), validationFrom, testFrom, validationShare, testShare, of, tested);
    }

    /** Parts by time that begin at two instants. */
    public static PartSettings at(String validationFrom, String testFrom) {
        return new PartSettings(
                Optional.of(PartKind.TIME), Optional.of(validationFrom), Optional.of(testFrom), 0.1, 0.1, 5, 1);
    }

    private static void checkInstant(Checks checks, String name, String text) {
        checks.require(
                Instants.seconds(text).isPresent(),
                name,
                "is '" + text + "', allowed are seconds since 1970 such as 1406073600, and a date such as 2014-07-23 or"
                        + " 2014-07-23T10:15:30Z");
    }
}
