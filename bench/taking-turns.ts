/** Each call answers the next item, and after the last one the first again. */
export function takingTurns<Item>(items: readonly Item[]): () => Item {
  let next = 0;
  return () => {
    const item = items[next++ % items.length];
    if (item === undefined) throw new Error("There is nothing that could take turns.");
    return item;
  };
}
