/** Longest `user` that Dify keeps. */
const longest = 255;

/** The user that the person set, without white space around it; `undefined` if there is none, or one that Dify cannot keep. */
export function readUser(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const user = value.trim();
  return user === '' || user.length > longest ? undefined : user;
}

/** Unguessable, because whoever knows it can read its conversations. */
export function newUser(): string {
  return `vscode-${crypto.randomUUID()}`;
}
