import { defineConnector } from "../connector.js";
import { httpRequest } from "./actions/request.js";
import { checkHttp } from "./check.js";
import { httpConfigSchema, httpHosts, httpSecretSchema } from "./config.js";

/** Any other product that speaks HTTP. Without a connection its config and secret are empty objects. */
export const httpConnector = defineConnector({
  name: "http",
  title: "HTTP request",
  config: httpConfigSchema,
  secret: httpSecretSchema,
  secretUse: { headerValue: "outbound" },
  hosts: httpHosts,
  rates: {},
  check: checkHttp,
  actions: [httpRequest],
});
