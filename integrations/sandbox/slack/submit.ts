import { z } from "zod";
import type { DeliveryResult, SandboxReply } from "../system.js";
import { isJson } from "./arguments.js";
import { commonPayload, findUser, interact, type SlackParts } from "./interact.js";
import { completeView, putView, replaceView, showView } from "./methods/views.js";
import type { Json, UserRow, ViewRow } from "./rows.js";
import type { SlackState } from "./state.js";
import { createTrigger } from "./triggers.js";
import { inputsOf, stateValues } from "./view-values.js";

const submitSchema = z.object({
  viewId: z.string(),
  /** By block id, action id, or block id → action id; texts, or option values. */
  values: z.record(z.string(), z.unknown()).default({}),
  user: z.string().optional(),
});

const problem = (status: number, error: string): SandboxReply => ({ status, body: { ok: false, error } });

const closeView = (state: SlackState, row: ViewRow): void => {
  state.views.put(row.id, { ...row, open: false });
  state.world.changed("slack");
};

const closeAll = (state: SlackState, row: ViewRow): void => {
  for (const other of state.views.all()) {
    if (other.open && other.rootId === row.rootId) closeView(state, other);
  }
};

type AckHandler = (state: SlackState, row: ViewRow, ack: Json) => Record<string, unknown>;

/** What the app's answer to a submitted form does (docs.slack.dev, "Modals": response_action). */
const ackHandlers: Readonly<Record<string, AckHandler>> = {
  errors: (_state, _row, ack) => ({ ok: false, errors: ack["errors"] ?? {} }),
  clear: (state, row) => {
    closeAll(state, row);
    return { ok: true, closed: true };
  },
  update: (state, row, ack) => ({ ok: true, viewId: replaceView(state, row, completeView(state, ack["view"])).id }),
  push: (state, row, ack) => ({
    ok: true,
    viewId: putView(state, completeView(state, ack["view"]), { user: row.user, previous: row }).id,
  }),
};

const parseAck = (body: string): Json => {
  if (body.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(body);
    return isJson(value) ? value : {};
  } catch {
    // Slack takes any body that is not JSON for an empty one.
    return {};
  }
};

const applyAck = (state: SlackState, row: ViewRow, result: DeliveryResult): Record<string, unknown> => {
  if (result.status !== 200) {
    return { ok: false, error: "app did not respond", message: "We had some trouble connecting. Try again?" };
  }
  const ack = parseAck(result.body);
  const handler = ackHandlers[String(ack["response_action"])];
  if (handler !== undefined) return handler(state, row, ack);
  closeView(state, row);
  return { ok: true, closed: true };
};

const missingInputs = (row: ViewRow, values: Json): Record<string, string> => {
  const missing = inputsOf(row.view).filter((input) => !input.optional && values[input.blockId] === undefined);
  return Object.fromEntries(missing.map((input) => [input.blockId, "Please complete this required field."]));
};

const buildPayload = (state: SlackState, row: ViewRow, user: UserRow, values: Json): object => ({
  type: "view_submission",
  ...commonPayload(user),
  trigger_id: createTrigger(state, user.id),
  view: { ...showView(row), state: { values } },
});

/** A person sends a form; required fields are checked before the app hears of it, as Slack's client does. */
export const submit = async (parts: SlackParts, input: unknown): Promise<SandboxReply> => {
  const wanted = submitSchema.parse(input);
  const { state } = parts;
  const row = state.views.get(wanted.viewId);
  if (row?.open !== true) return problem(404, `There is no open form ${wanted.viewId}.`);
  const user = findUser(state, wanted.user ?? row.user);
  if (user === undefined) return problem(404, `There is nobody called ${wanted.user ?? "?"} in the sandbox's Slack.`);
  const values = stateValues(row.view, wanted.values);
  const errors = missingInputs(row, values);
  if (Object.keys(errors).length > 0) return { status: 200, body: { ok: false, errors } };
  const subject = { type: "view_submission", user: user.id, viewId: row.id };
  const result = await interact(parts, subject, buildPayload(state, row, user, values));
  return { status: 200, body: { status: result.status, body: result.body, ...applyAck(state, row, result) } };
};

const dismissSchema = z.object({ viewId: z.string() });

/** A person closes a form; the app hears of it only if it asked to (notify_on_close). */
export const dismiss = async (parts: SlackParts, input: unknown): Promise<SandboxReply> => {
  const { viewId } = dismissSchema.parse(input);
  const row = parts.state.views.get(viewId);
  const user = findUser(parts.state, row?.user);
  if (row?.open !== true || user === undefined) return problem(404, `There is no open form ${viewId}.`);
  closeView(parts.state, row);
  if (row.view["notify_on_close"] === true) {
    const payload = { type: "view_closed", ...commonPayload(user), view: showView(row), is_cleared: false };
    await interact(parts, { type: "view_closed", user: user.id, viewId }, payload);
  }
  return { status: 200, body: { ok: true } };
};
