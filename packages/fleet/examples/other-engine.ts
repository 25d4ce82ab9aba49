import {
  type Client,
  createClient,
  fromEnvironment,
  type ImageBaseline,
  lookAtImageJobs,
  readBaseline,
  startImage,
} from "@workspace-aps/client";

/** A row of a database of yours: what a step must find again when it runs once more. */
interface Row {
  readonly serverId: string;
  readonly name: string;
  claim?: string;
  baseline?: ImageBaseline;
  jobId?: string | undefined;
}

/** An activity of Temporal, or what ctx.run of Restate runs. It may run any number of times, even twice at once. */
async function startImageOf(client: Client, row: Row): Promise<string> {
  if (row.jobId !== undefined) return row.jobId;
  const { serverId, name, baseline: noted } = row;
  const baseline = noted ?? (await readBaseline(client, serverId));
  // One statement: update image set claim = $1, baseline = $2 where id = $3
  const claim = crypto.randomUUID();
  Object.assign(row, { claim, baseline });
  const { jobId } = await startImage(
    client,
    { serverId, name },
    {
      // With a note from before, the request may have been sent: the job is looked for first.
      ...(noted === undefined ? { baseline } : { earlier: { baseline } }),
      // Asked right before every attempt: select 1 from image where id = $1 and claim = $2
      beforeSend: async () => {
        if (row.claim !== claim) throw new Error("Another run of this step has the image.");
      },
    },
  );
  // update image set job_id = $1 where id = $2 and claim = $3
  row.jobId = jobId;
  return jobId;
}

/** The other step: one for each project and interval, for all of its jobs. Resolves to how many go on. */
async function lookAtProject(client: Client, rows: readonly Row[]): Promise<number> {
  const looks = await lookAtImageJobs(
    client,
    rows.flatMap(({ jobId }) => jobId ?? []),
  );
  for (const [jobId, { result }] of looks) console.log(jobId, result);
  return [...looks.values()].filter(({ result }) => result === "running" || result === "not seen").length;
}

// What an engine does: a step whose process has died after the request runs once more, and makes no second image.
const client = createClient({ region: "ap-southeast-1", credentials: fromEnvironment() });
const row: Row = { serverId: "25b1dd14-0c84-4558-aa57-03a6c54b8e75", name: "office-2026-11" };
const first = await startImageOf(client, row);
row.jobId = undefined;
const second = await startImageOf(client, row);
console.log(first === second ? "The same job." : "A second job!");
while ((await lookAtProject(client, [row])) > 0) await client.settings.sleep(30_000);
