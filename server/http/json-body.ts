import type { IncomingMessage } from "node:http";
import { parseJsonSafely } from "../../integrations/json.js";
import { badRequest, DomainError } from "../errors.js";
import { readRawBody } from "./raw-body.js";

/** The JSON of an API call; undefined when it has no body. Anything but JSON is refused, so that no form can be posted across sites. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  if (!hasBody(request)) return undefined;
  if (!isJson(request.headers["content-type"])) {
    request.resume();
    throw notJson();
  }
  const parsed = parseJsonSafely(await readRawBody(request));
  if (!parsed.ok) throw badRequest("invalid_json", parsed.reason);
  return parsed.value;
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

const isJson = (contentType = ""): boolean =>
  /^application\/json\s*(;\s*charset=("?)utf-8\2\s*)?$/i.test(contentType.trim());

const notJson = (): DomainError =>
  new DomainError({
    status: 415,
    code: "unsupported_media_type",
    message: "Send the body as application/json.",
    headers: { accept: "application/json" },
  });
