import type { ApiProblem } from "../../server/http/common-api.js";

export const problem = (status: number, code: string): ApiProblem => ({
  type: "about:blank",
  title: code,
  status,
  code,
  detail: `The fake API refused it: ${code}.`,
});

/** For `route.fulfill`. */
export const refusal = (status: number, code: string) => ({ status, json: problem(status, code) });
