import type { ImageRow, ImageState } from "../images/image.ts";

const marks: Readonly<Record<ImageState, string>> = {
  ...{ waiting: "·", queued: "·", "in doubt": "?", job: "○", made: "●" },
  ...{ failed: "✗", refused: "✗", cancelled: "-" },
};

/** A line for each project with a mark for each image, one for each worker, and one for all. */
export function demoTable(
  images: readonly ImageRow[],
  workers: ReadonlyMap<string, string>,
  seconds: number,
): readonly string[] {
  const projects = Map.groupBy(images, ({ projectId }) => projectId);
  const rows = [...projects].map(
    ([id, those], index) =>
      `  project ${index + 1} (${id.slice(0, 4)}…)  ${those.map(({ state }) => marks[state]).join(" ")}`,
  );
  const count = (...states: ImageState[]) => images.filter(({ state }) => states.includes(state)).length;
  return [
    "· queued   ? sent, no answer noted   ○ being made   ● made",
    ...rows,
    ...[...workers].map(([name, state]) => `  ${name}: ${state}`),
    `${seconds.toFixed(0)} s: ${count("queued")} queued, ${count("in doubt")} in doubt, ${count("job")} being made, ${count("made")} made`,
  ];
}
