/** Connectors of type {@code mqtt}: messages of a broker's topics, each acknowledged once its rows are in. */
@NullMarked
package io.datalifecycle.dlt.mqtt;

import org.jspecify.annotations.NullMarked;
