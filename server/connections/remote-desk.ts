import type { Connector } from "../../integrations/connector.js";
import type { Asker } from "../db/questions.js";
import { DomainError } from "../errors.js";
import type { Envelope } from "../privacy/envelope.js";
import { isForWorker } from "./connection-problems.js";
import { fieldsFor, openSecrets, type Secrets } from "./connection-secrets.js";
import type { Checked, CheckRequest, Desk, OptionsRequest } from "./desk.js";
import { openAnswer, sealQuestion, type DeskAnswer, type DeskQuestion } from "./desk-messages.js";

export interface RemoteDeskDependencies {
  /** Does what this process may do itself. */
  readonly own: Desk;
  readonly asker: Asker;
  readonly envelope: Envelope;
  readonly findConnector: (name: string) => Connector | undefined;
  readonly timeoutMs?: number;
}

/** Longer than a worker may take for a check. */
const TIMEOUT_MS = 25_000;

/** The desk of an api process: what needs an outbound secret that is stored is asked of a worker. */
export const createRemoteDesk = (dependencies: RemoteDeskDependencies): Desk => ({
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
  { asker, envelope, timeoutMs = TIMEOUT_MS }: RemoteDeskDependencies,
  question: DeskQuestion,
): Promise<DeskAnswer | null> {
  const answer = await asker.ask((id) => sealQuestion(envelope, id, question), timeoutMs);
  return answer && openAnswer(envelope, answer.id, answer.bytes);
}

const optionsQuestion = ({ id, picker, query, values }: OptionsRequest): DeskQuestion => ({
  kind: "options",
  connectionId: id,
  picker,
  query,
  values: { ...values },
});

const checkQuestion = (dependencies: RemoteDeskDependencies, request: CheckRequest): DeskQuestion => ({
  kind: "check",
  connectionId: request.id,
  config: { ...request.config },
  secrets: { ...keptInbound(dependencies, request), ...request.secrets },
});

/** Fields that a worker cannot open, so that they are not lost when it seals the secret anew. */
function keptInbound(
  { envelope, findConnector }: RemoteDeskDependencies,
  { id, connector, stored }: CheckRequest,
): Secrets {
  const definition = findConnector(connector);
  if (!stored || !definition) return {};
  const outbound = fieldsFor(definition, "outbound");
  const inbound = openSecrets(envelope, "inbound", { id, bytes: stored.secret_inbound });
  return Object.fromEntries(Object.entries(inbound).filter(([field]) => !outbound.includes(field)));
}

function toChecked(answer: DeskAnswer): Checked {
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

const refusal = (answer: DeskAnswer): Error =>
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
