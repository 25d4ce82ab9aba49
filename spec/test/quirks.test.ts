import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { quirksOf, quirksTable } from "../build/quirks.ts";
import { documents } from "./bundle.ts";

const quirks = [...quirksOf(documents.aps), ...quirksOf(documents.ims)];

/** The contradictions that were found when the vendor's documents were compared, in the order they were found. */
const TOPICS: readonly (readonly string[])[] = [
  ["description-characters"],
  ["name-characters"],
  ["sysprep-undocumented"],
  ["enterprise-project-reserved"],
  ["precondition-wording"],
  ["async-answers-200"],
  ["id-forms"],
  ["spce-code-spelling"],
  ["gold-image-codes"],
  ["list-example-job-type"],
  ["job-types-three-or-seven"],
  ["job-type-empty"],
  ["sub-job-ids-parameter"],
  ["list-example-count"],
  ["aborting-wording"],
  ["server-status-null"],
  ["tag-values-required"],
  ["tag-blanks"],
  ["root-volume-limits"],
  ["account-type-user-group"],
  ["update-description-text"],
  ["product-id-forms"],
  ["delete-server-answer", "recursive-required"],
  ["attach-answer-not-a-uri"],
  ["error-body-families", "borrowed-error-codes"],
  ["permission-families"],
  ["enterprise-project-left-out"],
  ["server-id-clash"],
  ["error-message-name-clash"],
  ["batch-delete-patch"],
  ["terraform-image-names"],
  ["show-server-text"],
  ["change-image-target"],
  ["image-product-id-optional", "server-group-image-fields"],
  ["change-image-server-ids", "reinstall-server-ids"],
  ["batch-sizes"],
  ["batch-verbs"],
  ["maintain-status-types", "maintaining-status"],
  ["reboot-type-required"],
  ["os-type-case"],
  ["server-group-name-length"],
  ["max-session-limits"],
  ["gpu-threshold-in-updates"],
  ["image-min-disk-unit"],
  ["flavor-link-hrel"],
  ["upgrade-task-spelling"],
  ["secondary-server-group-default"],
  ["server-group-list-threshold"],
  ["metadata-example-text"],
  ["machine-status-null"],
  ["server-job-type-empty", "server-sub-job-ids-parameter", "server-sub-job-types"],
  ["show-job-examples", "show-job-detail-image-jobs", "show-job-detail-statuses"],
  ["server-sub-job-errors"],
  ["application-server-id-forms", "server-id-two-meanings"],
  ["delete-server-payment"],
  ["batch-partial-failure"],
  ["scaling-policy-default"],
  ["session-threshold-required"],
  ["logoff-session-ids"],
  ["logoff-delay-unit"],
  ["logoff-message-types"],
  ["session-times"],
  ["session-begin-required"],
  ["is-success-unanchored"],
  ["images-enterprise-project"],
  ["images-sort-key-blank"],
  ["images-not-found"],
  ["images-rate-numbers", "delete-image-rate-numbers", "quota-rate-numbers"],
  ["delete-image-always-204"],
  ["delete-image-old-path"],
  ["image-type-market"],
  ["image-platform-spelling"],
  ["image-texts-for-booleans"],
  ["image-min-disk"],
  ["image-virtual-size-null"],
  ["image-tag-lengths", "image-tag-key-blank", "image-tags-number"],
  ["image-service-throttling", "glance-error-bodies"],
  ["image-ids-in-paths"],
];

test("each known contradiction is decided in exactly one place", () => {
  expect(TOPICS.length).toBeGreaterThanOrEqual(40);
  const recorded = quirks.map(({ id }) => id);
  for (const id of TOPICS.flat())
    expect(
      recorded.filter((one) => one === id),
      id,
    ).toHaveLength(1);
});

test("no two quirks have the same id", () => {
  expect(new Set(quirks.map(({ id }) => id)).size).toBe(quirks.length);
});

test("the table has a row for each quirk, and is the one that was built", () => {
  const table = quirksTable(quirks);
  for (const { id } of quirks) expect(table.split(`<a id="${id}"></a>`)).toHaveLength(2);
  expect(table.split("\n").filter((line) => line.startsWith("| <a"))).toHaveLength(quirks.length);
  expect(readFileSync(join(import.meta.dirname, "../dist/QUIRKS.md"), "utf8")).toBe(table);
});

test("a bar in a text does not break the table", () => {
  const row = quirksTable([{ id: "a", subject: "B", says: "x | y\nz", decision: "d", reason: "r" }])
    .split("\n")
    .at(-2);
  expect(row).toBe('| <a id="a"></a>`a` | B | x \\| y z | d | r |');
});
