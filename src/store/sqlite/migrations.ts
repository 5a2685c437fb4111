/**
 * What made the store what it is, one step a version: never changed, only added to. The number of steps is the version that the file
 * bears (`PRAGMA user_version`).
 *
 * `tasks.view` is the fold of the task's events, kept so that nothing has to be folded to be listed; `counts` says how many tasks of
 * a job are in each state, and `jobs.last_end` when the last of them ended. `idx` is -1 where a job is no array.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE jobs (
    id TEXT PRIMARY KEY, fleet TEXT NOT NULL, submitted_at INTEGER NOT NULL, last_end INTEGER,
    document TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX jobs_newest ON jobs (submitted_at DESC, id);
  CREATE TABLE tasks (
    job TEXT NOT NULL, idx INTEGER NOT NULL, fleet TEXT NOT NULL, state TEXT NOT NULL, version INTEGER NOT NULL,
    view TEXT NOT NULL, PRIMARY KEY (job, idx)
  ) WITHOUT ROWID;
  CREATE INDEX tasks_by_state ON tasks (state, fleet);
  CREATE TABLE events (
    job TEXT NOT NULL, idx INTEGER NOT NULL, seq INTEGER NOT NULL, document TEXT NOT NULL, PRIMARY KEY (job, idx, seq)
  ) WITHOUT ROWID;
  CREATE TABLE counts (
    job TEXT NOT NULL, state TEXT NOT NULL, tasks INTEGER NOT NULL, PRIMARY KEY (job, state)
  ) WITHOUT ROWID;
  CREATE TABLE leases (
    name TEXT PRIMARY KEY, holder TEXT NOT NULL, token INTEGER NOT NULL, until INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  `,
  // The ledger. `uses` follows from the histories of tasks; what they told before it was there is taken from their views.
  `
  CREATE TABLE paid (
    kind TEXT NOT NULL, id TEXT NOT NULL, began_at INTEGER NOT NULL, fleet TEXT NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (kind, id, began_at)
  ) WITHOUT ROWID;
  CREATE INDEX paid_by_fleet ON paid (fleet);
  CREATE TABLE uses (
    run TEXT NOT NULL, node TEXT NOT NULL, job TEXT NOT NULL, idx INTEGER NOT NULL, attempt INTEGER NOT NULL,
    fleet TEXT NOT NULL, cores INTEGER, from_at INTEGER NOT NULL, until_at INTEGER, outcome TEXT,
    PRIMARY KEY (run, node)
  ) WITHOUT ROWID;
  CREATE INDEX uses_by_job ON uses (job);
  CREATE INDEX uses_by_fleet ON uses (fleet);
  INSERT INTO uses
    SELECT attempt.value ->> '$.run', node.value ->> '$.id', tasks.job, tasks.idx, attempt.value ->> '$.attempt',
      tasks.fleet, iif(jobs.document ->> '$.share', jobs.document ->> '$.spec.tasksPerNode', NULL),
      attempt.value ->> '$.placedAt', attempt.value ->> '$.endedAt', attempt.value ->> '$.outcome'
    FROM tasks JOIN jobs ON jobs.id = tasks.job, json_each(tasks.view, '$.attempts') AS attempt,
      json_each(attempt.value, '$.nodes') AS node;
  `,
]
