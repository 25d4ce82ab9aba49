/**
 * Loads what a `<details>` holds when it is opened for the first time, and not before. A link to it opens it.
 *
 * @param id of the details.
 * @param open loads it, and puts it in.
 */
export function openWhenAsked(id: string, open: (details: HTMLDetailsElement) => Promise<void>): void {
  const details = openedByLinks(id);
  details?.addEventListener("toggle", () => open(details), { once: true });
}

/**
 * The same for what must not go on when the details are closed: it is put in anew whenever they are opened.
 *
 * @param open is given a signal that is aborted when they are closed.
 */
export function openWhileAsked(
  id: string,
  open: (details: HTMLDetailsElement, closed: AbortSignal) => Promise<void>,
): void {
  const details = openedByLinks(id);
  let closing = new AbortController();
  details?.addEventListener("toggle", () => {
    closing.abort();
    if (!details.open) return;
    closing = new AbortController();
    void open(details, closing.signal);
  });
}

function openedByLinks(id: string): HTMLDetailsElement | null {
  const details = document.querySelector<HTMLDetailsElement>(`#${id}`);
  const follow = () => {
    if (details !== null && location.hash === `#${id}`) details.open = true;
  };
  addEventListener("hashchange", follow);
  follow();
  return details;
}
