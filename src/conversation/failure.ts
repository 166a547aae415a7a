/** What helps: the button under a failure. `none` where only the person, or Dify's owner, can do something. */
export type Remedy = 'retry' | 'enterKey' | 'editAddress' | 'newConversation' | 'none';

/** Why something did not work, in the person's language. */
export interface Failure {
  /** What happened: one short sentence. */
  readonly fact: string;
  /** Why, if known, and what to do: at most one more sentence, or ''. */
  readonly advice: string;
  readonly remedy: Remedy;
  /** For a details view: HTTP status, Dify's code, the server's own words. Plain text, never a secret, may be ''. */
  readonly details: string;
}
