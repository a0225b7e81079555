import type { Runtime } from "../runtime.js";
import { createApprovalService } from "./approval-service.js";
import { createSlackGateway } from "./slack-gateway.js";
import { createSlackInteractions, originFinder } from "./slack-interactions.js";
import { createSlackPeople } from "./slack-people.js";
import { createSlackSockets } from "./slack-sockets.js";

/** Buttons and modals, over HTTP and over sockets. */
export function createSlackSide({ db, vault, http, live, ports, onError, connectionExecution }: Runtime) {
  const connections = () => connectionExecution.inboundConnections(db, "slack");
  const gateway = createSlackGateway({ connections, http });
  const approvals = createApprovalService({
    db,
    vault,
    wake: (runId) => ports.wake(runId),
    changed: (workspaceId, id) => live.changed(workspaceId, "approval", [id]),
  });
  const { askReason, tell } = gateway;
  const people = createSlackPeople({ connections, onProblem: onError });
  const act = createSlackInteractions({ db, vault, approvals, people, askReason, tell, onProblem: onError });
  const originFor = originFinder(db);
  const sockets = createSlackSockets({ connections, originFor, act, onProblem: onError });
  const slack = {
    /** At the start, and when a connection changed: its socket, and the names of who may press a button. */
    async sync(changedId?: string): Promise<void> {
      await sockets.sync();
      void people.refresh(changedId);
    },
    async close(): Promise<void> {
      people.close();
      await sockets.close();
    },
  };
  return { gateway, originFor, act, slack };
}
