import { isJson } from "./arguments.js";
import type { Json } from "./rows.js";

export interface ViewInput {
  readonly blockId: string;
  readonly actionId: string;
  readonly element: Json;
  readonly optional: boolean;
}

export const inputsOf = (view: Json): ViewInput[] => {
  const blocks: unknown[] = Array.isArray(view["blocks"]) ? view["blocks"] : [];
  return blocks.flatMap((block) => {
    const element = isJson(block) && block["type"] === "input" ? block["element"] : undefined;
    if (!isJson(block) || !isJson(element)) return [];
    const actionId = typeof element["action_id"] === "string" ? element["action_id"] : "input";
    return [{ blockId: String(block["block_id"]), actionId, element, optional: block["optional"] === true }];
  });
};

const optionByValue = (element: Json, value: unknown): unknown => {
  const options: unknown[] = Array.isArray(element["options"]) ? element["options"] : [];
  return options.find((option) => isJson(option) && option["value"] === value);
};

type Shape = (element: Json, given: unknown) => Json;

/** How each kind of input reports its value in view.state.values (docs.slack.dev, Block Kit reference). */
const shapes: Readonly<Record<string, Shape>> = {
  plain_text_input: (_, given) => ({ value: given }),
  email_text_input: (_, given) => ({ value: given }),
  number_input: (_, given) => ({ value: String(given) }),
  datepicker: (_, given) => ({ selected_date: given }),
  timepicker: (_, given) => ({ selected_time: given }),
  users_select: (_, given) => ({ selected_user: given }),
  static_select: (element, given) => ({ selected_option: optionByValue(element, given) }),
  radio_buttons: (element, given) => ({ selected_option: optionByValue(element, given) }),
  checkboxes: (element, given) => ({
    selected_options: (Array.isArray(given) ? given : [given]).map((value) => optionByValue(element, value)),
  }),
};

const givenFor = (input: ViewInput, values: Json): unknown => {
  const inBlock = values[input.blockId];
  return (isJson(inBlock) ? inBlock[input.actionId] : inBlock) ?? values[input.actionId];
};

export const stateValues = (view: Json, values: Json): Json => {
  const filled = inputsOf(view).flatMap((input) => {
    const given = givenFor(input, values) ?? input.element["initial_value"];
    if (given === undefined || given === "") return [];
    const type = String(input.element["type"]);
    const shape = shapes[type];
    if (shape === undefined) throw new Error(`The sandbox cannot fill in a ${type}.`);
    return [[input.blockId, { [input.actionId]: { type, ...shape(input.element, given) } }] as const];
  });
  return Object.fromEntries(filled);
};
