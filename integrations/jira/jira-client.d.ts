/** The part of jira-client 8.2.2 that SafeJira uses. Answers are `unknown`: whoever asks reads them with a schema. */
declare module "jira-client" {
  namespace JiraApi {
    interface Options {
      readonly protocol: string;
      readonly host: string;
      readonly port?: string;
      readonly base?: string;
      readonly apiVersion: string;
    }
    interface UriParts {
      readonly pathname: string;
      readonly query?: Readonly<Record<string, unknown>>;
      readonly intermediatePath?: string;
      readonly encode?: boolean;
    }
    interface RequestOptions {
      readonly uri: string;
      readonly method?: string;
      readonly body?: unknown;
    }
  }

  class JiraApi {
    constructor(options: JiraApi.Options);
    protocol: string;
    host: string;
    port: string | null;
    base: string;
    apiVersion: string;

    makeRequestHeader(uri: string, options?: { method?: string; body?: unknown }): JiraApi.RequestOptions;
    makeUri(parts: JiraApi.UriParts): string;
    doRequest(options: JiraApi.RequestOptions): Promise<unknown>;

    addNewIssue(issue: object): Promise<unknown>;
    addCommentAdvanced(issueId: string, comment: object): Promise<unknown>;
    findIssue(issue: string, expand?: string, fields?: string, properties?: string): Promise<unknown>;
    updateIssue(issueId: string, issueUpdate: object, query?: Readonly<Record<string, unknown>>): Promise<unknown>;
    deleteIssue(issueId: string): Promise<unknown>;
    deleteComment(issueId: string, commentId: string): Promise<unknown>;
    listTransitions(issueId: string): Promise<unknown>;
    transitionIssue(issueId: string, issueTransition: object): Promise<unknown>;
    issueLink(link: object): Promise<unknown>;
    createRemoteLink(issueNumber: string, remoteLink: object): Promise<unknown>;
    getIssueProperty(issueNumber: string, property: string): Promise<unknown>;
    getCurrentUser(): Promise<unknown>;
    searchUsers(query: { query: string; startAt?: number; maxResults?: number }): Promise<unknown>;
  }

  export = JiraApi;
}
