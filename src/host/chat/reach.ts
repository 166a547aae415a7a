import { getInfo } from '../../dify/app.ts';
import type { App } from '../app.ts';
import type { ChatPorts } from './chatPorts.ts';

/** Asks the server something that costs nothing: whether it answers shows in the app's health. */
export async function reach(app: App, { clients, log }: Pick<ChatPorts, 'clients' | 'log'>): Promise<void> {
  try {
    await getInfo(clients.of(app), AbortSignal.timeout(15_000));
  } catch (error) {
    log.error('Trying to reach the server again', error);
  }
}
