import { commands, window, workspace, type Uri } from 'vscode';
import { newConversation } from '../../conversation/conversation.ts';
import type { Recipe } from '../../conversation/recipe.ts';
import type { Apps } from '../apps.ts';
import type { Start } from '../commands.ts';
import type { CommonState } from '../commonState.ts';
import type { ConversationFiles } from '../conversationFiles.ts';
import type { Edits } from '../edits/edits.ts';
import { previewMarkdown } from '../readOnlyText.ts';
import type { OnDemand } from '../onDemand.ts';
import type { Health } from '../health.ts';
import { answerFilesIn } from './answerFiles/answerFilesIn.ts';
import { Asking } from './asking.ts';
import { Attention } from './attention.ts';
import { attentionWindow } from './attentionWindow.ts';
import { Chat } from './chat.ts';
import { chatActs } from './chatActs.ts';
import { ChatPages } from './pages/chatPages.ts';
import { ChatPanel } from './pages/chatPanel.ts';
import { attachmentsOf } from './attachments.ts';
import type { ChatPorts } from './chatPorts.ts';
import { ChatView } from './pages/chatView.ts';
import { codeActs } from './codeActs.ts';
import { composerParts } from './context/composerParts.ts';
import { lists } from './conversations/lists.ts';
import { formInVscode } from './form/formInVscode.ts';
import { fileActs } from './humanInput/humanInputPart.ts';
import { humanInputInVscode } from './humanInput/humanInputInVscode.ts';
import type { Acts } from './part.ts';
import { reach } from './reach.ts';
import { runsInChat } from './runsInChat.ts';
import { sourcesIn } from './sources/sourcesIn.ts';
import { runActs } from './runApps/runActs.ts';
import { settingsActs, SettingsPart } from './settingsPart.ts';
import { turnsOf } from './turns/turns.ts';
import { talkApp } from './talkApp.ts';
import { uploadsInVscode } from './uploads/uploadsInVscode.ts';
import { viewActs, type ViewActsPorts } from './viewActs.ts';
import { chatViewId } from './pages/viewId.ts';

export interface LoadPorts extends Omit<ChatPorts, 'say' | 'readsUnasked'>, Pick<ViewActsPorts, 'connect'> {
  readonly extensionUri: Uri;
  /** A folder for copies of files that are opened. */
  readonly copies: Uri;
  readonly shared: CommonState;
  readonly apps: Apps;
  readonly files: ConversationFiles;
  readonly health: Health;
  readonly edits: OnDemand<Edits>;
  /** Those that there are now. */
  readonly recipes: () => readonly Recipe[];
  readonly start: Start;
}

/** The chat of this window, its parts and its pages: the entry of a chunk of its own. */
export function loadChat(ports: LoadPorts) {
  const { extensionUri: extension, start } = ports;
  const chat = new Chat({ ...ports, say, readsUnasked: () => workspace.isTrusted });
  const { acts, asking, adding, list, uploads, parts } = partsOf(chat, ports);
  const pages = new ChatPages({ extension, source: chat, acts, start });
  const view = new ChatView(pages);
  const panel = new ChatPanel(extension, pages);
  const attention = attentionOf({ ...ports, chat, pages, view });
  const runs = runsInChat({ ...ports, chat, asking, show: focusView });

  const disposables = [attention, ...parts];
  return { chat, pages, view, panel, adding, uploads, list, runs, show: focusView, say, disposables };
}

/** What the page shows beside the conversation, and what is done for its messages. */
function partsOf(chat: Chat, ports: LoadPorts) {
  const { log, edits } = ports;
  const settings = new SettingsPart();
  const form = formInVscode({ ...ports, talk: chat });
  const humanInput = humanInputInVscode({ ...ports, chat });
  const uploads = uploadsInVscode({ ...ports, talk: chat });
  const { takeFile } = uploads;
  const show = (): Promise<boolean> => showView(chat, ports.apps);
  const composer = composerParts({ ...ports, talk: chat, kept: keptContexts(chat), takeFile, show });
  const turns = turnsOf({ ...ports, talk: chat });
  const files = answerFilesIn({ ...ports, talk: chat });
  const sources = sourcesIn({ ...ports, talk: chat });
  const list = lists({ ...ports, talk: chat, kept: ports.files, later, say });
  const asking = new Asking({ ...ports, chat, say, uploads });
  const parts = [settings, form, humanInput, files.part, sources.part, ...turns.parts, ...list.parts];
  chat.add([...composer.parts, uploads.files, ...parts], attachmentsOf(form, composer.contexts, uploads.files));
  const acts: Acts = {
    ...chatActs(chat, asking),
    ...viewActs(chat, {
      ...ports,
      changeAddress: (app) => ports.repair(app, 'editAddress'),
      reach: (app) => reach(app, ports),
      showLog: () => log.show(),
    }),
    ...settingsActs(),
    ...codeActs({
      edits: () => edits.get(),
      editor: () => composer.follower.editor,
      preview: previewMarkdown,
    }),
    ...form.acts(),
    ...humanInput.acts(),
    ...fileActs(form.acts(), humanInput.acts()),
    ...runActs({ ...ports, chat, form }),
    ...composer.acts,
    ...uploads.acts,
    ...turns.acts,
    ...files.acts,
    ...sources.acts,
    ...list.acts,
  };
  return { acts, asking, adding: composer.adding, uploads, list, parts: [...parts, ...files.disposables, composer] };
}

function attentionOf(
  ports: Pick<LoadPorts, 'apps' | 'start'> & {
    readonly chat: Chat;
    readonly pages: ChatPages;
    readonly view: ChatView;
  },
): Attention {
  const { apps, chat } = ports;
  return new Attention({
    ...ports,
    talk: chat,
    window: attentionWindow,
    nameOf: (appId) => apps.find(appId)?.name,
    open: async (appId, key) => {
      const app = apps.find(appId);
      if (app !== undefined) await chat.openConversation(app, { ...newConversation(), key });
      await focusView();
    },
  });
}

/** What is attached is kept with all that is typed in the conversation. */
function keptContexts(chat: Chat): Parameters<typeof composerParts>[0]['kept'] {
  return {
    of: (appId, key) => chat.typedIn(appId, key)?.contexts ?? [],
    keep: (appId, key, contexts) => chat.keepTyped(appId, key, { contexts }),
  };
}

async function showView(chat: Chat, apps: Apps): Promise<boolean> {
  const talking = await talkApp(apps);
  await focusView();
  await chat.state();
  return talking !== undefined || apps.chatApp() === undefined;
}

async function focusView(): Promise<void> {
  await commands.executeCommand(`${chatViewId}.focus`);
}

function later(work: () => void, ms: number) {
  const timer = setTimeout(work, ms);
  return { dispose: () => clearTimeout(timer) };
}

function say(sentence: string): void {
  void window.showInformationMessage(sentence);
}
