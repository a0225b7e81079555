import { Group, Pill, Select, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { auditActions, auditFilterSchema, type AuditFilter } from "../../server/audit/audit-api.js";

const DAY_MS = 86_400_000;

/** The address carries the filter, so that it can be sent to somebody. */
export function AuditFilters({ filter }: { readonly filter: AuditFilter }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const set = (change: Partial<AuditFilter>) => void navigate({ to: "/audit", search: { ...filter, ...change } });
  return (
    <Group gap="sm" mb="md" align="flex-end">
      <Select
        label={t("audit.what")}
        placeholder={t("audit.anyAction")}
        w={{ base: "100%", xs: 300 }}
        clearable
        searchable
        data={auditActions.map((value) => ({ value, label: t(`audit.action.${value}`) }))}
        value={filter.action ?? null}
        onChange={(action) => set({ action: auditFilterSchema.shape.action.safeParse(action ?? undefined).data })}
      />
      <TextInput
        type="date"
        label={t("audit.from")}
        value={dayOf(filter.from)}
        onChange={({ target }) => set({ from: startOf(target.value) })}
      />
      <TextInput
        type="date"
        label={t("audit.until")}
        value={dayOf(filter.until, -1)}
        onChange={({ target }) => set({ until: startOf(target.value, DAY_MS) })}
      />
      {(filter.actorId ?? filter.targetId) !== undefined && (
        <Pill
          size="lg"
          withRemoveButton
          removeButtonProps={{ "aria-label": t("audit.clear"), "aria-hidden": false, tabIndex: 0 }}
          onRemove={() => set({ actorId: undefined, targetId: undefined })}
        >
          {t("audit.only")}
        </Pill>
      )}
    </Group>
  );
}

/** The reader's own day, as a date field has it; `until` is exclusive, so its day is the one before. */
function dayOf(at: string | undefined, shiftMs = 0): string {
  if (at === undefined) return "";
  const day = new Date(new Date(at).getTime() + shiftMs);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

function startOf(day: string, afterMs = 0): string | undefined {
  const start = new Date(`${day}T00:00:00`);
  return Number.isNaN(start.getTime()) ? undefined : new Date(start.getTime() + afterMs).toISOString();
}
