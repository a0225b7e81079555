export type SearchTables = {
  word_search: { workspace_id: string; state: "on" | "clearing"; upto: string };
  search_copy: { revision_id: string; workspace_id: string; words: string };
};
