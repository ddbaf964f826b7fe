/**
 * A generated shop: believable products from our own word lists, and customers whose tastes partly follow the text.
 *
 * <p>The world is fair to every kind of recommender. What a product says about itself tells part of who buys it, also
 * where nobody has bought it yet; which circle of customers passes it on by word of mouth, and how good it is, no text
 * tells, and only interactions show. Nothing here knows how the data will be used.
 */
@NullMarked
package org.sllmr.preparation.demo;

import org.jspecify.annotations.NullMarked;
