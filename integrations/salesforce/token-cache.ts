export interface Token {
  readonly accessToken: string;
  readonly instanceUrl: string;
  /** "https://login.salesforce.com/id/<org>/<user>" */
  readonly identityUrl: string;
}

/** Tokens by connection, in memory only. One request per connection is under way at most, whoever waits for it. */
export interface TokenCache {
  get(key: string, request: () => Promise<Token>): Promise<Token>;
  /** After `refused` was answered 401: the newer token that someone already fetched, or a new one. */
  renew(key: string, refused: string, request: () => Promise<Token>): Promise<Token>;
}

const MOST_CONNECTIONS = 1_000;

export function createTokenCache(): TokenCache {
  const tokens = new Map<string, Promise<Token>>();

  const start = (key: string, request: () => Promise<Token>): Promise<Token> => {
    const pending = request();
    tokens.set(key, pending);
    pending.catch(() => {
      if (tokens.get(key) === pending) tokens.delete(key);
    });
    const oldest = tokens.keys().next();
    if (tokens.size > MOST_CONNECTIONS && oldest.done !== true) tokens.delete(oldest.value);
    return pending;
  };

  const get: TokenCache["get"] = (key, request) => tokens.get(key) ?? start(key, request);

  return {
    get,
    async renew(key, refused, request) {
      const current = tokens.get(key);
      if (!current) return start(key, request);
      const token = await current;
      if (token.accessToken !== refused) return token;
      return tokens.get(key) === current ? start(key, request) : get(key, request);
    },
  };
}
