/** What a window does, and with what. */
export interface WindowTask {
  /** The folder that VS Code would give the extension. */
  readonly storage: string;
  readonly app: string;
  readonly name: string;
  /** So many questions one after the other; `undefined`: until it is killed. */
  readonly turns?: number;
  /** Of a Dify server; `undefined`: an app that answers with the question. */
  readonly baseUrl?: string;
  readonly key?: string;
}

/** What a person sees from the moment `at` on, in milliseconds since 1970. */
export interface Shown {
  readonly at: number;
  /** The window shows its conversation. */
  readonly ready?: boolean;
  /** What stands in the composer. */
  readonly typed?: string;
  /** Key of the message that the rest is about. */
  readonly asked?: string;
  readonly id?: string | undefined;
  readonly messageId?: string | undefined;
  /** All of the answer so far. */
  readonly text?: string | undefined;
  readonly status?: string | undefined;
}
