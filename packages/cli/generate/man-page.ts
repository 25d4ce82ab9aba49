// Writes the man page into dist/, from what the help of the program is made of.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { commonOptions, connectionOptions, type Option, variableOf } from "../src/arguments/option.ts";
import { topics } from "../src/help/topics.ts";
import { catalogue } from "../src/program/catalogue.ts";

const folder = join(import.meta.dirname, "..", "dist");
await mkdir(folder, { recursive: true });
await writeFile(join(folder, "aps.1"), await page());

async function page(): Promise<string> {
  const options = [...connectionOptions, ...commonOptions];
  return `${[
    `.TH APS 1 "" "aps ${manifest.version}" "User Commands"`,
    ".SH NAME",
    "aps \\- golden images of Huawei Cloud Workspace Application Streaming (unofficial)",
    ".SH SYNOPSIS",
    ".B aps",
    text("<command> [options]"),
    ".SH COMMANDS",
    ...(await catalogue()).flatMap(({ words, summary, positionals }) => [
      ".TP",
      `.B ${escaped(["aps", words, ...positionals.map(({ name, many }) => `<${name}>${many ? "..." : ""}`)].join(" "))}`,
      text(`${summary}.`),
    ]),
    ".PP",
    text("aps <command> --help shows its options, limits and an example."),
    ".SH OPTIONS OF EVERY COMMAND",
    ...options.flatMap((option) => [".TP", `.B ${escaped(termOf(option))}`, text(aboutOf(option))]),
    ...Object.entries(topics).flatMap(([name, topic]) => [
      `.SH ${escaped(name.replaceAll("-", " ").toUpperCase())}`,
      ".nf",
      ...topic.text(72).trimEnd().split("\n").map(text),
      ".fi",
    ]),
  ].join("\n")}\n`;
}

function termOf({ name, short, placeholder = "" }: Option): string {
  return `${short === undefined ? "" : `-${short}, `}--${name} ${placeholder}`.trim();
}

function aboutOf({ name, about, limit }: Option): string {
  const variable = connectionOptions.some((option) => option.name === name) ? ` Or ${variableOf(name)}.` : "";
  return `${about}${limit === undefined ? "" : ` (${limit})`}${variable}`;
}

/** A line of text: roff takes a point or a quote at its beginning for a request. */
function text(line: string): string {
  const shown = escaped(line);
  return /^[.']/.test(shown) ? `\\&${shown}` : shown;
}

function escaped(line: string): string {
  return line.replaceAll("\\", "\\e").replaceAll("-", "\\-");
}
