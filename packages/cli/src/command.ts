/** One command that calls one operation. The list of them is generated from the contract. */
export interface Command {
  /** The words that name the command, such as `["image", "create"]`. */
  readonly words: readonly [noun: string, verb: string];
  /** The operation behind it, by its operationId. */
  readonly operationId: string;
  /** The further service that has it; undefined for the one that the program is named after. */
  readonly service?: "ims";
  /** The client's method for it. */
  readonly method: string;
  readonly summary: string;
  readonly description: string;
  readonly positionals: readonly Positional[];
  readonly flags: readonly Flag[];
  /** Whether the operation answers with a job that can be waited for. */
  readonly startsJob: boolean;
  /** The kind of the jobs on application servers that it starts, if it starts any. */
  readonly serverJobKind?: string;
  /** Whether it only reads. */
  readonly readsOnly: boolean;
  readonly takesBody: boolean;
  /** Whether a body must be sent. */
  readonly needsBody: boolean;
  /** Whether it takes something away: it deletes, or ends what somebody is at work with. */
  readonly takesAway: boolean;
  /** The contract's example of the body, of an operation that takes one. */
  readonly exampleBody?: Readonly<Record<string, unknown>>;
  /** How a list that comes in pages goes on after the first, so that all of it can be asked for. */
  readonly pagesBy?: "offset" | "marker";
  /** The states in which the image server must be. */
  readonly serverStates: readonly string[];
  /** The contract's own example as a command line, without the program's name. */
  readonly example: readonly string[];
  /** How to show the answer as a table. */
  readonly view: View;
}

/** A value that is given by its position. */
export interface Positional {
  /** Its name in kebab case, such as `server-id`. */
  readonly name: string;
  /** Where the value goes in `{ path, query, body }`. */
  readonly at: readonly string[];
  /** Whether it takes all values that are left. */
  readonly many: boolean;
  /** Whether it may be left out. Default: false. */
  readonly optional?: boolean;
  /** Of one that takes all values that are left: how many one request may have. */
  readonly most?: number;
  readonly about: string;
  readonly limit: string;
}

/** A value that is given by name. */
export interface Flag {
  /** Its name in kebab case, without the hyphens. */
  readonly name: string;
  /** Another name, kept because it is shorter or was there first. */
  readonly alias?: string;
  /** Where the value goes in `{ path, query, body }`. */
  readonly at: readonly string[];
  readonly type: "string" | "integer" | "boolean" | "object";
  /** Whether it may be repeated. */
  readonly many: boolean;
  readonly required: boolean;
  readonly about: string;
  readonly limit: string;
  readonly values?: readonly string[];
  /** What is sent when it is left out. */
  readonly usual?: string;
  /** Of an object: its fields, as `name=value,name=value`. */
  readonly fields?: readonly Field[];
}

/** A field of a flag that takes an object. */
export interface Field {
  readonly name: string;
  readonly type: "string" | "integer" | "boolean";
  readonly required: boolean;
  readonly about: string;
  readonly limit: string;
  /** The only value that the contract allows, filled in when left out. */
  readonly only?: string;
}

/** The columns of a list, or the rows of a single thing. */
export interface View {
  /** The property that holds the list, when the answer is one. */
  readonly list?: string;
  readonly columns: readonly Column[];
  /** Every plain field of the thing, or of an item of the list, by its path. */
  readonly fields: readonly string[];
}

/** One column: a title and where the value is. */
export interface Column {
  readonly title: string;
  readonly at: readonly string[];
  /** `took` is the time from the value to that of `end`. */
  readonly kind: "text" | "status" | "time" | "took";
  readonly end?: readonly string[];
}
