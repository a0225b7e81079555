import { Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FieldSpec } from "../../workflows/flow/catalogue.js";
import type { ConditionGroup } from "../../workflows/flow/schema.js";
import { addRow, isGroup, newRow, removeRow, replaceRow } from "../flow/conditions.js";
import type { Row } from "../flow/conditions.js";
import { AddButton } from "../ui/add-button.js";
import { RemoveButton } from "../ui/remove-button.js";
import { ConditionRowEditor } from "./condition-row.js";
import { errorsUnder } from "./form-props.js";
import type { FieldErrors } from "./form-props.js";

const DEEPEST = 4;

interface Props {
  /** Within the step's form: "when.rows[1]". */
  readonly path: string;
  readonly group: ConditionGroup;
  readonly onChange: (group: ConditionGroup) => void;
  readonly fields: readonly FieldSpec[];
  readonly errors: FieldErrors;
  readonly depth: number;
  readonly onRemove?: () => void;
}

export function GroupEditor({ path, group, onChange, fields, errors, depth, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <div className="lw-group" data-depth={depth}>
      <Stack gap={8}>
        {(group.rows.length > 1 || depth > 1) && (
          <Group justify="space-between" wrap="nowrap">
            <SegmentedControl
              size="xs"
              aria-label={t("condition.match")}
              value={group.match}
              data={[
                { value: "all", label: t("condition.all") },
                { value: "any", label: t("condition.any") },
              ]}
              onChange={(match) => onChange({ ...group, match: match === "any" ? "any" : "all" })}
            />
            {onRemove && <RemoveButton label={t("condition.removeGroup")} onClick={onRemove} />}
          </Group>
        )}
        <Rows path={path} group={group} onChange={onChange} fields={fields} errors={errors} depth={depth} />
        <AddButtons group={group} onChange={onChange} fields={fields} depth={depth} />
      </Stack>
    </div>
  );
}

function Rows({ path, group, onChange, fields, errors, depth }: Omit<Props, "onRemove">) {
  const { t } = useTranslation();
  const replace = (at: number) => (row: Row) => onChange(replaceRow(group, at, row));
  const remove = (at: number) => () => onChange(removeRow(group, at));
  return group.rows.map((row, index) => (
    <div key={index} data-field={`rows[${String(index)}]`}>
      {index > 0 && (
        <Text fz={12} c="dimmed" mb={6} className="lw-joiner">
          {t(group.match === "all" ? "condition.and" : "condition.or")}
        </Text>
      )}
      {isGroup(row) ? (
        <GroupEditor
          path={`${path}.rows[${String(index)}]`}
          group={row}
          onChange={replace(index)}
          onRemove={remove(index)}
          fields={fields}
          errors={errorsUnder(errors, `rows[${String(index)}]`)}
          depth={depth + 1}
        />
      ) : (
        <ConditionRowEditor
          path={`${path}.rows[${String(index)}]`}
          row={row}
          onChange={replace(index)}
          onRemove={remove(index)}
          fields={fields}
          error={errors[`rows[${String(index)}]`] ?? errors[`rows[${String(index)}].value`] ?? null}
        />
      )}
    </div>
  ));
}

const FIRST_FIELD = "feedback.score";

function AddButtons({ group, onChange, fields, depth }: Pick<Props, "group" | "onChange" | "fields" | "depth">) {
  const { t } = useTranslation();
  const first = fields.find(({ path }) => path === FIRST_FIELD) ?? fields[0];
  if (!first) return null;
  const add = (row: Row) => () => onChange(addRow(group, row));
  return (
    <Group gap={4}>
      <AddButton label={t("condition.addRow")} onClick={add(newRow(first))} />
      {depth < DEEPEST && group.rows.length > 0 && (
        <AddButton quiet label={t("condition.addGroup")} onClick={add({ match: "any", rows: [newRow(first)] })} />
      )}
    </Group>
  );
}
