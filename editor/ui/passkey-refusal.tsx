import { useTranslation } from "react-i18next";
import { Hint } from "./hint.js";
import { Refusal } from "./refusal.js";

/** What browsers say of a passkey that came to nothing (WebAuthn sections 5.1.3 and 5.1.4). */
const words = {
  NotAllowedError: "passkeys.notChosen",
  AbortError: "passkeys.notChosen",
  InvalidStateError: "passkeys.hasOne",
  SecurityError: "passkeys.otherHost",
} as const;

const isTold = (name: string): name is keyof typeof words => name in words;

export function PasskeyRefusal({ error }: { readonly error: Error | null }) {
  const { t } = useTranslation();
  if (error === null || !isTold(error.name)) return <Refusal error={error} />;
  return <Hint tone="failed">{t(words[error.name])}</Hint>;
}
