/** Something given to the emulator itself breaks a rule; the message names the field and the rule. */
export class InvalidInput extends TypeError {
  override readonly name = "InvalidInput";
}
