export type EmployeeTables = {
  employee_group: {
    id: string;
    workspace_id: string;
    source_id: string;
    relation: string | null;
    revisions: number;
    least: number;
    formed_at: Date;
  };
};
