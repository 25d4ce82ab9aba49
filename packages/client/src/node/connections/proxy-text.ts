/** A proxy is often written without its scheme. */
export function withScheme(value: string): string {
  return /^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`;
}

/** Whether a text names a proxy: a URL with http or https, or a host. */
export function isProxy(value: string): boolean {
  const text = withScheme(value);
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).hostname !== "";
}

/** What is wrong with a text that names none. What stands before an @ may be a password. */
export function proxyProblem(value: string, source: string): string {
  const shown = JSON.stringify(value.replace(/^(.*:\/\/)?.*@/, "$1***@"));
  return `${source} must be the URL of an http or https proxy, such as http://proxy:3128; given was ${shown}.`;
}
