export function listSources(root: string, folders: readonly string[]): string[];
export function hashFiles(root: string, files: readonly string[]): string;
