/** Moves of the same steps in quick succession are one step of undo, and so is what they are put into by it. */
export const moveTag = (ids: readonly string[]): string => `move:${ids.join()}`;
