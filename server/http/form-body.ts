import type { IncomingMessage } from "node:http";
import { badRequest, DomainError } from "../errors.js";
import { readRawBody } from "./raw-body.js";

const FORM = "application/x-www-form-urlencoded";

/** The fields of a form that a page posted, each named once. */
export async function readForm(request: IncomingMessage): Promise<Readonly<Record<string, string>>> {
  const [type = ""] = (request.headers["content-type"] ?? "").toLowerCase().split(";");
  if (type.trim() !== FORM) {
    request.resume();
    throw notForm();
  }
  const fields = [...new URLSearchParams((await readRawBody(request)).toString("utf8"))];
  const names = new Set(fields.map(([name]) => name));
  if (names.size < fields.length) throw badRequest("invalid_form", "A field stands twice in the form.");
  return Object.fromEntries(fields);
}

const notForm = (): DomainError =>
  new DomainError({
    status: 415,
    code: "unsupported_media_type",
    message: `Send the body as ${FORM}.`,
    headers: { accept: FORM },
  });
