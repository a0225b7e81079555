/** A failure that the caller can act on. Thrown by services, worded once, mapped to HTTP at the edge (http/problems.ts). */
export class DomainError extends Error {
  readonly status: number;
  readonly code: string;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(options: {
    status: number;
    code: string;
    message: string;
    extra?: Readonly<Record<string, unknown>>;
    headers?: Readonly<Record<string, string>>;
    cause?: unknown;
  }) {
    super(options.message, { cause: options.cause });
    this.name = "DomainError";
    this.status = options.status;
    this.code = options.code;
    this.extra = options.extra ?? {};
    this.headers = options.headers ?? {};
  }
}

export const notFound = (what: string): DomainError =>
  new DomainError({ status: 404, code: "not_found", message: `There is no such ${what}.` });

/** What is a person's alone: a program has no pages, no password and no say of its own. */
export const sessionsOnly = (message = "Sign in as a person to do this; a token cannot."): DomainError =>
  new DomainError({ status: 403, code: "sessions_only", message });

export const forbidden = (message: string): DomainError => new DomainError({ status: 403, code: "forbidden", message });

/** `authorization` is that header of the request: whoever sent a token learns that it is not good. */
export const unauthorized = (authorization?: string): DomainError =>
  new DomainError({
    ...{ status: 401, code: "unauthorized" },
    message: /^Bearer +\S/i.test(authorization ?? "")
      ? "This API token is unknown, expired or revoked. Make another under Settings, or by `token create`."
      : "Sign in, or send an API token as a bearer token.",
  });

export const conflict = (code: string, message: string, extra: Readonly<Record<string, unknown>> = {}): DomainError =>
  new DomainError({ status: 409, code, message, extra });

export const unprocessable = (
  code: string,
  message: string,
  extra: Readonly<Record<string, unknown>> = {},
): DomainError => new DomainError({ status: 422, code, message, extra });

export const badRequest = (code: string, message: string, extra: Readonly<Record<string, unknown>> = {}): DomainError =>
  new DomainError({ status: 400, code, message, extra });
