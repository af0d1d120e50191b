/** Versions of trained models in the app database. */
@NullMarked
package io.datalifecycle.dlt.storage.model;

import org.jspecify.annotations.NullMarked;
