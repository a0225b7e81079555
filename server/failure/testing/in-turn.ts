/** Does `work` for 0 … count-1, so many side by side, and answers the results in order. */
export async function inTurn<Result>(
  count: number,
  sideBySide: number,
  work: (index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) results[index] = await work(index);
  };
  await Promise.all(Array.from({ length: Math.min(sideBySide, count) }, lane));
  return results;
}
