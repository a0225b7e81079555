import { z } from "zod";
import {
  defineAction,
  type Action,
  type ActionDefinition,
  type Found,
  type Sent,
} from "../../integrations/connector.js";

export interface RemoteWorld {
  /** Every effect that the remote system accepted, by key, in order. */
  readonly accepted: { readonly key: string; readonly input: unknown }[];
  readonly action: Action;
}

export type Behaviour = (call: {
  readonly key: string;
  readonly attempt: number;
  readonly accept: () => Sent;
}) => Promise<Sent> | Sent;

/** `http.request@1` as a remote system that a test scripts: by default it accepts, and finds what it accepted. */
export function createRemote(
  behave: Behaviour = ({ accept }) => accept(),
  difference: Partial<Pick<ActionDefinition<unknown>, "find" | "doubt" | "deadlineMs">> = {},
): RemoteWorld {
  const accepted: { key: string; input: unknown }[] = [];
  const tries = new Map<string, number>();
  const sentOf = (key: string): Sent => ({ externalId: `remote-${key}`, url: null, output: { status: 200 } });
  const find = (_input: unknown, { key }: { key: string }): Promise<Found> =>
    Promise.resolve(
      accepted.some((effect) => effect.key === key) ? { kind: "found", sent: sentOf(key) } : { kind: "absent" },
    );
  const action = defineAction({
    name: "http.request",
    major: 1,
    title: "HTTP request",
    sentence: "Call {url}",
    input: z.looseObject({ url: z.string() }),
    output: { status: { title: "Status", type: "number", dataClass: "clear" } },
    deadlineMs: 2_000,
    exactlyOnce: "looked-up",
    find,
    async send(input, call) {
      const attempt = (tries.get(call.key) ?? 0) + 1;
      tries.set(call.key, attempt);
      call.aboutToSend();
      const accept = (): Sent => {
        accepted.push({ key: call.key, input });
        return sentOf(call.key);
      };
      return behave({ key: call.key, attempt, accept });
    },
    ...difference,
  });
  return { accepted, action };
}
