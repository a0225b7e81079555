import { expect, test } from "vitest";
import { isGuessable } from "./guessable.js";

test.each([
  "password1234",
  "P@ssw0rd2026!",
  "qwertyuiop",
  "1234567890",
  "Loopwright2026",
  "motdepasse!!",
  "summer-winter-99",
])("%s is easy to guess", (password) => {
  expect(isGuessable(password)).toBe(true);
});

test.each([
  "nine green umbrellas",
  "correct horse battery",
  "kX8#vR2!mPqz",
  "secret garden of tulips",
  "夏の夕暮れに鳴く蝉の声",
])("%s is not", (password) => {
  expect(isGuessable(password)).toBe(false);
});
