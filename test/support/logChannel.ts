import type { LogOutputChannel } from 'vscode';

/** A log channel that keeps what is written, at this level: 1 is `trace`, 3 is `info`. */
export function logChannel(logLevel = 3): { readonly lines: string[]; readonly channel: LogOutputChannel } {
  const lines: string[] = [];
  const write = (level: string) => (message: string) => void lines.push(`[${level}] ${message}`);
  const [trace, debug, info, warn, error] = ['trace', 'debug', 'info', 'warn', 'error'].map(write);
  const channel: Partial<Record<keyof LogOutputChannel, unknown>> = { logLevel, trace, debug, info, warn, error };
  return {
    lines,
    channel: {
      ...channel,
      show: () => {},
      clear: () => void lines.splice(0),
      dispose: () => {},
    } as unknown as LogOutputChannel,
  };
}
