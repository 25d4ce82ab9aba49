export { SchemaError } from "./database/schema-error.ts";
export type { FleetRunImage, ImageRow, ImageState } from "./images/image.ts";
export { type Fleet, type FleetOptions, openFleet } from "./open-fleet.ts";
export type { Place } from "./place.ts";
export type { RetryChoice } from "./runs/change-run.ts";
export { RunError } from "./runs/run-error.ts";
export type { RunStatus } from "./runs/status.ts";
export type { SubmitOptions, Submitted } from "./runs/submit.ts";
export type { WorkOptions } from "./work/work.ts";
