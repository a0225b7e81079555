/** One system under load: what to post for an event, and how to end it. */
export interface Side {
  readonly name: string;
  readonly version: string;
  readonly event: (event: string) => {
    readonly url: string;
    readonly headers: Record<string, string>;
    readonly body: string;
  };
  /** So many runs go every way of it once; none unless told. */
  readonly ways?: number;
  /** Every process of it by name, for CPU and memory. */
  readonly processes: () => Promise<readonly { readonly name: string; readonly pid: number }[]>;
  stop(): Promise<void>;
}

export interface SideOptions {
  /** Where effects go: `http://127.0.0.1:port`. */
  readonly sinkUrl: string;
  /** Where Node writes its CPU profiles, if at all. */
  readonly profileDir?: string | undefined;
  /** Of the real clients: how many accounts take turns on each far system. */
  readonly accounts?: number;
}
