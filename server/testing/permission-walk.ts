import { may } from "../members/permissions.js";
import type { Route } from "../http/route.js";
import { aToken, roles, type Client, type TestApp } from "./http.js";

export interface Step {
  readonly route: string;
  readonly who: string;
  readonly expected: "refused" | "let in";
  readonly status: number;
}

const id = "0192f000-0000-7000-8000-0000000000ff";

/**
 * Every route as nobody and as each role, with ids that do not exist: whoever may not is refused (401, 403) before anything
 * else is looked at, and whoever may gets any other answer. Returns the steps that went wrong.
 */
export async function walkPermissions(app: TestApp, routes: readonly Route[], workspaceId: string): Promise<Step[]> {
  const steps: Step[] = [];
  for (const route of routes.filter(({ access }) => access !== "public" && access !== "signed")) {
    steps.push(await step(app.anonymous, route, { who: "nobody", mayPass: false }));
    for (const role of roles) {
      const mayPass = route.access === "member" || isAllowed(route, role);
      steps.push(await step(app.as(aToken(workspaceId, role)), route, { who: role, mayPass }));
    }
  }
  return steps.filter(({ expected, status }) => (expected === "refused") !== (status === 401 || status === 403));
}

const isAllowed = ({ access }: Route, role: (typeof roles)[number]): boolean =>
  access !== "public" && access !== "signed" && access !== "member" && may(role, access);

async function step(client: Client, route: Route, { who, mayPass }: { who: string; mayPass: boolean }): Promise<Step> {
  const method = route.method.toUpperCase();
  const path = route.path.replaceAll(/:\w+/g, id);
  const { status } = await client(method, path, route.body && {});
  return { route: `${method} ${route.path}`, who, expected: mayPass ? "let in" : "refused", status };
}
