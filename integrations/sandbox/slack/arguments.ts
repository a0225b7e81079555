import type { SandboxRequest } from "../system.js";
import type { Json } from "./rows.js";
import { SlackRefusal, argumentRefusal } from "./refusal.js";

export const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A call's arguments, whichever way they came: query, form, multipart or JSON. */
export interface Args {
  text(name: string): string | undefined;
  /** Refuses with invalid_arguments when absent. */
  need(name: string): string;
  flag(name: string): boolean;
  number(name: string): number | undefined;
  /** An object or array that came as JSON or as a JSON string; `error` names the refusal when it is neither. */
  json(name: string, error: string): unknown;
  has(name: string): boolean;
}

const fromForm = (text: string): Json => Object.fromEntries(new URLSearchParams(text));

const fromJson = (text: string): Json => {
  try {
    const value: unknown = JSON.parse(text);
    if (isJson(value)) return value;
  } catch {
    // Falls through to the refusal that Slack gives for both.
  }
  throw new SlackRefusal("invalid_json");
};

const fromMultipart = (body: Buffer, contentType: string): Json => {
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1];
  if (boundary === undefined) throw new SlackRefusal("invalid_form_data");
  const parts = body.toString("utf8").split(`--${boundary}`);
  const fields = parts.flatMap((part) => {
    const match = /name="([^"]+)"\r\n(?:[^\r\n]+\r\n)*\r\n([\s\S]*)\r\n$/.exec(part);
    return match?.[1] === undefined || match[2] === undefined ? [] : [[match[1], match[2]] as const];
  });
  return Object.fromEntries(fields);
};

const readBodyFields = (request: SandboxRequest): Json => {
  const contentType = request.headers["content-type"] ?? "";
  if (request.body.length === 0) return {};
  if (contentType.startsWith("application/json")) return fromJson(request.body.toString("utf8"));
  if (contentType.startsWith("multipart/form-data")) return fromMultipart(request.body, contentType);
  return fromForm(request.body.toString("utf8"));
};

const asText = (value: unknown): string | undefined => {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return undefined;
};

const parseNested = (value: unknown, error: string): unknown => {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new SlackRefusal(error);
  }
};

export const readArgs = (request: SandboxRequest): Args => {
  const fields: Json = { ...Object.fromEntries(request.query), ...readBodyFields(request) };
  const text = (name: string): string | undefined => asText(fields[name]);
  const has = (name: string): boolean => fields[name] !== undefined && fields[name] !== "";
  return {
    text,
    has,
    need: (name) => {
      const value = text(name);
      if (value === undefined || value === "") {
        throw argumentRefusal("invalid_arguments", `missing required field: ${name}`);
      }
      return value;
    },
    flag: (name) => ["true", "1"].includes(text(name) ?? ""),
    number: (name) => {
      const value = text(name);
      return value === undefined || value === "" ? undefined : Number(value);
    },
    json: (name, error) => (has(name) ? parseNested(fields[name], error) : undefined),
  };
};
