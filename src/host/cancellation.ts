import type { CancellationToken } from 'vscode';

/** Runs the work with a signal that is aborted when the token is cancelled. */
export async function withAbortSignal<T>(
  token: CancellationToken,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const listening = token.onCancellationRequested(() => controller.abort());
  try {
    if (token.isCancellationRequested) controller.abort();
    return await work(controller.signal);
  } finally {
    listening.dispose();
  }
}
