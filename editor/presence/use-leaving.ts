import { useEffect } from "react";
import { emptySchema } from "../../server/http/common-api.js";
import { request } from "../api/client.js";
import type { Saving } from "../flows/use-autosave.js";
import { presencePath } from "./use-presence.js";
import type { Here } from "./use-presence.js";

/** Whoever cannot be told finds out by themselves: the page is not heard of any more. */
const leave = (here: Here): void =>
  void request(emptySchema, presencePath(here), { method: "DELETE", keepalive: true }).catch(() => undefined);

/** A page that closes gives up its pen at once; after the last save, which would take it again. */
export function useLeaving(here: Here, { autosave }: Saving): void {
  useEffect(() => {
    const close = () => leave(here);
    window.addEventListener("pagehide", close);
    return () => {
      window.removeEventListener("pagehide", close);
      void autosave.flush().finally(close);
    };
  }, [here, autosave]);
}
