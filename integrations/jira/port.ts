/**
 * What the rest of this folder asks of Jira, whichever package carries it. Answers are unread: `understood` reads them by schema.
 * Every failure is a ConnectorError.
 */
export interface JiraPort {
  addNewIssue(issue: object): Promise<unknown>;
  addCommentAdvanced(issueId: string, comment: object): Promise<unknown>;
  updateIssue(issueId: string, issueUpdate: object): Promise<unknown>;
  deleteIssue(issueId: string): Promise<unknown>;
  deleteComment(issueId: string, commentId: string): Promise<unknown>;
  issueLink(link: object): Promise<unknown>;
  getCurrentUser(): Promise<unknown>;
  searchUsers(query: { readonly query: string; readonly maxResults?: number }): Promise<unknown>;
  searchJql(search: { jql: string; fields: readonly string[]; maxResults: number }): Promise<unknown>;
  createMetaTypes(project: string): Promise<unknown>;
  /** GET below /rest/api/3. */
  read(pathname: string, query?: Readonly<Record<string, unknown>>): Promise<unknown>;
}
