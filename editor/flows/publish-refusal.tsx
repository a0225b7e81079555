import type { ReactNode } from "react";
import { notPublishableSchema } from "../../server/flows/flow-api.js";
import { ApiError } from "../api/client.js";
import { FailedTests } from "../try/failed-tests.js";
import { NotYet } from "./not-yet.js";

interface Refused {
  readonly body: unknown;
  readonly onClose: () => void;
  /** Publishes all the same. */
  readonly onOverride: (reason: string) => void;
}

const Problems = ({ body, onClose }: Pick<Refused, "body" | "onClose">) => (
  <NotYet problems={notPublishableSchema.safeParse(body).data?.problems ?? []} onClose={onClose} />
);

/** Why it was not published, where a refusal tells more than a sentence: by its code, from what stands in its body. */
const shown: Readonly<Record<string, (refused: Refused) => ReactNode>> = {
  flow_not_publishable: Problems,
  flow_tests_failed: FailedTests,
};

export const isShown = (error: unknown): error is ApiError =>
  error instanceof ApiError && Object.hasOwn(shown, error.problem.code);

/** In the place of the dialog to publish. */
export function PublishRefusal({ error, ...rest }: Omit<Refused, "body"> & { readonly error: ApiError | null }) {
  const Shown = error && shown[error.problem.code];
  return Shown ? <Shown body={error.body} {...rest} /> : null;
}
