// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle.format;

import org.sllmr.teacher.blend.BlendFormula;
import org.sllmr.teacher.blend.PairTeacher;

/**
 * What a model's scores are blended with.
 *
 * @param name name of the teacher
 * @param formula how
 * @param teacher the teacher
 * @param origin what made the vectors that it compares, as the origin of a {@link org.sllmr.data.VectorColumn}; "" if it
 *     compares none
 */
public record BlendSource(String name, BlendFormula formula, PairTeacher teacher, String origin) {}
