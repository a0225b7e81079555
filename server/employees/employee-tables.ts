export type EmployeeTables = {
  employee_group: {
    id: string;
    workspace_id: string;
    revisions: number;
    least: number;
    formed_at: Date;
  };
};
