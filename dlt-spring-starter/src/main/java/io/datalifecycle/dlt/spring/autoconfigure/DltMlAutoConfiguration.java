package io.datalifecycle.dlt.spring.autoconfigure;

import io.datalifecycle.dlt.ml.MlPlugin;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Adds models where dlt-ml is on the class path. */
@AutoConfiguration
@ConditionalOnClass(MlPlugin.class)
public final class DltMlAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MlPlugin dltMlPlugin() {
        return new MlPlugin();
    }
}
