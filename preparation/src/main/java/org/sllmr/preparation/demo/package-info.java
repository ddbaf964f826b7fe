/**
 * A generated shop: plausible products from our own word lists, and customers whose tastes partly follow item texts.
 *
 * <p>The shop favours no kind of recommender. An item's text predicts part of its purchases, even before anyone has
 * bought it. The circle of customers that recommend it to each other and its quality are in no text; only interactions
 * show them. The generation does not depend on how the data will be used.
 */
@NullMarked
package org.sllmr.preparation.demo;

import org.jspecify.annotations.NullMarked;
