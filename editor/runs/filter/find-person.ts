import { useState } from "react";
import { foundContactIdSchema } from "../../../server/runs/run-group-api.js";
import { useChange } from "../../api/change.js";

/** Whose runs to list, by an e-mail address. `unknown` is the address of which nobody's runs may be shown. */
export function useFindPerson(onFound: (contactId: string) => void) {
  const [unknown, setUnknown] = useState<string | null>(null);
  const { mutate, isPending } = useChange({
    schema: foundContactIdSchema,
    call: (email: string) => ({ path: "/api/runs/contact", body: { email } }),
    renews: [],
  });
  const find = (email: string) => {
    setUnknown(null);
    mutate(email, { onSuccess: ({ contactId }) => (contactId === null ? setUnknown(email) : onFound(contactId)) });
  };
  return { find, unknown, isPending };
}
