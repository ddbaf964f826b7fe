// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.text;

import java.util.Arrays;
import org.sllmr.data.file.Sha256;

/**
 * What texts are about: an item, a user, or a training sample.
 *
 * <p>The arrays have the same length. Subjects rise by user, position, item and label, and none occurs twice.
 *
 * @param users user index of each subject, -1 without one
 * @param items item index of each subject, -1 without one
 * @param positions how many of the user's first training interactions the text may be made from, which is also the
 *     position of a sample; 0 without a user
 * @param labels label of each sample; 0 where the subject is no sample
 */
@SuppressWarnings("ArrayRecordComponent") // not changed after construction
public record TextSubjects(int[] users, int[] items, int[] positions, byte[] labels) {
    /** Checks lengths and order. */
    public TextSubjects {
        if (items.length != users.length || positions.length != users.length || labels.length != users.length) {
            throw new IllegalArgumentException("columns differ in length: " + users.length + ", " + items.length + ", "
                    + positions.length + ", " + labels.length);
        }
        for (int subject = 0; subject < users.length; subject++) {
            if (users[subject] < -1
                    || items[subject] < -1
                    || positions[subject] < 0
                    || labels[subject] < 0
                    || labels[subject] > 1) {
                throw new IllegalArgumentException("subject " + subject + " is out of range");
            }
            if (subject > 0
                    && compare(
                                    users[subject - 1],
                                    positions[subject - 1],
                                    items[subject - 1],
                                    labels[subject - 1],
                                    users[subject],
                                    positions[subject],
                                    items[subject],
                                    labels[subject])
                            >= 0) {
                throw new IllegalArgumentException("subject " + subject + " is not after the one before it");
            }
        }
    }

    /** Number of subjects. */
    public int size() {
        return users.length;
    }

    /** The index of a subject, or -1. */
    public int indexOf(int user, int position, int item, int label) {
        int low = 0;
        int high = users.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(
                    users[middle], positions[middle], items[middle], labels[middle], user, position, item, label);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** The first subject of a user, or -1. */
    int firstOf(int user) {
        int found = Arrays.binarySearch(users, user);
        while (found > 0 && users[found - 1] == user) {
            found--;
        }
        return Math.max(-1, found);
    }

    /** Some of the subjects, given by rising indices. */
    public TextSubjects select(int[] indices) {
        int[] selectedUsers = new int[indices.length];
        int[] selectedItems = new int[indices.length];
        int[] selectedPositions = new int[indices.length];
        byte[] selectedLabels = new byte[indices.length];
        for (int at = 0; at < indices.length; at++) {
            selectedUsers[at] = users[indices[at]];
            selectedItems[at] = items[indices[at]];
            selectedPositions[at] = positions[indices[at]];
            selectedLabels[at] = labels[indices[at]];
        }
        return new TextSubjects(selectedUsers, selectedItems, selectedPositions, selectedLabels);
    }

    void addTo(Sha256 hash) {
        hash.add(users).add(items).add(positions).add(labels);
    }

    private static int compare(
            int user, int position, int item, int label, int otherUser, int otherPosition, int otherItem, int other) {
        int order = Integer.compare(user, otherUser);
        order = order == 0 ? Integer.compare(position, otherPosition) : order;
        order = order == 0 ? Integer.compare(item, otherItem) : order;
        return order == 0 ? Integer.compare(label, other) : order;
    }
}
