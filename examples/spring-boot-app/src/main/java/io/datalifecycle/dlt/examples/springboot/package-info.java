/** A host application on Spring Boot: it owns users and URLs, DLT does the rest. */
@NullMarked
package io.datalifecycle.dlt.examples.springboot;

import org.jspecify.annotations.NullMarked;
