/** All of Dify's modes of app that the Service API serves. */
export const modes = ['completion', 'chat', 'agent-chat', 'agent', 'advanced-chat', 'workflow'] as const;

export type Mode = (typeof modes)[number];

/** Those with conversations. */
export const chatFamily: readonly Mode[] = ['chat', 'agent-chat', 'agent', 'advanced-chat'];

/** Those that run a graph. */
export const graphModes: readonly Mode[] = ['advanced-chat', 'workflow'];

/** Those whose answers are streamed piece by piece while the connection's own process works on them. */
export const basicModes: readonly Mode[] = ['completion', 'chat', 'agent-chat'];

export function isMode(value: unknown): value is Mode {
  return modes.some((mode) => mode === value);
}
