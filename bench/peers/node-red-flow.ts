/** Node-RED takes a node without a place on the canvas for configuration. */
const AT = { z: "bench", x: 0, y: 0 };

/** Nodes as Node-RED's editor exports them: the webhook is answered at once, a score below six fans out to three calls. */
export function nodeRedFlow(sinkUrl: string): object[] {
  const steps = ["callback", "ticket", "note"];
  const calls = steps.map((step) => ({
    id: step,
    type: "http request",
    ...AT,
    name: step,
    method: "POST",
    ret: "txt",
    paytoqs: "ignore",
    url: `${sinkUrl}/e/{{payload.comment}}/${step}`,
    tls: "",
    persist: true,
    proxy: "",
    insecureHTTPParser: false,
    authType: "",
    senderr: false,
    headers: [],
    wires: [[]],
  }));
  const low = { t: "lt", v: "6", vt: "num" };
  return [
    { id: "bench", type: "tab", label: "Bench", disabled: false, info: "" },
    { id: "hook", type: "http in", ...AT, url: "/hook", method: "post", upload: false, wires: [["accepted", "low"]] },
    { id: "accepted", type: "http response", ...AT, statusCode: "202", headers: {}, wires: [] },
    {
      id: "low",
      type: "switch",
      ...AT,
      property: "payload.score",
      propertyType: "msg",
      rules: [low],
      checkall: "true",
      repair: false,
      outputs: 1,
      wires: [steps],
    },
    ...calls,
    { id: "ready", type: "http in", ...AT, url: "/ready", method: "get", upload: false, wires: [["yes"]] },
    { id: "yes", type: "http response", ...AT, statusCode: "200", headers: {}, wires: [] },
  ];
}
