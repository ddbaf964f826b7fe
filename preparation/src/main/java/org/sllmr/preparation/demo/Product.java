// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.demo;

/**
 * An item with its visible and hidden traits; indices of categories and themes are those of {@link Words}.
 *
 * @param item the visible item
 * @param category its category; visible
 * @param department number of its department; visible
 * @param theme the idea that its title expresses; visible
 * @param brand number of its brand; visible
 * @param circle the circle of users that recommend it to each other; hidden
 * @param quality factor of its sales for any reason, above 0 up to 1; hidden
 */
record Product(DemoShop.Item item, int category, int department, int theme, int brand, int circle, double quality) {}
