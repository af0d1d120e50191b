/** What the rules are tried on. */
package io.datalifecycle.dlt.architecture.sample.low;
