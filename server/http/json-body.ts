import type { IncomingMessage } from "node:http";
import { parseJsonSafely } from "../../integrations/json.js";
import { badRequest, DomainError } from "../errors.js";
import { readRawBody } from "./raw-body.js";

/** The JSON of an API call; undefined when it has no body. Anything but JSON (or `also`) is refused, so that no form can be posted across sites. */
export async function readJsonBody(request: IncomingMessage, also?: string): Promise<unknown> {
  if (!hasBody(request)) return undefined;
  if (!isJson(request.headers["content-type"], also)) {
    request.resume();
    throw notJson();
  }
  const parsed = parseJsonSafely(await readRawBody(request));
  if (!parsed.ok) throw badRequest("invalid_json", parsed.reason);
  return parsed.value;
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

function isJson(contentType = "", also = "application/json"): boolean {
  const [type = "", ...parameters] = contentType.toLowerCase().split(";");
  const isKnown = ["application/json", also].includes(type.trim());
  return isKnown && parameters.every((parameter) => /^\s*charset=("?)utf-8\1\s*$/.test(parameter));
}

const notJson = (): DomainError =>
  new DomainError({
    status: 415,
    code: "unsupported_media_type",
    message: "Send the body as application/json.",
    headers: { accept: "application/json" },
  });
