/** People at random into as many groups as there may be of at least so many; none where they are too few. */
export function groupsAtRandom<Person>(people: readonly Person[], least: number, chance: () => number): Person[][] {
  const count = Math.floor(people.length / least);
  const groups: Person[][] = Array.from({ length: count }, () => []);
  if (count > 0) shuffled(people, chance).forEach((person, place) => groups[place % count]?.push(person));
  return groups;
}

function shuffled<Item>(items: readonly Item[], chance: () => number): Item[] {
  return items
    .map((item) => ({ item, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
