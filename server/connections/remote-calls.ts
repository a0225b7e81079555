import type { Connector } from "../../integrations/connector.js";
import type { Asker } from "../db/questions.js";
import { DomainError } from "../errors.js";
import type { Envelope } from "../privacy/envelope.js";
import { isForWorker } from "./connection-problems.js";
import { fieldsFor, openSecrets, type Secrets } from "./connection-secrets.js";
import type { Checked, CheckRequest, ConnectionCalls, OptionsRequest } from "./connection-calls.js";
import { openAnswer, sealQuestion, type RemoteAnswer, type RemoteQuestion } from "./remote-call-messages.js";

export interface RemoteCallsDependencies {
  /** Does what this process may do itself. */
  readonly own: ConnectionCalls;
  readonly asker: Asker;
  readonly envelope: Envelope;
  readonly findConnector: (name: string) => Connector | undefined;
  readonly timeoutMs?: number;
}

/** Longer than a worker may take for a check. */
const TIMEOUT_MS = 25_000;

/** The calls of an api process: what needs an outbound secret that is stored is asked of a worker. */
export const createRemoteCalls = (dependencies: RemoteCallsDependencies): ConnectionCalls => ({
  check: (request) =>
    dependencies.own.check(request).catch(async (error: unknown) => {
      if (!isForWorker(error)) throw error;
      // Without a worker the person can still enter the secrets again: the first error says so.
      const answer = await ask(dependencies, checkQuestion(dependencies, request));
      if (!answer) throw error;
      return toChecked(answer);
    }),
  options: (request) =>
    dependencies.own.options(request).catch(async (error: unknown) => {
      if (!isForWorker(error)) throw error;
      const answer = await ask(dependencies, optionsQuestion(request));
      if (!answer) throw noWorker();
      if (answer.kind !== "options") throw refusal(answer);
      return answer.items;
    }),
});

async function ask(
  { asker, envelope, timeoutMs = TIMEOUT_MS }: RemoteCallsDependencies,
  question: RemoteQuestion,
): Promise<RemoteAnswer | null> {
  const answer = await asker.ask((id) => sealQuestion(envelope, id, question), timeoutMs);
  return answer && openAnswer(envelope, answer.id, answer.bytes);
}

const optionsQuestion = ({ id, picker, query, values }: OptionsRequest): RemoteQuestion => ({
  kind: "options",
  connectionId: id,
  picker,
  query,
  values: { ...values },
});

const checkQuestion = (dependencies: RemoteCallsDependencies, request: CheckRequest): RemoteQuestion => ({
  kind: "check",
  connectionId: request.id,
  config: { ...request.config },
  secrets: { ...keptInbound(dependencies, request), ...request.secrets },
});

/** Fields that a worker cannot open, so that they are not lost when it seals the secret anew. */
function keptInbound(
  { envelope, findConnector }: RemoteCallsDependencies,
  { id, connector, stored }: CheckRequest,
): Secrets {
  const definition = findConnector(connector);
  if (!stored || !definition) return {};
  const outbound = fieldsFor(definition, "outbound");
  const inbound = openSecrets(envelope, "inbound", { id, bytes: stored.secret_inbound });
  return Object.fromEntries(Object.entries(inbound).filter(([field]) => !outbound.includes(field)));
}

function toChecked(answer: RemoteAnswer): Checked {
  if (answer.kind !== "checked") throw refusal(answer);
  const { config, check, sealed } = answer;
  return {
    config,
    check,
    sealed: {
      secret_inbound: Buffer.from(sealed.secret_inbound, "base64"),
      secret_outbound: Buffer.from(sealed.secret_outbound, "base64"),
      secrets_set: sealed.secrets_set,
    },
  };
}

const refusal = (answer: RemoteAnswer): Error =>
  answer.kind === "refused" && answer.problem
    ? new DomainError(answer.problem)
    : new Error("the worker could not answer; its log says why");

const noWorker = (): DomainError =>
  new DomainError({
    status: 503,
    code: "no_worker",
    message: "No worker answered. This list comes from the system itself, and only workers may ask it.",
    headers: { "retry-after": "5" },
  });
