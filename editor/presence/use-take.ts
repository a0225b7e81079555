import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { presenceSchema } from "../../server/presence/presence-api.js";
import type { Pen } from "../../server/presence/presence-api.js";
import { ApiError, request } from "../api/client.js";
import { askFirst } from "../ui/confirm.js";
import { useTellError } from "../ui/tell-error.js";
import type { Following } from "./following.js";
import { presenceKey, presencePath } from "./use-presence.js";
import type { Here } from "./use-presence.js";

const isHeld = (error: unknown): boolean => error instanceof ApiError && error.problem.code === "pen_held";

interface Asked {
  readonly here: Here;
  readonly following: Following;
  readonly pen: Pen;
}

/** Takes the pen: at once from who rests, and by a second word from who is at work. One's own other tab needs no asking. */
export function useTake({ here, following, pen }: Asked) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const tellError = useTellError();
  const take = useMutation({
    mutationFn: async (evenIfActive: boolean) => {
      const call = { method: "POST", body: { evenIfActive } } as const;
      const presence = await request(presenceSchema, `${presencePath(here)}/take`, call);
      // What they saved last is here before anything can be changed on top of it.
      await following.catchUp(presence.draftRevision);
      // What was asked before, and is answered later, is old.
      await client.cancelQueries({ queryKey: presenceKey(here) });
      client.setQueryData(presenceKey(here), presence);
    },
    onError: (error) => {
      if (isHeld(error)) {
        ask();
        return;
      }
      tellError(error);
    },
  });
  const ask = () =>
    askFirst({
      title: t("presence.ask"),
      text: t("presence.askText", { who: pen.name ?? t("common.someone") }),
      confirm: t("presence.takeOver"),
      mild: true,
      onConfirm: () => take.mutate(true),
    });
  const begin = () => {
    const isOwn = pen.holder === "other-tab";
    if (pen.isActive && !isOwn) ask();
    else take.mutate(isOwn);
  };
  return { begin, isTaking: take.isPending };
}
