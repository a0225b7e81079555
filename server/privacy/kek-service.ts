import type { KekSource } from "./kek-source.js";

/** A service that keeps a master key and never shows it, such as a cloud's KMS or an HSM. */
export interface KeyService {
  /** As people know it: its name and the master key's. */
  readonly name: string;
  encrypt(plain: Buffer): Promise<Buffer>;
  /** Refused for what another master key encrypted. */
  decrypt(cipher: Buffer): Promise<Buffer>;
}

export interface ServiceKeks extends KekSource {
  /** Looks again which keys there are; what was decrypted stays as it is. */
  refresh(): Promise<void>;
}

/**
 * Keys that a key service guards: each is stored encrypted by it, wherever `stored` finds it, and decrypted once a process. Whoever
 * copies what is stored has nothing without the service, which knows who asked, and can refuse.
 */
export async function keksOfService(
  service: KeyService,
  stored: () => Promise<readonly Buffer[]>,
): Promise<ServiceKeks> {
  const opened = new Map<string, Buffer>();
  let held: readonly Buffer[] = [];

  async function open(cipher: Buffer): Promise<Buffer> {
    const name = cipher.toString("base64");
    const key = opened.get(name) ?? (await service.decrypt(cipher));
    opened.set(name, key);
    return key;
  }

  const refresh = async (): Promise<void> => {
    held = await Promise.all((await stored()).map(open));
  };
  await refresh();
  return { where: service.name, held: () => held, refresh };
}
