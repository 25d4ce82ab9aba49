import { operationsOf, type PlacedOperation } from "@workspace-aps/spec/document";
import type { Language } from "../edition/language.ts";
import { follow, type Quirk, type Service, type ServiceDocument, type Source } from "./document.ts";
import { type Field, fieldReader } from "./fields.ts";
import { leadOf } from "./lead.ts";

/** One operation, ready to be shown. */
export interface OperationView {
  readonly id: string;
  /** The service that has it. */
  readonly service: Service;
  readonly slug: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  /** The first sentence of the description, without marks. */
  readonly lead: string;
  readonly method: string;
  readonly path: string;
  readonly authorization: Authorization | undefined;
  /** The states in which it is allowed, by kind of resource. */
  readonly preconditions: Readonly<Record<string, readonly string[]>>;
  readonly parameters: readonly (Field & { readonly place: string })[];
  readonly body: BodyView | undefined;
  readonly responses: readonly ResponseView[];
  readonly quirks: readonly Quirk[];
  readonly source: Source | undefined;
  /** The vendor's name for how often it may be called. */
  readonly rateLimit: string | undefined;
  /** Where it takes several ids at once, and what its answer says of each. */
  readonly batch: Batch | undefined;
}

/** An operation that takes several ids. Values are JSON pointers into the bodies. */
export interface Batch {
  readonly ids: string;
  /** Left out when the answer says nothing about each id. */
  readonly answers?: Readonly<Record<"items" | "id" | "jobId" | "errorCode" | "errorMessage", string>>;
}

/** What IAM asks of a caller, in its own names; `unknown` where no source tells. */
export interface Authorization {
  readonly action: string;
  readonly accessLevel: string;
  readonly resourceType: string;
  readonly resourceRequired: boolean;
  readonly conditionKeys: readonly string[];
  readonly dependencies: readonly string[];
  readonly aliases: readonly string[];
  readonly roleAction: string;
}

/** A body, ready to be shown. */
export interface BodyView {
  readonly fields: readonly Field[];
  readonly examples: readonly ExampleView[];
}

/** An answer, ready to be shown. */
export interface ResponseView extends BodyView {
  readonly status: string;
  readonly description: string;
}

/** An example of a body, as the text of a document. */
export interface ExampleView {
  readonly title: string;
  readonly json: string;
}

interface RawOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, unknown>>;
  readonly "x-aps-authorization"?: Authorization;
  readonly "x-aps-preconditions"?: Readonly<Record<string, readonly string[]>>;
  readonly "x-aps-quirks"?: readonly Quirk[];
  readonly "x-aps-source"?: Source;
  readonly "x-aps-rate-limit"?: string;
  readonly "x-aps-batch"?: Batch;
}

interface ParameterObject {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description: string;
  readonly schema: unknown;
  readonly example?: unknown;
}

type Content = Readonly<
  Record<"application/json", { readonly schema: unknown; readonly examples?: Readonly<Record<string, unknown>> }>
>;

/** Every operation of a service, in the order of its document. */
export function viewOperations(service: Service, contract: ServiceDocument, language: Language): OperationView[] {
  const { field, fieldsOf } = fieldReader(contract, language);
  return operationsOf<RawOperation, ParameterObject>(contract).map(view);

  function view(placed: PlacedOperation<RawOperation, ParameterObject>): OperationView {
    const { path, method, operation: raw, parameters } = placed;
    const content = raw.requestBody?.content;
    return {
      id: raw.operationId,
      service,
      slug: raw.operationId.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase(),
      tag: raw.tags[0] ?? "",
      summary: raw.summary,
      description: raw.description,
      lead: leadOf(raw.description),
      method: method.toUpperCase(),
      path,
      authorization: raw["x-aps-authorization"],
      preconditions: raw["x-aps-preconditions"] ?? {},
      parameters: parameters.map(parameter),
      body: content === undefined ? undefined : bodyOf(content),
      responses: Object.entries(raw.responses).map(([status, response]) => responseOf(status, response)),
      quirks: [...(raw["x-aps-quirks"] ?? []), ...quirksOfBody(content)],
      source: raw["x-aps-source"],
      rateLimit: raw["x-aps-rate-limit"],
      batch: raw["x-aps-batch"],
    };
  }

  function parameter(given: ParameterObject): Field & { place: string } {
    const { name, in: place, required, description, schema, example } = given;
    const more = { description, ...(example === undefined ? {} : { example: JSON.stringify(example) }) };
    return { ...field(name, schema, required === true, more), place };
  }

  function responseOf(status: string, value: unknown): ResponseView {
    const { description, content } = follow<{ readonly description: string; readonly content?: Content }>(
      contract,
      value,
    );
    const body = content === undefined ? { fields: [], examples: [] } : bodyOf(content);
    return { status, description, ...body };
  }

  function bodyOf(content: Content): BodyView {
    const { schema, examples = {} } = content["application/json"];
    return {
      fields: fieldsOf(schema),
      examples: Object.values(examples).map((example) => {
        const { summary, value } = follow<{ readonly summary?: string; readonly value: unknown }>(contract, example);
        return { title: summary ?? "", json: JSON.stringify(value, null, 2) };
      }),
    };
  }

  function quirksOfBody(content: Content | undefined): readonly Quirk[] {
    if (content === undefined) return [];
    const { schema } = content["application/json"];
    return follow<{ readonly "x-aps-quirks"?: readonly Quirk[] }>(contract, schema)["x-aps-quirks"] ?? [];
  }
}
