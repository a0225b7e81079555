import { createHash } from "node:crypto";
import { slackConfigSchema } from "../../integrations/slack/config.js";
import type { Interaction } from "../../integrations/slack/interaction.js";
import { startSocketMode, type SocketMode } from "../../integrations/slack/socket.js";
import type { InboundConnection } from "../connections/connection-execution.js";
import { originOf } from "./slack-gateway.js";
import type { Act } from "./slack-interactions.js";

export interface SlackSocketDependencies {
  readonly connections: () => Promise<readonly InboundConnection[]>;
  readonly act: Act;
  readonly onProblem: (error: unknown) => void;
}

/** One socket for each connection that has an app-level token: buttons without a public address. */
export function createSlackSockets({ connections, act, onProblem }: SlackSocketDependencies) {
  const open = new Map<string, SocketMode>();

  function start(connection: InboundConnection, appToken: string): SocketMode {
    const origin = originOf(connection);
    const { apiUrl } = slackConfigSchema.parse(connection.config);
    const onInteraction = (interaction: Interaction) => act(origin, interaction);
    return startSocketMode({ appToken, apiUrl, http: connection.http, onInteraction, onProblem });
  }

  async function close(name: string): Promise<void> {
    const socket = open.get(name);
    open.delete(name);
    await socket?.close();
  }

  return {
    /** Opens what is missing and closes what is not wanted any more; called at the start and when a connection changed. */
    async sync(): Promise<void> {
      const wanted = new Map<string, () => SocketMode>();
      for (const connection of await connections()) {
        const { appToken } = connection.secrets;
        if (appToken) wanted.set(nameOf(connection, appToken), () => start(connection, appToken));
      }
      await Promise.all([...open.keys()].filter((name) => !wanted.has(name)).map(close));
      for (const [name, begin] of wanted) if (!open.has(name)) open.set(name, begin());
    },
    async close(): Promise<void> {
      await Promise.all([...open.keys()].map(close));
    },
  };
}

/** Another token or address is another socket. */
const nameOf = ({ id, config }: InboundConnection, appToken: string): string =>
  createHash("sha256")
    .update(JSON.stringify([id, config, appToken]))
    .digest("hex");
