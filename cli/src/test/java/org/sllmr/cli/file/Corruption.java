// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.file;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Kinds of damage by disks, copying and editors. */
enum Corruption {
    FLIP_A_BIT {
        @Override
        byte[] of(byte[] whole, RandomGenerator random) {
            byte[] changed = whole.clone();
            changed[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            return changed;
        }
    },
    SET_A_BYTE {
        @Override
        byte[] of(byte[] whole, RandomGenerator random) {
            byte[] changed = whole.clone();
            changed[random.nextInt(whole.length)] = (byte) random.nextInt();
            return changed;
        }
    },
    CHANGE_THE_BEGINNING {
        @Override
        byte[] of(byte[] whole, RandomGenerator random) {
            byte[] changed = whole.clone();
            changed[random.nextInt(Math.min(64, whole.length))] = (byte) random.nextInt();
            return changed;
        }
    },
    TRUNCATE {
        @Override
        byte[] of(byte[] whole, RandomGenerator random) {
            return Arrays.copyOf(whole, random.nextInt(whole.length));
        }
    },
    EXTEND {
        @Override
        byte[] of(byte[] whole, RandomGenerator random) {
            byte[] changed = Arrays.copyOf(whole, whole.length + 1 + random.nextInt(40));
            for (int at = whole.length; at < changed.length; at++) {
                changed[at] = (byte) random.nextInt();
            }
            return changed;
        }
    },
    SWAP_BLOCKS {
        @Override
        byte[] of(byte[] whole, RandomGenerator random) {
            int length = 1 + random.nextInt(Math.max(1, whole.length / 2));
            int first = random.nextInt(Math.max(1, whole.length - 2 * length + 1));
            int second = Math.min(first + length + random.nextInt(9), whole.length - length);
            if (second < first + length) {
                return whole;
            }
            byte[] changed = whole.clone();
            System.arraycopy(whole, first, changed, second, length);
            System.arraycopy(whole, second, changed, first, length);
            return changed;
        }
    },
    ZERO_A_RUN {
        @Override
        byte[] of(byte[] whole, RandomGenerator random) {
            byte[] changed = whole.clone();
            int from = random.nextInt(whole.length);
            Arrays.fill(changed, from, Math.min(whole.length, from + 1 + random.nextInt(64)), (byte) 0);
            return changed;
        }
    },
    CUT_OUT {
        @Override
        byte[] of(byte[] whole, RandomGenerator random) {
            int from = random.nextInt(whole.length);
            int length = Math.min(whole.length - from, 1 + random.nextInt(16));
            byte[] changed = new byte[whole.length - length];
            System.arraycopy(whole, 0, changed, 0, from);
            System.arraycopy(whole, from + length, changed, from, whole.length - from - length);
            return changed;
        }
    },
    REPLACE {
        @Override
        byte[] of(byte[] whole, RandomGenerator random) {
            byte[] other = new byte[1 + random.nextInt(200)];
            for (int at = 0; at < other.length; at++) {
                other[at] = (byte) random.nextInt();
            }
            return other;
        }
    };

    /** The damaged bytes of a file; they can equal the original ones by chance. */
    abstract byte[] of(byte[] whole, RandomGenerator random);
}
