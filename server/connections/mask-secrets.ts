import type { HttpClient, HttpRequest, HttpResponse } from "../../integrations/http.js";
import type { Secrets } from "./connection-secrets.js";
import { writtenForms } from "./written-forms.js";

/** Shorter ones would be found in what has nothing to do with them. */
const SHORTEST = 8;
const MASK = "*".charCodeAt(0);

/**
 * Some systems quote what they were sent, in errors above all, and what they answer is kept, shown and read by later steps. So a
 * connection's secrets are masked in every answer before anybody reads it; likewise the credentials that were made of them.
 */
export function maskingSecrets(http: HttpClient, secrets: Secrets): HttpClient {
  const parts = new Set(Object.values(secrets).flatMap(partsOf));
  const known = formsOf(parts);
  return {
    async send(request) {
      const made = credentialsOf(request)
        .flatMap(partsOf)
        .filter((part) => !parts.has(part));
      return masked(await http.send(request), [...known, ...formsOf(made)]);
    },
    close: () => http.close(),
  };
}

/** What stands after the scheme in a header that authenticates: of `Basic` a name and a secret, of `Bearer` a token that was given for one. */
const credentialsOf = ({ headers = {} }: HttpRequest): string[] =>
  Object.entries(headers).flatMap(([name, value]) =>
    /^(proxy-)?authorization$/i.test(name) ? [value.replace(/^\S+\s+/, "")] : [],
  );

/** Itself, and what it is put together from ("Bearer …", lines of a key). */
const partsOf = (secret: string): string[] =>
  [secret, ...secret.split(/\s+/)].filter((part) => part.length >= SHORTEST);

/** As somebody who quotes them would write them. */
const formsOf = (parts: Iterable<string>): string[] => [...new Set([...parts].flatMap(writtenForms))];

/** Most answers quote nothing, and are looked through once for each form. */
function masked(response: HttpResponse, forms: readonly string[]): HttpResponse {
  const inHeaders = Object.values(response.headers).join("\n");
  const quoted = forms.filter((form) => inHeaders.includes(form));
  const headers = quoted.length === 0 ? response.headers : maskHeaders(response.headers, quoted);
  return { ...response, headers, body: maskBytes(response.body, forms) };
}

const maskHeaders = (headers: HttpResponse["headers"], forms: readonly string[]): HttpResponse["headers"] =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, maskText(value, forms)]));

const maskText = (text: string, forms: readonly string[]): string =>
  forms.reduce((left, form) => left.replaceAll(form, "*".repeat(form.length)), text);

/** As long as before, so that whatever it stands in reads as it did. */
function maskBytes(body: Buffer, forms: readonly string[]): Buffer {
  for (const form of forms)
    for (let at = body.indexOf(form); at !== -1; at = body.indexOf(form, at)) {
      const end = at + Buffer.byteLength(form);
      body.fill(MASK, at, end);
      at = end;
    }
  return body;
}
