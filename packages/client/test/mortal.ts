/** A run that ends at its n-th step: what is under way is carried out, and nobody hears of it. */
export function mortal(lifetime: number) {
  let steps = 0;
  let kill = () => {};
  const killed = new Promise<void>((resolve) => {
    kill = resolve;
  });
  /** One step, such as a request or a note. From the last one on it never resolves. */
  const live = async <Value>(effect: () => Promise<Value>): Promise<Value> => {
    steps += 1;
    if (steps > lifetime) return new Promise(() => {});
    const isLast = steps === lifetime;
    const value = await effect().finally(() => isLast && kill());
    return isLast ? new Promise(() => {}) : value;
  };
  return { killed, live };
}
