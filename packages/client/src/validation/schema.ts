/** The part of JSON Schema 2020-12 that the contract's requests use, with references resolved. Objects are closed. */
export interface Schema {
  readonly type: "array" | "boolean" | "integer" | "object" | "string";
  /** How many of the properties are required; they come first. */
  readonly required?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly "x-aps-unique-by"?: string;
  readonly items?: Schema;
  /** What holds a list against the rules for lists. */
  readonly holdItems?: (add: Add, schema: Schema, value: readonly unknown[]) => void;
}

/** Adds an issue of the value in hand: the rule that it breaks, and what it must be. */
export type Add = (rule: keyof Schema, text: string) => void;
