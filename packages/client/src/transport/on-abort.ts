/** Who is to be told when a signal is aborted. */
const waiting = /* @__PURE__ */ new WeakMap<
  AbortSignal,
  { readonly acts: Set<() => void>; readonly tell: () => void }
>();

/**
 * Has something done when a signal is aborted. However many wait for one signal, it has one listener: Node takes more than ten for
 * a leak, and says so on the console.
 *
 * @returns takes it back.
 */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  const { acts, tell } = waiting.get(signal) ?? listenTo(signal);
  acts.add(act);
  return () => {
    // What was taken back already says nothing of who waits now.
    if (!acts.delete(act) || acts.size > 0) return;
    signal.removeEventListener("abort", tell);
    waiting.delete(signal);
  };
}

function listenTo(signal: AbortSignal) {
  const acts = new Set<() => void>();
  const tell = () => {
    waiting.delete(signal);
    for (const act of [...acts]) act();
  };
  const listening = { acts, tell };
  waiting.set(signal, listening);
  signal.addEventListener("abort", tell, { once: true });
  return listening;
}
