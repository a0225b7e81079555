import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { createKek } from "./kek.js";
import { keksOfEnvironment } from "./kek-file.js";
import { keksOfService, type KeyService } from "./kek-service.js";
import { createMemoryKeyService } from "./testing/memory-key-service.js";

const mayOpen = ["workspace-key"] as const;
const plain = randomBytes(32);

test("what an earlier key wrapped is opened while that key is held, and wrapped anew by the one in use", () => {
  const [before, now] = [randomBytes(32), randomBytes(32)];
  const wrapped = createKek(before, []).wrap("workspace-key", "w1", plain);
  const both = createKek({ where: "here", held: () => [now, before] }, mayOpen);
  expect(both.unwrap("workspace-key", "w1", wrapped)).toEqual(plain);
  const anew = both.rewrap("workspace-key", "w1", wrapped);
  expect(createKek(now, mayOpen).unwrap("workspace-key", "w1", anew)).toEqual(plain);
  expect(() => createKek(before, mayOpen).unwrap("workspace-key", "w1", anew)).toThrow("was written under the key");
});

test("a process that may not open something may wrap it anew, and still not open it", () => {
  const [before, now] = [randomBytes(32), randomBytes(32)];
  const wrapped = createKek(before, []).wrap("secret-outbound", "c1", plain);
  const api = createKek({ where: "here", held: () => [now, before] }, []);
  const anew = api.rewrap("secret-outbound", "c1", wrapped);
  expect(() => api.unwrap("secret-outbound", "c1", anew)).toThrow("may not open a secret-outbound");
  expect(() => api.rewrap("secret-outbound", "c2", anew)).toThrow();
});

test("a key that comes while a process runs wraps from then on, and what it wrapped elsewhere is opened", () => {
  const keys = [randomBytes(32)];
  const running = createKek({ where: "here", held: () => keys }, mayOpen);
  const first = running.id;
  keys.unshift(randomBytes(32));
  const elsewhere = createKek({ where: "here", held: () => keys }, []).wrap("workspace-key", "w1", plain);
  expect(running.unwrap("workspace-key", "w1", elsewhere)).toEqual(plain);
  expect(running.ids()).toEqual([running.id, first]);
  expect(running.id).not.toBe(first);
});

test("keys of the environment are the one in use, then those before it; each must be 32 bytes", () => {
  const [current, before] = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")];
  expect(createKek(keksOfEnvironment({ current, previous: [before] }), []).ids()).toHaveLength(2);
  expect(() => createKek(keksOfEnvironment({ current, previous: ["short"] }), [])).toThrow("must hold 32 bytes");
});

test("keys that a key service guards are nothing without it, are decrypted once, and can be changed while a process runs", async () => {
  const service = createMemoryKeyService();
  const stored = [await service.encrypt(randomBytes(32))];
  const counted: { decrypted: number } & KeyService = {
    ...{ name: service.name, encrypt: service.encrypt, decrypted: 0 },
    decrypt(cipher) {
      counted.decrypted += 1;
      return service.decrypt(cipher);
    },
  };
  const keks = await keksOfService(counted, () => Promise.resolve(stored));
  const kek = createKek(keks, mayOpen);
  const wrapped = kek.wrap("workspace-key", "w1", plain);
  const first = kek.id;

  stored.unshift(await service.encrypt(randomBytes(32)));
  await keks.refresh();
  expect(kek.ids()).toEqual([kek.id, first]);
  expect(kek.id).not.toBe(first);
  expect(kek.unwrap("workspace-key", "w1", kek.rewrap("workspace-key", "w1", wrapped))).toEqual(plain);
  expect(counted.decrypted).toBe(2);

  const another = keksOfService(createMemoryKeyService(), () => Promise.resolve(stored));
  await expect(another).rejects.toThrow();
});
