/** An answer of the emulator that breaks the contract; a defect of the emulator, not of its caller. */
export interface Violation {
  readonly operationId: string;
  readonly status: number;
  /** The rules that it breaks, in words that name the field. */
  readonly problems: readonly string[];
}
