// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names that a setting had in earlier versions.
 *
 * <p>A file, environment variable or assignment with a former name is still read, so that old configurations and run
 * folders keep working; a warning gives the current name.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Formerly {
    /** The former names, in camel case. */
    String[] value();
}
