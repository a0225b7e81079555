import type { SandboxReply, SandboxRequest } from "../system.js";
import type { SlackState } from "./state.js";

/** The one file within a multipart body; any other body is the file itself. */
const contentOf = ({ headers, body }: SandboxRequest): Buffer => {
  const boundary = /^multipart\/form-data; *boundary="?([^";]+)/.exec(headers["content-type"] ?? "")?.[1];
  if (boundary === undefined) return body;
  const start = body.indexOf("\r\n\r\n");
  const end = body.indexOf(`\r\n--${boundary}`, start);
  return start < 0 || end < 0 ? body : body.subarray(start + 4, end);
};

/** POST /upload/v1/:ticket, the second of the three steps of an upload. */
export const receiveUpload = (state: SlackState, request: SandboxRequest): SandboxReply => {
  const ticket = request.path.split("/").at(-1);
  const file = state.files.all().find((row) => row.ticket === ticket);
  if (file === undefined) return { status: 404, body: "no such upload" };
  const content = contentOf(request);
  state.files.put(file.id, { ...file, received: content.length, contentBase64: content.toString("base64") });
  return { status: 200, body: `OK - ${content.length}` };
};
