import { expect, test } from "vitest";
import { relyingPartyOf } from "./relying-party.js";

test.each([
  ["https://loop.acme.example", "loop.acme.example", "https://loop.acme.example"],
  ["https://loop.acme.example:8443/", "loop.acme.example", "https://loop.acme.example:8443"],
  ["http://localhost:4000", "localhost", "http://localhost:4000"],
])("passkeys of %s belong to %s", (publicUrl, id, origin) => {
  expect(relyingPartyOf(publicUrl)).toEqual({ id, origin });
});

test.each(["http://127.0.0.1:4000", "https://192.168.1.2", "https://[2001:db8::1]:4000", "http://loop.acme.example"])(
  "there are none at %s",
  (publicUrl) => {
    expect(relyingPartyOf(publicUrl)).toBeNull();
  },
);
