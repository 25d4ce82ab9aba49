import { methodOf } from "@workspace-aps/cli/command-line";
import { createImage, followImageJob, type ImageJob } from "@workspace-aps/client";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { JobFamilyName } from "../contract/document.ts";
import { type Call, methodNameOf, requestOf } from "../samples/call.ts";
import type { ConsoleWords } from "../words/console.ts";
import { batchResult } from "./batch-outcome.tsx";
import { BodyJson } from "./body-json.tsx";
import { CallAsCode } from "./call-as-code.tsx";
import { type Cloud, createCloud, type Exchange, type FaultName } from "./cloud.ts";
import { ExchangesView } from "./exchange.tsx";
import type { ConsoleFacts } from "./facts.ts";
import { JobView } from "./job.tsx";
import { type Outcome, OutcomeView } from "./outcome.tsx";
import { RealEndpointForm } from "./real-endpoint.tsx";
import { type Checked, check, type Typed } from "./request.ts";
import { RequestForm } from "./request-form.tsx";
import { Send } from "./send.tsx";

/** What has come of a call so far. */
interface Run {
  readonly isSending: boolean;
  readonly exchanges: readonly Exchange[];
  readonly outcome?: Outcome | undefined;
  readonly job?: {
    readonly seen: ImageJob | undefined;
    readonly elapsedMs: number;
    readonly looks: readonly Exchange[];
  };
}

const nothingSent: Run = { isSending: false, exchanges: [] };

/** Runs the client against an emulator in this page, and shows what happens. */
export function Console({ facts, words }: { facts: ConsoleFacts; words: ConsoleWords }) {
  const [world, setWorld] = useState(0);
  const start = useMemo(() => typedAtFirst(facts), [facts]);
  const cloud = useMemo(createCloud, [world]);
  const [typed, setTyped] = useState<Typed>(start);
  const [{ checked, of: checkedText }, setChecked] = useState<{ checked: Checked; of?: Typed }>({
    checked: { call: undefined, issues: [] },
  });
  const [isReady, setReady] = useState(facts.looksAtJobs === undefined);
  const [fault, setFault] = useState<FaultName>("none");
  const [run, setRun] = useState<Run>(nothingSent);
  const stop = useRef(new AbortController());

  useEffect(() => {
    let isCurrent = true;
    check(facts, typed, words.notJson).then((result) => isCurrent && setChecked({ checked: result, of: typed }));
    return () => {
      isCurrent = false;
    };
  }, [facts, typed, words]);

  // Operations that look at jobs get one to look at.
  useEffect(() => {
    if (facts.looksAtJobs === undefined) return;
    setReady(false);
    startJob[facts.looksAtJobs](cloud.client).then((jobId) => {
      if ("job_id" in start.values) setTyped(({ values, body }) => ({ values: { ...values, job_id: jobId }, body }));
      setReady(true);
    });
  }, [cloud, facts, start]);

  function startOver(): void {
    stop.current.abort();
    stop.current = new AbortController();
    setTyped(start);
    setRun(nothingSent);
    setFault("none");
    setWorld(world + 1);
  }

  async function send(how: typeof callMethod | typeof callTask): Promise<void> {
    const { call } = checked;
    if (call === undefined || run.isSending) return;
    stop.current.abort();
    stop.current = new AbortController();
    const { signal } = stop.current;
    const update = (change: (run: Run) => Run) => !signal.aborted && setRun(change);
    setRun({ ...nothingSent, isSending: true });
    cloud.letGoWrong(facts, fault);
    cloud.onExchange = (exchange) => update((before) => ({ ...before, exchanges: [...before.exchanges, exchange] }));
    try {
      const outcome = await how(call);
      update((before) => ({ ...before, isSending: false, outcome }));
      if (facts.jobSeconds !== undefined) await follow(outcome.jobId ?? "", signal, update);
    } catch (error) {
      update((before) => ({ ...before, isSending: false, outcome: { error } }));
    }
  }

  async function callMethod(call: Call) {
    const method = methodNameOf(facts.operation);
    const result = await methodOf(cloud.client, method)(requestOf(call));
    const { ids, answers } = facts.batch ?? {};
    const asked = (call.body?.[ids ?? ""] ?? []) as readonly string[];
    return {
      result,
      type: `ResultOf<"${method}">`,
      jobId: (result as { job_id?: string } | undefined)?.job_id,
      batch: answers && batchResult(result, answers, asked),
    };
  }

  async function callTask({ path, body }: Call) {
    const { execute_sysprep: executeSysprep, ...rest } = body as { name: string; execute_sysprep?: boolean };
    const result = await createImage(cloud.client, { serverId: String(path.server_id), executeSysprep, ...rest });
    return { result, type: "StartedJob", jobId: result.jobId, batch: undefined };
  }

  async function follow(jobId: string, signal: AbortSignal, update: (change: (run: Run) => Run) => unknown) {
    const startedAt = cloud.now();
    const looks: Exchange[] = [];
    const show = (seen: ImageJob | undefined) =>
      update((before) => ({ ...before, job: { seen, elapsedMs: cloud.now() - startedAt, looks: [...looks] } }));
    cloud.onExchange = (exchange) => looks.push(exchange);
    show(undefined);
    for await (const { job } of followImageJob(cloud.client, jobId, { signal })) show(job);
  }

  const canSend = isReady && checked.call !== undefined && checkedText === typed;
  return (
    <div class="console-parts">
      <RequestForm
        facts={facts}
        words={words}
        typed={typed}
        issues={checked.issues}
        onType={setTyped}
        onSend={() => send(callMethod)}
      />
      <div class="console-side">
        {typed.body !== undefined && (
          <BodyJson
            words={words}
            text={typed.body}
            issues={checked.issues.filter(({ pointer }) => /^\/body(\/|$)/.test(pointer))}
            onType={(body) => setTyped({ ...typed, body })}
          />
        )}
        <Send
          facts={facts}
          words={words}
          isValid={checked.issues.length === 0}
          canSend={canSend}
          isSending={run.isSending}
          fault={fault}
          onFault={setFault}
          onSendOnce={facts.makesImage ? () => send(callTask) : undefined}
          onStartOver={startOver}
        />
        <p class="sr-only" role="status">
          {announcement(words, run)}
        </p>
        <div class="console-results">
          {run.exchanges.length === 0 && <p class="console-note">{words.nothingYet}</p>}
          {run.job && (
            <JobView language={facts.language} words={words} job={run.job} typicalSeconds={facts.jobSeconds ?? 0} />
          )}
          {run.outcome && <OutcomeView facts={facts} words={words} outcome={run.outcome} />}
          {run.exchanges.length > 0 && <ExchangesView words={words} exchanges={run.exchanges} />}
        </div>
      </div>
      <CallAsCode language={facts.language} words={words} operation={facts.operation} call={checked.call} />
      <RealEndpointForm language={facts.language} words={words} operation={facts.operation} call={checked.call} />
    </div>
  );
}

/** What a screen reader says of a run: that it ended, and how, and each state of the job once. */
function announcement(words: ConsoleWords, { isSending, outcome, job }: Run): string {
  if (isSending) return words.sending;
  if (outcome !== undefined && "error" in outcome) return `${words.error}: ${String(outcome.error)}`;
  if (job?.seen?.status !== undefined) return `${words.job}: ${job.seen.status}`;
  if (outcome === undefined) return "";
  const { started, refused, unnamed } = outcome.batch ?? {};
  const parts = [
    started?.length && words.started(started.length),
    refused?.length && words.refused(refused.length),
    unnamed?.length && words.unnamed(unnamed.length),
  ];
  return [words.result, ...parts.filter(Boolean)].join(" ");
}

function typedAtFirst({ parameters, body }: ConsoleFacts): Typed {
  return { values: Object.fromEntries(parameters.map(({ name, value }) => [name, value])), body };
}

/** Starts a job of a family, and gives its id. */
const startJob: Readonly<Record<JobFamilyName, (client: Cloud["client"]) => Promise<string>>> = {
  async image(client) {
    const { items } = await client.listImageServers({});
    const serverId = items?.[0]?.id ?? "";
    const { job_id } = await client.recreateServerImage({ path: { server_id: serverId }, body: { name: "image" } });
    return job_id;
  },
  async server(client) {
    const { items } = await client.listServers({});
    const serverId = items?.[0]?.id ?? "";
    const { job_id } = await client.reinstallServer({ path: { server_id: serverId }, body: {} });
    return job_id ?? "";
  },
};
