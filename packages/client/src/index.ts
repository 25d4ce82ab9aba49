export { type Client, createClient, type FullClient } from "./client.ts";
export { type AccessKeyOptions, accessKey } from "./credentials/access-key.ts";
export type {
  Credential,
  CredentialContext,
  CredentialSource,
  KeyCredential,
  TokenCredential,
} from "./credentials/credential.ts";
export { environmentVariables, fromEnvironment } from "./credentials/environment.ts";
export { type PasswordOptions, password } from "./credentials/password.ts";
export { token } from "./credentials/token.ts";
export { type AmbiguousOutcome, AmbiguousOutcomeError } from "./errors/ambiguous-outcome-error.ts";
export { ApiError, type ApiErrorDetails } from "./errors/api-error.ts";
export { ApsError } from "./errors/aps-error.ts";
export { ConnectionError } from "./errors/connection-error.ts";
export { CredentialsError, type CredentialsErrorOptions } from "./errors/credentials-error.ts";
export { type ImageJob, JobFailedError, type ServerJob, type SubJobFailure } from "./errors/job-failed-error.ts";
export { NotSentError } from "./errors/not-sent-error.ts";
export { type TimeoutDetails, TimeoutError } from "./errors/timeout-error.ts";
export { ValidationError } from "./errors/validation-error.ts";
export type { ClientEvent } from "./events.ts";
export type { components, operations, paths } from "./generated/aps.ts";
export { contractVersion } from "./generated/contract.ts";
export type { Methods } from "./generated/methods.ts";
export type { ArgumentsOf, CallOptions, Method, MethodName, ResultOf } from "./method.ts";
export { type MethodsOf, methodsOf, type Operations } from "./methods.ts";
export type { Operation, RequestParts, Service } from "./operation.ts";
export { regionHosts } from "./regions.ts";
export { type ClientOptions, isLoopback, type Settings, usualTotalTimeoutMs } from "./settings.ts";
export { checkImages } from "./tasks/fleet/check-images.ts";
export { createImages } from "./tasks/fleet/create-images.ts";
export type { CreateImagesOptions } from "./tasks/fleet/fleet-options.ts";
export {
  type FleetClaim,
  type FleetJournal,
  type FleetRecord,
  type FleetState,
  type ImageDetails,
  memoryJournal,
  replay,
} from "./tasks/fleet/journal.ts";
export type { FleetImage, FleetOutcome, FleetProgress, FleetResult } from "./tasks/fleet/outcome.ts";
export { type FoundOut, resolveDoubt } from "./tasks/fleet/resolve-doubt.ts";
export { type ImageBaseline, readBaseline } from "./tasks/image/baseline.ts";
export { type CreateImageOptions, createImage } from "./tasks/image/create-image.ts";
export { followImageJob, type JobProgress } from "./tasks/image/follow-image-job.ts";
export type { JobLook, MadeImage } from "./tasks/image/image-jobs.ts";
export { imageOperations } from "./tasks/image/image-methods.ts";
export { type ImageJobLook, type LookAtJobsOptions, lookAtImageJobs } from "./tasks/image/look-at-image-jobs.ts";
export {
  type ImageToMake,
  type StartedImage,
  type StartImageOptions,
  startImage,
} from "./tasks/image/start-image.ts";
export { isIdle } from "./tasks/image/verdict.ts";
export { type WaitOptions, waitForImageJob } from "./tasks/image/wait-for-image-job.ts";
export {
  type JobOutcome,
  type ObservedJobs,
  type WaitForJobsOptions,
  waitForImageJobs,
} from "./tasks/image/wait-for-image-jobs.ts";
export type { FollowOptions } from "./tasks/job/follow-job.ts";
export type { NotSeen } from "./tasks/job/look-at-job.ts";
export { type ResumePoint, readResumeToken, resumeToken } from "./tasks/job/resume-token.ts";
export type { Journal, JournalClaim } from "./tasks/journal.ts";
export { type Pages, type PaginateOptions, paginate } from "./tasks/paginate.ts";
export { paginateImages } from "./tasks/paginate-images.ts";
export { rolloutImageOperations, type ServiceImage } from "./tasks/rollout/image-service.ts";
export { type PlanOptions, planRollout } from "./tasks/rollout/plan-rollout.ts";
export { type PrunedImage, type PruneOptions, pruneImages } from "./tasks/rollout/prune-images.ts";
export { pruneOperations } from "./tasks/rollout/prune-operations.ts";
export { rollBack, rollOut } from "./tasks/rollout/roll-out.ts";
export {
  memoryRolloutJournal,
  type RolloutJournal,
  type RolloutRecord,
  type RolloutResult,
} from "./tasks/rollout/rollout-journal.ts";
/** The operations that a rollout calls, whatever it meets: what a role needs to be allowed. */
export * as rolloutOperations from "./tasks/rollout/rollout-operations.ts";
export type { DrainOptions, MovedServer, RolloutOptions } from "./tasks/rollout/rollout-options.ts";
export type {
  GroupImage,
  GroupImageType,
  PlanCheck,
  PlannedPermission,
  PlannedServer,
  RolloutPlan,
  ScalingPolicy,
} from "./tasks/rollout/rollout-plan.ts";
export type { Leftover, RolloutProgress, RolloutReport, ServerReport } from "./tasks/rollout/rollout-report.ts";
export { type RolloutState, replayRollout, type ServerState } from "./tasks/rollout/rollout-state.ts";
export { usersOfImages } from "./tasks/rollout/users-of-images.ts";
export { type BatchMethod, type BatchOptions, type BatchResult, runBatch } from "./tasks/server/run-batch.ts";
export type { DoneServerJob } from "./tasks/server/server-jobs.ts";
export { serverJobOperations } from "./tasks/server/server-methods.ts";
export { type ServerWaitOptions, waitForServerJob } from "./tasks/server/wait-for-server-job.ts";
export { type ServerJobOutcome, waitForServerJobs } from "./tasks/server/wait-for-server-jobs.ts";
export type { Http } from "./transport/http.ts";
export { isPassing } from "./transport/retry.ts";
export { type Sleep, sleepOnTimer } from "./transport/within.ts";
export type { Issue } from "./validation/issue.ts";
