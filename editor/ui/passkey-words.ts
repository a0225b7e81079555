import { useTranslation } from "react-i18next";
import { useErrorWords } from "./error-words.js";

/** What browsers say of a passkey that came to nothing (WebAuthn sections 5.1.3 and 5.1.4). */
const words = {
  NotAllowedError: "passkeys.notChosen",
  AbortError: "passkeys.notChosen",
  InvalidStateError: "passkeys.hasOne",
  SecurityError: "passkeys.otherHost",
} as const;

const isTold = (name: string): name is keyof typeof words => name in words;

export function usePasskeyWords(): (error: unknown) => string {
  const { t } = useTranslation();
  const wordsOf = useErrorWords();
  return (error) => (error instanceof Error && isTold(error.name) ? t(words[error.name]) : wordsOf(error).text);
}
