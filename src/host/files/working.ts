import { ProgressLocation, window } from 'vscode';
import { withAbortSignal } from '../cancellation.ts';

/** Works behind a notification that can be cancelled: then there is no result. `told` hears how far it is, in per cent. */
export async function working<T>(
  title: string,
  work: (told: (percent: number) => void, signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  return await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) =>
      withAbortSignal(token, async (signal) => {
        let before = 0;
        const told = (percent: number): void => {
          progress.report({ increment: percent - before, message: `${Math.round(percent)} %` });
          before = percent;
        };
        try {
          return await work(told, signal);
        } catch (error) {
          if (signal.aborted) return undefined;
          throw error;
        }
      }),
  );
}
