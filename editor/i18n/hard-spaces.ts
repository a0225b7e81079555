/** The words of a language. */
export type Tree = { readonly [key: string]: string | Tree };

/** French puts a space before high punctuation and inside its quotation marks; no line may break there. */
export const hardSpaces = (text: string): string =>
  text.replace(/ (?=[:;!?»%])/g, "\u00a0").replace(/(?<=«) /g, "\u00a0");

/** The same for all texts of a language, so that their authors need not type it. */
export const withHardSpaces = (tree: Tree): Tree =>
  Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      typeof value === "string" ? hardSpaces(value) : withHardSpaces(value),
    ]),
  );
