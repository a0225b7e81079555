import { useTranslation } from "react-i18next";

/** Nobody refused it: it was not sent for the sake of the person behind it. */
const heldBack: Readonly<Record<string, "restricted" | "objected" | "no_consent">> = {
  withheld_restricted: "restricted",
  withheld_objected: "objected",
  withheld_no_consent: "no_consent",
};

/** Set where it was us who did not send it. */
export const heldBackBy = (code: string) => heldBack[code];

/** Why a step is stuck: what the other system said, else our own words, else the code with a word before it. */
export function useStuckWords(): (stuck: { readonly code: string; readonly message: string | null }) => string {
  const { t, i18n } = useTranslation();
  return ({ code, message }) => {
    const ours = heldBackBy(code);
    if (ours) return t(`stuck.withheld.${ours}`);
    const known = i18n.exists(`problem.${code}`) ? t(`problem.${code}` as "problem.value_missing") : null;
    return message ?? known ?? t("stuck.code", { code });
  };
}
