import { batchAgreement } from "./batch-agreement.ts";
import { closedRequests } from "./closed-requests.ts";
import { errorCodes } from "./error-codes.ts";
import { errorStatuses } from "./error-statuses.ts";
import { fileNames } from "./file-names.ts";
import type { HouseRule } from "./house-rule.ts";
import { idIsString } from "./id-is-string.ts";
import { jobAgreement } from "./job-agreement.ts";
import { knownExtensions } from "./known-extensions.ts";
import { limitsAgreement } from "./limits-agreement.ts";
import { listPaging } from "./list-paging.ts";
import { mediaTypeExample } from "./media-type-example.ts";
import { noOrphanFile } from "./no-orphan-file.ts";
import { noVendorSentence } from "./no-vendor-sentence.ts";
import { operationAuthorization } from "./operation-authorization.ts";
import { patternAgreement } from "./pattern-agreement.ts";
import { preconditionStates } from "./precondition-states.ts";
import { quirkIds } from "./quirk-ids.ts";
import { sourceRequired } from "./source-required.ts";
import { stringBounds } from "./string-bounds.ts";
import { summaryStyle } from "./summary-style.ts";
import { uriReferences } from "./uri-references.ts";

/** All rules of this project, by id. */
export const houseRules: readonly HouseRule[] = [
  batchAgreement,
  closedRequests,
  errorCodes,
  errorStatuses,
  fileNames,
  idIsString,
  jobAgreement,
  knownExtensions,
  limitsAgreement,
  listPaging,
  mediaTypeExample,
  noOrphanFile,
  noVendorSentence,
  operationAuthorization,
  patternAgreement,
  preconditionStates,
  quirkIds,
  sourceRequired,
  stringBounds,
  summaryStyle,
  uriReferences,
];
