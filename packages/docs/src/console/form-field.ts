import type { Field, Kind } from "../contract/fields.ts";
import { leadOf, plain } from "../contract/lead.ts";
import type { Language } from "../edition/language.ts";
import { fieldWords } from "../words/fields.ts";
import { textOf } from "./body-text.ts";

/** A parameter or a property of a body, as the form needs it. */
export interface FormField {
  readonly name: string;
  /** Its type in JSON. */
  readonly kind: Kind;
  readonly required: boolean;
  /** What it means: the first sentence, or all of it where that explains the values to choose from. */
  readonly help: string;
  /** Its limits in words. */
  readonly limits: string;
  /** The values that it may have; any when empty. */
  readonly values: readonly string[];
  /** What the service takes when it is left out. */
  readonly defaultValue: string | undefined;
  /** How many entries a list may have. */
  readonly mostItems: number | undefined;
  /** The fields of an object, or of each entry of a list of objects. */
  readonly fields: readonly FormField[];
}

/** Takes from the reference what the form needs. */
export function formField(field: Field, language: Language): FormField {
  const { name, kind, required, description, limits, values, defaultValue, mostItems, children } = field;
  return {
    name,
    kind,
    required,
    help: values.length > 0 ? plain(description) : leadOf(description),
    // That an object is closed says the form itself: it has no other fields.
    limits: limits.filter((limit) => limit !== fieldWords[language].closed).join(fieldWords[language].comma),
    values,
    defaultValue: defaultValue === undefined ? undefined : textOf(JSON.parse(defaultValue)) || undefined,
    mostItems,
    fields: children.map((child) => formField(child, language)),
  };
}
