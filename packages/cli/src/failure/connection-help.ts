/** What to check when a connection failed for a reason that does not say it itself. */
export function connectionHelp(error: { readonly isTransient: boolean }): string[] {
  if (!error.isTransient) return ["Where requests go, through which proxy, and whom is trusted: aps doctor"];
  return ["Check the network, --region and --endpoint: aps doctor"];
}
