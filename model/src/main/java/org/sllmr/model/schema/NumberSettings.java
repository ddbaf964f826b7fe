// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.List;
import org.sllmr.configuration.Checks;

/**
 * What numeric fields become.
 *
 * @param form of all numeric fields but the exceptions
 * @param buckets how many parts {@link Form#QUANTILES} cuts a field's values into, 2 to 1,000
 * @param exceptions fields with another form
 */
public record NumberSettings(Form form, int buckets, List<FieldForm> exceptions) {
    /** A form of a numeric field. */
    public enum Form {
        /** (x - mean) / deviation, times one embedding. */
        STANDARDIZED,
        /** sign(x) log(1 + |x|), standardized, times one embedding: for counts and prices. */
        LOGARITHMIC,
        /** The embedding of the part of the training values, of equal size each, that x falls into. */
        QUANTILES
    }

    /**
     * A field with a form of its own.
     *
     * @param field name of the field, such as {@code item.price}
     * @param form its form
     */
    public record FieldForm(String field, Form form) {}

    /** Copies the list and checks the range. */
    public NumberSettings {
        exceptions = List.copyOf(exceptions);
        new Checks()
                .between("buckets", buckets, 2, 1000)
                .require(
                        exceptions.stream().map(FieldForm::field).distinct().count() == exceptions.size(),
                        "exceptions",
                        "name a field twice")
                .done();
    }

    /** Standardized, or 16 quantiles where a field is an exception. */
    public static NumberSettings defaults() {
        return new NumberSettings(Form.STANDARDIZED, 16, List.of());
    }

    /** The form of a field; a history has that of its item field. */
    Form of(String field) {
        return exceptions.stream()
                .filter(exception -> exception.field.equals(field))
                .map(FieldForm::form)
                .findFirst()
                .orElse(form);
    }
}
