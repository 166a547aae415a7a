import type { Conversation } from '../../../conversation/conversation.ts';
import { getConversations, type Conversation as Listed } from '../../../dify/conversations.ts';
import { canChat, type App } from '../../app.ts';
import type { AllConversations } from './exporting.ts';
import type { ListPorts } from './ports.ts';
import { shownOf, withShown } from './shown.ts';
import { wholeConversation } from './wholeConversation.ts';

/** How long reading one may take, in milliseconds. */
const patience = 60_000;
/** Pages of 100. */
const mostPages = 100;

/** Every conversation of the app: those kept here as they are here, and those that only the server has. */
export async function allConversations(app: App, { clients, kept, talk }: ListPorts): Promise<AllConversations> {
  const here = withShown(await kept.list(app.id), shownOf(talk, app)).map(({ conversation }) => conversation);
  const ids = new Set(here.map(({ id }) => id));
  // What is run has no conversations on the server.
  const listed = canChat(app) ? await everyListed(app, clients) : [];
  const there = listed.filter(({ id }) => !ids.has(id));
  const read = (one: Listed) => (): Promise<Conversation> =>
    wholeConversation(app, one, clients, AbortSignal.timeout(patience));
  return { read: [...here.map((one) => () => Promise.resolve(one)), ...there.map(read)] };
}

async function everyListed(app: App, clients: ListPorts['clients']): Promise<readonly Listed[]> {
  const byId = new Map<string, Listed>();
  let lastId: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const place = lastId === undefined ? {} : { lastId };
    const { conversations, hasMore, restarted } = await getConversations(
      clients.of(app),
      place,
      AbortSignal.timeout(patience),
    );
    for (const one of conversations) byId.set(one.id, one);
    lastId = conversations.at(-1)?.id;
    if (!hasMore || restarted || lastId === undefined) break;
  }
  return [...byId.values()];
}
