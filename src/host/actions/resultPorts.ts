import type { Memento } from 'vscode';
import type { ActionPorts } from './actions.ts';
import { askApp } from './askApp.ts';
import { BeforeSending, fieldsOf } from './beforeSending.ts';
import { changeRequest } from './changeRequest.ts';
import { Edits } from '../edits/edits.ts';
import { rateBy } from '../rate.ts';
import { keptAtServer } from '../rest.ts';
import type { ResultPorts } from './results/ports.ts';

/** What results need, of what the actions have. @param remembered what was given to forms last */
export function resultPorts(ports: ActionPorts, edits: Edits, remembered: () => Memento): ResultPorts {
  const { apps, clients, results, repair, start, life, continueInChat } = ports;
  return {
    ask: (app, request, signal) => askApp(app, request, signal, ports),
    rest: (app, cut, signal) => keptAtServer({ clients, app: () => app }).rest(cut, signal),
    rate: rateBy(clients),
    appWith: (id) => apps.find(id),
    files: results,
    follow: (source, title) => edits.follow(source, title),
    howToReplace: () => (Edits.previews ? 'preview' : 'direct'),
    mayGoAgain: (app, source, requests) =>
      new BeforeSending(app, source, ports.everywhere).mayGoThere(requests.map(fieldsOf)),
    change: (asked) => changeRequest(asked, { ...ports, remembered: remembered() }),
    continueInChat,
    repair,
    start,
    life,
  };
}
