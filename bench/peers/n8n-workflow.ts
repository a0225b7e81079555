/** The workflow as n8n's editor exports it: a webhook that answers at once, a score below six, three calls. */
export function n8nWorkflow(sinkUrl: string): object {
  const steps = ["callback", "ticket", "note"];
  const calls = steps.map((step) => ({
    ...aNode(step, "httpRequest", 4.2),
    parameters: {
      method: "POST",
      url: `=${sinkUrl}/e/{{ $json.body.comment }}/${step}`,
      sendBody: true,
      specifyBody: "json",
      jsonBody: '={"score": {{ $json.body.score }}}',
      options: {},
    },
  }));
  const hook = {
    ...aNode("hook", "webhook", 2),
    webhookId: "hook",
    parameters: { httpMethod: "POST", path: "hook", responseMode: "onReceived", options: {} },
  };
  const low = { ...aNode("low", "if", 2.2), parameters: { conditions: BELOW_SIX, options: {} } };
  return {
    id: WORKFLOW_ID,
    name: "Bench",
    active: false,
    settings: { executionOrder: "v1" },
    nodes: [hook, low, ...calls],
    connections: { hook: { main: [[to("low")]] }, low: { main: [steps.map(to), []] } },
  };
}

export const WORKFLOW_ID = "loopwrightbench1";

const aNode = (name: string, type: string, typeVersion: number) => ({
  id: name,
  name,
  type: `n8n-nodes-base.${type}`,
  typeVersion,
  position: [0, 0],
});

const to = (node: string) => ({ node, type: "main", index: 0 });

const BELOW_SIX = {
  options: { caseSensitive: true, leftValue: "", typeValidation: "strict", version: 2 },
  combinator: "and",
  conditions: [
    {
      id: "below-six",
      leftValue: "={{ $json.body.score }}",
      rightValue: 6,
      operator: { type: "number", operation: "lt" },
    },
  ],
};
