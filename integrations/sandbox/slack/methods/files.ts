import { randomBytes } from "node:crypto";
import { SLACK_ACCOUNT } from "../../sandbox-accounts.js";
import { isJson } from "../arguments.js";
import { channelForPosting } from "../channels.js";
import type { MethodCall, SlackMethod } from "../method.js";
import { SlackRefusal } from "../refusal.js";
import type { FileRow } from "../rows.js";
import { showFile } from "../show-file.js";

const getUploadUrl = ({ state, args, token }: MethodCall): Record<string, unknown> => {
  const name = args.need("filename");
  const length = args.number("length");
  if (length === undefined || !Number.isInteger(length) || length < 1) throw new SlackRefusal("invalid_arguments");
  const file: FileRow = {
    id: state.world.nextId("F"),
    name,
    title: name,
    user: token.userId,
    created: Math.floor(state.world.now() / 1000),
    ticket: randomBytes(24).toString("base64url"),
    length,
    received: null,
    contentBase64: "",
  };
  state.files.put(file.id, file);
  return { upload_url: `${state.world.baseUrl("slack")}/upload/v1/${file.ticket}`, file_id: file.id };
};

interface Completed {
  readonly file: FileRow;
  readonly title: string;
}

const readFiles = ({ state, args }: MethodCall): Completed[] => {
  const given = args.json("files", "invalid_arguments");
  if (!Array.isArray(given) || given.length === 0) throw new SlackRefusal("invalid_arguments");
  return given.map((item: unknown) => {
    const id = isJson(item) ? item["id"] : undefined;
    const file = typeof id === "string" ? state.files.get(id) : undefined;
    if (file === undefined || file.received === null) throw new SlackRefusal("file_not_found");
    const title = isJson(item) ? item["title"] : undefined;
    return { file, title: typeof title === "string" ? title : file.title };
  });
};

const share = (call: MethodCall, channelId: string, files: readonly FileRow[]): void => {
  const { state, args, token } = call;
  const channel = channelForPosting(state, token, channelId);
  const threadTs = args.text("thread_ts");
  state.putMessage({
    channel: channel.id,
    ts: state.nextTs(),
    user: token.userId,
    botId: SLACK_ACCOUNT.botId,
    text: args.text("initial_comment") ?? "",
    files: files.map((file) => file.id),
    ...(threadTs === undefined ? {} : { threadTs }),
  });
};

const completeUpload = (call: MethodCall): Record<string, unknown> => {
  const channel = call.args.text("channel_id");
  const files = readFiles(call).map(({ file, title }) => ({
    ...file,
    title,
    ...(channel === undefined ? {} : { channel }),
  }));
  if (channel !== undefined) share(call, channel, files);
  for (const file of files) call.state.files.put(file.id, file);
  return { files: files.map(showFile) };
};

const writing = { writes: true, token: "bot", scopes: ["files:write"] } as const;

export const fileMethods: Readonly<Record<string, SlackMethod>> = {
  "files.getUploadURLExternal": { ...writing, run: getUploadUrl },
  "files.completeUploadExternal": { ...writing, run: completeUpload },
};
