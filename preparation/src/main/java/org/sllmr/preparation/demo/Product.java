// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.demo;

/**
 * An item with the traits behind it; indices of categories and themes are those of {@link Words}.
 *
 * @param item what the shop shows of it
 * @param category its shelf; shown
 * @param department number of the shelf's department; shown
 * @param theme the idea that its title expresses; shown
 * @param brand number of its maker; shown
 * @param circle the circle of users that passes it on; shown nowhere
 * @param quality how well it sells for any reason, above 0 up to 1; shown nowhere
 */
record Product(DemoShop.Item item, int category, int department, int theme, int brand, int circle, double quality) {}
