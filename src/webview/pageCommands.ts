import type { PageCommand, ToWebview } from '../conversation/protocol.ts';
import { answerOf } from '../conversation/outputs.ts';
import { withoutThinking } from '../conversation/thinking.ts';
import type { Actions, Panel } from './actions.ts';
import { pastePicture } from './composer/incomingText.ts';
import type { Focus } from './focus.ts';
import { t } from './locale.ts';
import { codeBlockAround } from './markdown/codeBlock.ts';
import type { Page } from './page.ts';

interface Ports {
  readonly page: () => Page;
  readonly actions: Actions;
  readonly focus: Focus;
  /** Shows the panel, also where it is shown already. */
  readonly show: (panel: Panel) => void;
}

/** The commands that came with a message. */
export function commandsIn(message: ToWebview): readonly PageCommand[] {
  const events = message.type === 'events' ? message.events : [];
  return events.flatMap((event) => (event.type === 'command' ? [event.command] : []));
}

/** Does what a command of VS Code asks of the page. */
export function doCommand(command: PageCommand, { page, actions, focus, show }: Ports): void {
  switch (command) {
    case 'focus':
      return focus.toFirst();
    case 'find':
      show(command);
      // One that is open already takes another text.
      return document.querySelector<HTMLInputElement>('.find .field')?.select();
    case 'editInputs':
      return show('inputs');
    case 'conversations':
    case 'variables':
      return show(command);
    case 'previousMessage':
      return focus.toMessage('previous');
    case 'nextMessage':
      return focus.toMessage('next');
    case 'copyLastAnswer':
      return copyLastAnswer(page(), actions);
    case 'insertLastCode':
      return insertLastCode(actions);
    case 'pastePicture':
      focus.toFirst();
      dispatchEvent(new Event(pastePicture));
  }
}

function copyLastAnswer({ conversation }: Page, actions: Actions): void {
  const answer = conversation.messages.map(({ run }) => withoutThinking(answerOf(run))).findLast((text) => text !== '');
  if (answer === undefined) return actions.announce(t('noAnswerYet'));
  actions.copy(answer);
}

function insertLastCode(actions: Actions): void {
  const last = [...document.querySelectorAll('.turn.answer .md figure.code')].at(-1);
  const block = last === undefined ? undefined : codeBlockAround(last);
  if (block === undefined) return actions.announce(t('noCodeYet'));
  actions.post({ type: 'code', what: 'insert', code: block.source, language: block.fence });
}
