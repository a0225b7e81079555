import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import samlify from "samlify";
import { ownAddresses } from "../saml-addresses.js";
import { spMetadata } from "../sp-metadata.js";
import { makeAnswer, providerOf, type Answering, type Person } from "./answers.js";
import { makeSigningKey, type SigningKey } from "./self-signed.js";

/** A real SAML provider (samlify) with a page of its own, and what a hostile or broken one would do. */
export interface TestIdentityProvider {
  readonly metadata: string;
  readonly signOnUrl: string;
  readonly host: string;
  readonly key: SigningKey;
  /** Who signs in there next; null: they press Cancel. */
  person: Person | null;
  /** What it says and how it signs, where not as usual. */
  how: Partial<Answering>;
  close(): Promise<void>;
}

export async function startIdentityProvider(publicUrl: string): Promise<TestIdentityProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port answers its address as an object.
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const signOnUrl = `http://${host}/sso`;
  const key = makeSigningKey();
  const test: TestIdentityProvider = {
    ...{ signOnUrl, host, key, person: null, how: {} },
    metadata: providerOf({ key }, signOnUrl).getMetadata(),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  server.on("request", (request, response) => void answer(test, publicUrl, { request, response }));
  return test;
}

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Reads the request as the library does, and answers by a form that a browser posts. */
async function answer(test: TestIdentityProvider, publicUrl: string, { request, response }: Visit): Promise<void> {
  const query = Object.fromEntries(new URL(request.url ?? "/", test.signOnUrl).searchParams);
  const told = samlify.ServiceProvider({ metadata: spMetadata(ownAddresses(publicUrl)) });
  const { extract } = await providerOf(test, test.signOnUrl).parseLoginRequest(told, "redirect", { query });
  // The parser's types hold texts and lists of them alike.
  const requestId = (extract.request as { id: string }).id;
  const person = test.person ?? { nameId: "nobody" };
  const change = test.person ? undefined : cancelled;
  const given = { publicUrl, key: test.key, requestId, person, ...(change && { change }), ...test.how };
  const xml = await makeAnswer(given);
  response.setHeader("content-type", "text/html");
  response.end(formOf({ SAMLResponse: Buffer.from(xml).toString("base64"), RelayState: query["RelayState"] ?? "" }));
}

const cancelled = (xml: string): string => xml.replace("status:Success", "status:Responder");

const formOf = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`)
    .join("");
