import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { useTellError } from "../ui/tell-error.js";
import { request } from "./client.js";
import type { Call } from "./client.js";

interface Change<Input, Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly call: (input: Input) => { readonly path: string } & Pick<Call, "method" | "body" | "headers">;
  /** First parts of the query keys that it makes stale. */
  readonly renews: readonly string[];
  /** Said in a corner, for what happened out of sight. */
  readonly told?: (answer: z.infer<Schema>) => string;
  /** The form shows the refusal itself. */
  readonly quiet?: boolean;
}

/** A mutating call that renews what it touched and tells a refusal. */
export function useChange<Input, Schema extends z.ZodType>({
  schema,
  call,
  renews,
  told,
  quiet,
}: Change<Input, Schema>) {
  const client = useQueryClient();
  const tellError = useTellError();
  return useMutation({
    mutationFn: (input: Input) => {
      const { path, method = "POST", ...rest } = call(input);
      return request(schema, path, { method, ...rest });
    },
    onSuccess: async (answer) => {
      if (told) notifications.show({ message: told(answer), color: "petrol" });
      await Promise.all(renews.map((topic) => client.invalidateQueries({ queryKey: [topic] })));
    },
    onError: (error) => {
      if (quiet !== true) tellError(error);
    },
  });
}
