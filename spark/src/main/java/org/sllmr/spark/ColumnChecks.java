// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark;

import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sllmr.configuration.InvalidInputException;

/** Requires that a table has the columns that a parameter names. */
record ColumnChecks(StructType schema) {
    static ColumnChecks of(StructType schema) {
        return new ColumnChecks(schema);
    }

    /** A column of ids: only these types have one text for each id. */
    ColumnChecks id(String param, String name) {
        DataType type = type(param, name);
        if (!type.equals(DataTypes.StringType)
                && !type.equals(DataTypes.LongType)
                && !type.equals(DataTypes.IntegerType)
                && !type.equals(DataTypes.ShortType)
                && !type.equals(DataTypes.ByteType)) {
            throw new InvalidInputException(
                    place(param, name), "is of type " + type.simpleString() + ", allowed are string and whole numbers");
        }
        return this;
    }

    /** A column of histories. */
    ColumnChecks history(String param, String name) {
        DataType type = type(param, name);
        if (!(type instanceof ArrayType array && array.elementType().equals(DataTypes.StringType))) {
            throw new InvalidInputException(
                    place(param, name), "is of type " + type.simpleString() + ", allowed is array<string>");
        }
        return this;
    }

    /** A column that is to be made. */
    void free(String param, String name) {
        if (find(name).isPresent()) {
            throw new InvalidInputException(place(param, name), "is in the table already; name another one");
        }
    }

    private DataType type(String param, String name) {
        if (Arrays.stream(schema.fields())
                        .filter(field -> field.name().equals(name))
                        .count()
                > 1) {
            throw new InvalidInputException(place(param, name), "is in the table twice; rename one");
        }
        return find(name)
                .map(StructField::dataType)
                .orElseThrow(() -> new InvalidInputException(
                        place(param, name), "is missing; the table has " + String.join(", ", schema.fieldNames())));
    }

    private Optional<StructField> find(String name) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equals(name))
                .findFirst();
    }

    private static String place(String param, String name) {
        return param + " '" + name + "'";
    }
}
