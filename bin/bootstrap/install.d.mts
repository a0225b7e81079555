export function agrees(root: string, lock: unknown): boolean;
