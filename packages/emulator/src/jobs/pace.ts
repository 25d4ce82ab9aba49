/** How jobs go on: with the emulator's clock, a step at every look, or at once. */
export type JobPace = "clock" | "poll" | "instant";
