/** A step from one version of the tables to the next. */
export interface Migration {
  readonly version: number;
  /** The oldest version whose workers may go on beside this one, so that workers can be replaced one after the other. */
  readonly supports: number;
  readonly sql: string;
}

/** All steps, in their order. A step that was published is never changed. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    supports: 1,
    sql: `
create table aps_fleet.run (
  id text primary key,
  created_at timestamptz not null default now(),
  schedule text,
  approval text not null check (approval in ('not needed', 'needed', 'given')),
  approved_by text,
  approved_at timestamptz,
  cancelled_by text,
  cancelled_at timestamptz
);

create table aps_fleet.image (
  run text not null references aps_fleet.run on delete cascade,
  account text not null default '',
  region text not null,
  project_id text not null,
  server_id text not null,
  name text not null,
  description text,
  execute_sysprep boolean,
  state text not null check (state in
    ('waiting', 'queued', 'in doubt', 'job', 'made', 'failed', 'refused', 'cancelled')),
  lane integer,
  claim uuid,
  attempts integer not null default 0,
  baseline jsonb,
  job_id text,
  image_id text,
  image_name text,
  failures jsonb,
  reason text,
  candidate_job_ids text[] not null default '{}',
  other_job_ids text[] not null default '{}',
  started_at timestamptz,
  changed_at timestamptz not null default now(),
  primary key (run, account, region, project_id, server_id),
  unique (run, account, region, project_id, name)
);

-- Where the service throttles: nothing is started there until then.
create table aps_fleet.place (
  account text not null,
  region text not null,
  project_id text not null,
  rest_until timestamptz not null,
  rest_ms integer not null,
  primary key (account, region, project_id)
);

create table aps_fleet.schedule (
  name text primary key,
  cron text not null,
  time_zone text not null,
  approval boolean not null,
  images jsonb not null,
  created_at timestamptz not null default now()
);

create index image_open on aps_fleet.image (account, region, project_id, state, run)
  where state in ('queued', 'in doubt', 'job');
create index image_server on aps_fleet.image (account, region, project_id, server_id)
  where state in ('in doubt', 'job');
`,
  },
  {
    version: 2,
    supports: 1,
    sql: `
create table aps_fleet.rollout (
  run text not null references aps_fleet.run on delete cascade,
  account text not null,
  region text not null,
  project_id text not null,
  server_group_id text not null,
  server_id text not null,
  approval text not null check (approval in ('not needed', 'needed', 'given')),
  approved_by text,
  approved_at timestamptz,
  options jsonb not null,
  state text not null check (state in
    ('waiting', 'planned', 'approved', 'rolling', 'refused', 'cancelled', 'done', 'incomplete', 'stopped', 'rolled back')),
  direction text not null default 'forward' check (direction in ('forward', 'back')),
  claim uuid,
  plan jsonb,
  report jsonb,
  reason text,
  changed_at timestamptz not null default now(),
  primary key (run, account, region, project_id, server_group_id)
);

-- A group is moved by one rollout at a time.
create unique index rollout_group on aps_fleet.rollout (account, region, project_id, server_group_id)
  where state = 'rolling';

create table aps_fleet.rollout_record (
  number bigint generated always as identity primary key,
  run text not null,
  account text not null,
  region text not null,
  project_id text not null,
  server_group_id text not null,
  record jsonb not null,
  foreign key (run, account, region, project_id, server_group_id) references aps_fleet.rollout on delete cascade
);

create index rollout_record_of on aps_fleet.rollout_record (run, account, region, project_id, server_group_id, number);
`,
  },
  {
    version: 3,
    supports: 1,
    sql: `
-- Keys that the service refuses, by a digest: nothing is asked for with them until then.
create table aps_fleet.refused_key (
  digest text primary key,
  rest_until timestamptz not null
);
`,
  },
];

/** The version of the tables that this code is written for. */
export const currentVersion: number = migrations.at(-1)?.version ?? 0;
