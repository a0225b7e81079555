import { existsSync, readFileSync } from "node:fs";

/** Names that the app chooses itself; Slack's samples cannot know them. */
const FREE_CONTENT = /\.(event_payload|values)$/;

/** In a context block an element is itself a text object (Block Kit reference); the samples hold none. */
const isContextText = (path: string, value: unknown): boolean =>
  path.endsWith("blocks[].elements[].text") && typeof value === "string";

const typeOf = (value: unknown): string => (Array.isArray(value) ? "array" : typeof value);

type Shape = Readonly<Record<string, readonly string[]>>;

/** Keys that no sample holds, but Slack's own types do (Bolt's ViewOutput). */
const DOCUMENTED: Readonly<Record<string, Shape>> = {
  ViewSubmissionPayload: { "view.blocks": ["array"] },
  ViewClosedPayload: { "view.blocks": ["array"] },
};

const known = new Map<string, Shape>();

const readShape = (name: string): Shape | undefined => {
  const file = new URL(`../oracles/${name}.json`, import.meta.url);
  if (!known.has(name) && existsSync(file)) {
    const captured = JSON.parse(readFileSync(file, "utf8")) as Shape;
    known.set(name, { ...captured, ...DOCUMENTED[name] });
  }
  return known.get(name);
};

/** Slack's samples are cut in depth: what lies under an object of which no key is known was not looked at. */
const isCut = (shape: Shape, path: string): boolean =>
  !Object.keys(shape).some((known) => known.startsWith(`${path}.`) || known.startsWith(`${path}[]`));

/** Each child with its key path. */
const childrenOf = (value: object, path: string): readonly (readonly [string, unknown])[] => {
  if (Array.isArray(value)) return value.map((item: unknown) => [`${path}[]`, item] as const);
  return Object.entries(value).map(([key, inner]) => [path === "" ? key : `${path}.${key}`, inner] as const);
};

const isFree = (shape: Shape, path: string): boolean => FREE_CONTENT.test(path) || (path !== "" && isCut(shape, path));

const walk = (value: unknown, path: string, shape: Shape): string[] => {
  const allowed = shape[path === "" ? "$" : path];
  if (allowed === undefined) return [`${path} is not in the shape`];
  // Samples do not tell null from absent.
  if (value === null || isContextText(path, value)) return [];
  if (!allowed.includes(typeOf(value))) return [`${path} is ${typeOf(value)}, not ${allowed.join("|")}`];
  if (typeof value !== "object" || isFree(shape, path)) return [];
  return childrenOf(value, path).flatMap(([childPath, child]) => walk(child, childPath, shape));
};

/** What the value says that the oracle of this name does not; undefined when there is no such oracle. */
export const shapeProblems = (name: string, value: unknown): string[] | undefined => {
  const shape = readShape(name);
  if (shape === undefined) return undefined;
  return [...new Set(walk(value, "", shape))];
};
