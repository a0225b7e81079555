import { createHash, randomBytes } from "node:crypto";

/** 256 random bits. Only the hash is stored: nothing that the database holds opens a door. */
export const randomToken = (prefix = ""): string => prefix + randomBytes(32).toString("base64url");

export const hashToken = (token: string): Buffer => createHash("sha256").update(token).digest();
