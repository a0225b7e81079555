import type { IncomingMessage } from "node:http";
import { badRequest, DomainError } from "../errors.js";

/** 256 KB, for whoever names no other limit. */
export const BODY_LIMIT = 262_144;

/**
 * The body as it arrived, for signatures. What is too large is refused (413) as soon as it is known, and the rest is read into
 * nothing: closing the connection instead would reach many senders as a broken pipe rather than as an answer.
 */
export async function readRawBody(request: IncomingMessage, limit = BODY_LIMIT): Promise<Buffer> {
  refuseEncoding(request.headers["content-encoding"]);
  if (Number(request.headers["content-length"] ?? 0) > limit) {
    request.resume();
    throw tooLarge(limit);
  }
  return collect(request, limit);
}

/** A compressed body could grow without bound once opened, and nobody signs those. */
function refuseEncoding(encoding = "identity"): void {
  if (encoding.trim().toLowerCase() === "identity") return;
  throw new DomainError({
    status: 415,
    code: "unsupported_encoding",
    message: "Send the body as it is: compressed bodies are not taken.",
    headers: { "accept-encoding": "identity" },
  });
}

function collect(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (): void => {
      request.off("data", take).off("end", finish).off("error", fail).off("close", fail);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= limit) return void chunks.push(chunk);
      stop();
      request.on("error", () => undefined).resume();
      reject(tooLarge(limit));
    };
    const finish = (): void => {
      stop();
      resolve(Buffer.concat(chunks));
    };
    const fail = (): void => {
      stop();
      reject(badRequest("body_incomplete", "The connection closed before the whole body had arrived."));
    };
    request.on("data", take).on("end", finish).on("error", fail).on("close", fail);
  });
}

const tooLarge = (limit: number): DomainError =>
  new DomainError({ status: 413, code: "body_too_large", message: `The body is larger than ${limit / 1024} KB.` });
