/**
 * Loads what a `<details>` holds when it is opened, and not before. A link to it opens it.
 *
 * @param id of the details.
 * @param open loads it, and puts it in.
 */
export function openWhenAsked(id: string, open: (details: HTMLDetailsElement) => Promise<void>): void {
  const details = document.querySelector<HTMLDetailsElement>(`#${id}`);
  if (details === null) return;
  const follow = () => {
    if (location.hash === `#${id}`) details.open = true;
  };
  details.addEventListener("toggle", () => open(details), { once: true });
  addEventListener("hashchange", follow);
  follow();
}
