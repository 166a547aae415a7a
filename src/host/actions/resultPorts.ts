import type { Memento } from 'vscode';
import { ask } from '../../conversation/ask.ts';
import { wordsFor } from '../words.ts';
import type { ActionPorts } from './actions.ts';
import { changeRequest } from './changeRequest.ts';
import { Edits } from './edits/edits.ts';
import { rateBy } from './results/rateAnswer.ts';
import type { ResultPorts } from './results/ports.ts';
import { runAction } from './runAction.ts';

/** What results need, of what the actions have. @param remembered what was given to forms last */
export function resultPorts(ports: ActionPorts, edits: Edits, remembered: () => Memento): ResultPorts {
  const { apps, clients, results, repair, start, life, continueInChat } = ports;
  return {
    ask: (app, request, signal) => ask(runAction(clients.of(app), app, request, signal), wordsFor(app)),
    rate: rateBy(clients),
    appWith: (id) => apps.find(id),
    files: results,
    follow: (source, title) => edits.follow(source, title),
    howToReplace: () => (Edits.previews ? 'preview' : 'direct'),
    change: (app, recipe, request) => changeRequest({ app, recipe, request }, { ...ports, remembered: remembered() }),
    continueInChat,
    repair,
    start,
    life,
  };
}
