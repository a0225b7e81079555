/** Node-RED takes a node without a place on the canvas for configuration. */
const AT = { z: "bench", x: 0, y: 0 };

/** A webhook that is answered, and nothing else. */
export const plainFlow = (): object[] => [
  { id: "bench", type: "tab", label: "Bench", disabled: false, info: "" },
  { id: "hook", type: "http in", ...AT, url: "/hook", method: "post", upload: false, wires: [["accepted"]] },
  { id: "accepted", type: "http response", ...AT, statusCode: "202", headers: {}, wires: [] },
  { id: "ready", type: "http in", ...AT, url: "/ready", method: "get", upload: false, wires: [["yes"]] },
  { id: "yes", type: "http response", ...AT, statusCode: "200", headers: {}, wires: [] },
];
