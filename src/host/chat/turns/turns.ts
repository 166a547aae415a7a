import { window, workspace, type Disposable } from 'vscode';
import type { AppDetails } from '../../appDetails.ts';
import type { Clients } from '../../clients.ts';
import type { Log } from '../../log.ts';
import { rateBy } from '../../rate.ts';
import type { ChatPart } from '../part.ts';
import type { Talk } from '../talk.ts';
import { FollowUps } from './followUps.ts';
import { Ratings } from './ratings.ts';
import { Speaking } from './speaking.ts';
import { turnActs } from './turnActs.ts';

interface TurnPorts {
  readonly talk: Talk;
  readonly clients: Clients;
  readonly details: AppDetails;
  readonly log: Log;
}

/** What the chat page shows of turns beside the conversation, and what is done with them. */
export interface Turns {
  readonly parts: readonly (ChatPart & Disposable)[];
  readonly acts: ReturnType<typeof turnActs>;
}

export function turnsOf(ports: TurnPorts): Turns {
  const { clients } = ports;
  const followUps = new FollowUps(ports);
  const speaking = new Speaking({ ...ports, autoPlay });
  const ratings = new Ratings({ ...ports, rate: rateBy(clients), tell });
  return { parts: [followUps, speaking], acts: turnActs({ ...ports, ratings, speaking }) };
}

function autoPlay(): boolean {
  return workspace.getConfiguration('difyCompanion').get('chat.autoPlay', false);
}

function tell(sentence: string): void {
  void window.showErrorMessage(sentence);
}
