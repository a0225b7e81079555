import type { z } from "zod";
import { TransportError } from "../../integrations/http.js";
import { ConnectorError } from "../../integrations/outcome.js";
import { fromTransport } from "../../integrations/transport.js";
import { DomainError, unprocessable } from "../errors.js";
import { invalidRequest } from "../http/problems.js";

/** What a connector's own schema refused, with each field where the form has it: `config.site`, `secret.apiToken`. */
export const invalidPart = (part: "config" | "secret", { issues }: z.ZodError, input: unknown): DomainError =>
  invalidRequest({ part: "body", issues, input, prefix: part });

const SECRETS_NEEDED = "secrets_needed";

/** A kept secret goes to the hosts that it was entered for; for others it must be entered again. */
export const otherHosts = (fields: readonly string[]): DomainError =>
  unprocessable(SECRETS_NEEDED, "The address is another one now. Enter the secret fields again.", again(fields));

class ForWorker extends Error {}

/** Only a worker may open these; an api process of its own asks one, or wants them entered again. */
export function forWorker(fields: readonly string[]): DomainError {
  const message = "This needs the stored secret fields, and no worker is there to open them. Enter them again.";
  const { status, code, extra } = unprocessable(SECRETS_NEEDED, message, again(fields));
  return new DomainError({ status, code, message, extra, cause: new ForWorker(message) });
}

export const isForWorker = (error: unknown): boolean =>
  error instanceof DomainError && error.cause instanceof ForWorker;

const again = (fields: readonly string[]) => ({
  fields: Object.fromEntries(fields.map((field) => [`secret.${field}`, "Enter it again"])),
});

/** The system's own words for the person who connects; anything that is not its answer is our fault and passes through. */
export function refusedBy(title: string, error: unknown, timedOut: boolean): unknown {
  if (timedOut) return refused(`${title} did not answer within 20 seconds. Is its address right?`);
  if (error instanceof TransportError) return refusedBy(title, fromTransport(error, "read"), false);
  if (error instanceof ConnectorError) return refused(`${title}: ${error.message}`, error.fields);
  return error;
}

const refused = (message: string, fields: Readonly<Record<string, string>> = {}): DomainError =>
  unprocessable("connection_refused", message, Object.keys(fields).length > 0 ? { fields } : {});
