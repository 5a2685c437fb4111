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
]
