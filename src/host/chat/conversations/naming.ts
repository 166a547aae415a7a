import type { Disposable } from 'vscode';
import type { Conversation } from '../../../conversation/conversation.ts';
import { givenName } from '../../../conversation/conversationRows.ts';
import { nameConversation, renameConversation } from '../../../dify/conversations.ts';
import { DifyError } from '../../../dify/errors.ts';
import type { App } from '../../app.ts';
import type { Happened } from '../talk.ts';
import type { ListPorts } from './ports.ts';

/** How long a model may take for a name, in milliseconds: nobody waits for it. */
const patience = 60_000;
/** The longest name that Dify takes. */
const longest = 255;

type NamingPorts = Pick<ListPorts, 'talk' | 'apps' | 'clients' | 'kept' | 'log'>;

/** Names of conversations: the person's, or the server's model's after the first good answer. */
export class Naming implements Disposable {
  readonly #ports: NamingPorts;
  readonly #named: (id: string, name: string) => void;
  readonly #listening: Disposable;
  /** Keys of conversations that the server was asked to name. */
  readonly #asked = new Set<string>();
  /** By key, what is on its way: the server would write its name over one that comes in between. */
  readonly #naming = new Map<string, Promise<unknown>>();

  /** @param named called when the server has the name of the conversation with this Dify id */
  constructor(ports: NamingPorts, named: (id: string, name: string) => void) {
    this.#ports = ports;
    this.#named = named;
    this.#listening = ports.talk.onDidHappen((happened) => void this.#follow(happened));
  }

  /** Gives it this name, on the server too. @throws {DifyError} */
  async rename(app: App, { key, id }: Pick<Conversation, 'key' | 'id'>, name: string): Promise<void> {
    const cut = name.trim().slice(0, longest).toWellFormed();
    if (cut === '') return;
    // The person's name is the last one.
    await this.#naming.get(key)?.catch(ignored);
    this.#asked.add(key);
    if (id !== undefined) await this.#tell(app, id, cut);
    await this.#ports.talk.apply(app.id, key, { type: 'named', name: cut });
  }

  /** Lets the server's model name it. @throws {DifyError} */
  async suggest(app: App, { key, id, messages }: Conversation): Promise<void> {
    if (id === undefined) return;
    this.#asked.add(key);
    const asking = nameConversation(this.#ports.clients.of(app), id, AbortSignal.timeout(patience));
    this.#naming.set(key, asking);
    const { name } = await asking.finally(() => this.#naming.delete(key));
    this.#named(id, name);
    // Where the model failed the name is still the beginning of the question.
    const given = givenName(name, messages[0]?.typed ?? '');
    if (given !== '') await this.#ports.talk.apply(app.id, key, { type: 'named', name: given });
  }

  dispose(): void {
    this.#listening.dispose();
  }

  /** One that was deleted elsewhere is named here only. */
  async #tell(app: App, id: string, name: string): Promise<void> {
    try {
      await renameConversation(this.#ports.clients.of(app), { id, name }, AbortSignal.timeout(patience));
      this.#named(id, name);
    } catch (error) {
      if (!(error instanceof DifyError && error.kind === 'notFound')) throw error;
    }
  }

  async #follow({ appId, key, event }: Happened): Promise<void> {
    if (event.type !== 'run' || event.event.type !== 'answered' || this.#asked.has(key)) return;
    this.#asked.add(key);
    try {
      const conversation = await this.#conversation(appId, key);
      const app = this.#ports.apps.find(appId);
      if (app !== undefined && conversation?.name === '') await this.suggest(app, conversation);
    } catch (error) {
      // A name is a convenience: the first question stands in its place.
      this.#ports.log.warn('Naming a conversation', error);
    }
  }

  async #conversation(appId: string, key: string): Promise<Conversation | undefined> {
    const { talk, kept } = this.#ports;
    return talk.conversation?.key === key ? talk.conversation : (await kept.read(appId, key))?.conversation;
  }
}

/** Who asked for the name was told. */
function ignored(): void {}
