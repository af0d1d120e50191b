/** Auto-configuration for Spring Boot 3.5 and 4: properties, beans that back off, life cycle, health, meters. */
@NullMarked
package io.datalifecycle.dlt.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
