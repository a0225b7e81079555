import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { resumedSchema, type ResumeGroup } from "../../server/runs/run-group-api.js";
import { request } from "../api/client.js";
import { useTellError } from "../ui/tell-error.js";

/** Batch by batch, as long as one resumes something. */
async function resumeAll(body: ResumeGroup): Promise<number> {
  let sum = 0;
  for (;;) {
    const { resumed, left } = await request(resumedSchema, "/api/runs/resume-group", { method: "POST", body });
    sum += resumed;
    if (resumed === 0 || left === 0) return sum;
  }
}

export function useResumeGroup() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const tellError = useTellError();
  return useMutation({
    mutationFn: resumeAll,
    onSuccess: (count) => notifications.show({ message: t("failures.resumed", { count }), color: "petrol" }),
    onError: tellError,
    // Some may have been resumed before it failed.
    onSettled: () => client.invalidateQueries({ queryKey: ["run"] }),
  });
}
