import { isJson } from "./arguments.js";
import { argumentRefusal } from "./refusal.js";
import type { Json } from "./rows.js";

/** Longest texts and lists, in characters and items, as the Block Kit reference gives them. */
const MAX_MESSAGE_BLOCKS = 50;
const MAX_VIEW_BLOCKS = 100;
const MAX_SECTION_TEXT = 3000;
const MAX_HEADER_TEXT = 150;
const MAX_BUTTON_TEXT = 75;
const MAX_BUTTON_VALUE = 2000;
const MAX_ACTIONS = 25;
const MAX_FIELDS = 10;
const MAX_FIELD_TEXT = 2000;
const MAX_CONTEXT_ELEMENTS = 10;

const BLOCK_TYPES = new Set(["section", "actions", "context", "divider", "header", "input", "image", "rich_text"]);

type Complain = (problem: string, pointer: string) => void;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string => (isJson(value) && typeof value["text"] === "string" ? value["text"] : "");

const checkText = (value: unknown, limit: number, pointer: string, complain: Complain): void => {
  const text = textOf(value);
  if (text === "") complain("must provide a string with at least one character", `${pointer}/text`);
  if (text.length > limit) complain(`must be less than ${limit + 1} characters`, `${pointer}/text`);
};

const checkElements = (block: Json, limit: number, pointer: string, complain: Complain): void => {
  const elements = list(block["elements"]);
  if (elements.length === 0) complain("no fewer than 1 items allowed", `${pointer}/elements`);
  if (elements.length > limit) complain(`no more than ${limit} items allowed`, `${pointer}/elements`);
};

const checkAction = (element: unknown, pointer: string, complain: Complain): void => {
  if (!isJson(element) || element["type"] !== "button") return;
  checkText(element["text"], MAX_BUTTON_TEXT, `${pointer}/text`, complain);
  const value = element["value"];
  if (typeof value === "string" && value.length > MAX_BUTTON_VALUE) {
    complain(`must be less than ${MAX_BUTTON_VALUE + 1} characters`, `${pointer}/value`);
  }
};

type BlockCheck = (block: Json, pointer: string, complain: Complain) => void;

const checkSection: BlockCheck = (block, pointer, complain) => {
  const fields = list(block["fields"]);
  if (block["text"] === undefined && fields.length === 0) complain("missing required field: text", pointer);
  if (block["text"] !== undefined) checkText(block["text"], MAX_SECTION_TEXT, `${pointer}/text`, complain);
  if (fields.length > MAX_FIELDS) complain(`no more than ${MAX_FIELDS} items allowed`, `${pointer}/fields`);
  fields.forEach((field, index) => checkText(field, MAX_FIELD_TEXT, `${pointer}/fields/${index}`, complain));
};

const checks: Readonly<Record<string, BlockCheck>> = {
  section: checkSection,
  header: (block, pointer, complain) => checkText(block["text"], MAX_HEADER_TEXT, `${pointer}/text`, complain),
  context: (block, pointer, complain) => checkElements(block, MAX_CONTEXT_ELEMENTS, pointer, complain),
  actions: (block, pointer, complain) => {
    checkElements(block, MAX_ACTIONS, pointer, complain);
    list(block["elements"]).forEach((element, index) => checkAction(element, `${pointer}/elements/${index}`, complain));
  },
  input: (block, pointer, complain) => {
    if (!isJson(block["element"])) complain("missing required field: element", pointer);
    if (!isJson(block["label"])) complain("missing required field: label", pointer);
  },
};

const checkBlock = (block: unknown, pointer: string, complain: Complain): void => {
  if (!isJson(block) || !BLOCK_TYPES.has(String(block["type"]))) {
    const type = isJson(block) ? String(block["type"]) : "none";
    complain(`unsupported type: ${type}`, `${pointer}/type`);
    return;
  }
  checks[String(block["type"])]?.(block, pointer, complain);
};

const checkUniqueIds = (blocks: readonly unknown[], complain: Complain): void => {
  const seen = new Set<unknown>();
  blocks.forEach((block, index) => {
    const id = isJson(block) ? block["block_id"] : undefined;
    if (id !== undefined && seen.has(id)) complain("`block_id` already exists in message", `/blocks/${index}/block_id`);
    seen.add(id);
  });
};

const withEmoji = (value: unknown): unknown =>
  isJson(value) && value["type"] === "plain_text" ? { emoji: true, ...value } : value;

/** Slack gives every block and element an id that has none, and plain texts an `emoji`. */
const completeElement = (element: unknown, makeId: () => string): unknown => {
  if (!isJson(element) || !("text" in element)) return element;
  const interactive = element["type"] === "button" && element["action_id"] === undefined;
  return { ...element, text: withEmoji(element["text"]), ...(interactive ? { action_id: makeId() } : {}) };
};

const completeBlock = (block: Json, makeId: () => string): Json => {
  const text = block["type"] === "header" ? { text: withEmoji(block["text"]) } : {};
  const elements = Array.isArray(block["elements"])
    ? { elements: block["elements"].map((element) => completeElement(element, makeId)) }
    : {};
  return { ...block, ...text, ...elements, block_id: block["block_id"] ?? makeId() };
};

const accept = (value: unknown, limit: number, makeId: () => string, error: string): readonly Json[] => {
  const problems: string[] = [];
  const complain: Complain = (problem, pointer) => void problems.push(`${problem} [json-pointer:${pointer}]`);
  if (!Array.isArray(value)) throw argumentRefusal(error, "must be an array [json-pointer:/blocks]");
  if (value.length > limit) complain(`no more than ${limit} items allowed`, "/blocks");
  value.forEach((block, index) => checkBlock(block, `/blocks/${index}`, complain));
  checkUniqueIds(value, complain);
  if (problems.length > 0) throw argumentRefusal(error, ...problems);
  return value.filter(isJson).map((block) => completeBlock(block, makeId));
};

export const acceptMessageBlocks = (value: unknown, makeId: () => string): readonly Json[] =>
  accept(value, MAX_MESSAGE_BLOCKS, makeId, "invalid_blocks");

export const acceptViewBlocks = (value: unknown, makeId: () => string): readonly Json[] =>
  accept(value, MAX_VIEW_BLOCKS, makeId, "invalid_arguments");
