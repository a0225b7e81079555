import { randomBytes } from "node:crypto";
import { SLACK_ACCOUNT } from "../../sandbox-accounts.js";
import { isJson } from "../arguments.js";
import { acceptViewBlocks } from "../blocks.js";
import type { MethodCall, SlackMethod } from "../method.js";
import { argumentRefusal, SlackRefusal } from "../refusal.js";
import type { Json, ViewRow } from "../rows.js";
import type { SlackState } from "../state.js";
import { useTrigger } from "../triggers.js";

const MAX_TITLE = 24;
const MAX_PRIVATE_METADATA = 3000;

const checkTitle = (view: Json): void => {
  const title = isJson(view["title"]) ? view["title"]["text"] : undefined;
  if (typeof title !== "string" || title === "")
    throw argumentRefusal("invalid_arguments", "missing required field: title");
  if (title.length > MAX_TITLE) {
    throw argumentRefusal(
      "invalid_arguments",
      `must be less than ${MAX_TITLE + 1} characters [json-pointer:/view/title/text]`,
    );
  }
};

const checkView = (view: unknown): Json => {
  if (!isJson(view)) throw argumentRefusal("invalid_arguments", "missing required field: view");
  if (view["type"] !== "modal")
    throw argumentRefusal("invalid_arguments", "unsupported type [json-pointer:/view/type]");
  checkTitle(view);
  const hasInput =
    Array.isArray(view["blocks"]) && view["blocks"].some((block) => isJson(block) && block["type"] === "input");
  if (hasInput && !isJson(view["submit"])) {
    throw argumentRefusal("invalid_arguments", "missing required field: submit [json-pointer:/view]");
  }
  const hidden = view["private_metadata"];
  if (typeof hidden === "string" && hidden.length > MAX_PRIVATE_METADATA) {
    throw argumentRefusal(
      "invalid_arguments",
      "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    );
  }
  return view;
};

const newHash = (state: SlackState): string =>
  `${Math.floor(state.world.now() / 1000)}.${randomBytes(4).toString("hex")}`;

/** A view as Slack completes it, without the identity that a row gives it. */
export const completeView = (state: SlackState, input: unknown): Json => {
  const view = checkView(input);
  const blocks = acceptViewBlocks(view["blocks"], () => state.world.nextId("b", 6));
  const defaults = {
    private_metadata: "",
    callback_id: "",
    external_id: "",
    clear_on_close: false,
    notify_on_close: false,
  };
  return { ...defaults, ...view, blocks };
};

const textFields = (view: Json): Json => ({
  close: view["close"] ?? null,
  submit: view["submit"] ?? null,
});

export const showView = (row: ViewRow): Record<string, unknown> => ({
  ...row.view,
  ...textFields(row.view),
  id: row.id,
  team_id: SLACK_ACCOUNT.teamId,
  app_id: SLACK_ACCOUNT.appId,
  app_installed_team_id: SLACK_ACCOUNT.teamId,
  bot_id: SLACK_ACCOUNT.botId,
  state: { values: {} },
  hash: row.hash,
  root_view_id: row.rootId,
  previous_view_id: row.previousId ?? null,
});

const refuseDuplicate = (state: SlackState, view: Json): void => {
  const externalId = view["external_id"];
  if (externalId === "") return;
  const taken = state.views.all().some((row) => row.open && row.view["external_id"] === externalId);
  if (taken) throw new SlackRefusal("duplicate_external_id");
};

export const putView = (state: SlackState, view: Json, owner: { user: string; previous?: ViewRow }): ViewRow => {
  const id = state.world.nextId("V");
  const { previous } = owner;
  const chain = previous === undefined ? { rootId: id } : { rootId: previous.rootId, previousId: previous.id };
  const row: ViewRow = { id, user: owner.user, view, hash: newHash(state), open: true, ...chain };
  state.views.put(id, row);
  state.world.changed("slack");
  return row;
};

export const replaceView = (state: SlackState, row: ViewRow, view: Json): ViewRow => {
  const replaced = { ...row, view, hash: newHash(state) };
  state.views.put(row.id, replaced);
  state.world.changed("slack");
  return replaced;
};

const open = ({ state, args }: MethodCall): Record<string, unknown> => {
  const view = completeView(state, args.json("view", "invalid_arguments"));
  refuseDuplicate(state, view);
  const user = useTrigger(state, args.need("trigger_id"));
  return { view: showView(putView(state, view, { user })) };
};

const findView = ({ state, args }: MethodCall): ViewRow => {
  const externalId = args.text("external_id");
  const id = args.text("view_id");
  const row =
    id === undefined
      ? state.views.all().find((view) => view.open && view.view["external_id"] === externalId)
      : state.views.get(id);
  if (row?.open !== true) throw new SlackRefusal("not_found");
  return row;
};

const update = (call: MethodCall): Record<string, unknown> => {
  const row = findView(call);
  const hash = call.args.text("hash");
  if (hash !== undefined && hash !== row.hash) throw new SlackRefusal("hash_conflict");
  const view = completeView(call.state, call.args.json("view", "invalid_arguments"));
  return { view: showView(replaceView(call.state, row, view)) };
};

const writing = { writes: true, token: "bot", scopes: [] } as const;

export const viewMethods: Readonly<Record<string, SlackMethod>> = {
  "views.open": { ...writing, run: open },
  "views.update": { ...writing, run: update },
};
