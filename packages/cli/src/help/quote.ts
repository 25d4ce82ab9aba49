/** A command line as a shell takes it, with the program's name in front. */
export function commandLine(words: readonly string[]): string {
  return ["aps", ...words.map(quote)].join(" ");
}

/** A word as a POSIX shell takes it. */
export function quote(word: string): string {
  if (/^[A-Za-z0-9_\-./:=,@%+\u4e00-\u9fa5]+$/.test(word)) return word;
  if (/^[^"$`\\!\n]*$/.test(word)) return `"${word}"`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
