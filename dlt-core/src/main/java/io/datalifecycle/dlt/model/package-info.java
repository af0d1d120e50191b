/** What training and scoring give back. The work itself is in {@code internal}; what a model is, is declared in {@code template}. */
@NullMarked
package io.datalifecycle.dlt.model;

import org.jspecify.annotations.NullMarked;
