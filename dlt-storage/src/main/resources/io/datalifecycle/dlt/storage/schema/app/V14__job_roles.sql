-- A task of the job library for each role of a node, and what operators say about single jobs.

-- Every change of who owns a job takes a new number: the tokens of its runs only grow, also when it is removed and planned again.
CREATE SEQUENCE dlt.job_version;
SELECT setval('dlt.job_version', (SELECT coalesce(max(version), 0) + 1 FROM dlt.job));

ALTER TABLE dlt.job
    ADD COLUMN workspace     bigint GENERATED ALWAYS AS (split_part(task_instance, '/', 1)::bigint) STORED,
    ADD COLUMN scheduled_for timestamptz,                    -- what the schedule says; execution_time is when it begins
    ADD COLUMN paused        boolean NOT NULL DEFAULT false,
    ADD COLUMN run_now       boolean NOT NULL DEFAULT false, -- asked for by somebody, paused or not
    ADD COLUMN skip_next     boolean NOT NULL DEFAULT false; -- of a job that runs: leave out the run after

UPDATE dlt.job SET
    task_name = CASE split_part(task_instance, '/', 2)
        WHEN 'refresh' THEN 'features' WHEN 'train' THEN 'models' WHEN 'score' THEN 'models' WHEN 'alert' THEN 'alerts'
        ELSE 'scheduler' END,
    priority = CASE split_part(task_instance, '/', 2)
        WHEN 'alert' THEN 90 WHEN 'deliver' THEN 90 WHEN 'report' THEN 70 WHEN 'fetch' THEN 60 WHEN 'refresh' THEN 50
        WHEN 'score' THEN 40 WHEN 'train' THEN 20 ELSE 10 END,
    scheduled_for = execution_time,
    version = nextval('dlt.job_version');

ALTER TABLE dlt.job
    ALTER COLUMN scheduled_for SET NOT NULL,
    ALTER COLUMN priority SET NOT NULL;

DROP INDEX dlt.job_execution_time;
CREATE INDEX job_due ON dlt.job (task_name, execution_time);
CREATE INDEX job_workspace ON dlt.job (workspace);

-- The job library is given one of these as its table and so cannot touch the jobs of another role, whatever it takes them for.
CREATE VIEW dlt.job_scheduler AS SELECT * FROM dlt.job WHERE task_name = 'scheduler' WITH CHECK OPTION;
CREATE VIEW dlt.job_features AS SELECT * FROM dlt.job WHERE task_name = 'features' WITH CHECK OPTION;
CREATE VIEW dlt.job_models AS SELECT * FROM dlt.job WHERE task_name = 'models' WITH CHECK OPTION;
CREATE VIEW dlt.job_alerts AS SELECT * FROM dlt.job WHERE task_name = 'alerts' WITH CHECK OPTION;
