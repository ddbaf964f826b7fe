// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

/**
 * How far a {@link CatalogueScan} is.
 *
 * @param from first user of the group under way; all before are done
 * @param to end of the group
 * @param items number of the catalogue's items with text, in order, that the group has been compared with
 */
record ScanPosition(int from, int to, int items) {
    static final ScanPosition START = new ScanPosition(0, 0, 0);

    /** Number of users done, where users in part count as so many whole ones. */
    long users(int catalogue) {
        return catalogue == 0 ? to : from + (long) (to - from) * items / catalogue;
    }
}
