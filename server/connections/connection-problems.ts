import type { z } from "zod";
import { TransportError } from "../../integrations/http.js";
import { ConnectorError } from "../../integrations/outcome.js";
import { fromTransport } from "../../integrations/transport.js";
import { badRequest, unprocessable, type DomainError } from "../errors.js";
import { fieldsOf } from "../http/problems.js";

/** What a connector's own schema refused, with each field where the form has it: `config.site`, `secret.apiToken`. */
export function invalidPart(part: "config" | "secret", { issues }: z.ZodError): DomainError {
  const fields = Object.fromEntries(
    Object.entries(fieldsOf(issues)).map(([name, message]) => [`${part}.${name}`, message]),
  );
  const [first] = Object.entries(fields);
  const message = first ? `${first[0]}: ${first[1]}` : "The settings are not valid.";
  return badRequest("invalid_request", message, { fields });
}

/** Kept secrets cannot be used: they are bound to other hosts, or this process may not open them. */
export function secretsNeeded(fields: readonly string[], why: string): DomainError {
  const again = Object.fromEntries(fields.map((field) => [`secret.${field}`, "Enter it again"]));
  return unprocessable("secrets_needed", `${why} Enter the secret fields again.`, { fields: again });
}

/** The system's own words for the person who connects; anything that is not its answer is our fault and passes through. */
export function refusedBy(title: string, error: unknown, timedOut: boolean): unknown {
  if (timedOut) return refused(`${title} did not answer within 20 seconds. Is its address right?`);
  if (error instanceof TransportError) return refusedBy(title, fromTransport(error, "read"), false);
  if (error instanceof ConnectorError) return refused(`${title}: ${error.message}`, error.fields);
  return error;
}

const refused = (message: string, fields: Readonly<Record<string, string>> = {}): DomainError =>
  unprocessable("connection_refused", message, Object.keys(fields).length > 0 ? { fields } : {});
