import { describe, expect, it } from "vitest";
import { answerAtOnce, readWords } from "./read-words.js";
import { usages } from "./usage.js";

const commands = Object.entries(usages);

describe("help", () => {
  it.each(commands)("on %s says what it does, its options and an example, and exits with 0", (name, { does }) => {
    const { exitCode, text } = answerAtOnce([...name.split(" "), "--help"]) ?? { exitCode: null, text: "" };
    expect(exitCode).toBe(0);
    expect(text).toContain(does);
    expect(text).toContain(`Usage: npm run --silent cli -- ${name}`);
    expect(text).toMatch(/\nOptions:\n[^]*--help[^]*\nExample, which prints /);
  });

  it.each(commands)("shows an example of %s that the command accepts", (name, { example }) => {
    const words = [...example.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
    expect(readWords(words)).toMatchObject({ kind: "command", name });
  });

  it("names every option of token create with what it takes", () => {
    const { text } = answerAtOnce(["help", "token", "create"]) ?? { text: "" };
    expect(text).toMatch(/--role ROLE +.*viewer, builder, publisher, admin, privacy_officer/);
    expect(text).toMatch(/--name NAME +/);
    expect(text).toMatch(/--expires-days DAYS +.*90 unless told/);
  });

  it.each([[[]], [["--help"]], [["-h"]], [["help"]]])("for %j lists every command", (words) => {
    const answer = answerAtOnce(words);
    expect(answer?.exitCode).toBe(0);
    for (const [name] of commands) expect(answer?.text).toContain(`  ${name} `);
  });

  it("on a group lists that group alone", () => {
    expect(answerAtOnce(["restore", "--help"])).toMatchObject({
      exitCode: 0,
      text: expect.stringContaining("restore point") as string,
    });
    expect(answerAtOnce(["restore", "--help"])?.text).not.toContain("token create");
  });
});

describe("wrong use exits with 2 and shows how it is done", () => {
  it.each([
    [["token", "create", "--rolle", "admin"], "Unknown option '--rolle'", "token create [options]"],
    [["token", "create"], "--role must be one of viewer, builder", "token create [options]"],
    [["source", "show"], "source show needs the source's short name", "source show SLUG [options]"],
    [["migrate", "now"], '"now" is one word too many', "-- migrate\n"],
    [["token"], '"token" needs another word', "token create"],
    [["token", "dance"], 'There is no command "token dance"', "token create"],
    [["dance", "--help"], 'There is no command "dance"', "sign-in-link"],
    [["--role", "admin", "token", "create"], "The command comes first", "token create"],
  ])("%j", (words, message, usage) => {
    const answer = answerAtOnce(words);
    expect(answer?.exitCode).toBe(2);
    expect(answer?.text).toContain(message);
    expect(answer?.text).toContain(usage);
  });
});
