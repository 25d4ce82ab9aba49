/** A place in a document, as Redocly hands it to rules. */
export interface Location {
  readonly source: { readonly absoluteRef: string };
  /** JSON pointer with a leading `#`. The root of a file is `#/`. */
  readonly pointer: string;
  child(path: string | number | (string | number)[]): Location;
  key(): Location;
}

/** What a rule is given for the node that it looks at. */
export interface RuleContext {
  readonly location: Location;
  /** Where the node stands before its `$ref` is followed. */
  readonly rawLocation: Location;
  readonly rawNode: Node;
  readonly key: string | number;
  /** The kind of node. Those that may have extensions name the prefix of these. */
  readonly type: { readonly name: string; readonly extensionsPrefix?: string };
  report(problem: { message: string; location?: Location }): void;
  resolve(node: unknown, from?: string): { node: Node | undefined; location: Location | undefined };
}

/** A parsed YAML or JSON node. Rules run on documents that may be wrong, so nothing is taken for granted. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of a document under test is not known
export type Node = any;

/** Functions by node type of Redocly: https://redocly.com/docs/cli/custom-plugins/visitor */
export type Visitor = { readonly [type: string]: unknown };

/** The settings of a rule in `redocly.yaml`. */
export type Options = Readonly<Record<string, unknown>>;

/** One rule of this project. */
export interface HouseRule {
  /** Stable name. In `redocly.yaml` it is written `aps/<id>`. */
  readonly id: string;
  /** Why the rule exists, in one sentence. */
  readonly reason: string;
  create(options: Options): Visitor;
}
