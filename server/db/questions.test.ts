import { describe, expect, it } from "vitest";
import { hearWhole, type Message } from "./questions.js";

const id = "0192f000-0000-7000-8000-00000000000a";
const parts = (...texts: string[]) => texts.map((text, part) => JSON.stringify({ id, part, of: texts.length, text }));

function hear(...payloads: string[]): Message[] {
  const heard: Message[] = [];
  const listen = hearWhole((message) => heard.push(message));
  for (const payload of payloads) listen(payload);
  return heard;
}

describe("a message in parts", () => {
  const [first = "", second = "", third = ""] = parts("aGVs", "bG8g", "eW91");

  it("is heard once it is whole, in whatever order the parts come", () => {
    expect(hear(first, second)).toEqual([]);
    for (const order of [
      [first, second, third],
      [third, first, second],
    ])
      expect(hear(...order)).toEqual([{ id, bytes: Buffer.from("hello you") }]);
  });

  it("is not heard for a part that comes twice", () => {
    expect(hear(first, first, second)).toEqual([]);
  });

  it.each(["", "[]", '{"id":"x","part":0,"of":1,"text":""}', `{"id":"${id}","part":0,"of":1000000,"text":""}`])(
    "that is not ours is not heard: %s",
    (payload) => {
      expect(hear(payload)).toEqual([]);
    },
  );
});
