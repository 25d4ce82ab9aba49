import { expect, it } from "vitest";
import { rebase } from "../build/rebase.ts";

it.each([
  ['<a href="/jobs/">', '<a href="/aps/jobs/">'],
  ['<a href="/">', '<a href="/aps/">'],
  ["[jobs](/jobs.md)", "[jobs](/aps/jobs.md)"],
  // Astro and Starlight have moved these already.
  ['<a href="/aps/jobs/">', '<a href="/aps/jobs/">'],
  ['<a href="/aps">', '<a href="/aps">'],
  ['<a href="/apsis/">', '<a href="/aps/apsis/">'],
  ['<a href="#body-name">', '<a href="#body-name">'],
  ['<a href="//other.host/">', '<a href="//other.host/">'],
  ['<a href="https://other.host/">', '<a href="https://other.host/">'],
  ["POST /v1/projects", "POST /v1/projects"],
])("a site under a path of its host has %s as %s", (link, moved) => {
  expect(rebase(link, "/aps")).toBe(moved);
});
