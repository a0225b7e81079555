import { extname } from "node:path";
import type { FileRow } from "./rows.js";

const MIME_TYPES: Readonly<Record<string, string>> = {
  ".txt": "text/plain",
  ".csv": "text/csv",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".json": "application/json",
};

export const showFile = (file: FileRow): Record<string, unknown> => ({
  id: file.id,
  created: file.created,
  timestamp: file.created,
  name: file.name,
  title: file.title,
  mimetype: MIME_TYPES[extname(file.name)] ?? "application/octet-stream",
  filetype: extname(file.name).slice(1) || "binary",
  user: file.user,
  size: file.received ?? 0,
  mode: "hosted",
  is_external: false,
  is_public: true,
});
