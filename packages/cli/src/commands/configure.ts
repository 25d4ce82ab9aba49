import { UsageError } from "../arguments/usage-error.ts";
import { connect } from "../connection/connect.ts";
import { credentialsPath } from "../connection/credentials.ts";
import { describeAny } from "../failure/report.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { InterruptedError } from "../program/interruption.ts";
import { configPath, readProfiles, usualProfile } from "../settings/config-file.ts";
import { settingsOf } from "../settings/settings.ts";
import { writeKeys, writeProfile } from "../settings/write-profile.ts";
import { ask, canAsk } from "../terminal/ask.ts";

/** What is asked for, in this order, by names of settings. */
const questions: readonly (readonly [name: string, question: string])[] = [
  ["region", "Region, such as ap-southeast-1"],
  ["project-id", "Project id, empty to look it up by the region"],
  ["endpoint", "Endpoint, empty for that of the region"],
  ["output", "Output: table, json, yaml, .. empty for table"],
  ["proxy", "Proxy, empty for that of HTTPS_PROXY"],
  ["ca-file", "File of certificates to trust, empty for none"],
  ["update-notice", "Tell of a newer aps: on asks the npm registry once a day, empty never"],
];

/** `aps configure`: asks for what commands need to know, checks it, and writes it. */
export async function configure(context: Context): Promise<number> {
  const { given, host, settings, log } = context;
  const path = configPath(host.environment);
  const profiles = await readProfiles(path);
  const name = settings.profile?.value ?? usualProfile;
  if (!/^[\w.-]+$/.test(name))
    throw new UsageError(`A profile is named by letters, digits, _, . and -; given was ${JSON.stringify(name)}.`);
  const before = profiles[name] ?? {};
  const asks = canAsk(host);
  if (!asks && !questions.some(([option]) => given.texts.has(option)))
    throw new UsageError(
      "Nobody can be asked here. Give what is to be written, such as --region ap-southeast-1. Keys are no options: write them into the credentials file.",
    );
  const values: Record<string, string> = { ...before };
  for (const [option, question] of questions) {
    const key = option.replaceAll("-", "_");
    const typed = given.texts.get(option)?.[0];
    const value = typed ?? (asks ? await answerTo(context, question, before[key]) : before[key]);
    if (value === undefined || value === "") delete values[key];
    else values[key] = value;
  }
  const keys = asks ? await askForKeys(context) : undefined;
  // Everything that was typed is held against the rules, and tried, before it is written.
  const section = name === usualProfile ? "basic" : name;
  const trial = settingsOf({ ...given, texts: new Map() }, {}, { [usualProfile]: { credentials: section, ...values } });
  await check({
    ...context,
    settings: trial,
    host: { ...host, environment: { ...host.environment, ...keysOnly(keys) } },
  });
  await writeProfile(path, name, values);
  log.note(`Written: profile ${name} in ${path}`);
  if (keys !== undefined) {
    await writeKeys(credentialsPath(host.environment), section, keys);
    log.note(`Written: keys in section [${section}] of ${credentialsPath(host.environment)}, which only you can read`);
  }
  if (name !== usualProfile) log.note(`Use it with --profile ${name} or APS_PROFILE=${name}.`);
  return exitCode.done;
}

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

async function answerTo({ host, interruption }: Context, question: string, before = ""): Promise<string> {
  const shown = before === "" ? "" : ` [${before}]`;
  const { signal } = interruption;
  const answer = await ask(host, `${question}${shown}: `, { signal });
  if (answer === undefined) throw new InterruptedError("Interrupted. Nothing was written.");
  return answer === "" ? before : answer;
}

/** Keys that are there already are kept when nothing is typed. A secret is never echoed. */
async function askForKeys({ host, interruption }: Context): Promise<Keys | undefined> {
  const { signal } = interruption;
  const accessKeyId = await ask(host, "Access key id (AK), empty to keep the keys as they are: ", { signal });
  if (accessKeyId === undefined) throw new InterruptedError("Interrupted. Nothing was written.");
  if (accessKeyId === "") return undefined;
  const secretAccessKey = await ask(host, "Secret access key (SK), not shown: ", { signal, isSecret: true });
  if (!secretAccessKey) throw new InterruptedError("Nothing was written.");
  return { accessKeyId, secretAccessKey };
}

function keysOnly(keys: Keys | undefined): Record<string, string> {
  if (keys === undefined) return {};
  return { HUAWEICLOUD_SDK_AK: keys.accessKeyId, HUAWEICLOUD_SDK_SK: keys.secretAccessKey };
}

/** One request that changes nothing. What cannot be tried now is written all the same, and said. */
async function check(context: Context): Promise<void> {
  const { log, interruption } = context;
  const { settings } = context;
  if (settings.text("region") === undefined && settings.text("endpoint") === undefined) {
    log.note("Not tried: there is neither a region nor an endpoint.");
    return;
  }
  const client = connect(context);
  try {
    await client.listImageServers({ query: { limit: 1 } }, { signal: interruption.signal });
    log.note(`Tried: ${client.settings.endpoint} answers, and the keys are good.`);
  } catch (error) {
    interruption.signal.throwIfAborted();
    const { message, exitCode: code } = await describeAny(error, { context });
    if (code === exitCode.usage && !/redentials|Profile|Environment/.test(message)) throw error;
    log.note(`Tried, and it does not work yet: ${message} See aps doctor.`);
  }
}
