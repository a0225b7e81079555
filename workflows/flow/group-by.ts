/** Items by name, or what is taken of them, in their order. */
export function groupBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): Map<string, Item[]>;
export function groupBy<Item, Value>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  valueOf: (item: Item) => Value,
): Map<string, Value[]>;
export function groupBy<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  valueOf: (item: Item) => unknown = (item) => item,
): Map<string, unknown[]> {
  const groups = new Map<string, unknown[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group) group.push(valueOf(item));
    else groups.set(name, [valueOf(item)]);
  }
  return groups;
}

/** The first item of each name, in their order. */
export function firstOfEach<Item>(items: readonly Item[], nameOf: (item: Item) => string): Map<string, Item> {
  const first = new Map<string, Item>();
  for (const item of items) if (!first.has(nameOf(item))) first.set(nameOf(item), item);
  return first;
}
