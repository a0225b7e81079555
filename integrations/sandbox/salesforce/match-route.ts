interface Pattern {
  readonly method: string;
  readonly pattern: string;
}

export interface Found<R> {
  readonly route: R;
  readonly params: Readonly<Record<string, string>>;
}

/** The first route whose pattern fits; `{name}` takes one part of the path. */
export function findRoute<R extends Pattern>(routes: readonly R[], method: string, path: string): Found<R> | undefined {
  for (const route of routes) {
    const params = route.method === method ? paramsOf(route.pattern, path) : undefined;
    if (params) return { route, params };
  }
  return undefined;
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/");
  const given = path.replace(/\/$/, "").split("/");
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined ? part.toLowerCase() !== value.toLowerCase() : value === "") return undefined;
    if (name !== undefined) params[name] = value;
  }
  return params;
}
